"""Verify that nothing published was changed silently."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from budgets import ledger
from budgets.models import DisclosureVersion, LedgerEntry


class Command(BaseCommand):
    help = "核对总账：每一条接得上前一条，每个公开过的版本仍是公开时的内容。"

    def handle(self, **options: Any) -> None:
        entries = LedgerEntry.objects.order_by("number")
        versions = (
            DisclosureVersion.objects.exclude(published_at=None)
            .select_related("disclosure__department", "disclosure__unit")
            .prefetch_related("ledger_entries")
            .order_by("pk")
        )
        wrong = [*ledger.check_chain(entries.iterator()), *ledger.check_contents(versions)]
        for told in wrong:
            self.stderr.write(told)
        if wrong:
            raise CommandError(f"总账核对不通过：{len(wrong)} 处。")
        self.stdout.write(
            self.style.SUCCESS(f"总账核对通过：{entries.count()} 条，{versions.count()} 个版本。")
        )
