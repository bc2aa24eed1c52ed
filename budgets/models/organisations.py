"""Who publishes: jurisdictions, their departments with names over time, and their units."""

from __future__ import annotations

from django.db import models

from budgets import vocabulary


class Jurisdiction(models.Model):
    """A government (省, 市, 区县, 开发区 …); totals never cross one."""

    class Level(models.TextChoices):
        CENTRAL = "central", "中央"
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        DISTRICT = "district", "区县级"
        TOWNSHIP = "township", "乡镇街道"
        OTHER = "other", "其他"

    name = models.CharField("名称", max_length=120, unique=True)
    slug = models.SlugField("地址名", max_length=80, unique=True)
    level = models.CharField("级别", max_length=12, choices=Level, default=Level.OTHER)
    code = models.CharField("行政区划代码", max_length=12, blank=True, default="")

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A 部门. Its slug is set once and never recomputed; a rename adds a `DepartmentName`."""

    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, related_name="departments", verbose_name="地区"
    )
    name = models.CharField("名称", max_length=200)
    short_name = models.CharField("简称", max_length=200)
    slug = models.SlugField("地址名", max_length=80, unique=True)

    class Meta:
        ordering = ("jurisdiction__name", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("jurisdiction", "name"), name="department_name_once_per_jurisdiction"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/departments/{self.slug}/"


class DepartmentName(models.Model):
    """A name that a department carried: the first fiscal year seen, the last (null: still so)."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("first_year", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("department", "name", "first_year"),
                name="department_former_name_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class DepartmentSlug(models.Model):
    """A former slug of a department; its addresses redirect."""

    slug = models.SlugField(max_length=80, unique=True)
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug


class Unit(models.Model):
    """A 预算单位 of a department."""

    class Kind(models.TextChoices):
        ADMINISTRATIVE = "administrative", vocabulary.UNIT_KIND_NAMES["administrative"]
        CIVIL_SERVICE_MANAGED = (
            "civil_service_managed",
            vocabulary.UNIT_KIND_NAMES["civil_service_managed"],
        )
        PUBLIC_INSTITUTION = "public_institution", vocabulary.UNIT_KIND_NAMES["public_institution"]
        UNKNOWN = "", "未说明"

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="units")
    name = models.CharField("名称", max_length=200)
    slug = models.SlugField("地址名", max_length=80)
    kind = models.CharField("性质", max_length=24, choices=Kind, blank=True, default=Kind.UNKNOWN)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("department", "name"), name="unit_name_once"),
            models.UniqueConstraint(fields=("department", "slug"), name="unit_slug_once"),
        )

    def __str__(self) -> str:
        return self.name
