"""Sums as equations between the cells of one place, and which cell a difference is due to.

One wrong cell breaks the sum of its row and those of its column. All equations of a table (or
of a paragraph) are therefore looked at together: a cell that another place contradicts is left
to S01 and S02, and the broken equations that one cell alone explains are told once, at that cell.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from budgets.statement import Dimensions, Figure, PrintedTable, Source, Statement

from .amounts import coarsest_step, printed_step, rounding_tolerance

_NONE = Decimal(0)


@dataclass(kw_only=True)
class Scope:
    """The figures of one printed table or one paragraph, each as that place states it.

    `table` is null for a paragraph; `unread` are the numbers of the place not understood.
    """

    key: tuple[int, str]
    table: PrintedTable | None = None
    figures: dict[Dimensions, Figure] = field(default_factory=dict)
    unread: list[Source] = field(default_factory=list)

    def is_interrupted(self, equation: Equation) -> bool:
        """Whether a number not understood stands among those of a sentence: perhaps a part."""
        starts = [source.start for cell in equation.cells for source in cell.sources]
        return self.table is None and any(
            min(starts) <= source.start <= max(starts) for source in self.unread
        )


def scopes(statement: Statement) -> list[Scope]:
    """Group the figures by the place that prints them."""
    found: dict[tuple[int, str], Scope] = {}
    for figure in statement.figures:
        for source in figure.sources:
            number = source.table
            place = source.locator if number is None else f"table {number}"
            scope = found.setdefault((source.document, place), Scope(key=(source.document, place)))
            if number is not None and number < len(statement.tables):
                scope.table = statement.tables[number]
            elif number is not None:
                scope.table = PrintedTable(title="")
            here = dataclasses.replace(
                figure,
                amount=source.amount if source.amount is not None else figure.amount,
                stated=source.stated or figure.stated,
                sources=[source],
            )
            scope.figures.setdefault(figure.dimensions, here)
    for unread in statement.unread:
        for source in unread.sources:
            place = source.locator if source.table is None else f"table {source.table}"
            if (source.document, place) in found:
                found[source.document, place].unread.append(source)
    return list(found.values())


@dataclass(frozen=True, kw_only=True)
class Equation:
    """Σ left = Σ right under a check; `is_partial`: the right side may be longer than printed."""

    code: str
    left: tuple[Figure, ...]
    right: tuple[Figure, ...]
    is_partial: bool = False

    @property
    def cells(self) -> tuple[Figure, ...]:
        return (*self.left, *self.right)

    @cached_property
    def difference(self) -> Decimal:
        return add_up(self.left) - add_up(self.right)

    @cached_property
    def tolerance(self) -> Decimal:
        return rounding_tolerance(self.cells[0], list(self.cells[1:]))

    @cached_property
    def agrees(self) -> bool:
        return abs(self.difference) <= self.tolerance

    @property
    def is_legible(self) -> bool:
        return all(cell.state != "illegible" for cell in self.cells)

    @property
    def proves_nothing(self) -> bool:
        """Whether the printed parts are fewer than the total, and more may exist."""
        return self.is_partial and not self.agrees and self.difference > 0

    def correction(self, cell: Figure) -> Decimal:
        """Return what would have to be added to a cell for the two sides to agree."""
        return self.difference if cell in self.right else -self.difference


@dataclass(kw_only=True)
class Verdict:
    """An equation that is told; the cell that alone explains it, and the others that cell does."""

    equation: Equation
    blamed: Figure | None = None
    others: tuple[Equation, ...] = ()


def add_up(figures: Iterable[Figure]) -> Decimal:
    return sum((figure.amount or _NONE for figure in figures), _NONE)


def find_causes(
    equations: list[Equation], elsewhere: dict[Dimensions, list[Figure]]
) -> list[Verdict]:
    """Return a verdict for each equation that holds, and one for each cause of broken ones.

    `elsewhere` has what every place prints for a figure.
    """
    held = [e for e in equations if e.is_legible and e.agrees]
    silent = [e for e in equations if not e.is_legible or e.proves_nothing]
    broken = [
        e
        for e in equations
        if e.is_legible and not e.agrees and not e.proves_nothing and not _is_told(e, elsewhere)
    ]
    verdicts = [Verdict(equation=e) for e in (*held, *silent)]
    while broken:
        verdict = _strongest(broken, held)
        verdicts.append(verdict)
        told = {id(e) for e in (verdict.equation, *verdict.others)}
        broken = [e for e in broken if id(e) not in told]
    return verdicts


def _is_told(equation: Equation, elsewhere: dict[Dimensions, list[Figure]]) -> bool:
    """Whether what another place says of one cell would make the sum right: S01 or S02 tell it."""
    return any(
        abs(equation.correction(cell) - (other.amount - cell.amount))
        <= equation.tolerance + coarsest_step(cell.stated, other.stated) / 2
        for cell in equation.cells
        for other in elsewhere.get(cell.dimensions, ())
        if cell.amount is not None
        and other.amount is not None
        and abs(other.amount - cell.amount) > coarsest_step(cell.stated, other.stated)
    )


def _strongest(broken: list[Equation], held: list[Equation]) -> Verdict:
    """Return the most that one cell explains without breaking a sum that holds."""
    of_cell: dict[Dimensions, list[Equation]] = defaultdict(list)
    cells: dict[Dimensions, Figure] = {}
    for equation in broken:
        for cell in equation.cells:
            of_cell[cell.dimensions].append(equation)
            cells[cell.dimensions] = cell
    best: list[Equation] = []
    blamed: list[Figure] = []
    for dimensions, touched in of_cell.items():
        explained = _explained(cells[dimensions], touched, held)
        if len(explained) > len(best):
            best, blamed = explained, []
        if explained and _same(explained, best):
            blamed.append(cells[dimensions])
    if not best:
        return Verdict(equation=broken[0])
    return Verdict(
        equation=best[0],
        blamed=blamed[0] if len(blamed) == 1 else None,
        others=tuple(best[1:]),
    )


def _same(one: list[Equation], other: list[Equation]) -> bool:
    return {id(e) for e in one} == {id(e) for e in other}


def _explained(cell: Figure, touched: list[Equation], held: list[Equation]) -> list[Equation]:
    """Return the largest set of broken equations that one new amount in a cell would mend."""
    best: list[Equation] = []
    for first in touched:
        correction = first.correction(cell)
        if any(
            abs(e.difference - _effect(e, cell, correction)) > e.tolerance + first.tolerance
            for e in held
            if cell in e.cells
        ):
            continue
        mended = [
            e
            for e in touched
            if abs(e.correction(cell) - correction) <= e.tolerance + first.tolerance
        ]
        if len(mended) > len(best):
            best = mended
    return best


def _effect(equation: Equation, cell: Figure, correction: Decimal) -> Decimal:
    return correction if cell in equation.right else -correction


def exceeds(upper: Figure, lower: Figure) -> bool:
    """Whether `lower` is more than `upper`, by more than both were rounded."""
    step = max(printed_step(upper.stated), printed_step(lower.stated))
    return (lower.amount or _NONE) - (upper.amount or _NONE) > step
