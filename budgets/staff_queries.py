"""Reads for the staff pages: drafts too, so every caller asks `permissions` first."""

from __future__ import annotations

from budgets.models import DisclosureVersion


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
