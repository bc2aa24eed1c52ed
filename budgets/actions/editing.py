"""A draft and what people change in it, each change kept and replayed on what the files say.

Every function reads the draft's own blocks again, replays all its edits and runs the checks:
a draft is always its documents plus its edits. All take the stamp that the person saw and
raise Conflict when somebody was faster, NotAllowed when it is not theirs, UnfitEdit when the
change does not fit what is there; then nothing is changed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from budgets import permissions
from budgets.documents.blocks import Document, Table, block_from_json
from budgets.models import DisclosureVersion, Edit
from budgets.parsing import parse_disclosure
from budgets.parsing.numbers import parse_quantity
from budgets.permissions import NotAllowed
from budgets.statement import Dimensions, Figure, Outcome, Source, decode, encode
from budgets.vocabulary import CONCEPTS

from . import edits
from .audit import Actor, write_audit
from .edits import UnfitEdit
from .locking import lock_version
from .storing import store_reading

Kind = Edit.Kind
_NUMBER_GOES_ON_BEFORE = re.compile(r"(?:\d|\d[.．,，]|[-−△▲(（])$")
_NUMBER_GOES_ON = re.compile(r"\d|[.．,，]\d|[ \t]*(?:亿|万|千元|百元|元|[%％)）])")


class MissingText(Exception):
    """A change needs its reason or its text; the message is one Chinese sentence."""


# ── what the original prints ──────────────────────────────────────────────────


def find_printed(
    version: DisclosureVersion, *, document: int, locator: str, quote: str, unit: str
) -> Source:
    """Return the place of a printed number, with its amount; `unit` is meant where none is printed.

    A figure may only be what the original prints, so UnfitEdit when the quote is not in that
    paragraph or cell, stands there twice, or is no number.
    """
    quote = quote.strip()
    text = _text_at(version, document, locator)
    if not quote or text.count(quote) != 1:
        told = "不止一处" if quote and quote in text else "没有"
        raise UnfitEdit(f"原文 {locator} {told}“{quote}”。请照原文抄写数字和它前后的几个字。")
    try:
        found = parse_quantity(quote, unit)
    except ValueError as error:
        raise UnfitEdit(f"“{quote}”里看不出唯一的一个数字。") from error
    if found.unit != _base_unit(unit):
        raise UnfitEdit(f"“{quote}”的单位与所选的“{unit}”不同。")
    start = text.index(quote)
    if _cuts_a_number(text, start, start + len(quote)):
        raise UnfitEdit(f"“{quote}”只是原文一个数字的一部分。请连同单位，把整个数字抄全。")
    return Source(
        document=document,
        locator=locator,
        start=start,
        end=start + len(quote),
        quote=quote,
        stated=found.stated,
        amount=found.amount,
    )


def _cuts_a_number(text: str, start: int, end: int) -> bool:
    """Whether a quote begins or ends inside a number, or leaves its printed unit or sign out."""
    before, own, after = text[:start], text[start:end], text[end:]
    begins_inside = own[0].isdigit() and bool(_NUMBER_GOES_ON_BEFORE.search(before))
    return begins_inside or (own[-1].isdigit() and bool(_NUMBER_GOES_ON.match(after)))


def _text_at(version: DisclosureVersion, document: int, locator: str) -> str:
    used = version.documents.filter(position=document).first()
    for block in map(block_from_json, used.blocks if used else ()):
        places = block.cells if isinstance(block, Table) else [block]
        for place in places:
            if place.locator == locator:
                return place.text
    raise UnfitEdit(f"原文没有 {locator} 这一处。")


def _base_unit(unit: str) -> str:
    return "元" if unit.endswith("元") else unit


# ── the changes ───────────────────────────────────────────────────────────────


@transaction.atomic
def correct_figure(
    *,
    version: DisclosureVersion,
    figure: dict[str, Any],
    old: dict[str, Any],
    quote: str,
    unit: str,
    reason: str,
    by: Actor,
    stamp: int,
) -> DisclosureVersion:
    """转录更正: put what the original prints in the place of what was read wrongly.

    `figure` are the JSON dimensions, `old` the JSON source that was read.
    """
    version = _open(version, by, stamp)
    read = decode(Source, old)
    new = find_printed(
        version, document=read.document, locator=read.locator, quote=quote, unit=unit
    )
    new.table = read.table
    target = {"figure": figure, "place": edits.place_of(read)}
    return _add(version, by, Kind.FIGURE_CORRECTED, target, old, encode(new), _needed(reason))


@transaction.atomic
def unbind_figure(
    *,
    version: DisclosureVersion,
    figure: dict[str, Any],
    old: dict[str, Any],
    reason: str,
    by: Actor,
    stamp: int,
) -> DisclosureVersion:
    """Say that a number does not mean this figure: it is unread again, to be bound anew."""
    version = _open(version, by, stamp)
    target = {"figure": figure, "place": edits.place_of(decode(Source, old))}
    return _add(version, by, Kind.FIGURE_CORRECTED, target, old, None, _needed(reason))


@transaction.atomic
def bind_number(
    *,
    version: DisclosureVersion,
    unread: dict[str, Any],
    dimensions: Dimensions,
    quote: str,
    unit: str,
    by: Actor,
    stamp: int,
) -> DisclosureVersion:
    """Make a figure of an unread number (its JSON form); the quote says which digits."""
    version = _open(version, by, stamp)
    place = decode(Source, unread["sources"][0])
    source = find_printed(
        version, document=place.document, locator=place.locator, quote=quote, unit=unit
    )
    source.table = place.table
    concept = CONCEPTS.get(dimensions.concept)
    if concept is None or concept.unit != _base_unit(unit):
        told = f"{concept.name}的单位是“{concept.unit}”" if concept else "没有这种数字"
        raise UnfitEdit(f"{told}，不能认定为“{unit}”。")
    amount = source.amount if source.amount is not None else Decimal(0)
    figure = Figure(
        **encode(dimensions),
        amount=amount,
        unit=_base_unit(unit),
        stated=source.stated,
        sources=[source],
    )
    target = {"place": edits.place_of(place)}
    return _add(version, by, Kind.NUMBER_BOUND, target, unread["quote"], encode(figure), "")


@transaction.atomic
def dismiss_number(
    *, version: DisclosureVersion, unread: dict[str, Any], reason: str, by: Actor, stamp: int
) -> DisclosureVersion:
    """Say why an unread number is no figure."""
    version = _open(version, by, stamp)
    target = {"place": edits.place_of(decode(Source, unread["sources"][0]))}
    return _add(version, by, Kind.NUMBER_DISMISSED, target, unread["quote"], None, _needed(reason))


@transaction.atomic
def categorise_item(
    *, version: DisclosureVersion, item: int, category: str, by: Actor, stamp: int
) -> DisclosureVersion:
    """Say whether the item at this position is 货物, 工程 or 服务 (`''` takes it back)."""
    version = _open(version, by, stamp)
    row = version.procurement_items.filter(position=item).first()
    if row is None:
        raise UnfitEdit("没有这个采购项目。")
    found = row.to_statement()
    target, new = edits.item_key(found), category.strip() or None
    return _add(version, by, Kind.ITEM_CATEGORISED, target, found.category, new, "")


@transaction.atomic
def explain_outcome(
    *, version: DisclosureVersion, outcome: Outcome, text: str, by: Actor, stamp: int
) -> DisclosureVersion:
    """Keep what the department says about a finding; it becomes public. `''` takes it back."""
    version = _open(version, by, stamp)
    key = edits.outcome_key(outcome)
    old = edits.explanations(version.edits.all()).get(key, "")
    return _add(version, by, Kind.OUTCOME_EXPLAINED, {"key": key}, old, text.strip(), "")


@transaction.atomic
def exempt_part(
    *, version: DisclosureVersion, key: str, reason: str, by: Actor, stamp: int
) -> DisclosureVersion:
    """Say that a required part stays unpublished, and why (涉密); `''` takes it back."""
    version = _open(version, by, stamp)
    return _add(version, by, Kind.PART_EXEMPTED, {"key": key}, None, reason.strip(), "")


@transaction.atomic
def undo_edit(
    *, version: DisclosureVersion, edit: Edit, by: Actor, stamp: int
) -> DisclosureVersion:
    """Take one edit back; the others are replayed without it."""
    version = _open(version, by, stamp)
    if edit.version_id != version.pk:
        raise UnfitEdit("这一项更改不在这份草稿里。")
    write_audit(
        by=by, action="edit.undone", subject=version, kind=edit.kind, old=edit.new, new=edit.old
    )
    edit.delete()
    return _replay(version)


@transaction.atomic
def delete_draft(*, version: DisclosureVersion, by: Actor, stamp: int) -> None:
    """Delete a draft that was never public; its files stay where another version uses them."""
    version = _open(version, by, stamp)
    write_audit(by=by, action="version.deleted", subject=version, number=version.number)
    used = [row.document for row in version.documents.select_related("document")]
    version.delete()
    for document in used:
        if not document.uses.exists():
            document.delete()


# ── replaying ─────────────────────────────────────────────────────────────────


def _open(version: DisclosureVersion, by: Actor, stamp: int) -> DisclosureVersion:
    version = lock_version(version, stamp)
    if not permissions.may_edit(by, version):
        raise NotAllowed("您不能改动这份草稿：它不是您部门的，或者已经提交。")
    return version


def _needed(reason: str) -> str:
    if not reason.strip():
        raise MissingText("请写明理由，理由会留在操作记录里。")
    return reason.strip()


def _add(
    version: DisclosureVersion,
    by: Actor,
    kind: Kind,
    target: Any,
    old: Any,
    new: Any,
    reason: str,
) -> DisclosureVersion:
    edit = Edit(
        version=version,
        position=_next_position(version),
        kind=kind,
        target=target,
        old=old,
        new=new,
        reason=reason,
        made_by=by,
    )
    edits.apply_edit(version.to_statement(), edit)  # UnfitEdit before anything is written
    edit.save(force_insert=True)
    write_audit(
        by=by,
        action=f"edit.{kind}",
        subject=version,
        target=target,
        old=old,
        new=new,
        reason=reason,
    )
    return _replay(version)


def _next_position(version: DisclosureVersion) -> int:
    last: int | None = version.edits.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _replay(version: DisclosureVersion) -> DisclosureVersion:
    """Read the draft's blocks again, apply its edits in order, check, and store the result."""
    documents = [
        Document(
            name=used.name,
            sha256=used.document.sha256,
            media_type=used.document.media_type,
            pages=used.pages,
            blocks=[block_from_json(block) for block in used.blocks],
        )
        for used in version.documents.select_related("document")
    ]
    return store_reading(version, parse_disclosure(documents))
