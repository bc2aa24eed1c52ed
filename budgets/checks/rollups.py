"""Totals and their parts, and the balance of the two sides (FIGURES, checks from the tree).

A roll-up is checked inside one printed table or one paragraph, between figures whose other
dimensions are equal. A part that is not printed there counts as 0, so only a total with at
least one printed part says anything.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from budgets.statement import Dimensions, Figure, Outcome, Statement, format_amount
from budgets.vocabulary import APPROPRIATION_FUNDS, ROLL_UPS, RollUp

from .amounts import allowed, places, rounding_tolerance, side, sum_side
from .registry import RULES, register

_REVENUE_PARTS = next(r for r in ROLL_UPS if r.total == "revenue.current").parts
_EXPENDITURE_PARTS = next(r for r in ROLL_UPS if r.total == "expenditure.current").parts
_BEYOND_CURRENT = {
    "revenue.current": ("revenue.surplus_used", "revenue.carried_forward"),
    "expenditure.current": ("expenditure.carried_over", "expenditure.surplus_distribution"),
}
Scope = tuple[int, str]


def _scopes(statement: Statement) -> dict[Scope, dict[Dimensions, Figure]]:
    """Group figures by the table or paragraph that prints them, each as that place states it."""
    scopes: dict[Scope, dict[Dimensions, Figure]] = defaultdict(dict)
    for figure in statement.figures:
        for source in figure.sources:
            scope = (
                source.document,
                source.locator if source.table is None else f"table {source.table}",
            )
            here = dataclasses.replace(
                figure,
                amount=source.amount if source.amount is not None else figure.amount,
                stated=source.stated or figure.stated,
                sources=[source],
            )
            scopes[scope].setdefault(figure.dimensions, here)
    return scopes


def roll_up(code: str, statement: Statement) -> Iterator[Outcome]:
    """Check every total of one rule, in each table and paragraph that prints it with parts."""
    for (_, place), scope in _scopes(statement).items():
        for rule in ROLL_UPS:
            if rule.code == code:
                yield from _totals(scope, rule, is_table=place.startswith("table "))


def _totals(scope: dict[Dimensions, Figure], rule: RollUp, *, is_table: bool) -> Iterator[Outcome]:
    for dimensions, total in scope.items():
        if dimensions.concept != rule.total or total.amount is None:
            continue
        printed = [_printed(scope, dimensions, concept) for concept in rule.parts]
        parts = [part for figures in printed for part in figures]
        if parts:
            outcome = _compare(rule.code, total, parts)
            is_whole = is_table or all(printed)
            yield outcome if is_whole else _of_some_parts(outcome, total, parts)


def _of_some_parts(outcome: Outcome, total: Figure, parts: list[Figure]) -> Outcome:
    """A sentence may name only some parts (“其中…”): then less than the total proves nothing."""
    added = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    if outcome.result == "pass" or added > (total.amount or Decimal(0)):
        return outcome
    return dataclasses.replace(
        outcome,
        result="not_checkable",
        message=f"{side(total)}，这句话只列出了其中 {sum_side(parts)}，不能相加核对。",
        advice="",
    )


def _printed(scope: dict[Dimensions, Figure], total: Dimensions, concept: str) -> list[Figure]:
    """Return the part as printed; a level that is not printed is replaced by its own parts."""
    whole = dataclasses.replace(total, concept=concept)
    if whole in scope:
        return [scope[whole]]
    if concept == "revenue.appropriation" and total.fund in (None, "appropriation"):
        funds = (dataclasses.replace(whole, fund=fund) for fund in APPROPRIATION_FUNDS)
        return [scope[part] for part in funds if part in scope]
    below = next((rule for rule in ROLL_UPS if rule.total == concept), None)
    parts = below.parts if below else ()
    return [figure for part in parts for figure in _printed(scope, total, part)]


def _compare(code: str, total: Figure, parts: list[Figure]) -> Outcome:
    illegible = [part for part in parts if part.state == "illegible"]
    if illegible:
        return Outcome(
            code=code,
            result="not_checkable",
            left=side(total),
            message=f"{side(total)}的一个组成部分无法辨认，不能相加核对。",
            sources=places(total, *parts),
        )
    return equality(code, total, parts)


def equality(code: str, total: Figure, parts: list[Figure], *, derived: bool = False) -> Outcome:
    """Compare a figure with the sum of others, within what printed rounding allows."""
    added = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    left = total.amount or Decimal(0)
    difference = left - added
    tolerance = rounding_tolerance(total, parts)
    agrees = abs(difference) <= tolerance
    result = "pass" if agrees else ("warning" if derived else RULES[code].result)
    what = "相符" if agrees else f"相差 {format_amount(abs(difference), total.unit)}"
    return Outcome(
        code=code,
        result=result,
        left=side(total),
        right=sum_side(parts),
        difference=format_amount(difference, total.unit),
        tolerance=allowed(tolerance, total.unit),
        derived=derived,
        message=f"{side(total)}，{sum_side(parts)}：{what}。",
        advice="" if agrees else "请对照原文两处数字，改正其中有误的一处。",
        sources=places(total, *parts),
    )


def _balance(statement: Statement) -> Iterator[Outcome]:
    """收入总计 = 支出总计: both printed; or, in a document without tables, derived from parts."""
    figures = {figure.dimensions: figure for figure in statement.figures}
    period = "final" if statement.stage == "final_accounts" else "budget"
    funds = {
        f.fund for f in statement.figures if f.concept in ("revenue.total", "expenditure.total")
    }
    for fund in sorted(funds, key=lambda fund: fund or ""):
        left, right = (
            figures.get(Dimensions(concept=concept, fund=fund, period=period))
            for concept in ("revenue.total", "expenditure.total")
        )
        if left and right and left.amount is not None and right.amount is not None:
            yield equality("B01", left, [right])
            if fund is None:
                return
    if not statement.tables and None not in funds:
        yield from _derived_balance(figures, period)


def _derived_balance(figures: dict[Dimensions, Figure], period: str) -> Iterator[Outcome]:
    """Add up what the sentences state on each side; a derived outcome is never a fail."""
    revenue = _stated_side(figures, period, "revenue.current", _REVENUE_PARTS)
    expenditure = _stated_side(figures, period, "expenditure.current", _EXPENDITURE_PARTS)
    stated = {figure.concept for figure in expenditure}
    if not revenue or not {"expenditure.basic", "expenditure.project"} <= stated:
        return  # one part of a side is no side
    outcome = equality("B01", _total_of(revenue), expenditure, derived=True)
    yield dataclasses.replace(
        outcome,
        left=sum_side(revenue),
        message=f"文件没有印出收入总计和支出总计，由本站按文中所列相加：收入 {sum_side(revenue)}；"
        f"支出 {sum_side(expenditure)}；"
        + ("两边相符。" if outcome.result == "pass" else f"相差 {outcome.difference}。"),
        sources=places(*revenue, *expenditure),
    )


def _stated_side(
    figures: dict[Dimensions, Figure], period: str, current: str, parts: tuple[str, ...]
) -> list[Figure]:
    """Return the figures that make up one side: 本年合计 if stated, else its stated parts."""
    whole = Dimensions(concept=current, period=period)

    def stated(concept: str) -> list[Figure]:
        return [f for f in _printed(figures, whole, concept) if f.amount is not None]

    own = figures.get(whole)
    main = [own] if own else [figure for part in parts for figure in stated(part)]
    beyond = [figure for part in _BEYOND_CURRENT[current] for figure in stated(part)]
    return [*main, *beyond] if main else []


def _total_of(figures: list[Figure]) -> Figure:
    if len(figures) == 1:
        return figures[0]
    total = sum((figure.amount or Decimal(0) for figure in figures), Decimal(0))
    return dataclasses.replace(figures[0], concept="revenue.total", amount=total)


register(
    "B01",
    "E",
    "收入总计等于支出总计",
    _balance,
    needs="文件没有同时写出收入和支出两边的总数，也没有可以相加的分项，不能核对收支平衡。",
)
for _code, _name, _needs in (
    ("R01", "收入总计等于本年收入、使用结余与上年结转之和", "文件没有印出收入总计及其组成。"),
    ("R02", "本年收入合计等于各项收入之和", "文件没有印出本年收入合计及其组成。"),
    ("R03", "支出总计等于本年支出、结转下年与结余分配之和", "文件没有印出支出总计及其组成。"),
    ("R04", "本年支出合计等于基本支出、项目支出等之和", "文件没有印出本年支出合计及其组成。"),
    (
        "R05",
        "基本支出等于人员经费加公用经费",
        "文件没有在一处同时写出基本支出、人员经费和公用经费。",
    ),
    ("R08", "“三公”经费等于三项之和", "文件没有在一处同时写出“三公”经费合计和分项。"),
):
    register(_code, "E", _name, partial(roll_up, _code), needs=_needs)
