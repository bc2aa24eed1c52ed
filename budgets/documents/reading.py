"""One file into a `Document`, whatever its format: the entrance to all readers."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable

from .blocks import Block, Document, UnreadableDocument
from .docx import read_docx
from .pdf import read_pdf
from .text import read_text

# A department's budget with all its tables is a few megabytes at most.
MAX_BYTES = 30 * 1024 * 1024
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUPPORTED = "现在能读取的是 .docx、.pdf 和 .txt"

# Blocks, and how many pages there are where the format has pages.
Reader = Callable[[bytes], "tuple[list[Block], int | None]"]
_READERS: dict[str, Reader] = {
    DOCX: lambda data: (read_docx(data), None),
    PDF: read_pdf,
    TEXT: lambda data: (list(read_text(data)), None),
}


def read_document(name: str, data: bytes) -> Document:
    """Read one file; UnreadableDocument (one Chinese sentence) when that cannot be done."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableDocument(f"“{name}”是空文件，没有内容。请重新导出后再上传。")
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            f"“{name}”有 {len(data) >> 20} MB，超过 {MAX_BYTES >> 20} MB 的上限。"
            "请去掉图片或拆成几个文件再上传。"
        )
    media_type = media_type_of(name, data)
    try:
        blocks, pages = _READERS[media_type](data)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"“{name}”：{error}") from error
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        pages=pages,
        blocks=blocks,
    )


def media_type_of(name: str, data: bytes) -> str:
    """Tell the format by its content; UnreadableDocument for one that is not read."""
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(_OLE):
        raise _unsupported(name, "旧版 Office（.doc、.xls）或加密的 Office 文件")
    if data.startswith(b"PK"):
        return _office_type(name, data)
    if data.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html", b"mime-version:")):
        raise _unsupported(name, "网页")
    return TEXT


def _office_type(name: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableDocument(
            f"“{name}”已损坏，压缩包打不开（可能没有下载完整）。请重新导出后再上传。"
        ) from error
    if sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise UnreadableDocument(
            f"“{name}”解开后超过 {MAX_UNPACKED_BYTES >> 20} MB，不能读取。请去掉图片和附件再上传。"
        )
    names = {member.filename for member in members}
    if "word/document.xml" in names:
        return DOCX
    raise _unsupported(name, "Excel 工作簿" if "xl/workbook.xml" in names else "压缩包")


def _unsupported(name: str, kind: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}”是{kind}，还不能读取。{_SUPPORTED}，请在 Word 中另存为 .docx 再上传。"
    )
