"""The search index: one row per thing that can be found, written by actions."""

from __future__ import annotations

from django.db import models

from .disclosures import DisclosureVersion
from .fields import TokensField
from .organisations import Department


class SearchEntry(models.Model):
    """One findable thing: its title and text, and the `context` that tells whose it is.

    Rows of a version exist only while it is published. A department and a term have one
    standing row each (without a version) for as long as something published names them.
    """

    class Kind(models.TextChoices):
        DEPARTMENT = "department", "部门"
        TERM = "term", "名词"
        FIGURE = "figure", "数字"
        PROCUREMENT = "procurement", "采购项目"
        PROJECT = "project", "项目说明"
        SECTION = "section", "正文"

    kind = models.CharField(max_length=12, choices=Kind)
    version = models.ForeignKey(
        DisclosureVersion,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="search_entries",
    )
    department = models.ForeignKey(Department, on_delete=models.CASCADE, null=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True)
    title = models.TextField()
    text = models.TextField(blank=True, default="")
    url = models.CharField(max_length=400)
    context = models.TextField("所在", blank=True, default="")
    amount = models.TextField("数额与单位", blank=True, default="")
    normalised_title = models.TextField()
    normalised_text = models.TextField(blank=True, default="")
    normalised_context = models.TextField(blank=True, default="")
    tokens = TokensField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("url",), condition=models.Q(version=None), name="standing_entry_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
