"""What lies within what: funds (R12), economic classes (P04), small firms and awards (P07, P08)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from budgets.statement import Dimensions, Figure, Outcome, Statement, format_amount

from .amounts import allowed, places, printed_step, side
from .equations import Equation, exceeds
from .registry import RULES, Evidence, register
from .rollups import blamed_cells, tell_equation

_APPROPRIATIONS = ("appropriation", "general_public", "government_fund", "state_capital")
_ALL_MONEY = ("department_summary", "department_revenue", "department_expenditure")
_OF_CLASSES = {
    "30212": "three_public.abroad",
    "30217": "three_public.reception",
    "30231": "three_public.vehicles.operation",
    "31013": "three_public.vehicles.purchase",
}
_AWARDED = "procurement.sme_reserved.awarded"
_SMALL_AWARDED = "procurement.small_micro_reserved.awarded"
_GRADES = tuple(f"performance.rated.{g}" for g in ("excellent", "good", "qualified", "unqualified"))


def within(code: str, upper: Figure, lower: Figure) -> Outcome:
    """Tell whether one figure is at most another, within what both were rounded."""
    agrees = not exceeds(upper, lower)
    above = (lower.amount or Decimal(0)) - (upper.amount or Decimal(0))
    step = max(printed_step(upper.stated), printed_step(lower.stated))
    what = "不超过" if agrees else f"多出 {format_amount(above, upper.unit)}，高于"
    return Outcome(
        code=code,
        result="pass" if agrees else RULES[code].result,
        left=side(lower),
        right=side(upper),
        difference=format_amount(above, upper.unit),
        tolerance=allowed(step, upper.unit),
        message=f"{side(lower)}，{what}{side(upper)}。",
        advice="" if agrees else "请核对两处数字和口径。",
        sources=places(lower, upper),
    )


def _funds_within_all_money(evidence: Evidence) -> Iterator[Outcome]:
    """R12: 财政拨款 ≤ all money, cell by cell; a cell told by another check is left out."""
    statement = evidence.statement
    printed = {
        figure.dimensions: figure
        for figure in statement.figures
        if figure.amount is not None and _in_table(figure)
    }
    told = blamed_cells(evidence)
    pairs: list[tuple[Figure, Figure]] = []
    for dimensions, whole in printed.items():
        if dimensions.fund is not None or not _is_all_money(statement, whole):
            continue
        if dimensions in told or is_contradicted(whole):
            continue
        parts = _printed_parts(dimensions, printed, told)
        if parts:
            pairs.append((whole, max(parts, key=lambda part: part.amount or Decimal(0))))
    above = [pair for pair in pairs if exceeds(*pair)]
    for whole, part in above:
        yield within("R12", whole, part)
    if pairs and not above:
        yield Outcome(
            code="R12",
            result="pass",
            message=f"{len(pairs)} 处财政拨款数都不超过同一项的全部资金。",
            sources=places(*pairs[0]),
        )


def _printed_parts(
    whole: Dimensions, printed: dict[Dimensions, Figure], told: set[Dimensions]
) -> list[Figure]:
    """Return what each fund of 财政拨款 prints for the same cell, where nothing contradicts it."""
    keys = [dataclasses.replace(whole, fund=fund) for fund in _APPROPRIATIONS]
    return [
        printed[key]
        for key in keys
        if key in printed and key not in told and not is_contradicted(printed[key])
    ]


def _in_table(figure: Figure) -> bool:
    return any(source.table is not None for source in figure.sources)


def _is_all_money(statement: Statement, figure: Figure) -> bool:
    """Whether a 总表 of all money prints it: elsewhere a fund that is not said may be any."""
    if figure.concept.startswith("revenue.appropriation"):
        return False
    of_all = {n for n, table in enumerate(statement.tables) if table.kind in _ALL_MONEY}
    return any(source.table in of_all for source in figure.sources)


def is_contradicted(figure: Figure) -> bool:
    """Whether the places of a figure say different amounts: that is told by S01 or S02."""
    said = [source for source in figure.sources if source.amount is not None]
    return any(
        abs((source.amount or Decimal(0)) - (said[0].amount or Decimal(0)))
        > max(printed_step(source.stated), printed_step(said[0].stated))
        for source in said[1:]
    )


def _classes_within_three_public(evidence: Evidence) -> Iterator[Outcome]:
    """P04: what basic expenditure spends on a 款 is within the 三公 line of the same name."""
    told = blamed_cells(evidence)
    for figure in evidence.statement.figures:
        limit = _limit_of_class(evidence.statement, figure)
        if limit and not {figure.dimensions, limit.dimensions} & told:
            yield within("P04", limit, figure)


def _limit_of_class(statement: Statement, figure: Figure) -> Figure | None:
    """Return the 三公 line of a 款 in the same period; null for any other figure."""
    concept = _OF_CLASSES.get(figure.economic or "")
    is_basic = figure.concept == "expenditure.basic" and not figure.functional
    if concept is None or not is_basic or figure.amount is None or is_contradicted(figure):
        return None
    # “Not said” is null: the 三公 table covers 财政拨款, or the general budget alone.
    limits = (
        statement.figure(concept, fund=fund, period=figure.period, budget_unit=figure.budget_unit)
        for fund in dict.fromkeys((figure.fund, "appropriation", None))
    )
    found = next((limit for limit in limits if limit and limit.amount is not None), None)
    return None if found and is_contradicted(found) else found


def _own(statement: Statement, concept: str) -> Figure | None:
    """Return the stated figure of the disclosure's own period, whatever fund it names."""
    period = "final" if statement.stage == "final_accounts" else "budget"
    for fund in (None, "appropriation", "general_public"):
        figure = statement.figure(concept, fund=fund, period=period)
        if figure and figure.amount is not None:
            return figure
    return None


