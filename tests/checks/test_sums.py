"""Sums of printed tables: passing, failing, not checkable; one cause is told once, in place."""

import pytest

from budgets.checks import run_checks
from budgets.statement import Source, Unread

from .printed import statement_of

FINDINGS = ("fail", "warning")
CODES = """
expenditure.current = 100.00
expenditure.current 208 = 70.00
expenditure.current 20802 = 40.00
expenditure.current 2080201 = 25.00
expenditure.current 2080299 = 15.00
expenditure.current 20805 = 30.00
expenditure.current 2080505 = 30.00
expenditure.current 210 = 30.00
expenditure.current 2101101 = 30.00
"""
GRID = """
expenditure.current = 100.00
expenditure.basic = 60.00
expenditure.project = 40.00
expenditure.current 208 = 70.00
expenditure.basic 208 = 50.00
expenditure.project 208 = 20.00
expenditure.current 210 = 30.00
expenditure.basic 210 = 10.00
expenditure.project 210 = 20.00
"""


def results(statement, code):
    return [outcome.result for outcome in run_checks(statement) if outcome.code == code]


def findings(statement):
    return [
        (outcome.code, outcome.result, outcome.sources[0].locator)
        for outcome in run_checks(statement)
        if outcome.result in FINDINGS
    ]


def test_codes_add_up_where_a_level_or_an_empty_row_is_not_printed():
    assert results(statement_of(("department_expenditure", CODES)), "R06") == ["pass"]


def test_codes_that_do_not_add_up_are_told():
    wrong = CODES.replace("20805 = 30.00", "20805 = 31.00")
    assert findings(statement_of(("department_expenditure", wrong))) == [("R06", "fail", "t0 r6")]


def test_prose_is_no_code_tree():
    assert results(statement_of((None, CODES)), "R06") == ["not_checkable"]


def test_a_private_numbering_is_no_code_tree():
    private = CODES.replace(" 208", " 298").replace(" 210", " 299").replace("70.00", "77.00")
    assert results(statement_of(("department_expenditure", private)), "R06") == ["not_checkable"]


def test_codes_of_departments_and_governments_are_never_added_together():
    both = """
expenditure.basic = 10.00
expenditure.basic 301 = 6.00
expenditure.basic 302 = 4.00
expenditure.basic 501 = 6.00
expenditure.basic 502 = 4.00
"""
    assert results(statement_of(("general_public_basic", both)), "R06") == ["pass"]


def test_a_summary_without_current_expenditure_adds_what_is_carried_over():
    summary = """
expenditure.total = 100.00
expenditure.current 208 = 90.00
expenditure.carried_over = 10.00
"""
    assert results(statement_of(("department_summary", summary)), "R06") == ["pass"]
    wrong = summary.replace("10.00", "11.00")
    assert results(statement_of(("department_summary", wrong)), "R06") == ["fail"]


def test_a_table_with_a_number_not_understood_is_not_summed_by_code():
    statement = statement_of(("department_expenditure", CODES.replace("= 30.00", "= 31.00", 1)))
    place = Source(locator="t0 r99", start=0, end=1, quote="7", table=0)
    statement.unread = [Unread(quote="7", why="没有认出这个数字说的是什么", sources=[place])]
    assert "not_checkable" in results(statement, "R06")
    assert findings(statement) == []


@pytest.mark.parametrize("line", range(9))
def test_one_wrong_cell_in_rows_and_columns_is_one_finding_at_that_cell(line):
    lines = GRID.strip().splitlines()
    assert findings(statement_of(("department_expenditure", GRID))) == []
    lines[line] = lines[line].replace("0.00", "7.00")
    (finding,) = findings(statement_of(("department_expenditure", "\n".join(lines))))
    assert finding == (finding[0], "fail", f"t0 r{line + 1}")


def test_a_wrong_cell_that_another_table_contradicts_is_left_to_s01():
    wrong = GRID.replace("basic 208 = 50.00", "basic 208 = 57.00")
    statement = statement_of(("department_expenditure", GRID), ("department_expenditure", wrong))
    assert [code for code, _, _ in findings(statement)] == ["S01"]


def test_two_wrong_cells_are_two_findings():
    wrong = GRID.replace("basic 208 = 50.00", "basic 208 = 57.00").replace(
        "project 210 = 20.00", "project 210 = 23.00"
    )
    told = {place for _, _, place in findings(statement_of(("department_expenditure", wrong)))}
    assert told == {"t0 r5", "t0 r9"}


FUNDS = """
expenditure.current 208 @appropriation = 70.00
expenditure.current 208 @general_public = 50.00
expenditure.current 208 @government_fund = 20.00
"""


@pytest.mark.parametrize(
    ("kind", "cells", "result"),
    [
        ("appropriation_summary", FUNDS, "pass"),
        ("appropriation_summary", FUNDS.replace("20.00", "21.00"), "fail"),
        ("appropriation_summary", FUNDS.strip().splitlines()[0], "not_checkable"),
        # Another table may print one fund of several.
        ("department_expenditure", "\n".join(FUNDS.strip().splitlines()[:2]), "not_checkable"),
    ],
)
def test_appropriation_is_its_three_funds(kind, cells, result):
    assert results(statement_of((kind, cells)), "R07") == [result]


CARRIED = """
revenue.carried_forward 21208 @government_fund = 5.00
revenue.current 21208 @government_fund = 30.00
expenditure.current 21208 @government_fund = 32.00
expenditure.carried_over 21208 @government_fund = 3.00
"""


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        (CARRIED, "pass"),
        (CARRIED.replace("3.00", "4.00"), "fail"),
        ("\n".join(CARRIED.strip().splitlines()[1:3]), "not_checkable"),
    ],
)
def test_what_is_carried_balances_in_each_row(cells, result):
    assert results(statement_of(("government_fund_expenditure", cells)), "R13") == [result]


