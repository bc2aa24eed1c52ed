"""Plain text into paragraphs: one a line, in UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import codecs

from .blocks import Paragraph, UnreadableDocument

_MAX_LINES = 100_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes) -> list[Paragraph]:
    """Return every line, empty ones too, with locator ``¶n`` counted from 1.

    UnreadableDocument when the bytes are no text in a known encoding, or too many lines.
    """
    lines = decode_text(data).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > _MAX_LINES:
        raise UnreadableDocument(f"文本超过 {_MAX_LINES} 行，不能读取。请只上传预决算公开的部分。")
    return [
        Paragraph(locator=f"¶{number}", text=line) for number, line in enumerate(lines, start=1)
    ]


def decode_text(data: bytes) -> str:
    """Decode by byte order mark, else as UTF-8, UTF-16 without a mark, or GB18030."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode(data, (encoding,))
    candidates = ("utf-16-le", "utf-16-be") if _looks_like_utf16(data) else ("utf-8", "gb18030")
    return _decode(data, candidates)


def _looks_like_utf16(data: bytes) -> bool:
    """Whether line ends or ASCII characters show up as pairs with a null byte."""
    return len(data) % 2 == 0 and b"\0" in data[:4096]


def _decode(data: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_readable(text):
            return text
    raise UnreadableDocument(
        "文件不是能读取的文本：不是 UTF-8、GB18030 或 UTF-16 编码，或者是二进制文件。"
        "请另存为 UTF-8 编码的 .txt，或上传原来的 Word 文件。"
    )


def _is_readable(text: str) -> bool:
    """Whether nearly all characters are ones that people write (control characters are not)."""
    odd = sum(
        (character < " " and character not in "\t\n\r\f\v") or character in "\x7f\ufffd\ufffe\uffff"
        for character in text
    )
    private = sum("\ue000" <= character <= "\uf8ff" for character in text)
    return odd == 0 and private * 50 <= len(text)
