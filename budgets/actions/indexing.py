"""What the public can find, kept in step with what is published; called by publishing alone."""

from __future__ import annotations

from budgets.models import Department, DisclosureVersion, GlossaryTerm, SearchEntry
from budgets.search import index


def add_version(*, version: DisclosureVersion) -> None:
    """Index a version that has just become public."""
    SearchEntry.objects.bulk_create(index.build_version_entries(version), batch_size=500)
    _refresh_standing_entries(version)


def remove_version(*, version: DisclosureVersion) -> None:
    """Forget a version that is no longer public."""
    version.search_entries.all().delete()
    _refresh_standing_entries(version)


def _refresh_standing_entries(version: DisclosureVersion) -> None:
    """Rebuild the entries of the version's department and terms from all that is public now.

    They are locked in one order first, so that two publications at once see each other's.
    """
    department = Department.objects.select_for_update().get(pk=version.disclosure.department_id)
    terms = list(
        GlossaryTerm.objects.select_for_update()
        .filter(pk__in=version.definitions.values("term"))
        .order_by("pk")
    )
    urls = [department.get_absolute_url(), *(term.get_absolute_url() for term in terms)]
    SearchEntry.objects.filter(version=None, url__in=urls).delete()
    entries = index.build_term_entries(terms)
    if entry := index.build_department_entry(department):
        entries.append(entry)
    SearchEntry.objects.bulk_create(entries)
