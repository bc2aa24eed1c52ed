"""What lies within what, completion, projects and origins: passing, failing, not checkable."""

from decimal import Decimal

import pytest

from budgets.checks import run_checks
from budgets.statement import Claim, ProjectRow, Source

from .printed import statement_of


def results(statement, code):
    return [outcome.result for outcome in run_checks(statement) if outcome.code == code]


@pytest.mark.parametrize(
    ("whole", "part", "result"),
    [("70.00", "60.00", "pass"), ("70.00", "71.00", "warning"), ("70.00", "70.01", "pass")],
)
def test_appropriation_is_within_all_money(whole, part, result):
    statement = statement_of(
        ("department_expenditure", f"expenditure.project 208 = {whole}"),
        ("general_public_expenditure", f"expenditure.project 208 @general_public = {part}"),
    )
    assert results(statement, "R12") == [result]


def test_a_fund_not_said_is_not_all_money():
    statement = statement_of(
        ("three_public", "three_public.total = 1.00\nthree_public.total @general_public = 2.00")
    )
    assert results(statement, "R12") == ["not_checkable"]


def test_a_cell_told_by_its_table_is_not_told_again_by_its_fund():
    wrong = "expenditure.current = 50.00\nexpenditure.current 208 = 70.00"
    statement = statement_of(
        ("department_expenditure", wrong),
        ("general_public_expenditure", "expenditure.current @general_public = 70.00"),
    )
    told = [o.code for o in run_checks(statement) if o.result in ("fail", "warning")]
    assert told == ["R06"]


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        ("three_public.reception = 2.00", "pass"),
        ("three_public.reception = 1.00", "warning"),
        ("three_public.abroad = 1.00", "not_checkable"),
    ],
)
def test_reception_in_basic_expenditure_is_within_three_public(cells, result):
    statement = statement_of(
        ("general_public_basic", "expenditure.basic 30217 @general_public = 1.50"),
        ("three_public", cells),
    )
    assert results(statement, "P04") == [result]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("procurement.sme_reserved = 8.00\nprocurement.total = 9.00", ["pass"]),
        ("procurement.sme_reserved = 8.00\nprocurement.total = 7.00", ["warning"]),
        ("procurement.sme_reserved = 8.00", ["not_checkable"]),
    ],
)
def test_what_is_reserved_is_within_what_is_bought(cells, expected):
    assert results(statement_of((None, cells), stage="budget"), "P07") == expected


GRADES = """
performance.self_evaluated.projects = 5 个
performance.rated.excellent = 3 个
performance.rated.good = 2 个
"""
ALL_GRADES = GRADES + "performance.rated.qualified = 0 个\nperformance.rated.unqualified = 0 个"


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        (ALL_GRADES, "pass"),
        (ALL_GRADES.replace("= 2", "= 1"), "fail"),
        (GRADES.replace("= 2", "= 1"), "not_checkable"),
        (GRADES.replace("= 2", "= 4"), "fail"),
        ("procurement.sme_reserved.awarded = 3.00\nprocurement.total = 2.00", "fail"),
        ("procurement.sme_reserved.awarded = 2.00\nprocurement.total = 2.00", "pass"),
        ("performance.problems.found = 2 个", "not_checkable"),
    ],
)
def test_awards_and_grades(cells, result):
    assert results(statement_of((None, cells)), "P08") == [result]


DONE = "expenditure.current ~budget = 200.00\nexpenditure.current = 190.00"


@pytest.mark.parametrize(
    ("clause", "percent", "result"),
    [
        ("完成年初预算的", "95.00", "pass"),
        ("完成预算的", "95.00", "pass"),
        ("完成年初预算的", "95.01", "note"),  # truncated or rounded otherwise
        ("完成年初预算的", "90.00", "fail"),
        ("完成全年预算的", "90.00", "not_checkable"),
        ("占年初预算的", "90.00", "not_checkable"),
    ],
)
def test_completion_is_recomputed_on_the_budget_that_is_named(clause, percent, result):
    statement = statement_of((None, DONE))
    quote = f"{clause}{percent}%"
    place = Source(locator="¶1", start=90, end=90 + len(quote), quote=quote, stated=f"{percent}%")
    statement.claims = [
        Claim(
            kind="share",
            figure=statement.figures[1].dimensions,
            percent=Decimal(percent),
            sources=[place],
        )
    ]
    assert results(statement, "G07") == [result]


@pytest.mark.parametrize(
    ("total", "amounts", "result"),
    [
        ("30.00", (10, 20), "pass"),
        ("30.00", (10, 19), "fail"),
        ("30.00", (30, 10, 20), "not_checkable"),  # a row is the subtotal of the others
    ],
)
def test_projects_make_the_total_of_their_table(total, amounts, result):
    statement = statement_of(("project_expenditure", f"expenditure.project = {total}"))
    statement.project_rows = [_project(amount, table=0) for amount in amounts]
    assert results(statement, "R10") == [result]


@pytest.mark.parametrize(
    ("amount", "result"), [(30, "pass"), (31, "warning"), (29, "not_checkable")]
)
def test_a_list_of_projects_elsewhere_may_be_of_some(amount, result):
    statement = statement_of(
        ("department_expenditure", "expenditure.project = 30.00"), ("performance_goals", "")
    )
    statement.project_rows = [_project(amount, table=1)]
    assert results(statement, "R10") == [result]


def _project(amount, *, table):
    place = Source(locator=f"t{table} r1 c1", start=0, end=2, quote="项目", table=table)
    return ProjectRow(name="项目", amounts={"total": Decimal(amount) * 10_000}, sources=[place])


@pytest.mark.parametrize(
    ("column", "own", "carried", "result"),
    [
        ("50.00", "50.00", None, "pass"),
        ("50.00", "49.00", None, "fail"),
        ("50.00", "45.00", "5.00", "pass"),
        ("50.00", "47.00", "5.00", "not_checkable"),
        ("50.00", "44.00", "5.00", "fail"),
    ],
)
def test_the_table_of_a_fund_fits_its_column_by_origin(column, own, carried, result):
    cells = f"expenditure.current @general_public = {column}"
    if carried:
        cells += f"\nrevenue.carried_forward @general_public = {carried}"
    statement = statement_of(
        ("appropriation_summary", cells),
        ("general_public_expenditure", f"expenditure.current @general_public #current = {own}"),
    )
    assert results(statement, "S06") == [result]


def test_without_an_origin_of_its_own_s01_compares_the_two():
    cells = "expenditure.current @general_public = 50.00"
    statement = statement_of(
        ("appropriation_summary", cells), ("general_public_expenditure", cells)
    )
    assert results(statement, "S06") == ["not_checkable"]
