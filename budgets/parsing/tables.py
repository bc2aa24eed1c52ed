"""The standard tables into figures: rows give the code or the label, columns the concept.

Columns are bound by the words above them and by their place in the grid, never by counting
numbers in a row. A number whose row or column is not understood stays unread.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from budgets.statement import CodeName, Figure, PrintedTable

from .cells import TableReading, add_cell
from .grids import AMOUNT, Grid, GridCell
from .labels import bare, expenditure_label, is_known_name
from .lines import Line, fold
from .project_tables import read_item_table, read_project_table
from .row_codes import code_in_name, join_codes, units_of_rows
from .summaries import read_summary
from .table_changes import add_change, change_columns
from .table_kinds import NOTHING, READING_ORDER, Column, read_column, table_kind
from .table_owners import owners_of
from .three_public import read_three_public
from .untitled_tables import kind_by_columns

_MISPRINTED = re.compile(r"[23]\d{3}|[23]\d{5}|[23]\d{7}")
_TOTAL = re.compile(
    r"(?:合计|总计|共计|(?:本年)?(?:收入|支出)合计|(?:收入|支出)总计|本年支出|(?:部门|单位)合计)"
)


def read_tables(
    grids: list[Grid], stage: str, fiscal_year: int, own_names: Collection[str] = ()
) -> TableReading:
    """Read every recognised table, detail tables first; note each printed table.

    `own_names` are the (folded) names of whose disclosure it is: other owners are its units.
    """
    reading = TableReading(stage, fiscal_year)
    kinds = [table_kind(grid.title) or kind_by_columns(grid) for grid in grids]
    reading.tables = [_printed(grid, kind) for grid, kind in zip(grids, kinds, strict=True)]
    owners = owners_of(grids, kinds, own_names)
    for wanted in READING_ORDER:
        for index, (grid, kind) in enumerate(zip(grids, kinds, strict=True)):
            if kind == wanted:
                reading.owner = owners[index]
                _read_table(grid, kind, index, reading)
    return reading


def _is_a_list(grid: Grid, kind: str) -> bool:
    """Whether 收入总表 is printed as lines of sources, without codes and units."""
    words = "/".join(word for place in range(grid.width) for word in grid.headings(place))
    return kind == "department_revenue" and not re.search(r"编码|代码|单位|科目|部门", words)


def _printed(grid: Grid, kind: str | None) -> PrintedTable:
    return PrintedTable(
        title=grid.title,
        kind=kind,
        unit=grid.unit,
        empty=not any(_is_amount_cell(cell) for row in grid.data for cell in row),
        note=grid.note,
        sources=grid.sources(),
    )


def _is_amount_cell(cell: GridCell | None) -> bool:
    return bool(cell) and cell is not None and bool(AMOUNT.fullmatch(cell.text))


def _read_table(grid: Grid, kind: str, index: int, reading: TableReading) -> None:
    if grid.hidden:
        return  # the public does not see it
    if kind == "three_public":
        read_three_public(grid, index, reading)
    elif kind in ("department_summary", "appropriation_summary") or _is_a_list(grid, kind):
        read_summary(grid, kind, index, reading)
    elif kind == "project_expenditure":
        read_project_table(grid, index, reading)
    elif kind in ("performance_goals", "procurement"):
        read_item_table(grid, reading)
    else:
        _CodeTable(grid, kind, index, reading).read()
    reading.keep()


@dataclass(slots=True)
class _Row:
    """What a row of a table by codes is about; no `code` is the whole (of a `unit`).

    `part` is 人员 or 公用 where the row is their sum; `named` are the cells of code and name.
    """

    cells: list[GridCell | None]
    code: str | None
    unit: str | None
    part: str | None
    named: list[GridCell | None] = field(default_factory=list)


@dataclass(slots=True)
class _CodeTable:
    """A table of one row for each code of a classification, or for each unit."""

    grid: Grid
    kind: str
    index: int
    reading: TableReading

    def read(self) -> None:
        """Read the rows; money in a table that does not say its unit stays unread."""
        columns = self._with_revenue_total([self._column(p) for p in range(self.grid.width)])
        if self._has_two_sides(columns):
            return
        units = units_of_rows(self.grid.data, columns)
        for block in _blocks_of_columns(columns):
            above = ["", "", ""]
            rows = [
                subject
                for row, unit in zip(self.grid.data, units, strict=True)
                if (subject := self._subject(row, block, above, unit))
            ]
            # A code on two lines of one unit: lines of its projects, whose amounts are parts.
            lines = Counter((row.code, row.unit) for row in rows)
            for row in rows:
                if row.code is None or lines[row.code, row.unit] == 1:
                    self._read_row(row, block)

    def _has_two_sides(self, columns: list[Column]) -> bool:
        """Whether lines of labels stand side by side: what carries over is not told apart there."""
        names = {place for place, column in enumerate(columns) if column.role == "name"}
        by_code = any(column.role == "code" for column in columns) or any(
            cell and code_in_name(cell.text) for row in self.grid.data for cell in row
        )
        between = range(min(names, default=0), max(names, default=0))
        return not by_code and any(columns[place].role == "amount" for place in between)

    def _column(self, place: int) -> Column:
        """Return what a column holds; of two classifications side by side the 部门 one counts."""
        headings = self.grid.headings(place)
        column = read_column(
            self.kind,
            headings,
            self.reading.stage,
            self.reading.fiscal_year,
            self.grid.title,
        )
        all_words = "".join(word for p in range(self.grid.width) for word in self.grid.headings(p))
        is_second = "政府预算" in "".join(headings) and "部门预算" in all_words
        return NOTHING if is_second and column.role in ("code", "name") else column

    def _with_revenue_total(self, columns: list[Column]) -> list[Column]:
        """合计 of 收入总表 is all money of the year only if no column holds carried money."""
        beyond = {"revenue.carried_forward", "revenue.surplus_used"}
        if self.kind != "department_revenue" or not beyond & {c.concept for c in columns}:
            return columns
        return [replace(c, concept="revenue.total") if c.is_whole else c for c in columns]

    def _subject(
        self,
        row: list[GridCell | None],
        block: list[tuple[int, Column]],
        above: list[str],
        unit: tuple[str | None, bool],
    ) -> _Row | None:
        """Return what a row is about; None where neither code nor label tells."""
        codes = _code_cells(row, block)
        names = [row[place] for place, column in block if column.role == "name"]
        name = next((cell for cell in names if cell and cell.text), None)
        code = join_codes(codes, above) or (code_in_name(name.text) if name else None)
        others = [row[place] for place, c in block if c.role in ("unit", "unit_code")]
        label = next((c for c in [*names, *codes, *others] if c and _total_of(c)), None)
        unit_name, heads_unit = unit
        if code is None and label is None and not heads_unit:
            self._note_misprinted_code(codes, name)
            return None
        if label or heads_unit:
            return _Row(row, None, unit_name, _part_of(label) if label else None)
        return _Row(row, code, unit_name, None, [*codes, name] if name else [])

    def _read_row(self, row: _Row, block: list[tuple[int, Column]]) -> None:
        if row.code and row.named:
            self._note_code_name(row.code, row.named)
        for place, column in block:
            if column.role == "amount" and column.concept:
                own = replace(column, concept=row.part) if row.part else column
                cell, figure = row.cells[place], self._figure(own, row)
                if cell and figure:
                    add_cell(figure, cell, self.grid, self.index, self.reading)
        self._read_changes(row, block)

    def _read_changes(self, row: _Row, block: list[tuple[int, Column]]) -> None:
        """Read 增减额 and 增减% where one column alone is the whole of the year."""
        whole = self._column_of_the_whole(block)
        figure = self._figure(whole, row) if whole and not row.part else None
        if figure is None:
            return
        for place, column in change_columns(block):
            dimensions = replace(figure.dimensions, budget_unit=row.unit or self.reading.owner)
            add_change(row.cells[place], column, dimensions, self.grid, self.index, self.reading)

    def _column_of_the_whole(self, block: list[tuple[int, Column]]) -> Column | None:
        own = read_column(
            self.kind,
            ["合计"],
            self.reading.stage,
            self.reading.fiscal_year,
            self.grid.title,
        )
        wholes = {
            column
            for _, column in block
            if column.role == "amount"
            and replace(column, period=None, is_whole=False) == replace(own, is_whole=False)
            and column.period in (None, self.reading.own_period)
        }
        return wholes.pop() if len(wholes) == 1 else None

    def _note_misprinted_code(self, codes: list[GridCell | None], name: GridCell | None) -> None:
        """Keep a code with a digit too many or too few, which checks tell; its row stays unread.

        Beside a whole name of a known 科目 it is no unit's number.
        """
        cell = codes[0] if len(codes) == 1 else None
        if cell and name and _MISPRINTED.fullmatch(cell.text) and is_known_name(name.text):
            self._note_code_name(cell.text, [cell, name])

    def _note_code_name(self, code: str, cells: list[GridCell | None]) -> None:
        kind = "functional" if code.startswith("2") else "economic"
        name = cells[-1]
        printed = re.sub(r"^[\[(]?\d+[\])]?[-_]?", "", name.printed()) if name else ""
        if not printed or any(
            k.code == code and k.name == fold(printed) for k in self.reading.code_names
        ):
            return
        self.reading.code_names.append(
            CodeName(
                kind=kind,
                code=code,
                name=printed,
                sources=[s for cell in cells if cell and cell.text for s in cell.sources()],
            )
        )

    def _figure(self, column: Column, row: _Row) -> Figure | None:
        """Return the figure, still without amount, of a row's cell in a column."""
        code = row.code
        is_economic = bool(code) and code is not None and code[0] in "35"
        if column.concept is None or (is_economic and column.economic):
            return None  # two economic codes for one amount
        return Figure(
            concept=column.concept,
            functional=None if is_economic else code,
            economic=code if is_economic else column.economic,
            fund=column.fund,
            origin=column.origin,
            budget_unit=row.unit,
            period=column.period or self.reading.own_period,
            amount=None,
            state="blank",
        )


