"""What people did to a draft: edits of what was read, and what they said to each other."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .disclosures import DisclosureVersion


class Edit(models.Model):
    """One change to a draft, kept with who and why, and replayed when the files are read again.

    `target` names what it changes by content, never by row (a figure's dimensions, an unread
    number's place and quote, an outcome's code and sides); `old` and `new` are JSON forms of
    the Statement. An edit whose old value no longer matches is kept with `applied` false.
    """

    class Kind(models.TextChoices):
        FIGURE_CORRECTED = "figure_corrected", "转录更正"
        NUMBER_BOUND = "number_bound", "认定未读数字"
        NUMBER_DISMISSED = "number_dismissed", "排除未读数字"
        ITEM_CATEGORISED = "item_categorised", "补充采购类别"
        OUTCOME_EXPLAINED = "outcome_explained", "说明核对结果"
        PART_EXEMPTED = "part_exempted", "标明涉密免公开"

    version = models.ForeignKey(DisclosureVersion, on_delete=models.CASCADE, related_name="edits")
    position = models.PositiveIntegerField()
    kind = models.CharField("类型", max_length=20, choices=Kind)
    target = models.JSONField()
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)
    reason = models.TextField("理由", blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    applied = models.BooleanField(default=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("version", "position"), name="edit_position_once"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"


class ReviewComment(models.Model):
    """What was said when a version was handed in, returned, published or withdrawn."""

    version = models.ForeignKey(
        DisclosureVersion, on_delete=models.CASCADE, related_name="comments"
    )
    act = models.CharField("操作", max_length=16)
    text = models.TextField("意见")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="review_comment_says_something"),
        )

    def __str__(self) -> str:
        return self.text[:40]
