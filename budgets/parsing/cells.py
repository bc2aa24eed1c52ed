"""One cell of a table into one figure, and what all tables of a disclosure say together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from budgets.statement import (
    Claim,
    CodeName,
    Dimensions,
    Figure,
    PrintedTable,
    ProjectRow,
    canonical,
)

from .grids import AMOUNT, MONEY_CELL, Grid, GridCell
from .numbers import MONEY, parse_number

_EMPTY_MARKS = {"", "-", "—", "——", "–", "/", "无"}


@dataclass(slots=True)
class TableReading:
    """What the tables say: figures by their dimensions, in reading order, and what else."""

    stage: str
    fiscal_year: int
    figures: dict[Dimensions, Figure] = field(default_factory=dict)
    blanks: list[Figure] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    code_names: list[CodeName] = field(default_factory=list)
    project_rows: list[ProjectRow] = field(default_factory=list)
    changes: list[Claim] = field(default_factory=list)
    pending: list[tuple[Figure, GridCell]] = field(default_factory=list)
    owner: str | None = None  # the unit whose table is being read, where each has its own

    @property
    def own_period(self) -> str:
        return "final" if self.stage == "final_accounts" else "budget"

    def blanks_beside(self, figures: dict[Dimensions, Figure]) -> dict[Dimensions, Figure]:
        """Return the labelled lines left empty that nothing else gives a number to."""
        return {b.dimensions: b for b in self.blanks if b.dimensions not in figures}

    def keep(self) -> None:
        """Keep what one table gave; a figure that it gives two amounts is not understood."""
        amounts: dict[Dimensions, set[Decimal | None]] = {}
        for figure, _ in self.pending:
            amounts.setdefault(figure.dimensions, set()).add(figure.amount)
        for figure, cell in self.pending:
            if len(amounts[figure.dimensions]) > 1:
                continue
            cell.line.mark(0, len(cell.text), "figure")
            known = self.figures.setdefault(figure.dimensions, figure)
            if known is not figure:
                known.sources.extend(s for s in figure.sources if s not in known.sources)
        self.pending.clear()


def add_cell(
    figure: Figure,
    cell: GridCell,
    grid: Grid,
    index: int,
    reading: TableReading,
    *,
    keep_blank: bool = False,
) -> None:
    """Give a figure the amount of its cell and keep it; a blank counts only on a labelled line.

    Money in a table without a unit stays unread: nothing says whether it is 元 or 万元.
    """
    figure.budget_unit = figure.budget_unit or reading.owner
    own = MONEY_CELL.fullmatch(cell.text)
    amount = parse_amount(own["amount"] if own and figure.unit == "元" else cell.text)
    if amount is None:
        if keep_blank and cell.text in _EMPTY_MARKS:
            figure.sources = grid.sources()
            reading.blanks.append(figure)
        return
    money = grid.unit_of(cell.column) if figure.unit == "元" else None
    if own:
        money = own["unit"]
    if figure.unit == "元":
        if money is None:
            return
        amount = canonical(amount * MONEY[money], "元")
    printed = re.sub(r"[*※①-⑳]+$", "", cell.line.printed())
    stated = printed + ("" if own else money or figure.unit)
    figure.amount, figure.state, figure.stated = amount, "value", stated
    source = cell.line.source(stated=stated, amount=amount)
    source.table = index
    figure.sources = [source]
    reading.pending.append((figure, cell))


def parse_amount(text: str) -> Decimal | None:
    """Read a cell: “1,234.50”, “（25）”, “△25” and “-25” as −25; None for words and blanks."""
    match = AMOUNT.fullmatch(text)
    if not match:
        return None
    number = parse_number(match["number"] or match["negative"])
    return -number if match["minus"] or match["negative"] else number
