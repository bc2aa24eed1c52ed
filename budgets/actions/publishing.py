"""From draft to public page and back: every change of a version's status.

`TRANSITIONS` is the whole of it; anything that is not in the table is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from budgets import permissions
from budgets.ledger import content_sha256, version_json
from budgets.models import CheckResult, DisclosureVersion, LedgerEntry, ReviewComment
from budgets.permissions import NotAllowed
from budgets.statement import BudgetUnit, decode

from . import chain, indexing, reference
from .audit import Actor, actor_name, write_audit
from .locking import lock_version

Status = DisclosureVersion.Status


class InvalidTransition(Exception):
    """The version is not in a state from which this can be done."""


class MissingExplanation(Exception):
    """A failed check has no explanation of the department."""


class MissingReason(Exception):
    """A withdrawal or correction tells its reason to the public, a return to the editor."""


class MissingSignOff(Exception):
    """保密审查 and the responsible person are not recorded yet."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted change: who may cause it, and the name of its audit row."""

    source: Status
    target: Status
    may: Callable[[Any, DisclosureVersion], bool]
    audit: str


TRANSITIONS: dict[str, tuple[Transition, ...]] = {
    "register": (
        Transition(Status.DRAFT, Status.PUBLISHED, permissions.may_register, "version.registered"),
    ),
    "submit": (
        Transition(Status.DRAFT, Status.IN_REVIEW, permissions.may_submit, "version.submitted"),
        Transition(Status.RETURNED, Status.IN_REVIEW, permissions.may_submit, "version.submitted"),
    ),
    "return": (
        Transition(Status.IN_REVIEW, Status.RETURNED, permissions.may_review, "version.returned"),
    ),
    "publish": (
        Transition(Status.IN_REVIEW, Status.PUBLISHED, permissions.may_review, "version.published"),
    ),
    "supersede": (
        Transition(
            Status.PUBLISHED,
            Status.SUPERSEDED,
            permissions.whoever_publishes_the_next,
            "version.superseded",
        ),
    ),
    "withdraw": (
        Transition(
            Status.PUBLISHED, Status.WITHDRAWN, permissions.may_withdraw, "version.withdrawn"
        ),
        Transition(
            Status.SUPERSEDED, Status.WITHDRAWN, permissions.may_withdraw, "version.withdrawn"
        ),
    ),
}


@transaction.atomic
def register(*, version: DisclosureVersion, by: Actor) -> DisclosureVersion:
    """Publish what the department has already published elsewhere; no explanation is asked for."""
    version, transition = _begin("register", version, by)
    return _make_public(version, transition, by)


@transaction.atomic
def submit_version(
    *,
    version: DisclosureVersion,
    by: Actor,
    stamp: int | None = None,
    secrecy_reviewer: str = "",
    responsible_person: str = "",
    correction: str = "",
    comment: str = "",
) -> DisclosureVersion:
    """Hand a draft that was authored here to a reviewer, with who answers for it.

    `correction` is the public reason where a published version is corrected. Raises
    MissingExplanation, MissingSignOff or MissingReason before anything is changed.
    """
    version, transition = _begin("submit", version, by, stamp)
    _demand_explanations(version)
    version.secrecy_reviewer = secrecy_reviewer.strip()
    version.responsible_person = responsible_person.strip()
    version.correction = correction.strip()
    _demand_sign_off(version)
    version.submitted_by = by
    _say(version, "submitted", comment, by)
    return _move(version, transition, by)


@transaction.atomic
def return_version(
    *, version: DisclosureVersion, comment: str, by: Actor, stamp: int | None = None
) -> DisclosureVersion:
    """Give a version back to its editor; the comment says what to change."""
    if not comment.strip():
        raise MissingReason("退回须写明要改什么。")
    version, transition = _begin("return", version, by, stamp)
    _say(version, "returned", comment, by)
    return _move(version, transition, by, comment=comment.strip())


