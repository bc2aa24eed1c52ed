"""Two Statements of one department → what was added, changed and removed, number by number.

Against last year or against the version that is public now: the arithmetic is the same. What
only one side states is told as that; it is never taken for 0.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from budgets.statement import Dimensions, Figure, ProcurementItem, ProjectStatement, Statement

from .amounts import ABSENT, Amount, money, percent, show, show_optional
from .figures import label, own_period

ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"
KIND_NAMES = {ADDED: "新增", REMOVED: "不再列出", CHANGED: "改动", SAME: "不变"}
_CLAUSE = re.compile(r"[^，。；：、！？\n]*[，。；：、！？\n]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One number on both sides; `difference` and `rate` only where both are amounts."""

    label: str
    kind: str
    before: Amount
    after: Amount
    difference: Amount | None = None
    rate: str = ""

    @property
    def kind_name(self) -> str:
        return KIND_NAMES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextChange:
    """A text on both sides, cut into (`same` | `added` | `removed`, words)."""

    title: str
    kind: str
    pieces: list[tuple[str, str]]

    @property
    def kind_name(self) -> str:
        return KIND_NAMES[self.kind]

    @property
    def is_copied(self) -> bool:
        """Whether a text of some length stands there word for word as before."""
        return self.kind == SAME and len(self.pieces[0][1] if self.pieces else "") > 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """What two Statements do not have in common; `same_*` count what they have."""

    figures: list[Change]
    items: list[Change]
    projects: list[Change]
    project_texts: list[TextChange]
    sections: list[TextChange]
    definitions: list[TextChange]
    units: list[TextChange]
    same_figures: int

    @property
    def is_empty(self) -> bool:
        return not (
            self.figures
            or self.items
            or self.projects
            or any(
                text.kind != SAME
                for text in (*self.project_texts, *self.sections, *self.definitions, *self.units)
            )
        )


def compare(after: Statement, before: Statement) -> Differences:
    """Return what changed from one Statement to another.

    Of two years each side's own figures are compared, never what either says of other years.
    """
    figures = _compare_figures(after, before)
    return Differences(
        figures=[change for change in figures if change.kind != SAME],
        items=_changed(
            _pair(
                {_item_name(i): i.amount for i in after.procurement},
                {_item_name(i): i.amount for i in before.procurement},
            )
        ),
        projects=_changed(
            _pair(
                {project.name: project.amount for project in after.projects},
                {project.name: project.amount for project in before.projects},
            )
        ),
        project_texts=_compare_projects(after.projects, before.projects),
        sections=_compare_texts(
            {section.title: section.text for section in after.sections if section.text},
            {section.title: section.text for section in before.sections if section.text},
        ),
        definitions=_compare_texts(
            {entry.term: entry.definition for entry in after.glossary},
            {entry.term: entry.definition for entry in before.glossary},
        ),
        units=_compare_texts(
            {unit.name: unit.name for unit in after.units},
            {unit.name: unit.name for unit in before.units},
        ),
        same_figures=sum(change.kind == SAME for change in figures),
    )


# ── numbers ───────────────────────────────────────────────────────────────────


def _compare_figures(after: Statement, before: Statement) -> list[Change]:
    one_year = (after.fiscal_year, after.stage) == (before.fiscal_year, before.stage)
    new, old = _figures(after, one_year), _figures(before, one_year)
    return [_change_figure(new.get(key), old.get(key)) for key in (new | old)]


def _figures(statement: Statement, one_year: bool) -> dict[Dimensions, Figure]:
    """Return the figures by what they measure; of two years under one period for both."""
    if one_year:
        return {figure.dimensions: figure for figure in statement.figures}
    period = own_period(statement)
    return {
        replace(figure.dimensions, period="budget"): figure
        for figure in statement.figures
        if figure.period == period
    }


def _change_figure(after: Figure | None, before: Figure | None) -> Change:
    told = after or before
    if told is None:
        raise ValueError("a change has at least one side")
    change = Change(
        label=label(told), kind=_kind(after, before), before=show(before), after=show(after)
    )
    if after and before and after.unit == before.unit == "元":
        return _with_difference(change, after.amount, before.amount)
    return change


def _kind(after: Figure | None, before: Figure | None) -> str:
    if before is None or after is None:
        return ADDED if before is None else REMOVED
    sides = [(side.amount, side.unit, side.state) for side in (after, before)]
    return SAME if sides[0] == sides[1] else CHANGED


def _with_difference(change: Change, after: Decimal | None, before: Decimal | None) -> Change:
    if after is None or before is None or change.kind != CHANGED:
        return change
    difference = after - before
    rate = f"{'+' if difference > 0 else '−'}{percent(abs(difference), before)}"
    return replace(change, difference=money(difference), rate=rate if before > 0 else "")


Amounts = dict[str, Decimal | None]


def _pair(after: Amounts, before: Amounts) -> list[Change]:
    changes = []
    for name in after | before:
        kind = ADDED if name not in before else REMOVED if name not in after else CHANGED
        if kind == CHANGED and after[name] == before[name]:
            kind = SAME
        change = Change(
            label=name,
            kind=kind,
            before=show_optional(before[name]) if name in before else Amount(ABSENT),
            after=show_optional(after[name]) if name in after else Amount(ABSENT),
        )
        changes.append(_with_difference(change, after.get(name), before.get(name)))
    return changes


def _changed(changes: list[Change]) -> list[Change]:
    return [change for change in changes if change.kind != SAME]


def _item_name(item: ProcurementItem) -> str:
    return f"{item.purchaser}：{item.name}" if item.purchaser else item.name


# ── texts ─────────────────────────────────────────────────────────────────────


def _compare_projects(
    after: list[ProjectStatement], before: list[ProjectStatement]
) -> list[TextChange]:
    return _compare_texts(_parts(after), _parts(before))


def _parts(projects: Iterable[ProjectStatement]) -> dict[str, str]:
    return {
        f"{project.name}：{part.title}": part.text for project in projects for part in project.parts
    }


def _compare_texts(after: dict[str, str], before: dict[str, str]) -> list[TextChange]:
    return [_change_text(title, after.get(title), before.get(title)) for title in after | before]


def _change_text(title: str, after: str | None, before: str | None) -> TextChange:
    if before is None or after is None:
        kind = ADDED if before is None else REMOVED
        return TextChange(title=title, kind=kind, pieces=[(kind, after or before or "")])
    kind = SAME if after == before else CHANGED
    return TextChange(title=title, kind=kind, pieces=diff_text(after, before))


def diff_text(after: str, before: str) -> list[tuple[str, str]]:
    """Cut two texts into what they share and what only one has, clause by clause."""
    if after == before:
        return [(SAME, after)] if after else []
    new, old = ([c for c in _CLAUSE.findall(text) if c] for text in (after, before))
    pieces: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append((SAME, "".join(new[new_start:new_end])))
            continue
        if old_end > old_start:
            pieces.append((REMOVED, "".join(old[old_start:old_end])))
        if new_end > new_start:
            pieces.append((ADDED, "".join(new[new_start:new_end])))
    return pieces
