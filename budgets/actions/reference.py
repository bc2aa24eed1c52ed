"""Who publishes, and the terms they use: found by name, or created once with a slug for good."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q

from budgets.models import (
    Department,
    DepartmentName,
    DepartmentSlug,
    Disclosure,
    DisclosureVersion,
    GlossaryTerm,
    Jurisdiction,
    Unit,
)
from budgets.permissions import NotAllowed, may_record_approval
from budgets.search.text import ascii_slug, normalise, pinyin
from budgets.statement import BudgetUnit

from .audit import Actor, write_audit

# Room is left for a number behind.
SLUG_LENGTH = 70
TERM_SLUG_LENGTH = 110

# The first suffix that fits decides; 直辖市 are provinces.
LEVEL_PATTERNS = (
    (r"中央|国家", Jurisdiction.Level.CENTRAL),
    (r".*(省|自治区|特别行政区|兵团)|(北京|天津|上海|重庆)市?", Jurisdiction.Level.PROVINCE),
    (r".*(市|自治州|地区|盟)", Jurisdiction.Level.CITY),
    (r".*(镇|乡|街道|街道办事处)", Jurisdiction.Level.TOWNSHIP),
    (r".*(区|县|旗|园|示范区)", Jurisdiction.Level.DISTRICT),
)
CODE_TERM = re.compile(r"[（(](类|款|项)[）)]")


class UnknownOrganisation(Exception):
    """It cannot be told whose disclosure this is; the message is one Chinese sentence."""


def get_jurisdiction(*, name: str, by: Actor) -> Jurisdiction:
    """Return the jurisdiction of this name, created when it is new."""
    found = Jurisdiction.objects.filter(name=name).first()
    if found:
        return found
    created = Jurisdiction.objects.create(
        name=name,
        level=level_of(name),
        slug=_free(ascii_slug(name, short=True) or "diqu", _jurisdiction_slug_taken),
    )
    write_audit(by=by, action="jurisdiction.created", subject=created)
    return created


def find_department(*, jurisdiction: Jurisdiction, name: str) -> Department | None:
    """Return the department that carries or carried this name, if there is just one."""
    found = Department.objects.filter(jurisdiction=jurisdiction)
    named = list(found.filter(Q(name=name) | Q(names__name=name)).distinct()[:2])
    return named[0] if len(named) == 1 else None


def level_of(name: str) -> Jurisdiction.Level:
    """Tell the level of a government from the suffix of its name."""
    return next(
        (level for pattern, level in LEVEL_PATTERNS if re.fullmatch(pattern, name)),
        Jurisdiction.Level.OTHER,
    )


def get_department(
    *, jurisdiction: Jurisdiction, name: str, fiscal_year: int, by: Actor
) -> Department:
    """Return the department that carried this name in this year, created when it is new.

    A name of today stands before a former one, a name of that year before one of other years.
    """
    departments = Department.objects.filter(jurisdiction=jurisdiction)
    of_that_year = Q(names__name=name, names__first_year__lte=fiscal_year) & (
        Q(names__last_year=None) | Q(names__last_year__gte=fiscal_year)
    )
    for wanted in (Q(name=name), of_that_year, Q(names__name=name)):
        if found := departments.filter(wanted).first():
            return found
    short_name = name.removeprefix(jurisdiction.name) or name
    created = Department.objects.create(
        jurisdiction=jurisdiction,
        name=name,
        short_name=short_name,
        slug=_department_slug(short_name, jurisdiction),
    )
    DepartmentName.objects.create(department=created, name=name, first_year=fiscal_year)
    write_audit(by=by, action="department.created", subject=created)
    return created


def note_department_name(*, version: DisclosureVersion) -> None:
    """Let the years of a department's name reach back to the year of a publication."""
    DepartmentName.objects.filter(
        department=version.disclosure.department,
        name=version.department_name,
        first_year__gt=version.disclosure.fiscal_year,
    ).update(first_year=version.disclosure.fiscal_year)


