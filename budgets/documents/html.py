"""Saved web pages into paragraphs and tables: the article, without the site around it.

Every line is a paragraph (``¶n``, counted from 1, empty paragraph elements too), every table of
data a table; tables that only arrange the page are read through. Menus, footers and what is
hidden are left out. Nothing is loaded: no links, no styles, no scripts.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from .blocks import Block, Paragraph, Table, UnreadableDocument
from .html_encoding import decode_html, unpack_mhtml
from .html_page import is_data_table, left_out, measure
from .html_table import read_table

_MAX_BLOCKS = 100_000
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Elements that stand on lines of their own.
BLOCK_ELEMENTS = set(
    """
    address article blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tbody
    td tfoot th thead tr ul
    """.split()
)


def read_html(data: bytes) -> list[Block]:
    """Read a saved page; UnreadableDocument when there is no text in it."""
    return _read([decode_html(data)])


def read_mhtml(data: bytes) -> list[Block]:
    """Read a web archive, or a Word or Excel file saved as one."""
    return _read(unpack_mhtml(data))


def _read(pages: list[str]) -> list[Block]:
    reader = _Reader()
    for page in pages:
        reader.read(_parse(page))
    if not any(isinstance(block, Table) or block.text.strip() for block in reader.blocks):
        raise UnreadableDocument(
            "网页里没有文字（内容可能要联网才显示）。请在浏览器中打开后另存为完整网页再上传。"
        )
    return reader.blocks


def _parse(page: str) -> Any:
    # A character that XML forbids would end the page for the parser.
    page = re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", "", page)
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    try:
        root = lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableDocument("网页已损坏，读不出内容。请重新保存后再上传。") from error
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        # The parser leaves out what lies deeper (2048 levels), without a word.
        raise UnreadableDocument("网页的层次过深，不能完整读取。请把正文复制到 Word 中再上传。")
    return root


class _Reader:
    """Reads one page after the other; locators count on."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.paragraphs = 0
        self.tables = 0
        self.line: list[str] = []
        self.level: int | None = None
        self.preformatted = 0
        self.numbers: list[int | None] = []

    def read(self, root: Any) -> None:
        body = root.find("body")
        start = root if body is None else body
        sizes = measure(start)
        skip = left_out(start, sizes)
        tables = {
            table for table in start.iter("table") if is_data_table(table, sizes, sizes[start])
        }
        walk = etree.iterwalk(start, events=("start", "end"))
        for event, element in walk:
            is_passed = element in skip or element in tables or not isinstance(element.tag, str)
            if event == "end":  # told of what is passed over too: text stands behind it
                if is_passed:
                    self._add(element.tail)
                else:
                    self._close(element)
            elif is_passed:
                if element in tables and element not in skip:
                    self._add_table(element)
                walk.skip_subtree()
            else:
                self._open(element)
        self._flush()
        self._add_title(root)

    def _open(self, element: Any) -> None:
        tag = element.tag
        if tag == "br":
            self._flush(keep_empty=bool(self.line))
        elif tag in BLOCK_ELEMENTS:
            self._flush()
            self.level = _HEADINGS.get(tag, self.level)
        if tag == "pre":
            self.preformatted += 1
        elif tag in ("ol", "ul"):
            self.numbers.append(_first_number(element))
        elif tag == "li" and self.numbers and self.numbers[-1] is not None:
            self.line.append(f"{self.numbers[-1]}. ")
            self.numbers[-1] += 1
        self._add(element.text)

    def _close(self, element: Any) -> None:
        tag = element.tag
        if tag in BLOCK_ELEMENTS:
            self._flush(keep_empty=tag == "p" and not _has_blocks(element))
            if tag in _HEADINGS:
                self.level = None
            if tag == "pre":
                self.preformatted -= 1
            elif tag in ("ol", "ul") and self.numbers:
                self.numbers.pop()
        self._add(element.tail)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if not self.preformatted:
            self.line.append(_BLANKS.sub(" ", text))
            return
        first, *others = text.split("\n")
        self.line.append(first)
        for other in others:
            self._flush(keep_empty=True)
            self.line.append(other)

    def _flush(self, keep_empty: bool = False) -> None:
        """End the line: a paragraph, where there is something on it."""
        text = "".join(self.line)
        text = text if self.preformatted else _BLANKS.sub(" ", text).strip(" ")
        self.line = []
        if not text and not keep_empty:
            return
        if len(self.blocks) >= _MAX_BLOCKS:
            raise UnreadableDocument(
                f"网页超过 {_MAX_BLOCKS} 段，不能读取。请只保存正文部分再上传。"
            )
        self.paragraphs += 1
        self.blocks.append(Paragraph(locator=f"¶{self.paragraphs}", text=text, level=self.level))

    def _add_table(self, element: Any) -> None:
        self._flush()
        self.tables += 1
        self.blocks.append(read_table(element, f"t{self.tables}"))

    def _add_title(self, root: Any) -> None:
        """Add the page's title where the article does not begin with it, as paragraph ¶0."""
        title = root.findtext(".//title")
        text = _BLANKS.sub(" ", title or "").strip(" ")
        if not self.blocks or self.blocks[0].locator == "¶0":
            return
        seen = (block.text for block in self.blocks[:50] if isinstance(block, Paragraph))
        if text and not any(len(line) > 3 and (line in text or text in line) for line in seen):
            self.blocks.insert(0, Paragraph(locator="¶0", text=text, level=1))


def _first_number(element: Any) -> int | None:
    """Return the number of a list's first entry; None where no numbers are shown."""
    style = (element.get("style") or "").replace(" ", "")
    if element.tag == "ul" or "list-style:none" in style or "list-style-type:none" in style:
        return None
    start = element.get("start") or "1"
    return int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1


def _has_blocks(element: Any) -> bool:
    return any(child.tag in BLOCK_ELEMENTS for child in element)
