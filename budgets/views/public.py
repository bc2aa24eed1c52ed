"""The public pages: fetch what is published, ask for what it says, render.

No cookie, no session, nothing per visitor: every page depends on the database and its
address alone.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django_tables2 import RequestConfig

from budgets import charts, checks, queries, search, tables
from budgets.models import DisclosureVersion, SearchEntry
from budgets.presenters import disclosure as presenter
from budgets.presenters import marks, outcomes
from budgets.statement import Statement

FRESH_SECONDS = 60  # a withdrawn version is gone from every cache after a minute
PER_PAGE = 20
DEPARTMENTS_PER_PAGE = 50
MAX_PAGE = 500
MAX_TYPED = 100
RULES = outcomes.Rulebook(
    names={code: rule.name for code, rule in checks.RULES.items()},
    editors_only=frozenset(code for code, rule in checks.RULES.items() if rule.level == "N"),
    fresh=frozenset(code for code, rule in checks.RULES.items() if rule.is_fresh),
)


View = Callable[..., HttpResponse]


def require_safe(view: View) -> View:
    """Let a page be read and nothing else; anything but GET and HEAD answers 405 in our words.

    Without writing there is nothing to forge, so the token check does not come first.
    """

    @csrf_exempt
    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return _not_allowed(request)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
        return response

    return wrapped


def _not_allowed(request: HttpRequest) -> HttpResponse:
    response = render(request, "405.html", status=405)
    response["Allow"] = "GET, HEAD"
    return response


def _typed(request: HttpRequest, name: str) -> str:
    """Return what was typed into a field: no longer than anybody means, and fit for a database."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:MAX_TYPED]


# ── finding the way ───────────────────────────────────────────────────────────


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    year = queries.current_year()
    ctx = {
        "year": year,
        "totals": queries.year_totals(year) if year else [],
        "newest": queries.newest(),
        "jurisdictions": queries.published_jurisdictions(),
        "holdings": queries.holdings(),
    }
    return render(request, "public/home.html", ctx)


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    named = _typed(request, "q")
    jurisdiction = _typed(request, "jurisdiction")
    rows = queries.published_departments(named=named, jurisdiction=jurisdiction)
    table = tables.department_table(rows)
    RequestConfig(request, paginate={"per_page": DEPARTMENTS_PER_PAGE, "silent": True}).configure(
        table
    )
    ctx = {
        "table": table,
        "named": named,
        "jurisdiction": jurisdiction,
        "jurisdictions": queries.published_jurisdictions(),
    }
    return render(request, "public/departments.html", ctx)


@require_safe
def department(request: HttpRequest, slug: str) -> HttpResponse:
    found = queries.published_department(slug)
    if found is None:
        return _moved_or_missing(request, slug)
    years = queries.department_years(found)
    ctx = {
        "department": found,
        "years": years,
        "told": presenter.tell_stages(row.version.disclosure.stage for row in years),
        "missing_years": presenter.missing_years([row.year for row in years]),
        "chart": charts.draw_years([r for r in years if r.version.disclosure.stage == "budget"]),
        "unit_versions": queries.unit_versions(found),
    }
    return render(request, "public/department.html", ctx)


def _moved_or_missing(request: HttpRequest, slug: str) -> HttpResponse:
    moved = queries.moved_department(slug)
    if moved is None:
        raise Http404
    old, new = f"/departments/{slug}/", moved.get_absolute_url()
    return redirect(request.get_full_path().replace(old, new, 1), permanent=True)


# ── one disclosure ────────────────────────────────────────────────────────────


def of_version(view: View) -> View:
    """Give the view the published version of its address.

    An address that moved redirects, a withdrawn one answers 410 with the reason; anything
    else that is not public does not exist.
    """

    @require_safe
    @functools.wraps(view)
    def wrapped(
        request: HttpRequest, department: str, year: int, stage: str, unit: str = "", **own: Any
    ) -> HttpResponse:
        place = {"department": department, "year": year, "stage": stage, "unit": unit or None}
        version = queries.published_version(**place)
        if version:
            return view(request, version, **own)
        withdrawn = queries.withdrawn_version(**place)
        if withdrawn:
            ctx = {"version": withdrawn}
            return render(request, "public/withdrawn.html", ctx, status=410)
        return _moved_or_missing(request, department)

    return wrapped


def _version_context(version: DisclosureVersion, url: str) -> dict[str, Any]:
    told = version.disclosure
    owner = told.unit or told.department
    return {
        "version": version,
        "department": told.department,
        "unit": told.unit,
        "owner_name": getattr(owner, "short_name", owner.name),
        "url": url or told.get_absolute_url(),
    }


