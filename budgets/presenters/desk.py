"""A draft for the person who answers for it: every figure, finding and unread number in reach."""

from __future__ import annotations

from dataclasses import dataclass

from budgets.statement import Figure, Outcome, ProcurementItem, Source, Statement, Unread

from .amounts import Amount, show, show_optional
from .figures import IN_TEXT, label
from .marks import Places, source_anchor

RESULT_NAMES = {
    "fail": "不符",
    "warning": "提示",
    "note": "备注",
    "not_checkable": "无法核对",
    "pass": "通过",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFigure:
    position: int
    name: str
    amount: Amount
    sources: list[Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskOutcome:
    """An outcome with the position by which it is explained; notes and advice too."""

    position: int
    outcome: Outcome
    name: str
    explanation: str

    @property
    def result_name(self) -> str:
        return RESULT_NAMES[self.outcome.result]

    @property
    def needs_explanation(self) -> bool:
        return self.outcome.result == "fail" and not self.explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskItem:
    position: int
    item: ProcurementItem
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What lies on the desk; `findings` are what somebody should look at, `other` the rest."""

    figures: list[tuple[str, list[DeskFigure]]]
    findings: list[DeskOutcome]
    other: list[DeskOutcome]
    items: list[DeskItem]
    unread: list[tuple[int, Unread]]
    numbers: dict[str, int]

    @property
    def unexplained(self) -> int:
        return sum(outcome.needs_explanation for outcome in self.findings)

    @property
    def figures_count(self) -> int:
        return sum(len(rows) for _, rows in self.figures)


def lay_out(statement: Statement, *, explanations: list[str], names: dict[str, str]) -> Desk:
    """Return a draft's desk; `explanations` follow the order of the checks, `names` by code."""
    outcomes = [
        DeskOutcome(
            position=position,
            outcome=outcome,
            name=names.get(outcome.code, outcome.code),
            explanation=explanation,
        )
        for position, (outcome, explanation) in enumerate(
            zip(statement.checks, explanations, strict=True)
        )
    ]
    order = list(RESULT_NAMES)
    outcomes.sort(key=lambda o: (order.index(o.outcome.result), o.outcome.code, o.position))
    telling = ("fail", "warning", "note")
    return Desk(
        figures=_by_table(statement),
        findings=[o for o in outcomes if o.outcome.result in telling],
        other=[o for o in outcomes if o.outcome.result not in telling],
        items=[
            DeskItem(position=position, item=item, amount=show_optional(item.amount))
            for position, item in enumerate(statement.procurement)
        ],
        unread=list(enumerate(statement.unread)),
        numbers=statement.numbers,
    )


def name(figure: Figure) -> str:
    return label(figure)


def _by_table(statement: Statement) -> list[tuple[str, list[DeskFigure]]]:
    groups: dict[str, list[DeskFigure]] = {}
    for position, figure in enumerate(statement.figures):
        table = figure.sources[0].table
        title = (
            IN_TEXT if table is None else statement.tables[table].title or f"第 {table + 1} 张表"
        )
        groups.setdefault(title, []).append(
            DeskFigure(
                position=position,
                name=label(figure),
                amount=show(figure),
                sources=figure.sources,
            )
        )
    return list(groups.items())


def places(statement: Statement) -> tuple[Places, dict[str, str]]:
    """Return the places to mark in the original, and from each the way back to its row."""
    marked: list[Source] = []
    backs: dict[str, str] = {}
    rows: list[tuple[str, list[list[Source]]]] = [
        ("figure", [figure.sources for figure in statement.figures]),
        ("item", [item.sources for item in statement.procurement]),
        ("unread", [entry.sources for entry in statement.unread]),
    ]
    for kind, places_of in rows:
        for position, sources in enumerate(places_of):
            for source in sources:
                marked.append(source)
                backs.setdefault(source_anchor(source), f"{kind}-{position}")
    quiet = [source for outcome in statement.checks for source in outcome.sources]
    return Places(marked=marked, quiet=quiet), backs
