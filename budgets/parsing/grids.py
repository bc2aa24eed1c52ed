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

from .labels import functional_class, is_known_name, revenue_label
from .lines import Line, fold
from .numbers import NUMBER

# “△25” and “(25)” are −25; a mark behind (“3.20*”, “3.20①”) leads to a footnote.
AMOUNT = re.compile(
    rf"(?P<minus>[-−△])?(?P<number>{NUMBER.pattern})(?:[*※①-⑳]+)?"
    rf"|\((?P<negative>{NUMBER.pattern})\)"
)
MONEY_CELL = re.compile(rf"(?P<amount>[-−△]?{NUMBER.pattern})(?P<unit>亿元|万元|元)")
_CODE = re.compile(r"\d{3}(?:\d\d){0,2}|\d\d")
_MONEY_UNIT = r"(?:人民币)?(?P<unit>亿元|万元|千元|百元|元)"
# “预算单位：元宝区…” names a unit of government, not a unit of money.
_UNIT = re.compile(
    rf"(?<!预算)(?<!编制)(?<!填报)(?<!公开)(?<!主管)(?<!报送)单位[:;(]?{_MONEY_UNIT}"
    r"(?=$|[^\u4e00-\u9fff]|表|公开|附|第)"
)
_BARE_UNIT = re.compile(rf"\(?{_MONEY_UNIT}\)?")
_UNIT_IN_TITLE = re.compile(rf"\((?:单位:)?{_MONEY_UNIT}\)")
_COUNTING = re.compile(r"栏次|行次|序号")
# A row that numbers the columns: 1 2 3 …, with ** or 甲 乙 over the codes, or 1=2+3.
_COLUMN_NUMBER = re.compile(r"\d{1,2}(?:栏|[=＝][\d+\-＋]+)?|\*+|[甲乙丙丁]|栏次")
_COUNTED = re.compile(rf"[类款项]|行次|{_COLUMN_NUMBER.pattern}")
_DASH = re.compile(r"[-—–]+")
_NOTE = re.compile(r"^(?:备?注|说明)[:：]|空表|无此项|没有使用|未安排|本表")
_FORM_WORDS = re.compile(
    r"公开|预算|部门|单位|决算|附件?|表|编号|[\d一二三四五六七八九十:.\-－—()、]|财[决预]"
)
_HEAD_OF_FORM = re.compile(
    r"^(?:公开|填报|编制|预算|主管)?(?:部门|单位)(?:名称)?:|^20\d\d年(?:度)?$|^第\d+页"
)
# “填报单位：[318]…”, “单位：301001…”: the number of a budget unit.
_UNIT_NUMBER = re.compile(r"(?<=[:\[(【])\d{3,}(?![\d.,])")
_TITLE_END = re.compile(
    r"表[一二三四五六七八九十]?(?:[-—]+[^\d]{2,12})?(?:\(.*\))?$|总体情况$|表(?:之)?\d$"
)
_CHAPTER = re.compile(r"^(?:第[一二三四五六七八九十]+部分|目录)")
_REACH = 6  # paragraphs above a table among which its title and unit stand


