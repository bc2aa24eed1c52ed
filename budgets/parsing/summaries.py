"""收支总表: lines of labels on the left (收入) and on the right (支出), each with its amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from budgets.statement import Figure
from budgets.vocabulary import functional_codes

from .cells import TableReading, add_cell
from .grids import MONEY_CELL, Grid, GridCell
from .labels import (
    BARE_TOTAL,
    bare,
    economic_class,
    expenditure_label,
    functional_class,
    revenue_label,
)
from .row_codes import code_in_name
from .table_changes import add_change, change_columns
from .table_kinds import NOTHING, Column, read_change_column, read_column, without_periods

_ECONOMIC = re.compile(r"工资福利支出|商品和服务支出|对个人和家庭的补助")
_SIDE = re.compile(r"(?:本年|当年)?(?:财政拨款)?(?:收入|支出)(?:预算|决算)?数?")
_PARTS = ("expenditure.basic", "expenditure.project")


def read_summary(grid: Grid, kind: str, index: int, reading: TableReading) -> None:
    """Read every line whose label is understood as a whole; others stay unread."""
    for half in _halves(grid, kind):
        _Half(grid, kind, index, reading, *half).read()


def _halves(grid: Grid, kind: str) -> Iterator[tuple[str, int, list[int]]]:
    """Yield (revenue | functional | economic, label column, amount columns) of each half."""
    labels = [place for place in range(grid.width) if _is_label_column(grid, place)]
    for order, place in enumerate(labels):
        end = labels[order + 1] if order + 1 < len(labels) else grid.width
        counting = r"行次|序号|栏次"
        amounts = [
            column
            for column in range(place + 1, end)
            if not re.search(counting, "".join(grid.headings(column)))
        ]
        yield _side_of(grid, place, order), place, amounts


def _side_of(grid: Grid, place: int, order: int) -> str:
    words = "".join(grid.headings(place))
    texts = "/".join(row[place].text for row in grid.data if row[place])  # type: ignore[union-attr]
    is_expenditure = "支出" in words and "收入" not in words
    if "收入" not in words and "支出" not in words:
        is_expenditure = order > 0
    if not is_expenditure:
        return "revenue"
    return "economic" if "经济" in words or _ECONOMIC.search(texts) else "functional"


def _is_label_column(grid: Grid, place: int) -> bool:
    """Whether a column holds labels: words in most of its rows, and no amounts."""
    texts = [cell.text for row in grid.data if (cell := row[place]) and cell.text]
    worded = [t for t in texts if re.search(r"[\u4e00-\u9fff]", t) and not MONEY_CELL.fullmatch(t)]
    headings = "".join(grid.headings(place))
    return len(worded) * 2 > len(texts) and not re.search(r"行次|序号|备注", headings)


@dataclass(slots=True)
class _Half:
    grid: Grid
    kind: str
    index: int
    reading: TableReading
    side: str
    place: int
    amounts: list[int]

    def read(self) -> None:
        above: str | None = None
        changes = dict(change_columns((place, self._column(place)) for place in self.amounts))
        for row in self.grid.data:
            cell = row[self.place]
            if not cell or not cell.text:
                continue
            found = self._line(cell.text, above)
            if found and found.concept and (found.fund is None or not _is_part(found)):
                above = found.concept
            elif found and found.origin:
                above = found.concept
            for place in self.amounts:
                if found and found.concept and place in changes:
                    own = self._figure(found, found.concept).dimensions
                    own = replace(own, budget_unit=self.reading.owner)
                    add_change(row[place], changes[place], own, self.grid, self.index, self.reading)
                elif found and row[place] is not cell:
                    self._add_line(row[place], place, found)

    @property
    def _fund(self) -> str | None:
        return "appropriation" if self.kind == "appropriation_summary" else None

    def _line(self, label: str, above: str | None) -> Column | None:
        """Return what the label of a line names; its `economic` holds the functional code too."""
        if self.side == "revenue":
            return self._revenue_line(label, above)
        found = expenditure_label(label)
        if BARE_TOTAL.fullmatch(bare(label)):
            found = self._total(bare(label), "expenditure")
        if found == "expenditure.current" and self._is_last_total(bare(label)):
            found = "expenditure.total"
        if found:
            return Column("amount", found, self._fund)
        if self.side == "economic":
            code = self._economic(bare(label))
            concept = above if above in _PARTS else "expenditure.current"
            # Under a part the classes are its own; before any part they are of all expenditure.
            return Column("amount", concept, self._fund, economic=code) if code else None
        printed = code_in_name(bare(label))
        code = printed if printed in functional_codes() else functional_class(label)
        return Column("code", "expenditure.current", self._fund, economic=code) if code else None

    def _revenue_line(self, label: str, above: str | None) -> Column | None:
        plain = bare(label)
        if BARE_TOTAL.fullmatch(plain):
            concept = self._total(plain, "revenue")
            return Column("amount", concept, self._fund) if concept else None
        found = revenue_label(plain, above)
        if not found:
            return None
        concept, fund = found
        if concept == "revenue.current" and self._is_last_total(plain):
            concept, fund = "revenue.total", None
        if concept not in ("revenue.appropriation",):
            fund = fund or self._fund
        return Column("amount", concept, fund)

    def _labels(self) -> list[str]:
        return [bare(cell.text) for row in self.grid.data if (cell := row[self.place])]

    def _total(self, plain: str, side: str) -> str | None:
        """Return what a bare 合计 is; beside 总计, one above what is carried is 本年合计."""
        labels = self._labels()
        if plain == "小计":
            return None
        if plain == "总计" or "总计" not in labels:
            return f"{side}.total"
        carried = [n for n, label in enumerate(labels) if re.search(r"结转|结余", label)]
        is_above = bool(carried) and labels.index(plain) < carried[0]
        return f"{side}.current" if is_above else None

    def _is_last_total(self, plain: str) -> bool:
        """Whether 收入合计 or 支出合计 stands below 本年…合计 or 上年结转 with no 总计 after it."""
        labels = self._labels()
        if not re.fullmatch(r"(?:收入|支出)合计", plain) or plain not in labels:
            return False
        place = labels.index(plain)
        beyond = r"本年|上年结转|年初结转|结转下年|年末|弥补收支差额|使用非财政"
        is_below = any(re.search(beyond, label) for label in labels[:place])
        return is_below and not any(re.search(r"总计|合计", label) for label in labels[place + 1 :])

    def _economic(self, plain: str) -> str | None:
        words = "".join(self.grid.headings(self.place))
        government = "政府预算" in words or any(t.startswith("机关") for t in self._labels())
        return economic_class(plain, "government" if government else "department")

    def _add_line(self, cell: GridCell | None, place: int, line: Column) -> None:
        if cell is None or line.concept is None:
            return
        column = self._column(place)
        if column.role != "amount" or column.concept is None:
            return
        concept = line.concept
        if column.concept != "expenditure.current":
            is_whole = concept == "expenditure.total" and not self._prints_current()
            if concept != "expenditure.current" and not is_whole:
                return  # a part of a total: which part is not said
            concept = column.concept
        named = column.fund if column.fund != self._fund else None
        own = Column(
            line.role, concept, named or line.fund, column.origin, column.period, line.economic
        )
        self._add(cell, own)
        if concept == "expenditure.total" and own.fund and not self._prints_current():
            # Nothing is carried over here: the year's expenditure is the total itself.
            self._add(cell, replace(own, concept="expenditure.current"))

    def _column(self, place: int) -> Column:
        """Return what an amount column adds to its line: a fund, a period, a part."""
        own = self.grid.headings(self.place)
        headings = without_periods(self.grid.headings(place))
        named = [h for h in self.grid.headings(place) if h not in own]
        stage, year = self.reading.stage, self.reading.fiscal_year
        change = read_change_column(named, stage, year) if named else None
        if change and change.role == "change":
            return change
        headings = [h for h in headings if h not in own and not _SIDE.fullmatch(bare(h))]
        last = [h for h in self.grid.headings(place)[-1:] if not _SIDE.fullmatch(bare(h))]
        column = read_column(
            "appropriation_summary" if self._fund else "department_summary",
            [*headings, *(h for h in last if h not in headings)] or ["金额"],
            self.reading.stage,
            self.reading.fiscal_year,
        )
        return column if column.role == "amount" else NOTHING

    def _prints_current(self) -> bool:
        """Whether this half tells the year's expenditure from what is carried over."""
        return any(re.search(r"本年支出|结转|年末|年终", label) for label in self._labels())

    def _add(self, cell: GridCell, column: Column) -> None:
        figure = self._figure(column, column.concept or "")
        add_cell(figure, cell, self.grid, self.index, self.reading, keep_blank=True)

    def _figure(self, column: Column, concept: str) -> Figure:
        """Return the figure of a line, still without amount."""
        is_functional = column.role == "code"
        return Figure(
            concept=concept,
            functional=column.economic if is_functional else None,
            economic=None if is_functional else column.economic,
            fund=column.fund,
            origin=column.origin,
            period=column.period or self.reading.own_period,
            amount=None,
            state="blank",
        )


def _is_part(line: Column) -> bool:
    """Whether a line is one fund of what stands above it."""
    return line.fund not in (None, "appropriation")
