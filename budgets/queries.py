"""Reads for the public pages. Each starts from what is published; its number of queries is fixed.

What is still a draft, in review or returned does not exist here. The one look beyond is
`withdrawn_version`: a withdrawn address answers with its reason, never with its content.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from budgets.models import (
    Department,
    Disclosure,
    DisclosureVersion,
    Figure,
    GlossaryDefinition,
    GlossaryTerm,
    Jurisdiction,
    LedgerEntry,
    VersionDocument,
)
from budgets.statement import Statement

# The number by which a disclosure is told in lists: the first of these that is printed.
HEADLINES = (
    "expenditure.total",
    "expenditure.current",
    "revenue.total",
    "revenue.current",
    "revenue.appropriation",
)
TREND_PARTS = ("expenditure.basic", "expenditure.project", "three_public.total")


# ── one disclosure ────────────────────────────────────────────────────────────


def published_version(
    *, department: str, year: int, stage: str, unit: str | None = None
) -> DisclosureVersion | None:
    """Return the published version at an address (1 query)."""
    return (
        DisclosureVersion.objects.published()
        .filter(_at(department, year, stage, unit))
        .select_related("disclosure__department__jurisdiction", "disclosure__unit")
        .first()
    )


def withdrawn_version(
    *, department: str, year: int, stage: str, unit: str | None = None
) -> DisclosureVersion | None:
    """Return the last version at an address that was public and then withdrawn (1 query)."""
    return (
        DisclosureVersion.objects.filter(status=DisclosureVersion.Status.WITHDRAWN)
        .filter(_at(department, year, stage, unit))
        .select_related("disclosure__department__jurisdiction", "disclosure__unit")
        .first()
    )


def _at(department: str, year: int, stage: str, unit: str | None) -> Q:
    place = Q(
        disclosure__department__slug=department,
        disclosure__fiscal_year=year,
        disclosure__stage=stage,
    )
    return place & (Q(disclosure__unit__slug=unit) if unit else Q(disclosure__unit=None))


def check_explanations(version: DisclosureVersion) -> list[str]:
    """Return what the department says about each check, in the order of the Statement's checks."""
    return list(version.check_results.values_list("explanation", flat=True))


def defined_terms(version: DisclosureVersion) -> dict[str, str]:
    """Return the terms that a version defines, as printed, with their slugs."""
    return dict(version.definitions.values_list("printed_term", "term__slug"))


def documents(version: DisclosureVersion) -> QuerySet[VersionDocument]:
    """Return the original files of a version with their blocks, without their bytes."""
    return version.documents.select_related("document")


def original(version: DisclosureVersion, position: int) -> VersionDocument | None:
    """Return one original file with its bytes."""
    return (
        version.documents.filter(position=position)
        .select_related("document__content")
        .defer("blocks")
        .first()
    )


def neighbours(disclosure: Disclosure) -> list[DisclosureVersion]:
    """Return the published versions of the same department or unit, newest year first."""
    return list(
        DisclosureVersion.objects.published()
        .filter(disclosure__department=disclosure.department, disclosure__unit=disclosure.unit)
        .select_related("disclosure__department", "disclosure__unit")
        .order_by("-disclosure__fiscal_year", "disclosure__stage")
    )


def compared_statements(disclosure: Disclosure) -> tuple[Statement | None, list[Statement]]:
    """Return what the fresh checks compare with, figures alone (2 queries).

    The published statement of the year before, and those of the department's units.
    """
    same = Q(disclosure__department=disclosure.department, disclosure__stage=disclosure.stage)
    before = Q(
        disclosure__unit=disclosure.unit_id, disclosure__fiscal_year=disclosure.fiscal_year - 1
    )
    units = Q(disclosure__unit__isnull=False, disclosure__fiscal_year=disclosure.fiscal_year)
    wanted = before if disclosure.unit_id else before | units
    versions = (
        DisclosureVersion.objects.published()
        .filter(same & wanted)
        .select_related("disclosure")
        .prefetch_related("figures")
    )
    prior: Statement | None = None
    others: list[Statement] = []
    for version in versions:
        told = _with_figures_alone(version)
        if told.fiscal_year < disclosure.fiscal_year:
            prior = told
        else:
            others.append(told)
    return prior, others


