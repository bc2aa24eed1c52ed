"""Who may do what to a version. Membership by department and role comes with the staff pages.

`by` is a user or the string `system`.
"""

from __future__ import annotations

from typing import Any

from budgets.models import DisclosureVersion

SYSTEM = "system"


def may_register(by: Any, version: DisclosureVersion) -> bool:
    """What a department already published elsewhere is registered by the system or by staff."""
    return version.origin == DisclosureVersion.Origin.REGISTERED and (by == SYSTEM or _is_staff(by))


def may_submit(by: Any, version: DisclosureVersion) -> bool:
    return version.origin == DisclosureVersion.Origin.AUTHORED and _is_staff(by)


def may_publish(by: Any, version: DisclosureVersion) -> bool:
    """Nobody publishes what they submitted themselves, and no program publishes at all."""
    return _is_staff(by) and by.pk != version.submitted_by_id


def whoever_publishes_the_next(by: Any, version: DisclosureVersion) -> bool:
    """A version is superseded by the act of publishing the next, which was allowed already."""
    return True


def may_withdraw(by: Any, version: DisclosureVersion) -> bool:
    return _is_staff(by)


def _is_staff(by: Any) -> bool:
    return by != SYSTEM and by.is_active and by.is_staff
