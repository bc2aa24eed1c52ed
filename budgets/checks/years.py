"""Checks that need other documents or dates: last year's (S03, S05), units' (R11), 批复 (D01).

Their outcomes are never stored: they are computed when read, and dated.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal

from budgets.statement import Dimensions, Figure, Outcome, Statement, format_amount

from .amounts import allowed, places, printed_step, side, written
from .registry import RULES, Evidence, register

_PRIOR = {"prior_budget": "budget", "prior_final": "final"}
_REMITTED = ("revenue.superior_subsidy", "revenue.affiliate_remittance")
# What a department and its units print alike; internal 上缴 and 补助 stand in the two totals.
_ADDED = (
    ("revenue.appropriation", None),
    ("expenditure.current", "appropriation"),
    ("expenditure.current", "general_public"),
    ("expenditure.basic", "general_public"),
    ("expenditure.project", "general_public"),
    ("revenue.total", None),
    ("expenditure.total", None),
)
_WITH_INTERNAL = ("revenue.total", "expenditure.total")
DAYS_TO_PUBLISH = 20  # 预算法 第十四条: within twenty days of the 批复


def _prior_amounts(evidence: Evidence) -> Iterator[Outcome]:
    """S03: 上年数 = last year's own 本年数, like with like; told at most once if most differ."""
    statement, prior = evidence.statement, evidence.prior
    if prior is None or not _is_year_before(statement, prior):
        return
    published = {figure.dimensions: figure for figure in prior.figures}
    pairs = [
        (figure, before)
        for figure in statement.figures
        if figure.period in _PRIOR and figure.amount is not None
        for before in [
            published.get(dataclasses.replace(figure.dimensions, period=_PRIOR[figure.period]))
        ]
        if before is not None and before.amount is not None
    ]
    differing = [pair for pair in pairs if not _same(*pair)]
    is_rescoped = len(differing) > 2 and len(differing) * 2 > len(pairs)
    for figure, before in differing[:1] if is_rescoped else differing:
        yield _prior(figure, before, _renamed(statement, prior, len(differing), is_rescoped))
    if pairs and not differing:
        yield Outcome(
            code="S03",
            result="pass",
            message=f"{len(pairs)} 处上年数与 {prior.fiscal_year} 年文件中的本年数相符。",
            sources=places(pairs[0][0]),
        )


def _is_year_before(statement: Statement, prior: Statement) -> bool:
    return (prior.stage, prior.fiscal_year) == (statement.stage, statement.fiscal_year - 1)


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures agree within what the coarser of them was rounded."""
    step = max(printed_step(one.stated), printed_step(other.stated))
    return abs((one.amount or Decimal(0)) - (other.amount or Decimal(0))) <= step / 2


def _renamed(statement: Statement, prior: Statement, differing: int, is_rescoped: bool) -> str:
    told = ""
    if statement.department != prior.department:
        told = f"上年的文件名为“{prior.department}”，机构或有调整。"
    if is_rescoped:
        told += f"共有 {differing} 处上年数不同，口径可能已调整。"
    return told


def _prior(figure: Figure, before: Figure, more: str) -> Outcome:
    return _difference("S03", figure, before, f"上年文件中为 {written(before)}", more)


def _difference(code: str, figure: Figure, other: Figure, right: str, more: str = "") -> Outcome:
    """Tell a figure and what another document says; only this document's place is linked."""
    difference = (figure.amount or Decimal(0)) - (other.amount or Decimal(0))
    agrees = _same(figure, other)
    step = max(printed_step(figure.stated), printed_step(other.stated))
    return Outcome(
        code=code,
        result="pass" if agrees else RULES[code].result,
        left=side(figure),
        right=right,
        difference=format_amount(difference, figure.unit),
        tolerance=allowed(step / 2, figure.unit),
        message=f"{side(figure)}，{right}："
        + ("相符。" if agrees else f"相差 {format_amount(abs(difference), figure.unit)}。")
        + more,
        advice="" if agrees else "请核对上年公开的文件，口径有调整的请说明。",
        sources=places(figure),
    )


def _carried_forward(evidence: Evidence) -> Iterator[Outcome]:
    """S05: 年初结转 = last year's 年末结转, in final accounts (a budget only estimates it)."""
    statement, prior = evidence.statement, evidence.prior
    if prior is None or not _is_year_before(statement, prior) or statement.stage == "budget":
        return
    for figure in statement.figures:
        if figure.concept != "revenue.carried_forward" or figure.amount is None:
            continue
        own = dataclasses.replace(figure.dimensions, concept="expenditure.carried_over")
        before = next((other for other in prior.figures if other.dimensions == own), None)
        if figure.period == "final" and before and before.amount is not None:
            yield _difference("S05", figure, before, f"上年末结转 {written(before)}")