def _with_figures_alone(version: DisclosureVersion) -> Statement:
    return Statement(
        department=version.department_name,
        unit=version.unit_name or None,
        level="unit" if version.unit_name else "department",
        fiscal_year=version.disclosure.fiscal_year,
        stage=version.disclosure.stage,
        figures=[figure.to_statement() for figure in version.figures.all()],
    )


# ── departments ───────────────────────────────────────────────────────────────


@dataclass(slots=True, kw_only=True)
class DepartmentRow:
    """A department with the addresses of what it has published, by (year, stage)."""

    department: Department
    published: dict[tuple[int, str], str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.department.name

    @property
    def jurisdiction(self) -> str:
        return self.department.jurisdiction.name

    @property
    def latest_year(self) -> int:
        return max(year for year, _ in self.published)

    @property
    def count(self) -> int:
        return len(self.published)


def published_departments(*, named: str = "", jurisdiction: str = "") -> list[DepartmentRow]:
    """Return the departments with something published, by part of their name (1 query)."""
    versions = (
        DisclosureVersion.objects.published()
        .filter(disclosure__unit=None)
        .select_related("disclosure__department__jurisdiction")
        .only("status", "disclosure__fiscal_year", "disclosure__stage", "disclosure__department",
              "disclosure__department__name", "disclosure__department__short_name",
              "disclosure__department__slug", "disclosure__department__jurisdiction__name",
              "disclosure__department__jurisdiction__slug", "disclosure__unit")
        .order_by("disclosure__department__jurisdiction__name", "disclosure__department__name")
    )  # fmt: skip
    if named:
        versions = versions.filter(
            Q(disclosure__department__name__contains=named)
            | Q(disclosure__department__short_name__contains=named)
        )
    if jurisdiction:
        versions = versions.filter(disclosure__department__jurisdiction__slug=jurisdiction)
    rows: dict[int, DepartmentRow] = {}
    for version in versions:
        told = version.disclosure
        row = rows.setdefault(told.department_id, DepartmentRow(department=told.department))
        row.published[told.fiscal_year, told.stage] = told.get_absolute_url()
    return list(rows.values())


def published_jurisdictions() -> list[Jurisdiction]:
    """Return the jurisdictions of which something is published, with `departments_count`."""
    counted = Count(
        "departments",
        filter=Q(departments__disclosures__versions__status=DisclosureVersion.Status.PUBLISHED),
        distinct=True,
    )
    return list(
        Jurisdiction.objects.annotate(departments_count=counted)
        .filter(departments_count__gt=0)
        .order_by("name")
    )


def published_department(slug: str) -> Department | None:
    """Return a department of which something is published."""
    return (
        Department.objects.filter(
            slug=slug, disclosures__versions__status=DisclosureVersion.Status.PUBLISHED
        )
        .select_related("jurisdiction")
        .prefetch_related("names", "units")
        .distinct()
        .first()
    )


def moved_department(slug: str) -> Department | None:
    """Return the department that a former slug led to."""
    return Department.objects.filter(old_slugs__slug=slug).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A disclosure in a list over the years; `amount` in 元, null if not printed."""

    version: DisclosureVersion
    concept: str
    amount: Decimal | None
    figures: dict[str, Figure]

    @property
    def year(self) -> int:
        return self.version.disclosure.fiscal_year

    @property
    def basic(self) -> Figure | None:
        return self.figures.get("expenditure.basic")

    @property
    def project(self) -> Figure | None:
        return self.figures.get("expenditure.project")

    @property
    def three_public(self) -> Figure | None:
        return self.figures.get("three_public.total")


def department_years(department: Department) -> list[YearRow]:
    """Return what a department has published itself, newest first (2 queries)."""
    versions = list(
        DisclosureVersion.objects.published()
        .filter(disclosure__department=department, disclosure__unit=None)
        .select_related("disclosure__department", "disclosure__unit")
        .order_by("-disclosure__fiscal_year", "disclosure__stage")
    )
    return _with_figures(versions)


def unit_versions(department: Department) -> list[DisclosureVersion]:
    """Return what the units of a department have published themselves, newest first."""
    return list(
        DisclosureVersion.objects.published()
        .filter(disclosure__department=department, disclosure__unit__isnull=False)
        .select_related("disclosure__department", "disclosure__unit")
        .order_by("disclosure__unit", "-disclosure__fiscal_year", "disclosure__stage")
    )


def newest(limit: int = 6) -> list[YearRow]:
    """Return what was published here last, with its number (2 queries)."""
    versions = list(
        DisclosureVersion.objects.published()
        .select_related("disclosure__department__jurisdiction", "disclosure__unit")
        .order_by("-published_at", "-pk")[:limit]
    )
    return _with_figures(versions)


def _with_figures(versions: list[DisclosureVersion]) -> list[YearRow]:
    own: dict[int, dict[str, Figure]] = defaultdict(dict)
    figures = _whole_figures().filter(
        version__in=[version.pk for version in versions], concept__in=(*HEADLINES, *TREND_PARTS)
    )
    for figure in figures:
        own[figure.version_id].setdefault(figure.concept, figure)
    return [_year_row(version, own[version.pk]) for version in versions]


def _year_row(version: DisclosureVersion, figures: dict[str, Figure]) -> YearRow:
    concept = next((c for c in HEADLINES if c in figures and figures[c].amount is not None), "")
    amount = figures[concept].amount if concept else None
    return YearRow(version=version, concept=concept, amount=amount, figures=figures)


def _whole_figures() -> QuerySet[Figure]:
    """Return figures about the whole of a disclosure, of its own period, the widest fund first."""
    own_period = Q(version__disclosure__stage="budget", period="budget") | Q(
        version__disclosure__stage="final_accounts", period="final"
    )
    return Figure.objects.filter(
        own_period, functional="", economic="", origin="", budget_unit="",
        fund__in=("", "appropriation", "general_public"),
    ).order_by("fund")  # '' < appropriation < general_public  # fmt: skip


# ── the current year ──────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTotal:
    """One sum: how many of the departments that published print this number."""

    concept: str
    departments: int
    of_departments: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTotals:
    """The sums of one jurisdiction, one year, one stage; never added to another group's."""

    jurisdiction: Jurisdiction
    stage: str
    totals: list[YearTotal] = field(default_factory=list)

    @property
    def stage_name(self) -> str:
        return str(Disclosure.Stage(self.stage).label)


TOTALLED = ("expenditure.total", "revenue.total", "revenue.appropriation",
            "expenditure.basic", "expenditure.project")  # fmt: skip


def current_year() -> int | None:
    """Return the latest year of which a department has published something."""
    return (
        DisclosureVersion.objects.published()
        .filter(disclosure__unit=None)
        .order_by("-disclosure__fiscal_year")
        .values_list("disclosure__fiscal_year", flat=True)
        .first()
    )


def year_totals(year: int) -> list[YearTotals]:
    """Add up a year: never two stages, two jurisdictions, nor units (3 queries)."""
    published = DisclosureVersion.objects.published().filter(
        disclosure__fiscal_year=year, disclosure__unit=None
    )
    place, stage = "disclosure__department__jurisdiction", "disclosure__stage"
    counts = {
        (row[place], row[stage]): row["count"]
        for row in published.order_by().values(place, stage).annotate(count=Count("pk"))
    }
    jurisdictions = Jurisdiction.objects.in_bulk({government for government, _ in counts})
    groups = {key: YearTotals(jurisdiction=jurisdictions[key[0]], stage=key[1]) for key in counts}
    sums = (
        _whole_figures()
        .filter(version__in=published, fund="", concept__in=TOTALLED, state__in=("value", "nil"))
        .order_by()
        .values(f"version__{place}", f"version__{stage}", "concept")
        .annotate(count=Count("pk"), total=Sum("amount"))
    )
    for row in sorted(sums, key=lambda row: TOTALLED.index(row["concept"])):
        key = row[f"version__{place}"], row[f"version__{stage}"]
        groups[key].totals.append(
            YearTotal(
                concept=row["concept"],
                departments=row["count"],
                of_departments=counts[key],
                amount=row["total"],
            )
        )
    return sorted(groups.values(), key=lambda group: (group.jurisdiction.name, group.stage))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much there is to read."""

    departments: int
    disclosures: int
    terms: int


def holdings() -> Holdings:
    """Count what is published (2 queries)."""
    told = DisclosureVersion.objects.published().aggregate(
        departments=Count("disclosure__department", distinct=True), disclosures=Count("pk")
    )
    return Holdings(**told, terms=glossary_terms().count())


# ── glossary ──────────────────────────────────────────────────────────────────


def glossary_terms() -> QuerySet[GlossaryTerm]:
    """Return the terms that something published defines, in the order of their pinyin."""
    published = GlossaryDefinition.objects.filter(
        version__status=DisclosureVersion.Status.PUBLISHED
    )
    return GlossaryTerm.objects.filter(pk__in=published.values("term"))


@dataclass(slots=True, kw_only=True)
class FoldedDefinition:
    """One wording of a definition and everywhere it is given."""

    text: str
    uses: list[GlossaryDefinition] = field(default_factory=list)


def term_definitions(term: GlossaryTerm) -> list[FoldedDefinition]:
    """Return the published definitions of a term, identical ones folded, newest first (1 query)."""
    folded: dict[str, FoldedDefinition] = {}
    definitions = (
        term.definitions.filter(version__status=DisclosureVersion.Status.PUBLISHED)
        .select_related("version__disclosure__department", "version__disclosure__unit")
        .order_by("-version__disclosure__fiscal_year", "version", "position")
    )
    for definition in definitions:
        text = definition.definition.strip()
        folded.setdefault(text, FoldedDefinition(text=text)).uses.append(definition)
    return list(folded.values())


# ── versions, corrections, the ledger ─────────────────────────────────────────


def numbered_version(
    *, department: str, year: int, stage: str, number: int, unit: str | None = None
) -> DisclosureVersion | None:
    """Return a version that is or was public, by its number (1 query)."""
    return (
        DisclosureVersion.objects.exclude(published_at=None)
        .filter(_at(department, year, stage, unit), number=number)
        .select_related("disclosure__department__jurisdiction", "disclosure__unit")
        .first()
    )


def public_versions(disclosure: Disclosure) -> list[DisclosureVersion]:
    """Return every version of a disclosure that is or was public, newest first (1 query)."""
    return list(
        disclosure.versions.exclude(published_at=None)
        .select_related("disclosure__department", "disclosure__unit")
        .order_by("-number")
    )


def corrections() -> QuerySet[DisclosureVersion]:
    """Return what was corrected or withdrawn after it was public, newest first."""
    return (
        DisclosureVersion.objects.exclude(published_at=None)
        .filter(Q(Exists(_public_before())) | Q(status=DisclosureVersion.Status.WITHDRAWN))
        .select_related("disclosure__department__jurisdiction", "disclosure__unit")
        .order_by("-published_at", "-pk")
    )


def _public_before() -> QuerySet[DisclosureVersion]:
    """Return, beside a version, the earlier ones of its disclosure that were public."""
    return DisclosureVersion.objects.filter(
        disclosure=OuterRef("disclosure"), number__lt=OuterRef("number")
    ).exclude(published_at=None)


def ledger_entries() -> QuerySet[LedgerEntry]:
    """Return the whole chain, newest first."""
    return LedgerEntry.objects.select_related(
        "version__disclosure__department", "version__disclosure__unit"
    ).order_by("-number")
