"""The format of a file, told by its content: names lie.

Formats that are not read are refused here, each with what to do about it.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile

from .blocks import UnreadableDocument

MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_MEMBERS = 10_000
TEXT = "text/plain"
HTML = "text/html"
MHTML = "multipart/related"
RTF = "application/rtf"
PDF = "application/pdf"
DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLS = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

_READ = "能读取的是 .docx、.doc、.pdf、.xlsx、.xls、网页和 .txt"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_UNPACK = "请解压后把其中的文件分别上传"
# By a member that only this kind of package has.
_PACKAGES = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSB),
)
_REFUSED_PACKAGES = (
    ("ppt/presentation.xml", "演示文稿，不能读取", "请上传 Word、Excel 或 PDF 文件"),
    ("OFD.xml", "OFD 文件，还不能读取", "请在 OFD 阅读器中另存为 PDF 再上传"),
    ("content.xml", "OpenDocument 文件，还不能读取", "请另存为 .docx 再上传"),
)
# Streams of an OLE file by which it is known, in UTF-16 as its directory has them.
_ENCRYPTED, _WORD, _EXCEL, _OLD_EXCEL = (
    name.encode("utf-16-le") + b"\0\0"
    for name in ("EncryptedPackage", "WordDocument", "Workbook", "Book")
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*|<!--(?:(?!-->).)*+-->\s*)*+<(?:!doctype\s+html|html|head|body|meta|table|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(rb"^(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b", re.IGNORECASE)


def media_type_of(name: str, data: bytes) -> str:
    """Tell the format by its content; UnreadableDocument for one that is not read."""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(_OLE):
        return _ole_type(name, data)
    if data.startswith(b"PK"):
        return _package_type(name, data)
    if data.startswith(b"{\\rtf"):
        return RTF
    if data.startswith(_ARCHIVES):
        raise refuse(name, "压缩包，不能直接读取", _UNPACK)
    if data.startswith(_PICTURES) and b"\0" in data[:512]:
        raise refuse(
            name, "图片，没有可以读取的文字", "请上传原来的 Word、Excel 文件或由它们导出的 PDF"
        )
    return _text_type(name, data)


def _text_type(name: str, data: bytes) -> str:
    if _MAIL.match(data[:2048].replace(b"\r\n", b"\n").lstrip(b"\xef\xbb\xbf\n ")):
        return MHTML
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    head = data[:4096].decode("utf-16" if is_utf16 else "utf-8-sig", errors="ignore")
    if _HTML.match(head):
        return HTML
    if _XML.match(head):
        raise refuse(
            name, "XML 文件，不能读取", "请在 Word 或 Excel 中另存为 .docx 或 .xlsx 再上传"
        )
    return TEXT


def _ole_type(name: str, data: bytes) -> str:
    if _ENCRYPTED in data:
        raise refuse(name, "加密的 Office 文件，不能读取", "请去掉密码后再上传")
    if _WORD in data:
        return DOC
    if _EXCEL in data or _OLD_EXCEL in data:
        return XLS
    raise refuse(name, "不认识的旧版 Office 文件", "请另存为 .docx 或 .xlsx 再上传")


def _package_type(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if _says_ods(archive):
                names.add(ODS)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableDocument(
            f"“{name}”已损坏，压缩包打不开（可能没有下载完整）。请重新导出后再上传。"
        ) from error
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED_BYTES or len(members) > MAX_MEMBERS:
        raise UnreadableDocument(
            f"“{name}”解开后超过 {MAX_UNPACKED_BYTES >> 20} MB 或 {MAX_MEMBERS} 个文件，不能读取。"
            "请去掉图片和附件再上传。"
        )
    for member_name, media_type in (*_PACKAGES, (ODS, ODS)):
        if member_name in names:
            return media_type
    for member_name, kind, advice in _REFUSED_PACKAGES:
        if member_name in names:
            raise refuse(name, kind, advice)
    raise refuse(name, "压缩包，不能直接读取", _UNPACK)


def _says_ods(archive: zipfile.ZipFile) -> bool:
    member = archive.NameToInfo.get("mimetype")
    return member is not None and member.file_size < 200 and archive.read(member) == ODS.encode()


def refuse(name: str, kind: str, advice: str) -> UnreadableDocument:
    return UnreadableDocument(f"“{name}”是{kind}（{_READ}）。{advice}。")