def _chain(code: str, statement: Statement, *concepts: str) -> Iterator[Outcome]:
    """Yield each step of a chain of figures that grow; a missing one is left out."""
    stated = [figure for concept in concepts if (figure := _own(statement, concept))]
    for lower, upper in pairwise(stated):
        yield within(code, upper, lower)


def _reserved(statement: Statement) -> Iterator[Outcome]:
    """P07: 小型和微型 ≤ 中小企业 ≤ 采购合计."""
    yield from _chain(
        "P07",
        statement,
        "procurement.small_micro_reserved",
        "procurement.sme_reserved",
        "procurement.total",
    )


def _awarded(statement: Statement) -> Iterator[Outcome]:
    """P08: what was awarded to small firms, in all, is within what was bought."""
    yield from _chain("P08", statement, _SMALL_AWARDED, _AWARDED, "procurement.total")


def _grades(statement: Statement) -> Iterator[Outcome]:
    """P08: grades = evaluated projects; found problems = rectified + rectifying.

    Parts that are not all printed may be fewer than the total.
    """
    for total, names in (
        ("performance.self_evaluated.projects", _GRADES),
        (
            "performance.problems.found",
            tuple(f"performance.problems.{n}" for n in ("rectified", "rectifying")),
        ),
    ):
        whole = _own(statement, total)
        parts = tuple(part for name in names if (part := _own(statement, name)))
        if whole and parts:
            yield tell_equation(
                Equation(code="P08", left=(whole,), right=parts, is_partial=len(parts) < len(names))
            )


register(
    "R12",
    "W",
    "财政拨款不超过同一项的全部资金",
    wide=(_funds_within_all_money,),
    needs="没有哪一项既在全部资金的表里，又在财政拨款的表里。",
)
register(
    "P04",
    "W",
    "基本支出中的因公出国、接待、车辆费用不超过“三公”经费",
    wide=(_classes_within_three_public,),
    needs="文件没有同时写出“三公”经费和基本支出的相应科目。",
)
register(
    "P07",
    "W",
    "面向中小企业预留的采购不超过采购合计",
    _reserved,
    needs="文件没有写面向中小企业预留的采购。",
    stages=("budget",),
)
register(
    "P08",
    "E",
    "授予中小企业的采购、绩效评级和整改个数与合计相符",
    _awarded,
    _grades,
    needs="文件没有同时写出采购合计与授予金额、自评项目与评级，或问题与整改。",
    stages=("final_accounts",),
)
