"""Reads for the public: only what is published, sums that may be added, constant queries."""

from decimal import Decimal

import pytest

from budgets import queries
from tests.factories import (
    DEPARTMENT,
    draft,
    in_review,
    make_editor,
    make_figure,
    make_reviewer,
    make_statement,
    make_term,
    publish,
    withdraw,
)

pytestmark = pytest.mark.django_db


def place(version) -> dict:
    told = version.disclosure
    return {"department": told.department.slug, "year": told.fiscal_year, "stage": told.stage}


def test_only_the_published_version_is_found() -> None:
    version = draft()
    assert queries.published_version(**place(version)) is None
    assert queries.published_departments() == []
    assert queries.published_department(version.disclosure.department.slug) is None
    assert list(queries.glossary_terms()) == []
    assert queries.current_year() is None


def test_a_version_in_review_is_not_public() -> None:
    version = in_review(by=make_editor())
    assert queries.published_version(**place(version)) is None


def test_a_withdrawn_version_is_known_as_such() -> None:
    version = withdraw(publish(), by=make_reviewer("boss"))
    assert queries.published_version(**place(version)) is None
    assert queries.withdrawn_version(**place(version)) == version


def test_totals_never_mix_stages_or_count_units() -> None:
    publish(make_statement(figures=[make_figure("expenditure.total", "10")]))
    publish(
        make_statement(department="海东市档案局", figures=[make_figure("expenditure.total", "5")])
    )
    final = [make_figure("expenditure.total", "7", period="final")]
    publish(make_statement(stage="final_accounts", figures=final))
    unit = [make_figure("expenditure.total", "1000")]
    publish(make_statement(level="unit", unit="海东市少年儿童图书馆", figures=unit))
    groups = queries.year_totals(2024)
    assert [
        (g.stage, [(t.concept, t.departments, t.of_departments, t.amount) for t in g.totals])
        for g in groups
    ] == [
        ("budget", [("expenditure.total", 2, 2, Decimal("150000"))]),
        ("final_accounts", [("expenditure.total", 1, 1, Decimal("70000"))]),
    ]


def test_totals_say_how_many_departments_print_a_number() -> None:
    publish(make_statement(figures=[make_figure("expenditure.total", "10")]))
    publish(make_statement(department="海东市档案局", figures=[]))
    (group,) = queries.year_totals(2024)
    assert [(t.departments, t.of_departments) for t in group.totals] == [(1, 2)]


def test_departments_by_name() -> None:
    publish()
    publish(make_statement(department="海东市档案局"))
    assert [row.name for row in queries.published_departments(named="图书")] == [DEPARTMENT]
    assert queries.published_departments(named="税务") == []


def test_a_department_over_the_years() -> None:
    publish(make_statement(fiscal_year=2023))
    version = publish()
    rows = queries.department_years(version.disclosure.department)
    assert [(row.year, row.concept, row.amount) for row in rows] == [
        (2024, "revenue.appropriation", Decimal("1600000.00")),
        (2023, "revenue.appropriation", Decimal("1600000.00")),
    ]
    assert rows[0].three_public.state == "nil"


def test_identical_definitions_are_folded() -> None:
    publish(make_statement(fiscal_year=2022, glossary=[make_term("基本支出", "指甲。")]))
    publish(make_statement(fiscal_year=2023, glossary=[make_term("基本支出", "指甲。")]))
    publish(make_statement(fiscal_year=2024, glossary=[make_term("基本支出", "指乙。")]))
    draft(make_statement(fiscal_year=2025, glossary=[make_term("基本支出", "草稿。")]))
    (term,) = queries.glossary_terms()
    assert [(d.text, len(d.uses)) for d in queries.term_definitions(term)] == [
        ("指乙。", 1),
        ("指甲。", 2),
    ]


@pytest.mark.parametrize("name", ["newest", "published_departments", "holdings"])
def test_queries_do_not_grow_with_rows(name, django_assert_max_num_queries) -> None:
    for year in range(2018, 2025):
        publish(make_statement(fiscal_year=year))
    with django_assert_max_num_queries(3):
        getattr(queries, name)()
