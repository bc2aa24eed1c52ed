"""One file into a `Document`, whatever its format: the entrance to all readers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from .blocks import Content, Document, UnreadableDocument
from .media_types import (
    DOC,
    DOCX,
    HTML,
    MHTML,
    ODS,
    PDF,
    RTF,
    TEXT,
    XLS,
    XLSB,
    XLSX,
    media_type_of,
)

# A department's budget with all its tables is a few megabytes at most.
MAX_BYTES = 30 * 1024 * 1024
# Formats that are turned into .docx first, by another program.
CONVERTED = (DOC, RTF)

# Each reader brings its library in when it is called: a child process starts for one file, and
# all libraries together take longer to import than most files take to read.


def _read_doc(data: bytes) -> Content:
    from .office import convert_to_docx

    return _read_docx(convert_to_docx(data))


def _read_docx(data: bytes) -> Content:
    from .docx import read_docx

    return Content(blocks=read_docx(data))


def _read_html(data: bytes) -> Content:
    from .html import read_html

    return Content(blocks=read_html(data))


def _read_mhtml(data: bytes) -> Content:
    from .html import read_mhtml

    return Content(blocks=read_mhtml(data))


def _read_pdf(data: bytes) -> Content:
    from .pdf import read_pdf

    return read_pdf(data)


def _read_spreadsheet(data: bytes) -> Content:
    from .spreadsheet import read_spreadsheet

    return read_spreadsheet(data)


def _read_text(data: bytes) -> Content:
    from .text import read_text

    return Content(blocks=list(read_text(data)))


_READERS: dict[str, Callable[[bytes], Content]] = {
    DOC: _read_doc,
    DOCX: _read_docx,
    HTML: _read_html,
    MHTML: _read_mhtml,
    ODS: _read_spreadsheet,
    PDF: _read_pdf,
    RTF: _read_doc,
    TEXT: _read_text,
    XLS: _read_spreadsheet,
    XLSB: _read_spreadsheet,
    XLSX: _read_spreadsheet,
}


def read_document(name: str, data: bytes) -> Document:
    """Read one file; UnreadableDocument (one Chinese sentence) when that cannot be done."""
    media_type = check_file(name, data)
    try:
        content = _READERS[media_type](data)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"“{name}”：{error}") from error
    return Document(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        pages=content.pages,
        blocks=content.blocks,
        warnings=content.warnings,
    )


def check_file(name: str, data: bytes) -> str:
    """Return the media type; UnreadableDocument for an empty, a too large or an unknown file."""
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableDocument(f"“{name}”是空文件，没有内容。请重新导出后再上传。")
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            f"“{name}”有 {len(data) >> 20} MB，超过 {MAX_BYTES >> 20} MB 的上限。"
            "请去掉图片或拆成几个文件再上传。"
        )
    return media_type_of(name, data)
