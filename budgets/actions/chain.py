"""The chain of publications grows by one entry, in the transaction of the act it tells of."""

from __future__ import annotations

import datetime

from django.contrib.contenttypes.models import ContentType

from budgets.ledger import entry_sha256
from budgets.models import DisclosureVersion, LedgerEntry


def append_entry(*, version: DisclosureVersion, act: str, at: datetime.datetime) -> LedgerEntry:
    """Append what happened to a version; nobody else appends until the transaction ends."""
    # One row that is always there serialises all who append; the chain itself may be empty.
    ContentType.objects.select_for_update().get(app_label="budgets", model="ledgerentry")
    last = LedgerEntry.objects.order_by("-number").first()
    entry = LedgerEntry(
        number=last.number + 1 if last else 1,
        version=version,
        act=act,
        at=at,
        address=version.disclosure.get_absolute_url(),
        version_number=version.number,
        content_sha256=version.content_sha256,
        previous_sha256=last.sha256 if last else "",
    )
    entry.sha256 = entry_sha256(entry)
    entry.save(force_insert=True)
    return entry