PERSONNEL = """
expenditure.basic 301 = 6.00
expenditure.basic 302 = 4.00
expenditure.basic.personnel = 6.00
expenditure.basic.operating = 4.00
"""


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (PERSONNEL, ["pass", "pass"]),
        (PERSONNEL.replace("personnel = 6.00", "personnel = 6.50"), ["pass", "warning"]),
        ("expenditure.basic.personnel = 6.00", ["not_checkable"]),
        (PERSONNEL + "expenditure.basic 312 = 1.00", ["not_checkable"]),
    ],
)
def test_personnel_and_operating_are_their_classes(cells, expected):
    found = results(statement_of(("general_public_basic", cells)), "P05")
    assert sorted(found) == sorted(expected)


VEHICLES = """
assets.vehicles = 5 辆
assets.vehicles.enforcement = 3 辆
assets.vehicles.other = 2 辆
"""


@pytest.mark.parametrize(
    ("cells", "result"),
    [
        (VEHICLES, "pass"),
        (VEHICLES.replace("2 辆", "1 辆"), "fail"),
        ("\n".join(VEHICLES.strip().splitlines()[:2]), "not_checkable"),  # perhaps not all kinds
        ("assets.vehicles = 5 辆", "not_checkable"),
    ],
)
def test_vehicles_are_their_kinds(cells, result):
    assert results(statement_of((None, cells)), "A01") == [result]


def test_a_list_of_vehicles_with_a_number_not_understood_inside_is_not_summed():
    statement = statement_of((None, VEHICLES.replace("2 辆", "1 辆")))
    place = Source(locator="¶1", start=30, end=31, quote="1")
    statement.unread = [Unread(quote="1辆", why="没有认出这个数字说的是什么", sources=[place])]
    assert results(statement, "A01") == ["not_checkable"]


@pytest.mark.parametrize(
    ("cells", "code", "result"),
    [
        ("three_public.vehicles.operation = 2.00\nassets.vehicles = 1 辆", "A02", "pass"),
        ("three_public.vehicles.operation = 2.00\nassets.vehicles = 0 辆", "A02", "warning"),
        ("three_public.vehicles.operation = 2.00", "A02", "not_checkable"),
        ("three_public.vehicles.purchase = 20.00\nassets.vehicles_to_buy = 0 辆", "A02", "warning"),
        ("three_public.vehicles.held = 2 辆\nassets.vehicles = 2 辆", "A03", "pass"),
        ("three_public.vehicles.held = 2 辆\nassets.vehicles = 3 辆", "A03", "warning"),
        ("assets.vehicles = 3 辆", "A03", "not_checkable"),
    ],
)
def test_vehicles_and_their_costs(cells, code, result):
    assert results(statement_of((None, cells)), code) == [result]


def test_vehicles_of_different_days_are_not_compared():
    cells = "three_public.vehicles.held = 2 辆\nassets.vehicles = 3 辆"
    statement = statement_of((None, cells))
    statement.figures[0].as_of = None
    assert results(statement, "A03") == ["not_checkable"]


def test_tables_that_differ_are_held_against_what_most_of_them_say():
    right, wrong = "expenditure.basic = 50.00", "expenditure.basic = 57.00"
    statement = statement_of(
        *(("department_expenditure", cells) for cells in (wrong, right, right))
    )
    (told,) = [outcome for outcome in run_checks(statement) if outcome.code == "S01"]
    assert told.left == "基本支出 50.00万元（t1 r1）"
    assert told.right == "57.00万元（t0 r1）"


def test_a_sentence_that_agrees_with_one_of_two_tables_is_not_told_again():
    right, wrong = "expenditure.basic = 50.00", "expenditure.basic = 57.00"
    tables = [("department_expenditure", cells) for cells in (wrong, right)]
    assert [f[0] for f in findings(statement_of(*tables, (None, right)))] == ["S01"]
    other = statement_of(*tables, (None, "expenditure.basic = 60.00"))
    assert [f[0] for f in findings(other)] == ["S01", "S02"]


def test_a_wrong_cell_that_a_rounded_sentence_contradicts_is_left_to_s02():
    wrong = GRID.replace("project = 40.00", "project = 47.04")
    statement = statement_of(
        ("department_expenditure", wrong), (None, "expenditure.project = 40.0")
    )
    assert [code for code, _, _ in findings(statement)] == ["S02"]


def test_a_sum_over_codes_names_the_codes_and_leaves_out_what_is_nothing():
    cells = """
expenditure.current = 100.00
expenditure.current 208 = 70.00
expenditure.current 210 = 0.00
expenditure.current 221 = 20.00
"""
    (told,) = [
        outcome
        for outcome in run_checks(statement_of(("department_expenditure", cells)))
        if outcome.code == "R06"
    ]
    assert (told.left, told.right, told.difference) == (
        "本年支出合计 100.00 万元",
        "科目 208 70.00 + 科目 221 20.00 = 90.00 万元",
        "10.00 万元",
    )


def test_a_sum_over_funds_names_the_funds():
    statement = statement_of(("appropriation_summary", FUNDS.replace("20.00", "21.00")))
    (told,) = [outcome for outcome in run_checks(statement) if outcome.code == "R07"]
    assert told.right == "一般公共预算 50.00 + 政府性基金预算 21.00 = 71.00 万元"
