"""Checks that need other documents or dates; they are fresh and never stored."""

import dataclasses
import datetime

import pytest

from budgets.checks import RULES, keep_frozen, run_checks, run_fresh_checks
from budgets.statement import BudgetUnit

from .printed import statement_of


def results(outcomes, code):
    return [outcome.result for outcome in outcomes if outcome.code == code]


def year_before(cells, **fields):
    prior = statement_of(("department_expenditure", cells))
    return dataclasses.replace(prior, fiscal_year=2023, **fields)


@pytest.mark.parametrize(
    ("before", "result"), [("50.00", "pass"), ("52.00", "warning"), (None, "not_checkable")]
)
def test_last_years_amount_is_what_last_year_published(before, result):
    statement = statement_of((None, "expenditure.basic ~prior_final = 50.00"))
    prior = year_before(f"expenditure.basic = {before}") if before else None
    assert results(run_checks(statement, prior=prior), "S03") == [result]


def test_another_year_or_stage_is_not_compared():
    statement = statement_of((None, "expenditure.basic ~prior_final = 50.00"))
    for changes in ({"fiscal_year": 2022}, {"stage": "budget"}):
        prior = dataclasses.replace(year_before("expenditure.basic = 52.00"), **changes)
        assert results(run_checks(statement, prior=prior), "S03") == ["not_checkable"]


def test_a_rescoped_department_is_told_once_with_its_former_name():
    cells = "\n".join(f"expenditure.current {c} ~prior_final = 5.00" for c in (208, 210, 221))
    prior = year_before(cells.replace("~prior_final", "").replace("5.00", "6.00"))
    prior.department = "海东市社会局"
    (told,) = [
        outcome
        for outcome in run_checks(statement_of((None, cells)), prior=prior)
        if outcome.code == "S03"
    ]
    assert told.message.endswith(
        "上年的文件名为“海东市社会局”，机构或有调整。共有 3 处上年数不同，口径可能已调整。"
    )


@pytest.mark.parametrize(
    ("before", "result"), [("5.00", "pass"), ("6.00", "warning"), (None, "not_checkable")]
)
def test_what_is_carried_forward_was_carried_over(before, result):
    statement = statement_of(("department_summary", "revenue.carried_forward = 5.00"))
    prior = year_before(f"expenditure.carried_over = {before}") if before else None
    assert results(run_checks(statement, prior=prior), "S05") == [result]


def unit(name, cells):
    statement = statement_of(("department_expenditure", cells))
    statement.unit, statement.level = name, "unit"
    return statement


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("revenue.total = 40.00", ["pass"]),
        ("revenue.total = 45.00\nrevenue.superior_subsidy = 5.00", ["pass"]),
        ("revenue.total = 45.00", ["warning"]),
        (None, ["not_checkable"]),
    ],
)
def test_a_department_is_its_units_less_what_they_pay_each_other(second, expected):
    statement = statement_of(("department_summary", "revenue.total = 100.00"))
    statement.units = [BudgetUnit(name="甲"), BudgetUnit(name="乙")]
    units = [unit("甲", "revenue.total = 60.00")]
    if second:
        units.append(unit("乙", second))
    assert results(run_checks(statement, units=units), "R11") == expected


@pytest.mark.parametrize(
    ("published", "result"), [(30, "pass"), (31, "warning"), (None, "not_checkable")]
)
def test_publication_within_twenty_days(published, result):
    dates = {"approved": datetime.date(2024, 1, 10)}
    if published:
        dates["published"] = datetime.date(2024, 1, published)
    assert results(run_checks(statement_of(), dates=dates), "D01") == [result]


def test_fresh_outcomes_are_told_apart_and_not_kept():
    fresh = {code for code, rule in RULES.items() if rule.is_fresh}
    assert fresh == {"S03", "S05", "R11", "D01"}
    outcomes = run_checks(statement_of())
    assert {outcome.code for outcome in run_fresh_checks(statement_of())} == fresh
    assert [o for o in outcomes if o.code not in fresh] == keep_frozen(outcomes)
