"""Changes, percentages and shares recomputed; notes and codes of tables."""

import pytest

from budgets.checks import run_checks
from budgets.parsing import parse_disclosure
from budgets.statement import CodeName, PrintedTable, Source, Statement
from tests.texts import disclosure, text_document

CODE = "“教育支出（类）其他教育支出（款）其他教育支出（项）”"


def results(sentence, code, title="滨海市东港区财政局\n2024年部门预算"):
    text = disclosure("一、总体说明", sentence, title=title)
    outcomes = run_checks(parse_disclosure([text_document(text)]))
    return [outcome.result for outcome in outcomes if outcome.code == code]


def against_execution(now, before, words):
    return (
        f"{CODE}科目{now}万元。2023年当年预算执行数为{before}万元，"
        f"2024年预算安排{now}万元，比2023年预算执行数{words}。"
    )


@pytest.mark.parametrize(
    ("now", "before", "words", "expected"),
    [
        ("25.77", "60.13", "减少57.14%", {"G02": ["pass"], "G03": ["pass"]}),
        ("25.77", "60.13", "减少75.14%", {"G02": ["fail"], "G03": ["pass"]}),
        ("25.77", "60.13", "增加57.14%", {"G02": ["fail"], "G03": ["fail"]}),
        ("25.00", "0.00", "增加100.00%", {"G02": ["not_checkable"], "G04": ["fail"]}),
        ("60.00", "50.00", "增加10.00万元", {"G01": ["pass"], "G03": ["pass"]}),
        ("60.00", "50.00", "增加11.00万元", {"G01": ["fail"]}),
    ],
)
def test_change_against_the_execution_of_last_year(now, before, words, expected):
    sentence = against_execution(now, before, words)
    assert {code: results(sentence, code) for code in expected} == expected


@pytest.mark.parametrize(
    ("sentence", "result"),
    [
        ("基本支出520.00万元，比2023年预算增加20.00万元，增长4.00%。", "pass"),
        ("基本支出520.00万元，比2023年预算增加20.00万元，增长3.85%。", "fail"),
        ("基本支出520.00万元，比2023年预算增加20.00万元。", "not_checkable"),
        ("基本支出184.65万元，比2023年度增加2.55万元，增长1.40%。", "pass"),
    ],
)
def test_percentage_on_the_base_that_the_change_implies(sentence, result):
    assert results(sentence, "G02") == [result]


def test_a_division_by_this_year_is_named():
    text = disclosure("一、总体说明", "基本支出100.00万元，比2023年预算增加20.00万元，增长20.00%。")
    outcomes = run_checks(parse_disclosure([text_document(text)]))
    (outcome,) = [outcome for outcome in outcomes if outcome.code == "G02"]
    assert "像是除以了本年数" in outcome.message


def test_an_amount_that_another_place_contradicts_is_one_finding():
    sentence = (
        f"{CODE}科目350.35万元。2023年当年预算执行数为348.50万元，"
        "2024年预算安排352.67万元，比2023年预算执行数增加0.53%。"
    )
    assert results(sentence, "S02") == ["fail"]
    assert results(sentence, "G02") == ["not_checkable"]


SHARES = "本年支出合计100.00万元，其中：基本支出60.00万元，占{}%；项目支出40.00万元，占{}%。"


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (("60.00", "40.00"), ["pass", "pass"]),
        (("60.00", "41.00"), ["not_checkable"]),  # of two shares one alone shows no total
    ],
)
def test_shares_of_two(shares, expected):
    title = "滨海市东港区财政局\n2023年度部门决算"
    assert results(SHARES.format(*shares), "G05", title) == expected


def test_one_share_of_many_is_wrong():
    title = "滨海市东港区财政局\n2023年度部门决算"
    sentence = (
        "本年支出合计100.00万元，主要用于：教育支出（类）50.00万元，占50.00%，"
        "卫生健康支出（类）30.00万元，占30.00%，住房保障支出（类）20.00万元，占21.00%。"
    )
    assert results(sentence, "G05", title) == ["pass", "pass", "fail"]


def source(quote):
    return Source(locator="t1 r1 c1", start=0, end=len(quote), quote=quote)


@pytest.mark.parametrize(
    ("empty", "note", "result"),
    [
        (True, "注：本表为空表。", "pass"),
        (False, "注：本部门无此项预算，故本表为空表。", "fail"),
        (False, "注：单位万元。", "not_checkable"),
    ],
)
def test_a_note_of_an_empty_table(empty, note, result):
    table = PrintedTable(
        title="政府性基金预算支出表", empty=empty, note=note, sources=[source("表")]
    )
    statement = Statement(department="滨海市财政局", fiscal_year=2024, tables=[table])
    assert [o.result for o in run_checks(statement) if o.code == "T01"] == [result]


@pytest.mark.parametrize(("printed", "result"), [("02", "pass"), ("2", "fail")])
def test_width_of_codes(printed, result):
    code = CodeName(
        kind="economic",
        code="30102",
        name="津贴补贴",
        sources=[source("301"), source(printed), source("津贴补贴")],
    )
    statement = Statement(department="滨海市财政局", fiscal_year=2024, code_names=[code])
    outcomes = [o for o in run_checks(statement) if o.code == "C09"]
    assert [o.result for o in outcomes] == [result]
