"""What the database itself refuses, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from budgets.models import (
    Disclosure,
    DisclosureVersion,
    Figure,
    ProcurementItem,
    SourceDocument,
    Unit,
)
from tests import factories

pytestmark = pytest.mark.django_db


def refused(write, *args, **kwargs) -> bool:
    try:
        with transaction.atomic():
            write(*args, **kwargs)
    except IntegrityError:
        return True
    return False


def test_disclosure_of_a_department_exists_once() -> None:
    known = factories.draft().disclosure
    assert refused(
        Disclosure.objects.create,
        department=known.department, unit=None, fiscal_year=known.fiscal_year, stage=known.stage,
    )  # fmt: skip


def test_disclosure_of_a_unit_exists_once_beside_the_departments() -> None:
    known = factories.draft().disclosure
    unit = Unit.objects.create(department=known.department, name="图书馆", slug="tsg")
    own = {
        "department": known.department, "unit": unit, "fiscal_year": 2024, "stage": "budget"
    }  # fmt: skip
    assert not refused(Disclosure.objects.create, **own)
    assert refused(Disclosure.objects.create, **own)


def test_disclosure_year_is_plausible() -> None:
    department = factories.draft().disclosure.department
    assert refused(
        Disclosure.objects.create, department=department, fiscal_year=20240, stage="budget"
    )


def test_version_numbers_are_unique() -> None:
    version = factories.draft()
    assert refused(
        DisclosureVersion.objects.create,
        disclosure=version.disclosure, number=version.number, origin="registered",
        department_name="x",
    )  # fmt: skip


def test_one_version_of_a_disclosure_is_published() -> None:
    version = factories.publish()
    assert refused(
        DisclosureVersion.objects.create,
        disclosure=version.disclosure, number=2, origin="registered", department_name="x",
        status="published", published_at=timezone.now(), content_sha256="0" * 64,
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "published"},
        {"published_at": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)},
        {"status": "withdrawn"},
        {"withdrawn_at": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)},
        {"status": "published", "published_at": datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_version_status_fits_its_dates_and_hash(changes: dict[str, object]) -> None:
    version = factories.draft()
    assert refused(DisclosureVersion.objects.filter(pk=version.pk).update, **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": None},
        {"state": "blank"},
        {"state": "nil"},
        {"sources": []},
    ],
)
def test_figure_amount_state_and_sources_fit(changes: dict[str, object]) -> None:
    figure = factories.draft().figures.get(concept="expenditure.basic")
    assert refused(Figure.objects.filter(pk=figure.pk).update, **changes)


def test_figure_of_the_same_dimensions_exists_once() -> None:
    figure = factories.draft().figures.get(concept="expenditure.basic")
    figure.pk, figure.position = None, 99
    assert refused(figure.save, force_insert=True)


def test_procurement_item_has_a_source() -> None:
    item = factories.draft().procurement_items.first()
    assert refused(ProcurementItem.objects.filter(pk=item.pk).update, sources=[])


def test_document_is_known_by_a_whole_sha256() -> None:
    assert refused(SourceDocument.objects.create, sha256="abc", media_type="x", size=1)


def test_sums_are_exact() -> None:
    items = [factories.make_item(f"项目{n}", "0.00001") for n in range(3)]
    version = factories.draft(factories.make_statement(procurement=items))
    assert version.procurement_items.aggregate(sum=Sum("amount"))["sum"] == Decimal("0.30")


def test_a_decimal_too_many_is_refused_not_rounded() -> None:
    item = factories.draft().procurement_items.first()
    with pytest.raises(ValidationError, match="小数超过 2 位"):
        ProcurementItem.objects.filter(pk=item.pk).update(amount=Decimal("0.001"))


def test_an_amount_beyond_the_column_is_refused() -> None:
    item = factories.draft().procurement_items.first()
    with pytest.raises(ValidationError, match="太大"):
        ProcurementItem.objects.filter(pk=item.pk).update(amount=Decimal("1e18"))
