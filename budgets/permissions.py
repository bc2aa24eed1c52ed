"""Who may do what: membership by department and role; never one's own submission.

`by` is a user or the string `system`. An editor works on the own departments' drafts, a
reviewer reads, returns, publishes and withdraws, an administrator keeps accounts and reads
every draft and the audit trail but decides nothing about content.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from budgets.models import Department, DisclosureVersion, Membership

SYSTEM = "system"
Role = Membership.Role
Status = DisclosureVersion.Status
EDITABLE = (Status.DRAFT, Status.RETURNED)


class NotAllowed(Exception):
    """This person may not do this; the message is one Chinese sentence."""


# ── roles ─────────────────────────────────────────────────────────────────────


def is_staff(by: Any) -> bool:
    """Whether somebody may enter the staff pages at all."""
    return by != SYSTEM and by.is_authenticated and by.is_active and by.is_staff


def roles(by: Any, department: Department) -> set[str]:
    """Return the roles that somebody holds for a department (no query after the first)."""
    if not is_staff(by):
        return set()
    return {
        membership.role
        for membership in _memberships(by)
        if membership.department_id in (None, department.pk)
    }


def is_administrator(by: Any) -> bool:
    return is_staff(by) and any(m.role == Role.ADMINISTRATOR for m in _memberships(by))


def is_reviewer(by: Any) -> bool:
    """Whether somebody reviews any department."""
    return is_staff(by) and any(m.role == Role.REVIEWER for m in _memberships(by))


def _memberships(by: Any) -> list[Membership]:
    """Return somebody's memberships, read once for each user object (one request)."""
    if not hasattr(by, "_memberships_read"):
        by._memberships_read = list(by.memberships.all())
    read: list[Membership] = by._memberships_read
    return read


# ── what somebody may see ─────────────────────────────────────────────────────


def visible_departments(by: Any) -> QuerySet[Department]:
    """Return the departments whose drafts somebody may see."""
    return _departments(by, set(Role.values))


def editable_departments(by: Any) -> QuerySet[Department]:
    """Return the departments for which somebody may upload and edit."""
    return _departments(by, {Role.EDITOR})


def _departments(by: Any, wanted: set[str]) -> QuerySet[Department]:
    if not is_staff(by):
        return Department.objects.none()
    held = [m for m in _memberships(by) if m.role in wanted]
    if any(m.department_id is None for m in held):
        return Department.objects.all()
    return Department.objects.filter(Q(pk__in=[m.department_id for m in held]))


def may_see(by: Any, version: DisclosureVersion) -> bool:
    """A draft is seen by the department's editors and reviewers and by administrators."""
    return bool(roles(by, _department(version)))


def may_know(by: Any, version: DisclosureVersion) -> bool:
    """Whether somebody may learn that a version is there at all."""
    return by == SYSTEM or version.published_at is not None or may_see(by, version)


# ── what somebody may do ──────────────────────────────────────────────────────


def may_take_in(by: Any, department: Department, origin: str) -> bool:
    """An editor authors; what was published elsewhere is registered by who may publish."""
    if origin == DisclosureVersion.Origin.REGISTERED:
        return by == SYSTEM or bool(
            roles(by, department) & {Role.REVIEWER.value, Role.ADMINISTRATOR.value}
        )
    return Role.EDITOR in roles(by, department)


def may_record_approval(by: Any, department: Department) -> bool:
    return bool(roles(by, department) & {Role.EDITOR.value, Role.ADMINISTRATOR.value})


def may_edit(by: Any, version: DisclosureVersion) -> bool:
    return version.status in EDITABLE and Role.EDITOR in roles(by, _department(version))


def may_register(by: Any, version: DisclosureVersion) -> bool:
    """What a department already published elsewhere is registered by the system or by staff."""
    return version.origin == DisclosureVersion.Origin.REGISTERED and may_take_in(
        by, _department(version), version.origin
    )


def may_submit(by: Any, version: DisclosureVersion) -> bool:
    return version.origin == DisclosureVersion.Origin.AUTHORED and may_edit(by, version)


def may_review(by: Any, version: DisclosureVersion) -> bool:
    """Nobody decides on what they uploaded, edited or submitted, and no program decides."""
    return Role.REVIEWER in roles(by, _department(version)) and not _has_worked_on(by, version)


def whoever_publishes_the_next(by: Any, version: DisclosureVersion) -> bool:
    """A version is superseded by the act of publishing the next, which was allowed already."""
    return True


def may_withdraw(by: Any, version: DisclosureVersion) -> bool:
    return Role.REVIEWER in roles(by, _department(version))


def _has_worked_on(by: Any, version: DisclosureVersion) -> bool:
    return (
        by.pk in (version.created_by_id, version.submitted_by_id)
        or version.edits.filter(made_by=by).exists()
    )


def _department(version: DisclosureVersion) -> Department:
    return version.disclosure.department
