"""Edits of what was read, applied to a Statement: pure, by content, never by row.

An edit says what it changes (`target`), what stood there (`old`) and what stands there after
it (`new`), all in the Statement's JSON form. Where the old value is not found any more the
edit does not fit, and nothing is changed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from budgets.statement import (
    Dimensions,
    Figure,
    Outcome,
    ProcurementItem,
    Source,
    Statement,
    Unread,
    decode,
    encode,
)

REMOVED = "编辑认定机器把这个数字读错了意思"


class UnfitEdit(Exception):
    """What the edit would change is not there (any more); the message is one Chinese sentence."""


class EditLike(Protocol):
    """An `Edit` of the database, or the same four values."""

    kind: str
    target: Any
    old: Any
    new: Any


def apply_edit(statement: Statement, edit: EditLike) -> None:
    """Change a Statement as an edit says; UnfitEdit leaves it as it was."""
    if act := _ACTS.get(edit.kind):
        act(statement, edit)


def explanations(edits: Iterable[EditLike]) -> dict[str, str]:
    """Return what was said about outcomes, by `outcome_key`; the last word counts."""
    said: dict[str, str] = {}
    for edit in edits:
        if edit.kind == "outcome_explained":
            said[edit.target["key"]] = edit.new or ""
    return said


def exemptions(edits: Iterable[EditLike]) -> list[dict[str, str]]:
    """Return the parts that stay unpublished: their key and the reason; the last word counts."""
    reasons = {edit.target["key"]: edit.new for edit in edits if edit.kind == "part_exempted"}
    return [{"key": key, "reason": reason} for key, reason in reasons.items() if reason]


# ── naming by content ─────────────────────────────────────────────────────────


def outcome_key(outcome: Outcome) -> str:
    """Name an outcome by its content, so that an explanation survives another reading."""
    sides = (outcome.code, outcome.left or "", outcome.right or "", outcome.message)
    return "|".join(sides)


def place_of(source: Source) -> dict[str, Any]:
    """Name a place in the documents."""
    return {
        "document": source.document,
        "locator": source.locator,
        "start": source.start,
        "end": source.end,
    }


def item_key(item: ProcurementItem) -> dict[str, Any]:
    return {"name": item.name, "place": place_of(item.sources[0])}


# ── the kinds ─────────────────────────────────────────────────────────────────


def _correct_figure(statement: Statement, edit: EditLike) -> None:
    """Put what the original prints in the place of what was read, or take the place away."""
    dimensions = decode(Dimensions, edit.target["figure"])
    figure = next((f for f in statement.figures if f.dimensions == dimensions), None)
    found = figure and next(
        (s for s in figure.sources if place_of(s) == edit.target["place"]), None
    )
    if not figure or not found or encode(found) != edit.old:
        raise UnfitEdit("要更正的数字与当时读到的不同。")
    if edit.new is None:
        _take_away(statement, figure, found)
    else:
        _replace(figure, found, decode(Source, edit.new))


def _replace(figure: Figure, old: Source, new: Source) -> None:
    first = figure.sources[0] is old
    figure.sources[figure.sources.index(old)] = new
    if first:
        figure.amount, figure.stated, figure.state = new.amount, new.stated, "value"


def _take_away(statement: Statement, figure: Figure, place: Source) -> None:
    """What was bound wrongly is unread again; a figure without a source does not exist."""
    remaining = [source for source in figure.sources if source is not place]
    figure.sources = remaining
    if not remaining:
        statement.figures.remove(figure)
    elif remaining[0].amount is not None:
        figure.amount, figure.stated = remaining[0].amount, remaining[0].stated
    statement.unread.append(Unread(quote=place.quote, why=REMOVED, sources=[place]))
    _recount(statement, "figure", "unread")


def _bind_number(statement: Statement, edit: EditLike) -> None:
    """Make a figure of an unread number."""
    entry = _find_unread(statement, edit)
    figure = decode(Figure, edit.new)
    known = next((f for f in statement.figures if f.dimensions == figure.dimensions), None)
    if known and known.unit != figure.unit:
        raise UnfitEdit(f"这个数字已有，单位是“{known.unit}”，不是“{figure.unit}”。")
    if known:
        known.sources += figure.sources
    else:
        statement.figures.append(figure)
    statement.unread.remove(entry)
    _recount(statement, "unread", "figure")


def _dismiss_number(statement: Statement, edit: EditLike) -> None:
    """Take an unread number for a label: it measures nothing."""
    statement.unread.remove(_find_unread(statement, edit))
    _recount(statement, "unread", "label")


def _find_unread(statement: Statement, edit: EditLike) -> Unread:
    for entry in statement.unread:
        if entry.quote == edit.old and place_of(entry.sources[0]) == edit.target["place"]:
            return entry
    raise UnfitEdit("这个未读数字不在原处了。")


def _categorise_item(statement: Statement, edit: EditLike) -> None:
    for item in statement.procurement:
        if item_key(item) == edit.target and item.category == edit.old:
            item.category = edit.new
            return
    raise UnfitEdit("这个采购项目不在原处了。")


def _recount(statement: Statement, source: str, target: str) -> None:
    statement.numbers[source] = max(statement.numbers.get(source, 0) - 1, 0)
    statement.numbers[target] = statement.numbers.get(target, 0) + 1


_ACTS: dict[str, Callable[[Statement, EditLike], None]] = {
    "figure_corrected": _correct_figure,
    "number_bound": _bind_number,
    "number_dismissed": _dismiss_number,
    "item_categorised": _categorise_item,
}


@dataclasses.dataclass(frozen=True, slots=True)
class NewEdit:
    """An edit that is not stored yet."""

    kind: str
    target: Any
    old: Any
    new: Any
