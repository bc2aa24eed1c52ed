"""Vehicles: their kinds (A01), what they cost (A02), and the two ways they are counted (A03)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from budgets.statement import Figure, Outcome, Statement
from budgets.vocabulary import CONCEPTS

from .amounts import places, side
from .equations import Equation, Scope
from .registry import RULES, register

_FLEETS = ("assets.vehicles", "assets.vehicles_to_buy")


def vehicle_sums(scope: Scope) -> Iterator[Equation]:
    """Yield 车辆 = Σ kinds; a list without 其他用车 may be longer than printed."""
    for dimensions, total in scope.figures.items():
        if dimensions.concept not in _FLEETS or total.amount is None:
            continue
        kinds = [own for own in CONCEPTS if own.startswith(f"{dimensions.concept}.")]
        keys = (dataclasses.replace(dimensions, concept=kind) for kind in kinds)
        parts = tuple(scope.figures[key] for key in keys if key in scope.figures)
        if parts:
            is_whole = any(part.concept.endswith(".other") for part in parts)
            yield Equation(code="A01", left=(total,), right=parts, is_partial=not is_whole)


def _stated(statement: Statement, *concepts: str) -> Figure | None:
    """Return the first of the concepts that is stated for this year, by number or as none."""
    period = "final" if statement.stage == "final_accounts" else "budget"
    for concept in concepts:
        for figure in statement.figures:
            is_ours = (figure.concept, figure.period) == (concept, period)
            if is_ours and figure.budget_unit is None and figure.amount is not None:
                return figure
    return None


def _costs_without_vehicles(statement: Statement) -> Iterator[Outcome]:
    """A02: 运行费 where there is no vehicle, 购置费 where none is to be bought.

    Only a printed 0 or 无 says that there is none.
    """
    pairs = (
        ("three_public.vehicles.operation", ("three_public.vehicles.held", "assets.vehicles")),
        (
            "three_public.vehicles.purchase",
            ("three_public.vehicles.purchased", "assets.vehicles_to_buy"),
        ),
    )
    for concept, counts in pairs:
        cost, count = _stated(statement, concept), _stated(statement, *counts)
        if not cost or not count:
            continue
        agrees = not cost.amount or bool(count.amount)
        yield Outcome(
            code="A02",
            result="pass" if agrees else RULES["A02"].result,
            left=side(cost),
            right=side(count),
            tolerance="有费用时车辆数不应为 0",
            message=f"{side(cost)}，{side(count)}。"
            + ("" if agrees else "有费用而没有车辆，请部门说明。"),
            advice="" if agrees else "请核对费用和车辆数。",
            sources=places(cost, count),
        )


def _held_are_vehicles(statement: Statement) -> Iterator[Outcome]:
    """A03: 保有量 = 车辆, where both are of the same day (final accounts: the end of the year)."""
    held = _stated(statement, "three_public.vehicles.held")
    owned = _stated(statement, "assets.vehicles")
    if not held or not owned or held.as_of != owned.as_of:
        return
    if held.as_of is None and statement.stage != "final_accounts":
        return
    agrees = held.amount == owned.amount
    yield Outcome(
        code="A03",
        result="pass" if agrees else RULES["A03"].result,
        left=side(held),
        right=side(owned),
        tolerance="应当相等",
        message=f"{side(held)}，{side(owned)}：" + ("相符。" if agrees else "不同。"),
        advice="" if agrees else "请核对两处车辆数，口径不同时请说明。",
        sources=places(held, owned),
    )


register(
    "A02",
    "W",
    "有车辆费用就有车辆",
    _costs_without_vehicles,
    needs="文件没有同时写出车辆费用和车辆数。",
)
register(
    "A03",
    "W",
    "公务用车保有量等于车辆数",
    _held_are_vehicles,
    needs="文件没有同一天的公务用车保有量和车辆数。",
)