def _units_make_department(evidence: Evidence) -> Iterator[Outcome]:
    """R11: department = Σ units less what they pay each other, if every listed unit published."""
    statement, units = evidence.statement, _own_units(evidence)
    if not units:
        return
    period = "final" if statement.stage == "final_accounts" else "budget"
    internal = _internal(units, period)
    outcomes: list[Outcome] = []
    for concept, fund in _ADDED:
        own = Dimensions(concept=concept, fund=fund, period=period)
        figure = _figure(statement, own)
        parts = [part for unit in units if (part := _figure(unit, own))]
        if figure and len(parts) == len(units):
            paid = internal if concept in _WITH_INTERNAL else Decimal(0)
            outcomes.append(_units(figure, parts, paid))
    differing = [outcome for outcome in outcomes if outcome.result != "pass"]
    yield from differing[:1] or outcomes  # a unit left out shows in every total


def _own_units(evidence: Evidence) -> list[Statement]:
    """Return the statements of all listed units of this year and stage; none if one is missing."""
    own = {
        unit.unit or unit.department: unit
        for unit in evidence.units
        if (unit.stage, unit.fiscal_year)
        == (evidence.statement.stage, evidence.statement.fiscal_year)
    }
    listed = [unit.name for unit in evidence.statement.units]
    if evidence.statement.level == "unit" or not listed or any(name not in own for name in listed):
        return []
    return [own[name] for name in listed]


def _figure(statement: Statement, own: Dimensions) -> Figure | None:
    figure = next((figure for figure in statement.figures if figure.dimensions == own), None)
    return figure if figure and figure.amount is not None else None


def _internal(units: list[Statement], period: str) -> Decimal:
    found = (
        _figure(unit, Dimensions(concept=concept, period=period))
        for unit in units
        for concept in _REMITTED
    )
    return sum((figure.amount or Decimal(0) for figure in found if figure), Decimal(0))


def _units(figure: Figure, parts: list[Figure], internal: Decimal) -> Outcome:
    """Compare with the sum, less anything from nothing to all that units pay each other."""
    added = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    difference = (figure.amount or Decimal(0)) - added
    step = max(printed_step(cell.stated) for cell in (figure, *parts))
    tolerance = step / 2 * (len(parts) + 1)
    agrees = -internal - tolerance <= difference <= tolerance
    right = f"{len(parts)} 个单位相加 {format_amount(added, '元')}"
    if internal:
        right += f"（单位之间上缴、补助至多 {format_amount(internal, '元')}）"
    return Outcome(
        code="R11",
        result="pass" if agrees else RULES["R11"].result,
        left=side(figure),
        right=right,
        difference=format_amount(difference, "元"),
        tolerance=allowed(tolerance, "元"),
        message=f"{side(figure)}，{right}："
        + ("相符。" if agrees else f"相差 {format_amount(abs(difference), '元')}。"),
        advice="" if agrees else "请核对所列单位是否齐全，口径是否一致。",
        sources=places(figure),
    )


def _published_in_time(evidence: Evidence) -> Iterator[Outcome]:
    """D01: from `dates["approved"]` (批复) to `dates["published"]` at most twenty days."""
    approved, published = evidence.dates.get("approved"), evidence.dates.get("published")
    if approved is None or published is None:
        return
    days = (published - approved).days
    agrees = days <= DAYS_TO_PUBLISH
    yield Outcome(
        code="D01",
        result="pass" if agrees else RULES["D01"].result,
        left=f"批复 {approved:%Y-%m-%d}",
        right=f"公开 {published:%Y-%m-%d}",
        difference=f"{days} 日",
        tolerance=f"批复后 {DAYS_TO_PUBLISH} 日内",
        message=f"{approved:%Y-%m-%d} 批复，{published:%Y-%m-%d} 公开，相隔 {days} 日。",
    )


register(
    "S03",
    "W",
    "上年数与上年公开的数字相符",
    wide=(_prior_amounts,),
    needs="没有上年的同类文件，或文件没有写上年数。",
    is_fresh=True,
)
register(
    "S05",
    "W",
    "年初结转等于上年末结转",
    wide=(_carried_forward,),
    needs="没有上年的决算，或文件没有写年初结转。",
    stages=("final_accounts",),
    is_fresh=True,
)
register(
    "R11",
    "W",
    "部门等于所属单位之和",
    wide=(_units_make_department,),
    needs="所列单位没有全部公开。",
    is_fresh=True,
)
register(
    "D01",
    "W",
    "批复后 20 日内公开",
    wide=(_published_in_time,),
    needs="不知道批复日期或公开日期。",
    is_fresh=True,
)
