"""Acts of a process that may be killed at any statement (see test_kill).

``python -m tests.actions.kill_child ACT N``: does ACT and dies by SIGKILL at the N-th SQL
statement (0: lives); prints how many there were. ``state`` prints what the database holds.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

import django


def main(act: str, deadly: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.db import connection

    from tests import factories

    acts = {
        "prepare": prepare,
        "take_in": lambda: factories.draft(factories.make_statement(fiscal_year=2030)),
        "publish": publish,
        "withdraw": withdraw,
        "state": lambda: print(json.dumps(state(), ensure_ascii=False)),
    }
    counted = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal counted
        counted += 1
        if counted == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    connection.ensure_connection()
    with connection.execute_wrapper(count):
        acts[act]()
    if act != "state":
        print(counted)


def prepare() -> None:
    """Leave one public version, and its correction handed in."""
    from tests import factories

    factories.publish()
    editor = factories.make_editor()
    factories.make_reviewer()
    corrected = factories.make_statement(duties=["改正后的职责"])
    version = factories.draft(corrected, by=editor, origin="authored")
    factories.submit(version, by=editor, correction="写错了")


def publish() -> None:
    from django.contrib.auth import get_user_model

    from budgets.models import DisclosureVersion
    from tests import factories

    reviewer = get_user_model().objects.get(username="reviewer")
    factories.approve(DisclosureVersion.objects.get(status="in_review"), by=reviewer)


def withdraw() -> None:
    from django.contrib.auth import get_user_model

    from budgets.models import DisclosureVersion
    from tests import factories

    reviewer = get_user_model().objects.get(username="reviewer")
    factories.withdraw(DisclosureVersion.objects.published().get(), by=reviewer)


def state() -> dict[str, Any]:
    """Return what an act may change; the ledger's and contents' verification with it."""
    from budgets import ledger, models

    versions = models.DisclosureVersion.objects.order_by("disclosure__fiscal_year", "number")
    public = versions.exclude(published_at=None).prefetch_related("ledger_entries")
    entries = list(models.LedgerEntry.objects.order_by("number"))
    return {
        "versions": [[v.number, v.status, v.figures.count()] for v in versions],
        "ledger": [[entry.number, entry.act] for entry in entries],
        "audit": models.AuditEntry.objects.count(),
        "found": models.SearchEntry.objects.count(),
        "files": models.DocumentContent.objects.count(),
        "wrong": [*ledger.check_chain(entries), *ledger.check_contents(public)],
    }


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)
