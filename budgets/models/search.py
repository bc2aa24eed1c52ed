"""The search index: one row per thing that can be found, written by actions."""

from __future__ import annotations

from django.db import models

from .disclosures import DisclosureVersion
from .organisations import Department


class SearchEntry(models.Model):
    """One findable thing. Rows that hang off a version exist only while it is published."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department", "部门"
        TERM = "term", "名词"
        FIGURE = "figure", "数字"
        PROCUREMENT = "procurement", "采购项目"
        PROJECT = "project", "项目说明"
        SECTION = "section", "正文"

    kind = models.CharField(max_length=12, choices=Kind)
    version = models.ForeignKey(
        DisclosureVersion, on_delete=models.CASCADE, null=True, related_name="search_entries"
    )
    department = models.ForeignKey(Department, on_delete=models.CASCADE, null=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True, default="")
    url = models.CharField(max_length=300)
    amount = models.CharField("数额与单位", max_length=60, blank=True, default="")
    normalised_title = models.CharField(max_length=300)
    normalised_text = models.TextField(blank=True, default="")
    tokens = models.TextField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title
