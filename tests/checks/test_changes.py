"""Changes, percentages and shares recomputed; notes and codes of tables."""

from decimal import Decimal

import pytest

from budgets.checks import run_checks
from budgets.checks.completeness import TABLE_NAMES
from budgets.parsing import parse_disclosure
from budgets.statement import CodeName, Figure, PrintedTable, Source, Statement
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


@pytest.mark.parametrize(("base", "result"), [("100.00", "pass"), ("90.00", "fail")])
def test_amounts_that_are_called_equal(base, result):
    sentence = f"基本支出100.00万元，与2023年预算数{base}万元持平。"
    assert results(sentence, "G03") == [result]


SHARES = "本年支出合计100.00万元，其中：基本支出60.00万元，占{}%；项目支出40.00万元，占{}%。"


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (("60.00", "40.00"), ["pass", "pass"]),
        (("60.00", "41.00"), ["pass", "fail"]),  # the parts add up to their total
    ],
)
def test_shares_of_two(shares, expected):
    title = "滨海市东港区财政局\n2023年度部门决算"
    assert results(SHARES.format(*shares), "G05", title) == expected


def test_of_two_shares_whose_parts_are_not_all_one_alone_shows_no_total():
    title = "滨海市东港区财政局\n2023年度部门决算"
    text = SHARES.format("60.00", "41.00").replace("项目支出40.00", "项目支出39.00")
    assert results(text, "G05", title) == ["not_checkable"]


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


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("项目支出0万元，比2023年预算增加43.84万元。", ["fail"]),
        ("项目支出0万元，比2023年预算减少43.84万元。", ["not_checkable"]),
        ("项目支出43.84万元，比2023年预算增加43.84万元。", ["not_checkable"]),
        ("项目支出50万元，比2023年预算增加（减少）5万元。", ["fail"]),
        ("项目支出50万元，比2023年预算增加持平。", ["fail"]),
        ("项目支出50万元，增加（减少）的原因见附表。", ["not_checkable"]),
    ],
)
def test_directions_that_cannot_be(sentence, expected):
    assert results(sentence, "G03") == expected


def table(kind, *, empty=False, note=None, title="预算表"):
    return PrintedTable(title=title, kind=kind, empty=empty, note=note, sources=[source("表")])


def of_tables(code, *tables, **fields):
    statement = Statement(
        department="滨海市财政局", fiscal_year=2024, tables=list(tables), **fields
    )
    return [o.result for o in run_checks(statement) if o.code == code]


FUND = "government_fund_expenditure"
NO_FUND = Figure(
    concept="expenditure.current", fund="government_fund", amount=Decimal(0), state="nil"
)


@pytest.mark.parametrize(
    ("tables", "figures", "expected"),
    [
        ([table(FUND, empty=True, note="本部门无政府性基金预算。")], [], ["pass"]),
        ([table(FUND, empty=True)], [], ["warning"]),
        ([table(FUND, empty=True)], [NO_FUND], ["pass"]),
        ([table(FUND)], [], ["not_checkable"]),
        ([table("performance_goals", empty=True)], [], ["not_checkable"]),
    ],
)
def test_an_empty_table_is_explained(tables, figures, expected):
    assert of_tables("C06", *tables, figures=figures) == expected


ALL_TABLES = [table(kind) for kind in TABLE_NAMES]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (ALL_TABLES, ["pass"]),
        (ALL_TABLES[:2], ["not_checkable"]),  # the others may stand in another file
        (ALL_TABLES[:-2], ["warning"]),  # one finding for all that is missing
        ([*ALL_TABLES[:-2], table(None, title="其他支出表")], ["not_checkable"]),
        ([], ["not_checkable"]),
    ],
)
def test_required_tables_are_there(tables, expected):
    assert of_tables("C07", *tables) == expected


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("205", "教育支出", ["pass"]),
        ("205", "教育", ["pass"]),
        ("205", "科学技术支出", ["warning"]),
        ("205", "教育文化支出", ["not_checkable"]),  # known of no code: new, or cut
        ("299", "教育支出", ["not_checkable"]),
    ],
)
def test_a_code_in_a_table_bears_its_name(code, name, expected):
    printed = CodeName(kind="functional", code=code, name=name, sources=[source(code)])
    statement = Statement(department="滨海市财政局", fiscal_year=2024, code_names=[printed])
    assert [o.result for o in run_checks(statement) if o.code == "C01"] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # Whether the last part grew or all of it is not said: it is not held against the part.
        (
            "收入预算1250.00万元，其中：财政拨款收入1200.00万元，其他收入50.00万元，"
            "比上年增加150.00万元，增长13.64%。",
            ["not_checkable"],
        ),
        (
            "基本支出8.00万元，项目支出2.00万元。与上年相比减少1.00万元，下降9.09%。",
            ["not_checkable"],
        ),
        (
            "收入预算1250.00万元，其中：财政拨款收入1200.00万元，比上年增加150.00万元，增长14.29%；"
            "其他收入50.00万元，比上年增加10.00万元，增长25.00%。",
            ["pass", "pass"],
        ),
    ],
)
def test_a_change_after_a_list_is_nobody_s(sentence, expected):
    assert results(sentence, "G02") == expected
