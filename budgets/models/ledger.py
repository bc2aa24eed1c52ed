"""The hash chain of publications: each entry carries the hash of the one before."""

from __future__ import annotations

from django.db import models

from .disclosures import DisclosureVersion


class LedgerEntry(models.Model):
    """One publication or withdrawal, in order, as `budgets.ledger` writes and verifies it."""

    class Act(models.TextChoices):
        PUBLISHED = "published", "公开"
        WITHDRAWN = "withdrawn", "撤回"

    number = models.PositiveIntegerField("序号", unique=True)
    version = models.ForeignKey(
        DisclosureVersion, on_delete=models.PROTECT, related_name="ledger_entries"
    )
    act = models.CharField("事项", max_length=12, choices=Act)
    at = models.DateTimeField("时间")
    address = models.CharField("地址", max_length=300)
    version_number = models.PositiveSmallIntegerField("版本")
    content_sha256 = models.CharField("公开内容校验值", max_length=64)
    previous_sha256 = models.CharField("前一条校验值", max_length=64, blank=True)
    sha256 = models.CharField("本条校验值", max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("version", "act"), name="ledger_act_once_per_version"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.address} v{self.version_number}"
