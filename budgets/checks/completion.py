"""完成率 in final accounts, recomputed on the budget that the clause names (G07)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from decimal import Decimal

from budgets.statement import Claim, Dimensions, Figure, Outcome, Source, Statement
from budgets.vocabulary import PERIOD_NAMES

from .amounts import name_of, printed_step
from .registry import RULES, register

_NAMED = re.compile(r"完成(?P<base>年初|全年|调整)?预算")
_PERIODS = {"年初": ("budget",), "全年": ("budget_adjusted",), "调整": ("budget_adjusted",)}
_ANY = ("budget", "budget_adjusted")
_HUNDRED = Decimal(100)


def _completions(statement: Statement) -> Iterator[Outcome]:
    """G07: 决算 ÷ 预算, both as the clause's own paragraph prints them."""
    figures = {figure.dimensions: figure for figure in statement.figures}
    for claim in statement.claims:
        named = _NAMED.search(claim.sources[0].quote) if claim.sources else None
        if claim.kind != "share" or claim.percent is None or named is None:
            continue
        done = _before(figures.get(claim.figure), claim)
        bases = _bases(figures, claim, _PERIODS.get(named["base"] or "", _ANY))
        if done and len(bases) == 1 and bases[0][1].amount:
            yield _completion(claim, figures[claim.figure], done, *bases[0])


def _bases(
    figures: dict[Dimensions, Figure], claim: Claim, periods: tuple[str, ...]
) -> list[tuple[Figure, Source]]:
    """Return the budgets of the paragraph that the words may mean; two of them name none."""
    found = []
    for period in periods:
        figure = figures.get(dataclasses.replace(claim.figure, period=period))
        source = _before(figure, claim)
        if figure and source:
            found.append((figure, source))
    return found


def _before(figure: Figure | None, claim: Claim) -> Source | None:
    """Return the last place of a figure before the clause, in its paragraph."""
    clause = claim.sources[0]
    own = [
        source
        for source in (figure.sources if figure else ())
        if (source.document, source.locator) == (clause.document, clause.locator)
        and source.start < clause.end
        and source.amount is not None
    ]
    return max(own, key=lambda source: source.start, default=None)


def _completion(
    claim: Claim, figure: Figure, done: Source, base: Figure, planned: Source
) -> Outcome:
    final, budget = done.amount or Decimal(0), planned.amount or Decimal(1)
    stated = claim.percent or Decimal(0)
    half_done, half_planned = printed_step(done.stated) / 2, printed_step(planned.stated) / 2
    half = printed_step(claim.sources[0].stated) / 2
    low = (final - half_done) / (budget + half_planned) * _HUNDRED - half
    high = (final + half_done) / max(budget - half_planned, Decimal(1)) * _HUNDRED + half
    agrees = low <= stated <= high
    computed = final / budget * _HUNDRED
    # One unit of the last place is truncated instead of rounded, as in S02.
    is_near = low - 2 * half <= stated <= high + 2 * half
    of = PERIOD_NAMES[base.period]
    return Outcome(
        code="G07",
        result="pass" if agrees else "note" if is_near else RULES["G07"].result,
        left=f"完成 {stated}%",
        right=f"{done.stated} ÷ {of} {planned.stated} = {computed:.2f}%",
        difference=f"{stated - computed:.2f} 个百分点",
        tolerance="按文中各数的印刷精度",
        message=f"{name_of(figure)}文中写完成{of}的 {stated}%，按文中数额重算为 {computed:.2f}%："
        + ("相符。" if agrees else "不符。"),
        advice="" if agrees else "请改正完成率，或两处数额中有误的一处。",
        sources=[*claim.sources, done, planned],
    )


register(
    "G07",
    "E",
    "预算完成率重算相符",
    _completions,
    needs="文件没有在一处同时写出预算数、决算数和完成率。",
    stages=("final_accounts",),
)
