"""Printed tables made ready for reading: pieces joined, title and unit found, header told apart.

A table may run over several pages (the header repeated or not); its title and unit line stand
above it as paragraphs, in its own first rows, or as the name of its sheet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from budgets.documents.blocks import Block, Cell, Paragraph, Table
from budgets.statement import Source

from .lines import Line
from .numbers import NUMBER

AMOUNT = re.compile(rf"[-−]?(?:{NUMBER.pattern})|\((?:{NUMBER.pattern})\)")
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}|\d\d")
_UNIT = re.compile(r"(?:金额)?单位:(?:人民币)?(?P<unit>亿元|万元|千元|百元|元)")
_UNIT_IN_TITLE = re.compile(r"\((?:单位:)?(?P<unit>亿元|万元|千元|元)\)")
_COUNTING = re.compile(r"栏次|行次|序号")
_NOTE = re.compile(r"^(?:备?注|说明)[:：]|空表|无此项|没有使用|未安排")
_REACH = 6  # paragraphs above a table among which its title and unit stand


@dataclass(slots=True)
class GridCell:
    """One printed cell: its words ready for matching, and where it stands in the grid."""

    line: Line
    row: int
    column: int
    column_span: int

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(slots=True)
class Grid:
    """A whole printed table. `rows` hold every cell at each place that it covers.

    `header` counts the rows above the data; `title_line` is where the title is printed.
    """

    rows: list[list[GridCell | None]]
    header: int
    title: str = ""
    title_line: Line | None = None
    unit: str | None = None
    note: str | None = None
    above: list[Line] = field(default_factory=list)

    @property
    def data(self) -> list[list[GridCell | None]]:
        return self.rows[self.header :]

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def headings(self, column: int) -> list[str]:
        """Return the distinct words above a column, from top to bottom."""
        words: list[str] = []
        for row in self.rows[: self.header]:
            cell = row[column] if column < len(row) else None
            if cell and cell.text and cell.text not in words:
                words.append(cell.text)
        return words

    def lines(self) -> list[Line]:
        seen = {id(cell.line): cell.line for row in self.rows for cell in row if cell}
        return list(seen.values())

    def sources(self) -> list[Source]:
        """Return where the table is printed: its title, else its first cell with words."""
        if self.title_line and self.title_line.text:
            return [self.title_line.source()]
        return [line.source() for line in self.lines() if line.text][:1]


def grids_of(blocks: Sequence[Block], document: int, lines: dict[int, list[Line]]) -> list[Grid]:
    """Return the tables of a document. `lines` gives the lines of each paragraph, by its index."""
    grids: list[Grid] = []
    above: list[Line] = []
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            own = [line for line in lines[index] if line.text]
            if grids and not above and own and _NOTE.search(own[0].text) and len(own[0].text) < 120:
                grids[-1].note = own[0].printed()
            above += own
            continue
        rows = _spread(block, document)
        if grids and not above and (block.continues or _continues(grids[-1], rows)):
            grids[-1].rows += _without_header(grids[-1], rows)
        elif rows:
            grids.append(_grid(rows, above, block))
        above = []
    for grid in grids:
        grid.header = _header_rows(grid.rows)
    return grids


def _spread(table: Table, document: int) -> list[list[GridCell | None]]:
    """Lay the cells out; a spanned place holds the cell that covers it."""
    if not table.cells:
        return []
    height = max(cell.row + cell.row_span for cell in table.cells)
    width = max(cell.column + cell.column_span for cell in table.cells)
    rows: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
    for cell in table.cells:
        placed = _grid_cell(cell, document)
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                rows[row][column] = placed
    return [row for row in rows if any(cell and cell.text for cell in row)]


def _grid_cell(cell: Cell, document: int) -> GridCell:
    paragraph = Paragraph(locator=cell.locator, text=cell.text)
    return GridCell(Line.of(paragraph, document), cell.row, cell.column, cell.column_span)


def _grid(rows: list[list[GridCell | None]], above: list[Line], table: Table) -> Grid:
    grid = Grid(rows=rows, header=0, above=above[-_REACH:])
    _take_top_rows(grid)
    for line in reversed(grid.above):
        match = _UNIT.search(line.text)
        if match and not grid.unit:
            grid.unit = match["unit"]
        elif not grid.title_line and _is_title(line):
            grid.title_line, grid.title = line, line.printed()
    if not grid.title and table.title:
        grid.title = table.title
    if not grid.unit and (match := _UNIT_IN_TITLE.search(grid.title)):
        grid.unit = match["unit"]
    return grid


def _is_title(line: Line) -> bool:
    return "表" in line.text and len(line.text) <= 60 and line.text[-1] not in "。；，:"


def _take_top_rows(grid: Grid) -> None:
    """Take title and unit out of the first rows, where a workbook keeps them."""
    while len(grid.rows) > 2:
        own = {id(cell.line): cell.line for cell in grid.rows[0] if cell and cell.text}
        lines = list(own.values())
        unit = next((m for line in lines if (m := _UNIT.search(line.text))), None)
        is_title = len(lines) == 1 and _is_title(lines[0]) and grid.width > 1
        if not unit and not is_title and not (len(lines) == 1 and grid.width > 3 and not grid.unit):
            return
        if unit:
            grid.unit = unit["unit"]
        if is_title and not grid.title:
            grid.title_line, grid.title = lines[0], lines[0].printed()
        grid.above += lines
        grid.rows.pop(0)
        if unit:
            return


def _continues(grid: Grid, rows: list[list[GridCell | None]]) -> bool:
    return bool(rows) and max(len(row) for row in rows) == grid.width


def _without_header(grid: Grid, rows: list[list[GridCell | None]]) -> list[list[GridCell | None]]:
    """Drop the rows at the top of a piece that repeat the first piece's header."""
    for index, row in enumerate(rows):
        if index >= len(grid.rows) or _texts(row) != _texts(grid.rows[index]):
            return rows[index:]
    return []


def _texts(row: list[GridCell | None]) -> list[str]:
    return [cell.text if cell else "" for cell in row]


def _header_rows(rows: list[list[GridCell | None]]) -> int:
    """Count the rows above the first that holds a code, an amount or a numbered label."""
    for index, row in enumerate(rows):
        texts = [text for text in dict.fromkeys(_texts(row)) if text]
        if any(_COUNTING.search(text) for text in texts):
            continue
        if any(AMOUNT.fullmatch(text) or _CODE.fullmatch(text) for text in texts):
            return index
        if index and re.match(r"[一二三四五六七八九十]+、", texts[0]):
            return index
    return len(rows)