@transaction.atomic
def publish_version(
    *, version: DisclosureVersion, by: Actor, stamp: int | None = None, comment: str = ""
) -> DisclosureVersion:
    """Publish a reviewed version; MissingExplanation when a failed check is not explained."""
    version, transition = _begin("publish", version, by, stamp)
    _demand_explanations(version)
    _say(version, "published", comment, by)
    return _make_public(version, transition, by)


@transaction.atomic
def withdraw_version(
    *, version: DisclosureVersion, reason: str, by: Actor, stamp: int | None = None
) -> DisclosureVersion:
    """Take a published version back; its address and hash stay, with the reason."""
    if not reason.strip():
        raise MissingReason("撤回公开内容须写明原因。")
    version, transition = _begin("withdraw", version, by, stamp)
    version.reason = reason.strip()
    version.withdrawn_at = timezone.now()
    _move(version, transition, by, reason=version.reason)
    chain.append_entry(version=version, act=LedgerEntry.Act.WITHDRAWN, at=version.withdrawn_at)
    indexing.remove_version(version=version)
    return version


def _begin(
    act: str, version: DisclosureVersion, by: Actor, stamp: int | None = None
) -> tuple[DisclosureVersion, Transition]:
    """Lock the disclosure, read the version anew and find the transition that is asked for."""
    actor_name(by)
    version = lock_version(version, stamp)
    transition = next((t for t in TRANSITIONS[act] if t.source == version.status), None)
    if transition is None:
        raise InvalidTransition(f"“{version}”现在是“{version.get_status_display()}”，不能这样做。")
    if not transition.may(by, version):
        raise NotAllowed(f"{actor_name(by)} 无权对“{version}”这样做。")
    return version, transition


def _move(
    version: DisclosureVersion, transition: Transition, by: Actor, **detail: Any
) -> DisclosureVersion:
    version.status = transition.target
    version.stamp += 1
    version.save()
    write_audit(
        by=by,
        action=transition.audit,
        subject=version,
        old=transition.source,
        new=transition.target,
        **detail,
    )
    return version


def _make_public(
    version: DisclosureVersion, transition: Transition, by: Actor
) -> DisclosureVersion:
    _supersede_current(version, by)
    version.published_at = timezone.now()
    version.content_sha256 = content_sha256(version_json(version))
    _move(version, transition, by, content_sha256=version.content_sha256)
    chain.append_entry(version=version, act=LedgerEntry.Act.PUBLISHED, at=version.published_at)
    department = version.disclosure.department
    units = decode(list[BudgetUnit], version.units)
    reference.get_units(department=department, units=units, by=by)
    reference.note_department_name(version=version)
    indexing.add_version(version=version)
    return version


def _supersede_current(version: DisclosureVersion, by: Actor) -> None:
    current = version.disclosure.versions.published().first()
    if current is None:
        return
    (transition,) = TRANSITIONS["supersede"]
    _move(current, transition, by, superseded_by=version.number)
    indexing.remove_version(version=current)


def _demand_explanations(version: DisclosureVersion) -> None:
    failed = version.check_results.filter(result=CheckResult.Result.FAIL, explanation="")
    if codes := list(failed.values_list("code", flat=True)):
        raise MissingExplanation(f"核对 {'、'.join(codes)} 不符而没有说明，说明后才能公开。")


def _demand_sign_off(version: DisclosureVersion) -> None:
    if not version.secrecy_reviewer or not version.responsible_person:
        raise MissingSignOff("提交前须写明保密审查人和负责人的姓名。")
    if not version.correction and version.disclosure.versions.published().exists():
        raise MissingReason("这是对已公开内容的更正，提交前须写明更正原因，原因会一并公开。")


def _say(version: DisclosureVersion, act: str, comment: str, by: Actor) -> None:
    if text := comment.strip():
        ReviewComment.objects.create(version=version, act=act, text=text, made_by=by)