def _code_cells(
    row: list[GridCell | None], block: list[tuple[int, Column]]
) -> list[GridCell | None]:
    return [row[place] for place, column in block if column.role == "code"]


def _total_of(cell: GridCell) -> bool:
    """Whether a cell heads the row of a whole: 合计, 本年支出合计, 人员经费合计."""
    return bool(
        _TOTAL.fullmatch(bare(cell.text))
        or re.fullmatch(r"(?:人员|公用)经费(?:合计|小计)", cell.text)
    )


def _part_of(label: GridCell) -> str | None:
    found = expenditure_label(label.text)
    return found if found and found.startswith("expenditure.basic.") else None


def _blocks_of_columns(columns: list[Column]) -> list[list[tuple[int, Column]]]:
    """Split columns where codes begin again: economic tables print two or three triples."""
    blocks: list[list[tuple[int, Column]]] = [[]]
    for place, column in enumerate(columns):
        has_amount = any(c.role == "amount" for _, c in blocks[-1])
        if column.role == "code" and has_amount:
            blocks.append([])
        blocks[-1].append((place, column))
    return [block for block in blocks if any(c.role == "amount" for _, c in block)]


def label_lines(grids: list[Grid]) -> list[Line]:
    """Return the lines of all cells and take the numbers in headings and labels as such."""
    for grid in grids:
        grid.mark_labels()
    return [line for grid in grids for line in grid.lines()]
