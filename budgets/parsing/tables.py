"""The standard tables into figures: rows give the code or the label, columns the concept.

Columns are bound by the words above them and by their place in the grid, never by counting
numbers in a row. A number whose row or column is not understood stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from budgets.statement import CodeName, Figure, PrintedTable
from budgets.vocabulary import functional_codes

from .cells import TableReading, add_cell
from .grids import AMOUNT, Grid, GridCell
from .lines import Line, fold
from .sections import CHINESE
from .table_kinds import (
    READING_ORDER,
    Column,
    concept_in,
    fund_in,
    period_in,
    read_column,
    table_kind,
)
from .three_public import read_three_public

_LABEL_NUMBER = re.compile(
    rf"^(?:[{CHINESE}]+[、.]|\([{CHINESE}]+\)|\d{{1,2}}[、.](?!\d)|其中:|[减加]:)*"
)
_TOTAL = re.compile(r"^(?:合计|总计|本年(?:收入|支出)合计|(?:收入|支出)(?:合计|总计)|小计)$")
_CODE_TABLES = {
    "department_revenue",
    "department_expenditure",
    "general_public_expenditure",
    "government_fund_expenditure",
    "state_capital_expenditure",
    "special_account_expenditure",
    "general_public_basic",
}
_SUMMARIES = {"department_summary", "appropriation_summary"}


def read_tables(grids: list[Grid], stage: str, fiscal_year: int) -> TableReading:
    """Read every recognised table, detail tables first; note each printed table."""
    reading = TableReading(stage, fiscal_year)
    kinds = [table_kind(grid.title) for grid in grids]
    for grid, kind in zip(grids, kinds, strict=True):
        reading.tables.append(
            PrintedTable(
                title=grid.title,
                kind=kind,
                unit=grid.unit,
                empty=not any(_is_amount_cell(cell) for row in grid.data for cell in row),
                note=grid.note,
                sources=grid.sources(),
            )
        )
    for wanted in READING_ORDER:
        for index, (grid, kind) in enumerate(zip(grids, kinds, strict=True)):
            if kind == wanted:
                _Reader(grid, kind, index, reading).read()
    return reading


def _is_amount_cell(cell: GridCell | None) -> bool:
    return bool(cell) and cell is not None and bool(AMOUNT.fullmatch(cell.text))


@dataclass(slots=True)
class _Reader:
    grid: Grid
    kind: str
    index: int
    reading: TableReading

    def read(self) -> None:
        """Read the rows of a table that says in which unit it counts; else all stays unread."""
        if self.kind == "three_public":
            read_three_public(self.grid, self.index, self.reading)
        elif self.kind in _SUMMARIES:
            self._read_summary()
        elif self.kind in _CODE_TABLES:
            self._read_code_table()

    # ── tables by code ────────────────────────────────────────────────────────

    def _read_code_table(self) -> None:
        columns = [
            read_column(
                self.kind,
                self.grid.headings(place),
                self.reading.stage,
                self.reading.fiscal_year,
            )
            for place in range(self.grid.width)
        ]
        columns = self._with_revenue_total(columns)
        for block in _blocks_of_columns(columns):
            above = ["", "", ""]
            for row in self.grid.data:
                self._read_row(row, block, above)

    def _with_revenue_total(self, columns: list[Column]) -> list[Column]:
        """合计 of 收入总表 is all money of the year only if no column holds carried money."""
        beyond = {"revenue.carried_forward", "revenue.surplus_used"}
        if self.kind != "department_revenue" or not beyond & {c.concept for c in columns}:
            return columns
        return [
            Column("amount", "revenue.total", c.fund, c.origin, c.period)
            if c.concept == "revenue.current"
            else c
            for c in columns
        ]

    def _read_row(
        self, row: list[GridCell | None], block: list[tuple[int, Column]], above: list[str]
    ) -> None:
        codes = [row[place] for place, column in block if column.role == "code"]
        names = [row[place] for place, column in block if column.role == "name"]
        code = self._code(codes, above)
        name = next((cell for cell in names if cell and cell.text), None)
        label = next((c for c in [*names, *codes] if c and _total_of(c)), None)
        for cell in codes:
            if cell and cell.text.isdigit():
                cell.line.mark(0, len(cell.text), "label")
        if code is None and label is None:
            return
        if code and name:
            self._note_code_name(code, name, codes)
        part = concept_in(label.text, ("expenditure.basic.",)) if label else None
        for place, column in block:
            if column.role == "amount" and column.concept:
                own = replace(column, concept=part) if part else column
                self._add(row[place], own, None if label else code)

    def _code(self, cells: list[GridCell | None], above: list[str]) -> str | None:
        """Join 类, 款 and 项 of a row; a blank 类 before a 款 is the one above."""
        parts = [cell.text if cell else "" for cell in cells]
        # A workbook may keep 款 and 项 as numbers, without their zero in front.
        parts = [part.zfill(2) if len(part) == 1 and part.isdigit() else part for part in parts]
        if len({id(cell) for cell in cells if cell}) < len(parts):
            return None  # one cell over all of them: 合计
        if not any(parts) or not all(part.isdigit() for part in parts if part):
            return None
        if len(parts) == 1:
            return parts[0] if len(parts[0]) in (3, 5, 7) else None
        last = max(place for place, part in enumerate(parts) if part)
        for place in range(last):
            parts[place] = parts[place] or (above[place] if place < len(above) else "")
        above[:] = [*parts, "", "", ""][:3]
        if len(parts[0]) in (3, 5, 7) and len(parts[last]) in (5, 7):
            return parts[last]  # 类 201, 款 20105: whole codes side by side
        code = "".join(parts)
        return code if len(code) in (3, 5, 7) and len(parts[0]) == 3 else None

    def _note_code_name(self, code: str, name: GridCell, cells: list[GridCell | None]) -> None:
        kind = "economic" if self.kind == "general_public_basic" else "functional"
        printed = fold(name.line.printed())
        if any(k.code == code and k.name == printed for k in self.reading.code_names):
            return
        self.reading.code_names.append(
            CodeName(
                kind=kind,
                code=code,
                name=name.line.printed(),
                sources=[cell.line.source() for cell in (*cells, name) if cell and cell.text],
            )
        )

    # ── summaries: labels on the left and on the right ────────────────────────

    def _read_summary(self) -> None:
        for side, label_place, amounts in self._sides():
            above = ""
            for row in self.grid.data:
                cell = row[label_place] if label_place < len(row) else None
                if not cell or not cell.text:
                    continue
                found = self._line(side, _words(cell), above)
                if found and not fund_in(cell.text):
                    above = found[0]
                for place in amounts:
                    if found:
                        self._add_line(row[place], place, *found)

    def _sides(self) -> Iterator[tuple[str, int, list[int]]]:
        """Yield (revenue | expenditure, label column, amount columns) for each half of a table."""
        labels = [place for place in range(self.grid.width) if self._is_label_column(place)]
        for order, place in enumerate(labels):
            end = labels[order + 1] if order + 1 < len(labels) else self.grid.width
            amounts = [
                column
                for column in range(place + 1, end)
                if not re.search(r"行次|序号|栏次", "".join(self.grid.headings(column)))
            ]
            words = "".join(self.grid.headings(place))
            side = "revenue" if order == 0 and "支出" not in words else "expenditure"
            yield side, place, amounts

    def _is_label_column(self, place: int) -> bool:
        """Whether a column holds labels: words in most of its rows, and no amounts."""
        texts = [row[place].text for row in self.grid.data if row[place] and row[place].text]  # type: ignore[union-attr]
        worded = [text for text in texts if re.search(r"[\u4e00-\u9fff]", text)]
        headings = "".join(self.grid.headings(place))
        return bool(worded) and len(worded) * 2 > len(texts) and "行次" not in headings

    def _line(self, side: str, words: str, above: str) -> tuple[str, str | None, str | None] | None:
        """Return (concept, functional, fund) that the label of a summary line names.

        A line that names only a fund belongs to the line `above` it: 年初结转 by fund.
        """
        fund = "appropriation" if self.kind == "appropriation_summary" else None
        if side == "revenue":
            named = fund_in(words)
            if named in ("general_public", "government_fund", "state_capital"):
                if re.search(r"结转", words) or above == "revenue.carried_forward":
                    return "revenue.carried_forward", None, named
                return "revenue.appropriation", None, named
            concept = _summary_total(words, "revenue") or concept_in(words, ("revenue.",))
            if not concept:
                return None
            if concept == "revenue.appropriation":
                fund = None
            return concept, None, fund
        code = _class_code(words)
        if code:
            return "expenditure.current", code, fund
        concept = _summary_total(words, "expenditure") or concept_in(words, ("expenditure.",))
        return (concept, None, fund) if concept else None

    def _add_line(
        self,
        cell: GridCell | None,
        place: int,
        concept: str,
        functional: str | None,
        fund: str | None,
    ) -> None:
        headings = self.grid.headings(place)
        words = "/".join(headings)
        if re.search(r"增减|增长|%|备注", words):
            return
        named = fund_in(headings[-1]) if headings else None
        if concept == "expenditure.current":
            concept = _kind_of_expenditure(headings) or concept
        period = period_in(words, self.reading.stage, self.reading.fiscal_year)
        column = Column("amount", concept, named or fund, None, period)
        self._add(cell, column, functional, is_line=True)
        if concept == "expenditure.total" and fund and not self._prints_current():
            # Nothing is carried over here: the year's expenditure is the total itself.
            self._add(cell, replace(column, concept="expenditure.current"), None)

    def _prints_current(self) -> bool:
        words = "".join(line.text for line in self.grid.lines())
        return bool(re.search(r"本年支出|结转下年|年末", words))

    # ── one cell ──────────────────────────────────────────────────────────────

    def _add(
        self, cell: GridCell | None, column: Column, code: str | None, *, is_line: bool = False
    ) -> None:
        if cell is None or column.concept is None:
            return
        is_economic = self.kind == "general_public_basic"
        figure = Figure(
            concept=column.concept,
            functional=None if is_economic else code,
            economic=code if is_economic else None,
            fund=column.fund,
            origin=column.origin,
            period=column.period or self.reading.own_period,
            amount=None,
            state="blank",
        )
        add_cell(figure, cell, self.grid, self.index, self.reading, keep_blank=is_line)


def _total_of(cell: GridCell) -> bool:
    """Whether a cell heads the row of a whole: 合计, 本年支出合计, 人员经费合计."""
    return bool(
        _TOTAL.match(_words(cell)) or re.fullmatch(r"(?:人员|公用)经费(?:合计|小计)", cell.text)
    )


def _words(cell: GridCell) -> str:
    """Return the words of a label without its numbering."""
    return _LABEL_NUMBER.sub("", cell.text)


def _kind_of_expenditure(headings: list[str]) -> str | None:
    """Return the part of expenditure that a column of a summary holds: 基本支出, 项目支出 …"""
    leaf = headings[-1] if headings else ""
    if re.search(r"合计|总计|小计|[预决]算数", leaf):
        return None
    return concept_in(leaf, ("expenditure.basic", "expenditure.project"))


def _summary_total(words: str, side: str) -> str | None:
    noun = "收入" if side == "revenue" else "支出"
    if re.fullmatch(rf"{noun}(?:预算)?总计|总计|合计", words):
        return f"{side}.total"
    if re.fullmatch(rf"(?:本年{noun}|{noun})(?:合计|小计)?", words):
        return f"{side}.current"
    return None


def _class_code(words: str) -> str | None:
    """Return the code of a 类 by its name, now or formerly in use, or short of 支出."""
    for code, names in functional_codes().items():
        if len(code) == 3 and any(words in (known.name, known.name + "支出") for known in names):
            return code
        if len(code) == 3 and any(words + "支出" == known.name for known in names):
            return code
    return None


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
    lines: list[Line] = []
    for grid in grids:
        for line in grid.lines():
            if re.search(r"[\u4e00-\u9fff]", line.text):
                line.mark(0, len(line.text), "label")
            lines.append(line)
    return lines
