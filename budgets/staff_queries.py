"""Reads for the staff pages: drafts too, so every caller asks `permissions` first."""

from __future__ import annotations

from django.db.models import QuerySet

from budgets.models import Department, Disclosure, DisclosureVersion


def staff_version(pk: int) -> DisclosureVersion | None:
    """Return any version with its disclosure (1 query)."""
    return (
        DisclosureVersion.objects.filter(pk=pk)
        .select_related("disclosure__department__jurisdiction", "disclosure__unit")
        .first()
    )


def earlier_versions(version: DisclosureVersion) -> list[tuple[str, DisclosureVersion]]:
    """Return what a draft is held against: the version public now, and last year's (2 queries)."""
    told = version.disclosure
    public = DisclosureVersion.objects.published().select_related("disclosure__department")
    now = public.filter(disclosure=told).exclude(pk=version.pk).first()
    before = public.filter(
        disclosure__department=told.department,
        disclosure__unit=told.unit,
        disclosure__fiscal_year=told.fiscal_year - 1,
        disclosure__stage=told.stage,
    ).first()
    pairs = (("现在公开的版本", now), (f"上年（{told.fiscal_year - 1} 年）", before))
    return [(title, other) for title, other in pairs if other]


def versions_of(departments: QuerySet[Department]) -> list[DisclosureVersion]:
    """Return every version of these departments, newest first, but what was corrected (1 query)."""
    return list(
        DisclosureVersion.objects.filter(disclosure__department__in=departments)
        .exclude(status=DisclosureVersion.Status.SUPERSEDED)
        .select_related("disclosure__department", "disclosure__unit")
        .defer("claims", "project_rows", "tables", "code_names", "unread", "duties")
        .order_by("-disclosure__fiscal_year", "-created_at")
    )


def disclosures_of(departments: list[int], year: int) -> list[Disclosure]:
    """Return the own budgets of departments (their keys) of a year, published or not (1 query)."""
    return list(
        Disclosure.objects.filter(
            department__in=departments, unit=None, fiscal_year=year, stage=Disclosure.Stage.BUDGET
        ).select_related("department")
    )
