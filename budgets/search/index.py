"""Published content → unsaved search entries; actions save them.

A version has an entry for each figure, procurement item, project and section; a department
and a term have one standing entry each, built from everything that is published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from budgets import vocabulary
from budgets.models import (
    Department,
    DisclosureVersion,
    Figure,
    GlossaryDefinition,
    GlossaryTerm,
    SearchEntry,
)

from .text import normalise, pinyin_tokens, text_tokens

Kind = SearchEntry.Kind
MAX_DEFINITIONS = 30  # differing ones of one term


def build_version_entries(version: DisclosureVersion) -> list[SearchEntry]:
    """Return the entries of one version: figures, procurement, projects, sections (5 queries)."""
    disclosure = version.disclosure
    place = disclosure.get_absolute_url()
    owner = version.unit_name or version.department_name
    context = f"{owner} {disclosure.fiscal_year}年{disclosure.get_stage_display()}"
    shared = {
        "version": version,
        "department": disclosure.department,
        "fiscal_year": disclosure.fiscal_year,
        "context": context,
    }
    return [
        _entry(**shared, **own)
        for own in (
            *_figures(version, place),
            *_procurement(version, place),
            *_projects(version, place),
            *_sections(version, place),
        )
    ]


def build_department_entry(department: Department) -> SearchEntry | None:
    """Return the department's entry; None while nothing of it is published (3 queries)."""
    versions = DisclosureVersion.objects.published().filter(disclosure__department=department)
    if not versions.exists():
        return None
    names = [department.short_name, *department.names.values_list("name", flat=True)]
    units = department.units.values_list("name", flat=True)
    return _entry(
        kind=Kind.DEPARTMENT,
        department=department,
        title=department.name,
        text="、".join(dict.fromkeys([*names, *units])),
        context=department.jurisdiction.name,
        url=department.get_absolute_url(),
        spoken=[department.name, *names],
    )


def build_term_entries(terms: Iterable[GlossaryTerm]) -> list[SearchEntry]:
    """Return the entries of those of the terms that a published version defines (1 query)."""
    terms = list(terms)
    definitions: dict[int, dict[str, str]] = defaultdict(dict)
    rows = (
        GlossaryDefinition.objects.filter(term__in=terms, version__status="published")
        .order_by("-version__disclosure__fiscal_year", "pk")
        .values_list("term_id", "definition")
    )
    for term_id, definition in rows:
        definitions[term_id].setdefault(normalise(definition), definition)
    return [
        _entry(
            kind=Kind.TERM,
            title=term.name,
            text="\n".join(list(definitions[term.pk].values())[:MAX_DEFINITIONS]),
            context="名词解释",
            url=term.get_absolute_url(),
            spoken=[term.name],
        )
        for term in terms
        if term.pk in definitions
    ]


def figure_title(figure: Figure) -> str:
    """Return what a figure is called: its concept, its codes, its fund, another period."""
    parts = [vocabulary.concept_name(figure.concept)]
    if figure.functional:
        known = vocabulary.functional_codes().get(figure.functional)
        parts.append(f"{figure.functional} {known[0].name}" if known else figure.functional)
    parts += [figure.economic, vocabulary.FUND_NAMES.get(figure.fund, ""), figure.budget_unit]
    if figure.period not in ("budget", "final"):
        parts.append(vocabulary.PERIOD_NAMES.get(figure.period, figure.period))
    return " · ".join(filter(None, parts))


def _figures(version: DisclosureVersion, place: str) -> Iterator[dict[str, Any]]:
    for figure in version.figures.exclude(state="blank"):
        title = figure_title(figure)
        # Rows by code are many; they are found by their characters.
        plain = not (figure.functional or figure.economic)
        yield {
            "kind": Kind.FIGURE,
            "title": title,
            "text": figure.sources[0]["quote"],
            "amount": "无" if figure.state == "nil" else figure.stated or _printed(figure),
            "also": _printed(figure),
            "url": f"{place}#figure-{figure.position + 1}",
            "spoken": [vocabulary.concept_name(figure.concept)] if plain else [],
        }


def _procurement(version: DisclosureVersion, place: str) -> Iterator[dict[str, Any]]:
    for item in version.procurement_items.all():
        yield {
            "kind": Kind.PROCUREMENT,
            "title": item.name,
            "text": " ".join(filter(None, (item.category, item.purchaser))),
            "amount": _money(item.amount),
            "also": _stated(item.sources),
            "url": f"{place}#item-{item.position + 1}",
            "spoken": [_own_name(item.name, version)],
        }


def _projects(version: DisclosureVersion, place: str) -> Iterator[dict[str, Any]]:
    for project in version.project_statements.all():
        yield {
            "kind": Kind.PROJECT,
            "title": project.name,
            "text": "\n".join(f"{part['title']}：{part['text']}" for part in project.parts),
            "amount": _money(project.amount),
            "also": _stated(project.sources),
            "url": f"{place}#project-{project.position + 1}",
            "spoken": [_own_name(project.name, version)],
        }


def _sections(version: DisclosureVersion, place: str) -> Iterator[dict[str, Any]]:
    for section in version.sections.all():
        yield {
            "kind": Kind.SECTION,
            "title": section.title,
            "text": section.text,
            "url": f"{place}#section-{section.position + 1}",
        }


def _own_name(name: str, version: DisclosureVersion) -> str:
    """Drop the department's name in front, which would use up the pinyin prefixes."""
    return name.removeprefix(version.department_name)


def _money(amount: Any) -> str:
    return "" if amount is None else f"{amount / 10_000:,.2f} 万元"


def _stated(sources: list[dict[str, Any]]) -> str:
    """Return the amount as the document prints it: 1,234,500.00 where the page says 123.45 万元."""
    return next((source["stated"] for source in sources if source.get("stated")), "")


def _printed(figure: Figure) -> str:
    if figure.amount is None:
        return ""
    return _money(figure.amount) if figure.unit == "元" else f"{figure.amount:f} {figure.unit}"


def _entry(
    *,
    title: str,
    text: str,
    context: str,
    spoken: Iterable[str] = (),
    amount: str = "",
    also: str = "",
    **own: Any,
) -> Any:
    """Return an entry that is found by its text and its amount, `also` by what is not shown."""
    findable = [normalise(part) for part in (text, amount, also)]
    entry = SearchEntry(
        title=title,
        text=text,
        context=context,
        amount=amount,
        normalised_title=normalise(title),
        # A line each: the digits of two amounts never run into one number.
        normalised_text="\n".join(filter(None, findable)),
        normalised_context=normalise(context),
        **own,
    )
    tokens = set()
    for folded in (entry.normalised_title, *findable, entry.normalised_context):
        tokens |= text_tokens(folded)
    for name in {normalise(name) for name in spoken}:
        tokens |= pinyin_tokens(name)
    entry.tokens = f" {' '.join(sorted(tokens))} "
    return entry
