"""Columns of 增减额 and 增减%: each cell is a claim about the amount of its row, never a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from budgets.statement import Claim, Dimensions, canonical

from .cells import TableReading, parse_amount
from .grids import Grid, GridCell
from .numbers import MONEY
from .table_kinds import Column

Places = Iterable[tuple[int, Column]]


def change_columns(columns: Places) -> list[tuple[int, Column]]:
    """Return the columns of change with their base; none where it is not clear whose they are.

    “增减额” without a year is against the one column of last year that the table prints.
    """
    placed = list(columns)
    changes = [(place, column) for place, column in placed if column.role == "change"]
    shares = [column.is_percent for _, column in changes]
    if len(shares) != len(set(shares)):
        return []
    before = {c.period for _, c in placed if c.role == "amount" and c.period} - {"budget", "final"}
    base = before.pop() if len(before) == 1 else None
    base = base if base and base.startswith("prior") else None
    return [(place, replace(column, period=column.period or base)) for place, column in changes]


def add_change(
    cell: GridCell | None,
    column: Column,
    figure: Dimensions,
    grid: Grid,
    index: int,
    reading: TableReading,
) -> None:
    """Keep what one cell says of the change of a figure; “-50” is 减少 50."""
    text = re.sub("[%％]$", "", cell.text) if cell and column.is_percent else cell and cell.text
    amount = parse_amount(text) if text else None
    money = grid.unit_of(cell.column) if cell else None
    if cell is None or amount is None or (money is None and not column.is_percent):
        return
    unit = "%" if column.is_percent else "元"
    if not column.is_percent and money:
        amount = canonical(amount * MONEY[money], "元")
    printed = cell.line.printed()
    mark = "" if printed.endswith(("%", "％")) else "%"
    source = cell.line.source(stated=printed + (mark if column.is_percent else money or ""))
    source.table = index
    size = canonical(abs(amount), unit)
    reading.changes.append(
        Claim(
            kind="change",
            figure=figure,
            base_period=column.period,
            base_year=reading.fiscal_year - 1,
            direction=_direction(amount),
            amount=None if column.is_percent else size,
            percent=size if column.is_percent else None,
            sources=[source],
        )
    )
    cell.line.mark(0, len(cell.text), "operand")


def _direction(amount: Decimal) -> str:
    return "持平" if amount == 0 else ("增加" if amount > 0 else "减少")
