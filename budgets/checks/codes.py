"""Sums over codes in printed tables, column by column: 合计 = Σ类, 类 = Σ款, 款 = Σ项 (R06); P05.

Many tables print only the rows that are not zero, or leave out a level: the parts of a row are
the nearest rows below it that the same column prints. Prose lists are never a code tree.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from budgets.statement import Dimensions, Figure
from budgets.vocabulary import functional_codes

from .equations import Equation, Scope

Column = tuple[str, Dimensions]
# 支出经济分类 of departments (3xx) and of governments (5xx); the two are never added together.
_ECONOMIC_TREES = ("3", "5")
_BEYOND = ("expenditure.carried_over", "expenditure.surplus_distribution")
_OF_PERSONNEL = ("301", "303")
_OF_OPERATING = ("302", "307", "309", "310", "399")


def code_sums(scope: Scope) -> Iterator[Equation]:
    """Yield the sums over the codes of a table."""
    if scope.table is None:
        return
    for (axis, whole), cells in _columns(scope).items():
        for tree in _trees(axis, cells):
            yield from _tree_sums(scope, whole, tree)


def _columns(scope: Scope) -> dict[Column, dict[str, Figure]]:
    """Return each printed column as code → cell, keyed by its axis and its 合计."""
    columns: dict[Column, dict[str, Figure]] = defaultdict(dict)
    for dimensions, figure in scope.figures.items():
        if dimensions.functional:
            whole = dataclasses.replace(dimensions, functional=None)
            columns["functional", whole][dimensions.functional] = figure
        if dimensions.economic:
            whole = dataclasses.replace(dimensions, economic=None)
            columns["economic", whole][dimensions.economic] = figure
    return columns


def _trees(axis: str, cells: dict[str, Figure]) -> Iterator[dict[str, Figure]]:
    """Yield the codes that belong to one classification; a private numbering belongs to none."""
    if axis == "functional":
        known = _functional_classes()
        if all(code[:3] in known for code in cells):
            yield cells
        return
    for first in _ECONOMIC_TREES:
        tree = {code: cell for code, cell in cells.items() if code.startswith(first)}
        if tree:
            yield tree


@cache
def _functional_classes() -> frozenset[str]:
    return frozenset(code[:3] for code in functional_codes())


def _tree_sums(scope: Scope, whole: Dimensions, tree: dict[str, Figure]) -> Iterator[Equation]:
    for code, cell in tree.items():
        parts = _below(code, tree)
        if parts and cell.amount is not None:
            yield Equation(code="R06", left=(cell,), right=parts)
    tops = _below("", tree)
    total = scope.figures.get(whole)
    beyond: tuple[Figure, ...] = ()
    if total is None and whole.concept == "expenditure.current":
        # A 总表 may print 支出总计 alone under its 类, with what is carried over between them.
        total = scope.figures.get(dataclasses.replace(whole, concept="expenditure.total"))
        rest = (dataclasses.replace(whole, concept=concept) for concept in _BEYOND)
        beyond = tuple(scope.figures[key] for key in rest if key in scope.figures)
    depths = {len(code) for code in tree if not any(_is_below(code, other) for other in tree)}
    # An 项 beside 类 has no 类 of its own: its code may be misprinted, and C09 tells it.
    if total is not None and total.amount is not None and len(depths) == 1:
        yield Equation(code="R06", left=(total,), right=(*tops, *beyond))


def _is_below(code: str, other: str) -> bool:
    return code != other and code.startswith(other)


def _below(code: str, tree: dict[str, Figure]) -> tuple[Figure, ...]:
    """Return the nearest printed cells under a code; “” stands for all."""
    under = [own for own in tree if own.startswith(code) and own != code]
    nearest = [own for own in under if not any(own.startswith(o) and own != o for o in under)]
    return tuple(tree[own] for own in nearest)


def economic_sums(scope: Scope) -> Iterator[Equation]:
    """Yield 人员 = 301 + 303 and 公用 = 302 + 307 + 309 + 310 + 399 of a table (P05)."""
    if scope.table is None:
        return
    for dimensions, total in scope.figures.items():
        ours = {
            "expenditure.basic.personnel": _OF_PERSONNEL,
            "expenditure.basic.operating": _OF_OPERATING,
        }.get(dimensions.concept)
        if ours is None or dimensions.economic or dimensions.functional or total.amount is None:
            continue
        whole = dataclasses.replace(dimensions, concept="expenditure.basic")
        rows = {
            own.economic: cell
            for own, cell in scope.figures.items()
            if own.economic and dataclasses.replace(own, economic=None) == whole
        }
        classes = {code for code in rows if len(code) == 3 and code.startswith("3")}
        parts = tuple(rows[code] for code in ours if code in classes)
        if parts and classes <= {*_OF_PERSONNEL, *_OF_OPERATING}:
            yield Equation(code="P05", left=(total,), right=parts)