@dataclass(slots=True)
class GridCell:
    """One printed cell: its words ready for matching, and where it stands in the grid.

    `rest` is the cell on the next page in which its words go on.
    """

    line: Line
    row: int
    column: int
    column_span: int
    rest: GridCell | None = None

    @property
    def text(self) -> str:
        return self.line.text + (self.rest.text if self.rest else "")

    def printed(self) -> str:
        return self.line.printed() + (self.rest.printed() if self.rest else "")

    def sources(self) -> list[Source]:
        return [self.line.source(), *(self.rest.sources() if self.rest else ())]


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
    hidden: bool = False

    @property
    def data(self) -> list[list[GridCell | None]]:
        return self.rows[self.header :]

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    def headings(self, column: int) -> list[str]:
        """Return the distinct words above a column, from top to bottom, without column numbers."""
        words: list[str] = []
        for row in self.rows[: self.header]:
            cell = row[column] if column < len(row) else None
            if not cell or not cell.text or cell.text in words:
                continue
            # Most headings are words, and stand in no row that counts.
            if not (_COUNTED.fullmatch(cell.text) and _is_counting(row)):
                words.append(cell.text)
        return words

    def unit_of(self, column: int) -> str | None:
        """Return the unit of money of a column: its own heading stands before the table's line."""
        for heading in reversed(self.headings(column)):
            if match := _UNIT_IN_TITLE.search(heading):
                return match["unit"]
        return self.unit

    def mark_labels(self) -> None:
        """Take the numbers of headings, of words, and of columns that only count or name."""
        for position, row in enumerate(self.rows):
            for place, cell in enumerate(row):
                if not cell or not cell.text:
                    continue
                words = "" if position < self.header else "/".join(self.headings(place))
                if (
                    (
                        re.search(r"[\u4e00-\u9fff]", cell.text)
                        and not MONEY_CELL.fullmatch(cell.text)
                    )
                    or (position < self.header and _is_counting(row))
                    or re.search(r"行次|序号|栏次|编码|代码|(?:^|/)[类款项](?:/|$)", words)
                ):
                    cell.line.mark(0, len(cell.text), "label")

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
        if not rows:
            above = []
            continue
        grid = _grid(rows, above, block)
        if grids and not above and _goes_on(grids[-1], grid, block):
            rows = _without_header(grids[-1], grid.rows)
            is_rest = block.continues and _joins(grids[-1].rows[-1], rows)
            grids[-1].rows += rows[1:] if is_rest else rows
        else:
            grids.append(grid)
        above = []
    return grids


def _goes_on(grid: Grid, piece: Grid, block: Table) -> bool:
    """Whether a piece belongs to the table before: it says so, or has its columns and no head."""
    other_title = piece.title and piece.title.replace("(续)", "") != grid.title
    if other_title or block.hidden:
        return False
    if block.continues:
        return True
    if piece.width != grid.width:
        return False
    repeats = grid.header and [_texts(r) for r in piece.rows[: grid.header]] == [
        _texts(r) for r in grid.rows[: grid.header]
    ]
    return bool(repeats) or piece.header == 0


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
    """Find title and unit of a table: in its first rows, above it, or in the name of its sheet."""
    grid = Grid(rows=rows, header=0, above=above[-_REACH:], hidden=table.hidden)
    _take_top_rows(grid, table)
    for line in reversed(grid.above):
        if _is_form_number(line.text):
            line.mark(0, len(line.text), "label")
        if _HEAD_OF_FORM.search(line.text):
            for code in _UNIT_NUMBER.finditer(line.text):
                line.mark(*code.span(), "label")
        if _CHAPTER.match(line.text) and grid.title:
            break
        unit = _UNIT.search(line.text) or _BARE_UNIT.fullmatch(line.text)
        if unit and not grid.unit:
            grid.unit = unit["unit"]
        if not grid.title_line and _is_title(line):
            grid.title_line, grid.title = line, line.printed()
    if not grid.title and table.title:
        grid.title = table.title
    if not grid.unit and (match := _UNIT_IN_TITLE.search(fold(grid.title))):
        grid.unit = match["unit"]
    grid.header = _header_rows(grid.rows)
    return grid


def _is_title(line: Line) -> bool:
    """Whether a line names a table; “公开01表” and “本部门无…，本表为空表” do not."""
    words = _UNIT.sub("", line.text)
    words = re.sub(r"(?:金额|货币|计量)$", "", words)
    if len(words) > 60 or _NOTE.search(words) or "，" in words or "。" in words:
        return False
    return bool(_TITLE_END.search(words)) and not _is_form_number(words)


def _is_form_number(words: str) -> bool:
    return bool(re.search(r"[表附公编]", words)) and not _FORM_WORDS.sub("", words)


