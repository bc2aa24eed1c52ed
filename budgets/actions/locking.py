"""Who changes a draft holds its disclosure and has seen the draft as it is."""

from __future__ import annotations

from budgets.models import Disclosure, DisclosureVersion


class Conflict(Exception):
    """Somebody changed the draft since this person saw it; nothing was overwritten."""


def lock_version(version: DisclosureVersion, stamp: int | None = None) -> DisclosureVersion:
    """Hold the disclosure until the transaction ends and return its version as it is now.

    Raises Conflict when the version changed since `stamp`, the one that the person saw.
    """
    Disclosure.objects.select_for_update().get(pk=version.disclosure_id)
    versions = DisclosureVersion.objects.select_related("disclosure__department")
    fresh = versions.filter(pk=version.pk).first()
    if fresh is None:
        raise Conflict("这份草稿已经被删除。")
    if stamp is not None and stamp != fresh.stamp:
        raise Conflict("您打开这一页之后，有人改动了这份草稿，您的改动没有存入。")
    return fresh
