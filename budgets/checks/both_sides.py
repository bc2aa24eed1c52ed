"""Revenue and expenditure that are equal grow alike (G08).

In a budget the two sides of one money are equal every year: where they are equal this year and
change by different amounts, one of the changes has another base. Final accounts are left out
but for their totals: what is received and what is spent may part there in one year only.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budgets.statement import Claim, Dimensions, Figure, Outcome, Statement, format_amount
from budgets.vocabulary import PERIOD_NAMES

from .amounts import name_of, printed_step
from .registry import RULES, register

_NOTHING = Decimal(0)


def _sides_grow_alike(statement: Statement) -> Iterator[Outcome]:
    figures = {figure.dimensions: figure for figure in statement.figures}
    changes = {
        claim.figure: claim
        for claim in reversed(statement.claims)
        if claim.kind == "change" and claim.amount is not None and claim.direction
    }
    for dimensions, claim in changes.items():
        revenue = figures.get(dimensions)
        if not revenue or not dimensions.concept.startswith("revenue."):
            continue
        for other in _other_sides(dimensions, statement.stage):
            expenditure, counter = figures.get(other), changes.get(other)
            if expenditure and counter and _are_equal(revenue, expenditure):
                yield _outcome(revenue, claim, expenditure, counter)
                break


def _other_sides(revenue: Dimensions, stage: str) -> Iterator[Dimensions]:
    """Yield the expenditure that a revenue of the same money pays."""

    def spent(concept: str, fund: str | None) -> Dimensions:
        return Dimensions(concept=concept, fund=fund, period=revenue.period)

    if revenue.concept == "revenue.total":
        yield spent("expenditure.total", revenue.fund)
    elif stage == "budget" and revenue.concept == "revenue.appropriation":
        fund = revenue.fund or "appropriation"
        yield spent("expenditure.current", fund)
        yield spent("expenditure.total", fund)


def _are_equal(one: Figure, other: Figure) -> bool:
    return bool(one.amount) and one.amount == other.amount


def _outcome(revenue: Figure, one: Claim, expenditure: Figure, other: Claim) -> Outcome:
    step = max(printed_step(claim.sources[0].stated) for claim in (one, other))
    left, right = (_said(claim) for claim in (one, other))
    difference = abs((one.amount or _NOTHING) - (other.amount or _NOTHING))
    agrees = difference <= step and one.direction == other.direction
    return Outcome(
        code="G08",
        result="pass" if agrees else RULES["G08"].result,
        left=f"{name_of(revenue)}{left}",
        right=f"{name_of(expenditure)}{right}",
        difference=format_amount(difference, "元"),
        tolerance="两边数额相等，增减也应相等",
        message=f"{name_of(revenue)}与{name_of(expenditure)}本年数额相等，"
        f"文中一处{left}，一处{right}" + ("：相符。" if agrees else "：增减额不同。"),
        advice="" if agrees else "请核实两处的基数是否同一口径。",
        sources=[*one.sources, *other.sources],
    )


def _said(claim: Claim) -> str:
    base = f"比{PERIOD_NAMES[claim.base_period]}" if claim.base_period else ""
    return f"{base}{claim.direction} {format_amount(abs(claim.amount or _NOTHING), '元')}"


register(
    "G08",
    "W",
    "数额相等的收入和支出增减相同",
    _sides_grow_alike,
    needs="文件没有同时写出收入和支出的增减，或两边数额不等。",
)
