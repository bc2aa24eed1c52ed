"""The bytes of a saved web page into its HTML text: character sets, and pages inside MHTML."""

from __future__ import annotations

import codecs
import email
import email.policy
import re

from .blocks import UnreadableDocument
from .text import decode_text

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)
_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD = 4096
_MAX_PARTS = 300
# One damaged character in this many is shown as such; more is the wrong character set.
_DAMAGED = 1000


def decode_html(data: bytes, charset: str | None = None) -> str:
    """Decode a page by byte order mark, by what it says of itself, else like a text file."""
    declared = _CHARSET.search(data[:_HEAD])
    names = [charset, declared[1].decode("ascii") if declared else None]
    if not data.startswith(_BOMS):
        for name in names:
            text = _decode(data, name)
            if text is not None:
                return text
    return decode_text(data)


def _decode(data: bytes, name: str | None) -> str | None:
    if not name:
        return None
    # Pages that say GB2312 use characters beyond it.
    name = "gb18030" if name.lower() in ("gb2312", "gbk", "gb_2312-80") else name
    try:
        text = data.decode(name, errors="replace")
    except (LookupError, ValueError):  # no such character set
        return None
    return text if text.count("\ufffd") * _DAMAGED <= len(text) else None


def unpack_mhtml(data: bytes) -> list[str]:
    """Return the pages inside an MHTML file (a workbook has one for each sheet)."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pages: list[str] = []
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            break
        if part.get_content_type() != "text/html":
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content.strip():
            page = decode_html(content, part.get_content_charset())
            if not _FRAMES.search(page):
                pages.append(page)
    if not pages:
        raise UnreadableDocument("网页存档里没有网页内容，可能已损坏。请重新保存后再上传。")
    return pages
