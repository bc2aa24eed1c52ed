"""Amounts in checks: how they are written, and how exactly they were printed."""

from __future__ import annotations

import re
from decimal import Decimal

from budgets.statement import Figure, Source, format_amount
from budgets.vocabulary import FUND_NAMES, concept_name

_STATED = re.compile(r"(?P<whole>[\d,，]+)(?:[.．](?P<decimals>\d+))?\s*(?P<unit>亿|万|千)?")
_MULTIPLIERS = {"亿": Decimal(10**8), "万": Decimal(10**4), "千": Decimal(1000), None: Decimal(1)}


def printed_step(stated: str | None) -> Decimal:
    """Return one unit of the last printed place in 元 (or in the count's unit).

    “2093.26万元” → 100; words without a number (“无…支出”) are exact: 0.
    """
    match = _STATED.search(stated or "")
    if not match:
        return Decimal(0)
    decimals = len(match["decimals"] or "")
    return _MULTIPLIERS[match["unit"]] * Decimal(1).scaleb(-decimals)


def coarsest_step(*stated: str | None) -> Decimal:
    """Return the coarsest printed place of numbers that are compared.

    A whole number beside others with decimals has only lost its zeros: “278万元” beside
    “27.1万元” counts as exact as that.
    """
    steps = [printed_step(words) for words in stated]
    by_unit: dict[str | None, list[int]] = {}
    for words in stated:
        if (match := _STATED.search(words or "")) and match["decimals"]:
            by_unit.setdefault(match["unit"], []).append(len(match["decimals"]))
    for index, words in enumerate(stated):
        match = _STATED.search(words or "")
        if match and not match["decimals"] and match["unit"] in by_unit:
            steps[index] *= Decimal(1).scaleb(-min(by_unit[match["unit"]]))
    return max(steps, default=Decimal(0))


def rounding_tolerance(total: Figure, parts: list[Figure]) -> Decimal:
    """Half a printed unit for the total and for each part that is not zero (FIGURES, roll-up).

    Only money is rounded: vehicles and projects are counted exactly.
    """
    if total.unit != "元":
        return Decimal(0)
    rounded = [part for part in parts if part.amount]
    step = coarsest_step(total.stated, *(part.stated for part in rounded))
    return step / 2 * (len(rounded) + 1)


def name_of(figure: Figure) -> str:
    """Name a figure for reading, with its fund and code where it has them."""
    name = concept_name(figure.concept)
    if figure.fund:
        name += f"（{FUND_NAMES[figure.fund]}）"
    if figure.functional or figure.economic:
        name += f"（科目 {figure.functional or figure.economic}）"
    return name


def side(figure: Figure) -> str:
    """Write one side of a comparison: “基本支出 496.19 万元”."""
    return f"{name_of(figure)} {written(figure)}"


def written(figure: Figure) -> str:
    if figure.state == "nil":
        return "无"
    return "—" if figure.amount is None else format_amount(figure.amount, figure.unit)


def sum_side(figures: list[Figure]) -> str:
    """Write a sum with its parts: “人员经费 481.84 + 公用经费 14.35 = 496.19 万元”.

    Parts of one concept are told by what sets them apart, and those of nothing are left out:
    “科目 208 70.00 + 科目 210 30.00 = 100.00 万元”.
    """
    total = sum((figure.amount or Decimal(0) for figure in figures), Decimal(0))
    if len(figures) == 1:
        return side(figures[0])
    shown = figures
    if len({figure.concept for figure in figures}) == 1:
        shown = [figure for figure in figures if figure.amount] or figures[:1]
    parts = " + ".join(f"{_part_name(figure, figures)} {_bare(figure)}" for figure in shown)
    return f"{parts} = {format_amount(total, figures[0].unit)}"


def _part_name(figure: Figure, parts: list[Figure]) -> str:
    """Name a part by its concept, or where all share that, by its code or its fund."""
    code = figure.functional or figure.economic
    if any(other.concept != figure.concept for other in parts):
        return concept_name(figure.concept)
    if len({other.functional or other.economic for other in parts}) > 1 and code:
        return f"科目 {code}"
    return FUND_NAMES.get(figure.fund or "", concept_name(figure.concept))


def _bare(figure: Figure) -> str:
    return format_amount(figure.amount or Decimal(0), figure.unit).split(" ")[0]


def allowed(tolerance: Decimal, unit: str) -> str:
    """Say how far two sides may lie apart, and why."""
    if not tolerance:
        return "应当相等"
    return f"±{format_amount(tolerance, unit)}（按文件的印刷精度）"


def places(*figures: Figure) -> list[Source]:
    """Return the first place of each figure: where a reader looks the side up."""
    return [figure.sources[0] for figure in figures if figure.sources]
