"""Who did what, when: rows without foreign keys, so that they outlive what they tell of."""

from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """One act of one person (or of `system`), written in the same transaction as the act."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField("操作人", max_length=150)
    action = models.CharField("操作", max_length=40)
    subject = models.CharField("对象", max_length=300)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    detail = models.JSONField("内容", default=dict)
    address = models.GenericIPAddressField("来源地址", null=True, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.actor} {self.action} {self.subject}"
