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
from budgets.ledger import content_sha256
from budgets.models import CheckResult, Disclosure, DisclosureVersion

from . import indexing, reference
from .audit import Actor, actor_name, write_audit

Status = DisclosureVersion.Status


class InvalidTransition(Exception):
    """The version is not in a state from which this can be done."""


class NotAllowed(Exception):
    """This person may not do this to this version."""


class MissingExplanation(Exception):
    """A failed check has no explanation of the department."""


class MissingReason(Exception):
    """A withdrawal tells its reason to the public."""


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
    ),
    "publish": (
        Transition(
            Status.IN_REVIEW, Status.PUBLISHED, permissions.may_publish, "version.published"
        ),
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
def submit_version(*, version: DisclosureVersion, by: Actor) -> DisclosureVersion:
    """Hand a draft that was authored here to a reviewer."""
    version, transition = _begin("submit", version, by)
    version.submitted_by = by
    return _move(version, transition, by)


@transaction.atomic
def publish_version(*, version: DisclosureVersion, by: Actor) -> DisclosureVersion:
    """Publish a reviewed version; MissingExplanation when a failed check is not explained."""
    version, transition = _begin("publish", version, by)
    _demand_explanations(version)
    return _make_public(version, transition, by)


@transaction.atomic
def withdraw_version(*, version: DisclosureVersion, reason: str, by: Actor) -> DisclosureVersion:
    """Take a published version back; its address and hash stay, with the reason."""
    if not reason.strip():
        raise MissingReason("撤回公开内容须写明原因。")
    version, transition = _begin("withdraw", version, by)
    version.reason = reason.strip()
    version.withdrawn_at = timezone.now()
    _move(version, transition, by, reason=version.reason)
    indexing.remove_version(version=version)
    return version


def _begin(act: str, version: DisclosureVersion, by: Actor) -> tuple[DisclosureVersion, Transition]:
    """Lock the disclosure, read the version anew and find the transition that is asked for."""
    actor_name(by)
    Disclosure.objects.select_for_update().get(pk=version.disclosure_id)
    version = DisclosureVersion.objects.select_related("disclosure__department").get(pk=version.pk)
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
    statement = version.to_statement()
    version.published_at = timezone.now()
    version.content_sha256 = content_sha256(statement)
    _move(version, transition, by, content_sha256=version.content_sha256)
    department = version.disclosure.department
    reference.get_units(department=department, units=statement.units, by=by)
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
