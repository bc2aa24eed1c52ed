"""Who works on which department's disclosures, in which role."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .organisations import Department


class Membership(models.Model):
    """One role of one member of staff: user × department × role.

    Without a department the role holds for every department; an editor always has one.
    """

    class Role(models.TextChoices):
        EDITOR = "editor", "编辑"
        REVIEWER = "reviewer", "审核"
        ADMINISTRATOR = "administrator", "管理员"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="部门",
    )
    role = models.CharField("角色", max_length=16, choices=Role)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "department", "role"),
                condition=Q(department__isnull=False),
                name="membership_once_per_department",
            ),
            models.UniqueConstraint(
                fields=("user", "role"),
                condition=Q(department=None),
                name="membership_everywhere_once",
            ),
            models.CheckConstraint(
                condition=~Q(role="editor") | Q(department__isnull=False),
                name="membership_editor_has_a_department",
            ),
            models.CheckConstraint(
                condition=~Q(role="administrator") | Q(department=None),
                name="membership_administrator_has_none",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.department or '全部部门'}"
