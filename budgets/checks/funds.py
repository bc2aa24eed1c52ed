"""财政拨款 and its three funds (R07); what is carried over, row by row (R13)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from budgets.statement import Dimensions, Figure
from budgets.vocabulary import APPROPRIATION_FUNDS

from .equations import Equation, Scope

_INCOME = ("revenue.current", "revenue.appropriation")


def fund_sums(scope: Scope) -> Iterator[Equation]:
    """Yield 财政拨款 = 一般公共预算 + 政府性基金 + 国有资本经营 in a table that prints them.

    The 总表 of 财政拨款 always has the three columns (an empty one prints no figure); another
    table counts only if it prints two of them.
    """
    if scope.table is None:
        return
    has_three = scope.table.kind == "appropriation_summary"
    for dimensions, total in scope.figures.items():
        whole = "revenue.appropriation" if dimensions.fund is None else "appropriation"
        if total.amount is None or whole not in (dimensions.concept, dimensions.fund):
            continue
        parts = tuple(
            scope.figures[part]
            for fund in APPROPRIATION_FUNDS
            if (part := dataclasses.replace(dimensions, fund=fund)) in scope.figures
        )
        if len(parts) > 1 or (parts and has_three):
            yield Equation(code="R07", left=(total,), right=parts)


def carried_rows(scope: Scope) -> Iterator[Equation]:
    """Yield 年初结转 + 收入 = 支出 + 年末结转 for each row of a table that prints both ends."""
    if scope.table is None or (scope.table.kind or "").endswith("_summary"):
        return
    concepts = {dimensions.concept for dimensions in scope.figures}
    income = next((concept for concept in _INCOME if concept in concepts), None)
    ends = {"revenue.carried_forward", "expenditure.carried_over"}
    if income is None or not ends & concepts:
        return
    for row in _rows(scope):
        left = _cells(scope, row, ("revenue.carried_forward", income, "revenue.surplus_used"))
        right = _cells(
            scope,
            row,
            ("expenditure.current", "expenditure.carried_over", "expenditure.surplus_distribution"),
        )
        if left and right:
            yield Equation(code="R13", left=left, right=right)


def _rows(scope: Scope) -> list[Dimensions]:
    """Return the rows of a table that print 支出, as their dimensions under that concept."""
    return [own for own in scope.figures if own.concept == "expenditure.current"]


def _cells(scope: Scope, row: Dimensions, concepts: tuple[str, ...]) -> tuple[Figure, ...]:
    keys = (dataclasses.replace(row, concept=concept) for concept in concepts)
    return tuple(scope.figures[key] for key in keys if key in scope.figures)