def _checked_today(version: DisclosureVersion) -> tuple[Statement, list[str]]:
    """Return the Statement with its frozen outcomes and those that need other documents.

    The explanations follow the order of its checks; fresh outcomes have none.
    """
    statement = version.to_statement()
    prior, units = queries.compared_statements(version.disclosure)
    dates = {}
    if version.disclosure.approved_on:
        dates["approved"] = version.disclosure.approved_on
    if version.published_at:
        dates["published"] = version.published_at.date()
    fresh = checks.run_fresh_checks(statement, prior=prior, units=units, dates=dates)
    explanations = [*queries.check_explanations(version), *([""] * len(fresh))]
    return dataclasses.replace(statement, checks=[*statement.checks, *fresh]), explanations


# These three show any version they are given; `url` is where its pages stand, if not in public.


def show_disclosure(
    request: HttpRequest, version: DisclosureVersion, *, url: str = "", **more: Any
) -> HttpResponse:
    ctx = _version_context(version, url) | more
    statement, explanations = _checked_today(version)
    ctx |= {
        "statement": statement,
        "page": presenter.present(
            statement,
            short_name=ctx["owner_name"],
            explanations=explanations,
            rules=RULES,
        ),
        "charts": charts.disclosure_charts(statement),
        "terms": queries.defined_terms(version),
        "neighbours": queries.neighbours(version.disclosure),
    }
    return render(request, "public/disclosure.html", ctx)


def show_source(
    request: HttpRequest, version: DisclosureVersion, *, url: str = "", **more: Any
) -> HttpResponse:
    places = marks.linked_places(version.to_statement())
    documents = [
        (used, marks.mark_document(used.blocks, used.position, places))
        for used in queries.documents(version)
    ]
    ctx = _version_context(version, url) | {"documents": documents} | more
    return render(request, "public/source.html", ctx)


def show_check_results(
    request: HttpRequest, version: DisclosureVersion, *, url: str = "", **more: Any
) -> HttpResponse:
    statement, explanations = _checked_today(version)
    shown = outcomes.show_outcomes(statement.checks, explanations=explanations, rules=RULES)
    ctx = _version_context(version, url) | {
        "outcomes": shown,
        "counts": outcomes.count_results(shown),
        "completeness": outcomes.with_exemptions(
            checks.completeness(statement), version.exemptions
        ),
        "numbers": statement.numbers,
    }
    ctx |= more
    return render(request, "public/checks.html", ctx)


def hand_out_original(version: DisclosureVersion, position: int) -> HttpResponse:
    """Hand out an original file byte for byte: always to be saved, never to be shown."""
    used = queries.original(version, position)
    if used is None:
        raise Http404
    response = HttpResponse(
        bytes(used.document.content.data), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = content_disposition_header(True, used.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


disclosure = of_version(show_disclosure)
source = of_version(show_source)
check_results = of_version(show_check_results)


@of_version
def original(request: HttpRequest, version: DisclosureVersion, position: int) -> HttpResponse:
    return hand_out_original(version, position)


# ── glossary and search ───────────────────────────────────────────────────────


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    query = _typed(request, "q")
    ctx: dict[str, Any] = {"query": query}
    if query:
        ctx["results"] = search.glossary_search(query)
    else:
        terms = list(queries.glossary_terms())
        ctx["terms"] = [term for term in terms if not term.is_code]
        ctx["codes"] = [term for term in terms if term.is_code]
    return render(request, "public/glossary.html", ctx)


@require_safe
def glossary_term(request: HttpRequest, slug: str) -> HttpResponse:
    term = get_object_or_404(queries.glossary_terms(), slug=slug)
    ctx = {"term": term, "definitions": queries.term_definitions(term)}
    return render(request, "public/glossary_term.html", ctx)


@require_safe
def site_search(request: HttpRequest) -> HttpResponse:
    query = _typed(request, "q")
    kind = request.GET.get("kind", "")
    kind = kind if kind in SearchEntry.Kind.values else ""
    page = _page_number(request)
    results = search.search(query, kind=kind, offset=(page - 1) * PER_PAGE, limit=PER_PAGE)
    shown = Paginator(range(results.total), PER_PAGE).get_page(page)
    if shown.number < page:  # beyond the last page
        offset = (shown.number - 1) * PER_PAGE
        results = search.search(query, kind=kind, offset=offset, limit=PER_PAGE)
    ctx = {
        "query": query,
        "kind": kind,
        "results": results,
        "kinds": [(k, k.label, results.counts.get(k, 0)) for k in SearchEntry.Kind],
        "page": shown,
    }
    return render(request, "public/search.html", ctx)


def _page_number(request: HttpRequest) -> int:
    page = request.GET.get("page", "1")
    return min(max(int(page), 1), MAX_PAGE) if page.isdecimal() and len(page) < 6 else 1


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "public/about.html")


# ── for programs ──────────────────────────────────────────────────────────────


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let everything be indexed but the endless pages of searches."""
    return HttpResponse("User-agent: *\nDisallow: /search/\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("favicon.svg"))