def get_unit(*, department: Department, name: str, kind: str | None = None, by: Actor) -> Unit:
    """Return the department's unit of this name; a kind that is named replaces the known one."""
    found = Unit.objects.filter(department=department, name=name).first()
    if found:
        if kind and kind != found.kind:
            write_audit(by=by, action="unit.kind_changed", subject=found, old=found.kind, new=kind)
            found.kind = kind
            found.save(update_fields=("kind",))
        return found
    created = Unit.objects.create(
        department=department, name=name, kind=kind or "", slug=_unit_slug(name, department)
    )
    write_audit(by=by, action="unit.created", subject=created)
    return created


def get_units(*, department: Department, units: Iterable[BudgetUnit], by: Actor) -> list[Unit]:
    """Return the units that a disclosure lists."""
    return [get_unit(department=department, name=u.name, kind=u.kind, by=by) for u in units]


def find_unit(*, jurisdiction: Jurisdiction, name: str) -> Unit | None:
    """Return the unit of this name, whichever department of the jurisdiction it belongs to."""
    return Unit.objects.filter(department__jurisdiction=jurisdiction, name=name).first()


def get_terms(*, names: Iterable[str]) -> dict[str, GlossaryTerm]:
    """Return the term of each printed name, created when new; names that fold alike share one.

    One query for those that exist. Created in a fixed order, so that two intakes at once
    wait for each other instead of locking each other out.
    """
    by_normalised = {normalise(name): name for name in reversed(list(names))}
    terms = {
        term.normalised: term for term in GlossaryTerm.objects.filter(normalised__in=by_normalised)
    }
    for normalised in sorted(by_normalised.keys() - terms.keys()):
        terms[normalised] = _create_term(by_normalised[normalised], normalised)
    return terms


def _create_term(name: str, normalised: str) -> GlossaryTerm:
    spelled = ascii_slug(name, short=False)
    return GlossaryTerm.objects.create(
        name=name,
        normalised=normalised,
        slug=_free(spelled or "mingci", _term_slug_taken, TERM_SLUG_LENGTH),
        pinyin=pinyin(name)[:600],
        is_code=bool(CODE_TERM.search(name)),
    )


# ── slugs ─────────────────────────────────────────────────────────────────────


def _department_slug(short_name: str, jurisdiction: Jurisdiction) -> str:
    slug = ascii_slug(short_name, short=True) or "bumen"
    if _department_slug_taken(slug[:SLUG_LENGTH]):
        slug = f"{jurisdiction.slug}-{slug}"
    return _free(slug, _department_slug_taken)


def _unit_slug(name: str, department: Department) -> str:
    own = name.removeprefix(department.name).removeprefix(department.jurisdiction.name)
    slug = ascii_slug(own, short=True) or ascii_slug(name, short=True) or "danwei"
    return _free(slug, lambda s: Unit.objects.filter(department=department, slug=s).exists())


def _free(slug: str, is_taken: Callable[[str], bool], length: int = SLUG_LENGTH) -> str:
    """Return the slug, numbered from 2 when it is taken."""
    slug = slug[:length]
    numbered, number = slug, 1
    while is_taken(numbered):
        number += 1
        numbered = f"{slug}-{number}"
    return numbered


def _term_slug_taken(slug: str) -> bool:
    return GlossaryTerm.objects.filter(slug=slug).exists()


def _jurisdiction_slug_taken(slug: str) -> bool:
    return Jurisdiction.objects.filter(slug=slug).exists()


def _department_slug_taken(slug: str) -> bool:
    return (
        Department.objects.filter(slug=slug).exists()
        or DepartmentSlug.objects.filter(slug=slug).exists()
    )


@transaction.atomic
def record_approval(
    *, department: Department, fiscal_year: int, approved_on: datetime.date | None, by: Actor
) -> Disclosure:
    """Record the date of the 批复 of a department's own budget; null takes it back."""
    if not may_record_approval(by, department):
        raise NotAllowed("您不能填这个部门的批复日期。")
    disclosure, _ = Disclosure.objects.get_or_create(
        department=department, unit=None, fiscal_year=fiscal_year, stage=Disclosure.Stage.BUDGET
    )
    old, disclosure.approved_on = disclosure.approved_on, approved_on
    disclosure.save(update_fields=["approved_on"])
    write_audit(
        by=by,
        action="disclosure.approved",
        subject=disclosure,
        old=old and old.isoformat(),
        new=approved_on and approved_on.isoformat(),
    )
    return disclosure
