"""PDF files with a text layer into paragraphs and tables, as a person sees the pages.

PDFium gives characters and drawn lines with their positions; everything above that (what is a
line, a paragraph, a cell) is decided here by position, because the order in which a PDF stores
its text is not the order in which it is read. Page numbers and running headers are left out.
PDFium is not thread-safe: one file at a time in one process.

Locators: ``p3 ¶2`` for the second paragraph that begins on page 3, which may run on to page 4;
``p3 t1 r5 c4`` for a cell. A table that runs over several pages is one table on each page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pypdfium
import pypdfium2.raw as pdfium

from .blocks import Block, Content, Paragraph, UnreadableDocument
from .pdf_columns import find_open_grids
from .pdf_grid import Grid, find_grids
from .pdf_page import Page, Word, read_page
from .pdf_prose import (
    PageLines,
    drop_furniture,
    find_margins,
    find_reach,
    page_lines,
    starts_paragraph,
)
from .pdf_tables import make_table, split_words
from .pdf_text import Line, join_lines

# The longest disclosures seen have about 150 pages.
MAX_PAGES = 1_000
# Some 150 pages full of small cells; a disclosure has a few thousand cells.
MAX_CELLS = 400_000
_ENCRYPTED = "PDF 文件加了密码，打不开。请在原来的软件里去掉密码保护，另存后再上传。"
_DAMAGED = "PDF 文件已损坏或不完整，打不开。请重新下载或重新导出后再上传。"
_SCAN = (
    "PDF 是扫描件或图片，里面没有可以读取的文字。"
    "请上传原来的 Word、Excel 文件，或由原文件直接导出的 PDF。"
)
_GARBLED = (
    "PDF 的字体没有文字编码，看得见的字读出来是乱码。"
    "请上传原来的 Word、Excel 文件，或重新导出 PDF。"
)
_EMPTY = "PDF 里没有文字。请确认文件完整，或上传原来的 Word、Excel 文件。"


def read_pdf(data: bytes) -> Content:
    """Return a PDF's blocks in reading order, how many pages it has, and which were not read.

    UnreadableDocument when it is encrypted, damaged, too long, a scan without text, or garbled.
    """
    document = _open(data)
    try:
        count = len(document)
        if not count:
            raise UnreadableDocument(_DAMAGED)
        if count > MAX_PAGES:
            raise UnreadableDocument(
                f"PDF 有 {count} 页，超过 {MAX_PAGES} 页的上限。请只上传预决算公开的部分。"
            )
        pages = [_read_page(document, index) for index in range(count)]
    finally:
        document.close()
    _require_text(pages)
    return Content(blocks=list(_Flow(pages).blocks()), pages=count, warnings=_warnings(pages))


def _open(data: bytes) -> Any:
    try:
        return pypdfium.PdfDocument(data)
    except pypdfium.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) in (
            pdfium.FPDF_ERR_PASSWORD,
            pdfium.FPDF_ERR_SECURITY,
        )
        raise UnreadableDocument(_ENCRYPTED if is_locked else _DAMAGED) from error


def _read_page(document: Any, index: int) -> Page:
    handle = pdfium.FPDF_LoadPage(document.raw, index)
    if not handle:
        raise UnreadableDocument(f"PDF 的第 {index + 1} 页已损坏，读不出来。请重新导出后再上传。")
    try:
        return read_page(handle, index + 1)
    finally:
        pdfium.FPDF_ClosePage(handle)


def _require_text(pages: list[Page]) -> None:
    seen = [page for page in pages if page.words]
    if not seen:
        raise UnreadableDocument(_SCAN if any(map(_is_scan, pages)) else _EMPTY)
    if all(map(_is_garbled, seen)):
        raise UnreadableDocument(_GARBLED)


def _warnings(pages: list[Page]) -> list[str]:
    scans = [str(page.number) for page in pages if _is_scan(page)]
    garbled = [str(page.number) for page in pages if _is_garbled(page)]
    return [
        f"第 {'、'.join(numbers)} 页{what}，里面的内容没有读取。"
        for numbers, what in ((scans, "是扫描件或图片"), (garbled, "的字体没有文字编码"))
        if numbers
    ]


def _is_scan(page: Page) -> bool:
    return not page.words and (page.has_picture or page.has_invisible_text)


def _is_garbled(page: Page) -> bool:
    """Whether a fifth of the characters are such that no one writes them."""
    text = "".join(word.text for word in page.words)
    odd = sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" or c < " " for c in text)
    return odd * 5 > len(text)


@dataclass(slots=True)
class _Laid:
    """A page taken apart: its grids with the words in them, and the lines outside of them."""

    lines: PageLines
    grids: list[tuple[Grid, list[Word]]]


def _lay_out(page: Page) -> _Laid:
    grids = find_grids(page.horizontal, page.vertical)
    inside, outside = split_words(page.words, grids)
    free = [rule for rule in page.horizontal if not any(grid.has_line(rule) for grid in grids)]
    open_grids = find_open_grids(outside, free, page.width)
    inside_open, outside = split_words(outside, open_grids)
    found = [*zip(grids, inside, strict=True), *zip(open_grids, inside_open, strict=True)]
    found.sort(key=lambda item: (item[0].top, item[0].xs[0]))
    lines = page_lines(page.number, page.width, page.height, outside)
    lines.has_table = bool(found)
    return _Laid(lines, found)


class _Flow:
    """Puts the pages' lines and tables into reading order."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = [_lay_out(page) for page in pages]
        lines = [page.lines for page in self.pages]
        drop_furniture(lines)
        self.margins = find_margins(lines)
        self.reach = find_reach(lines)
        # The paragraph that may still go on, with its last line; or the table that may.
        self.paragraph: Paragraph | None = None
        self.line: Line | None = None
        self.grid: Grid | None = None
        self.cells = 0

    def blocks(self) -> Iterator[Block]:
        for page in self.pages:
            yield from self._page_blocks(page)
        yield from self._end_paragraph()

    def _page_blocks(self, page: _Laid) -> Iterator[Block]:
        grids = list(enumerate(page.grids, start=1))
        count = 0
        is_first = True
        for line in page.lines.lines:
            while grids and grids[0][1][0].top < line.middle:
                yield from self._table(page, *grids.pop(0))
            if not self._add(page, line, is_first=is_first):
                yield from self._end_paragraph()
                count += 1
                self._start_paragraph(page, line, count)
            is_first = False
        for number, grid in grids:
            yield from self._table(page, number, grid)

    def _add(self, page: _Laid, line: Line, *, is_first: bool) -> bool:
        """Add a line to the open paragraph if it goes on there."""
        if not self.paragraph or not self.line:
            return False
        number = page.lines.number
        reach = None if is_first else self.reach[number]
        if starts_paragraph(self.line, line, self.margins[number], reach):
            return False
        self.paragraph.text = join_lines(self.paragraph.text, line.text)
        self.line = line
        return True

    def _start_paragraph(self, page: _Laid, line: Line, count: int) -> None:
        number = page.lines.number
        self.paragraph = Paragraph(locator=f"p{number} ¶{count}", text=line.text, page=number)
        self.line, self.grid = line, None

    def _end_paragraph(self) -> Iterator[Block]:
        if self.paragraph:
            yield self.paragraph
        self.paragraph = self.line = None

    def _table(self, page: _Laid, number: int, content: tuple[Grid, list[Word]]) -> Iterator[Block]:
        yield from self._end_paragraph()
        grid, words = content
        self.cells += len(grid.regions)
        if self.cells > MAX_CELLS:
            raise UnreadableDocument(
                f"PDF 里的表格超过 {MAX_CELLS} 格，不能读取。请只上传预决算公开的部分。"
            )
        continues = number == 1 and self.grid is not None and grid.adopt(self.grid)
        yield make_table(grid, words, page.lines.number, number, continues=continues)
        self.grid = grid
