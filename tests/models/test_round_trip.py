"""What is stored comes back: a version's Statement equals the one that was taken in."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets import statement as s
from budgets.actions.storing import store_statement
from budgets.documents.blocks import Document
from budgets.models import DisclosureVersion
from tests import factories

texts = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30)
maybe = lambda strategy: st.none() | strategy  # noqa: E731
money = st.integers(-(10**13), 10**13).map(lambda fen: Decimal(fen).scaleb(-2))
counts = st.integers(0, 10**6).map(Decimal)
dates = st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))
sources = st.lists(
    st.builds(
        s.Source,
        locator=texts,
        start=st.integers(0, 99),
        end=st.integers(0, 99),
        quote=texts,
        stated=maybe(texts),
        amount=maybe(money),
        table=maybe(st.integers(0, 9)),
    ),
    min_size=1,
    max_size=2,
)
dimensions = st.fixed_dictionaries(
    {
        "concept": st.sampled_from(["expenditure.basic", "revenue.other", "three_public.total"]),
        "functional": maybe(st.sampled_from(["204", "2040601"])),
        "economic": maybe(st.sampled_from(["301", "30101"])),
        "fund": maybe(st.sampled_from(s.FUNDS)),
        "origin": maybe(st.sampled_from(s.ORIGINS)),
        "budget_unit": maybe(texts),
        "period": st.sampled_from(s.PERIODS),
    }
)


@st.composite
def figures(draw):
    state = draw(st.sampled_from(s.STATES))
    unit = draw(st.sampled_from(["元", "个"]))
    amount = s.canonical(draw(money if unit == "元" else counts), unit)
    if state == "nil":
        amount = s.canonical(Decimal(0), unit)
    return s.Figure(
        **draw(dimensions),
        amount=amount if state in ("value", "nil") else None,
        unit=unit,
        stated=draw(maybe(texts)),
        state=state,
        as_of=draw(maybe(dates)),
        sources=draw(sources),
    )


statements = st.builds(
    s.Statement,
    jurisdiction=texts,
    department=texts,
    fiscal_year=st.integers(1990, 2100),
    stage=st.sampled_from(s.STAGES),
    dated_on=maybe(dates),
    units=st.lists(st.builds(s.BudgetUnit, name=texts, kind=maybe(st.sampled_from(s.UNIT_KINDS)))),
    duties=st.lists(texts, max_size=3),
    figures=st.lists(figures(), max_size=4, unique_by=lambda figure: figure.dimensions),
    claims=st.lists(
        st.builds(
            s.Claim,
            kind=st.sampled_from(s.CLAIM_KINDS),
            figure=dimensions.map(lambda d: s.Dimensions(**d)),
            amount=maybe(money),
            reason=maybe(texts),
            sources=sources,
        ),
        max_size=2,
    ),
    procurement=st.lists(
        st.builds(
            s.ProcurementItem, name=texts, amount=maybe(money), category=maybe(texts),
            purchaser=maybe(texts), sources=sources,
        ),
        max_size=2,
    ),
    projects=st.lists(
        st.builds(
            s.ProjectStatement, name=texts, amount=maybe(money), sources=sources,
            parts=st.lists(st.builds(s.ProjectPart, key=texts, title=texts, text=texts)),
        ),
        max_size=2,
    ),
    project_rows=st.lists(
        st.builds(s.ProjectRow, name=texts, amounts=st.dictionaries(texts, money, max_size=2)),
        max_size=2,
    ),
    tables=st.lists(st.builds(s.PrintedTable, title=texts, note=maybe(texts)), max_size=2),
    code_names=st.lists(st.builds(s.CodeName, kind=texts, code=texts, name=texts), max_size=2),
    sections=st.lists(
        st.builds(
            s.Section, key=texts, level=st.integers(1, 3), title=texts, text=st.just("") | texts
        ),
        max_size=3,
    ),
    glossary=st.lists(
        st.builds(s.GlossaryEntry, number=st.just("") | texts, term=texts, definition=texts),
        max_size=3,
    ),
    checks=st.lists(
        st.builds(
            s.Outcome, code=st.just("R05"), result=st.sampled_from(s.RESULTS), left=maybe(texts),
            right=maybe(texts), difference=maybe(texts), tolerance=maybe(texts),
            derived=st.booleans(), message=st.just("") | texts, sources=sources,
        ),
        max_size=2,
    ),
    unread=st.lists(st.builds(s.Unread, quote=texts, why=texts, sources=sources), max_size=2),
)  # fmt: skip


def store(statement: s.Statement) -> DisclosureVersion:
    document = Document(name="a.txt", sha256="a" * 64, media_type="text/plain", pages=2)
    statement.documents = [
        s.DocumentInfo(name="a.txt", sha256="a" * 64, media_type="text/plain", pages=2)
    ]
    return store_statement(
        statement=statement, documents=[document], contents=[b"x"], by="system", origin="registered"
    ).version


@pytest.mark.django_db
@given(statement=statements)
def test_to_statement_gives_back_what_was_stored(statement: s.Statement) -> None:
    from django.db import transaction

    with transaction.atomic():
        version = DisclosureVersion.objects.get(pk=store(statement).pk)
        assert version.to_statement() == statement
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_to_statement_of_a_published_version_is_unchanged() -> None:
    statement = factories.make_statement()
    version = factories.publish(statement)
    assert version.to_statement() == statement


@pytest.mark.django_db
def test_to_statement_costs_a_constant_number_of_queries(django_assert_max_num_queries) -> None:
    version = factories.publish()
    version = DisclosureVersion.objects.get(pk=version.pk)
    with django_assert_max_num_queries(9):
        version.to_statement()