def _take_top_rows(grid: Grid, table: Table) -> None:
    """Take title, form number and unit out of the first rows, where a workbook keeps them."""
    while len(grid.rows) > 2:
        own = {id(cell.line): cell.line for cell in grid.rows[0] if cell and cell.text}
        lines = list(own.values())
        alone = len(lines) == 1 and grid.width > 1
        unit = next((m for line in lines if (m := _UNIT.search(line.text))), None)
        is_title = alone and _is_title(lines[0])
        is_head = all(
            _is_form_number(line.text) or _HEAD_OF_FORM.search(line.text) for line in lines
        )
        # A lone line above the header is a subtitle; on a further page it may be a row.
        is_lone = alone and grid.width > 3 and not grid.title and not table.continues
        if not (unit or is_title or is_head or is_lone):
            return
        if unit:
            grid.unit = unit["unit"]
        if is_title and not grid.title:
            grid.title_line, grid.title = lines[0], lines[0].printed()
        grid.above += lines
        grid.rows.pop(0)


def _without_header(grid: Grid, rows: list[list[GridCell | None]]) -> list[list[GridCell | None]]:
    """Drop the rows at the top of a piece that repeat the first piece's header."""
    for index, row in enumerate(rows):
        if index >= grid.header or _texts(row) != _texts(grid.rows[index]):
            return rows[index:]
    return []


def _joins(above: list[GridCell | None], rows: list[list[GridCell | None]]) -> bool:
    """Join the first row of a piece to the row before, if the page's end broke that row.

    Only words can be broken, and only where both halves together are a known label or name and
    neither is one alone: a line without amounts looks the same.
    """
    if not rows or len(rows[0]) != len(above):
        return False
    pairs = [
        (first, second)
        for first, second in zip(above, rows[0], strict=True)
        if second and second.text
    ]
    halves = {id(second): (first, second) for first, second in pairs}.values()
    for first, second in halves:
        if not first or not first.text or is_known_name(first.text) or is_known_name(second.text):
            return False
        if not is_known_name(first.text + second.text):
            return False
    for first, second in halves:
        if first:
            first.rest = second
    return bool(halves)


def _texts(row: list[GridCell | None]) -> list[str]:
    return [cell.text if cell else "" for cell in row]


def _own_texts(row: list[GridCell | None]) -> list[str]:
    """Return the texts of a row, each cell once."""
    return [cell.text for cell in {id(c): c for c in row if c and c.text}.values()]


def _is_counting(row: list[GridCell | None]) -> bool:
    """Whether a row numbers the columns: 栏次, or 1, 2, 3 … from left to right."""
    texts = [t for t in _own_texts(row) if not re.fullmatch(r"[类款项]|行次", t)]
    if not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(m[0]) for text in texts if (m := re.match(r"\d+", text))]
    rising = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    has_mark = any(re.fullmatch(r"\*+|[甲乙丙丁]|栏次|.*[栏=＝].*", text) for text in texts)
    return (rising and (len(numbers) > 1 or has_mark)) or (not numbers and "栏次" in texts)


def _header_rows(rows: list[list[GridCell | None]]) -> int:
    """Count the rows above the first that holds a code, an amount or a numbered label."""
    for index, row in enumerate(rows):
        texts = list(dict.fromkeys(_own_texts(row)))
        if _is_counting(row) or any(_COUNTING.search(text) for text in texts):
            continue
        if any(AMOUNT.fullmatch(text) or _CODE.fullmatch(text) for text in texts):
            return index
        if index and re.match(r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]\)", texts[0]):
            return index
        if index and (any(_DASH.fullmatch(text) for text in texts) or _is_empty_line(row, texts)):
            return index
    return len(rows)


def _is_empty_line(row: list[GridCell | None], texts: list[str]) -> bool:
    """Whether a row is a line without amounts: it names something known beside empty cells."""
    has_room = any(cell and not cell.text for cell in row)
    label = texts[0]
    is_known = revenue_label(label) or functional_class(label)
    return has_room and bool(is_known or re.fullmatch(r"合计|总计|本年(?:收入|支出)合计", label))
