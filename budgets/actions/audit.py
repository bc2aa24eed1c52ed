"""The audit trail: every act leaves a row, written in the transaction of the act."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any, Literal

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model

from budgets.models import AuditEntry

SYSTEM: Literal["system"] = "system"
Actor = AbstractBaseUser | Literal["system"]
_address: ContextVar[str | None] = ContextVar("address", default=None)


@contextlib.contextmanager
def acting_from(address: str | None) -> Iterator[None]:
    """Note this address with everything that is recorded inside."""
    token = _address.set(address)
    try:
        yield
    finally:
        _address.reset(token)


def write_audit(*, by: Actor, action: str, subject: Model, **detail: Any) -> AuditEntry:
    """Record that `by` did `action` (``version.published``) to `subject`; `detail` is JSON.

    Raises TypeError when nobody in particular did it.
    """
    return AuditEntry.objects.create(
        actor=actor_name(by),
        action=action,
        subject=str(subject)[:300],
        subject_type=subject._meta.model_name,
        subject_id=str(subject.pk),
        detail=detail,
        address=_address.get(),
    )


def actor_name(by: Actor) -> str:
    """Return the name under which an act is recorded: a user's, or `system`."""
    if by == SYSTEM:
        return SYSTEM
    if not isinstance(by, AbstractBaseUser) or not by.is_authenticated:
        raise TypeError(f"an act needs a user or {SYSTEM!r}, not {by!r}")
    if by.get_username() == SYSTEM:
        raise TypeError(f"a user named {SYSTEM!r} would pass for the system")
    return by.get_username()
