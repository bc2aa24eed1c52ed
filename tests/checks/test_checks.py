"""Each check with a passing, a failing and a not-checkable case, and what the sample must show."""

import datetime
from decimal import Decimal

import pytest

from budgets.checks import RULES, completeness, run_checks
from budgets.checks.amounts import printed_step
from budgets.checks.language import chinese_number
from budgets.parsing import parse_disclosure
from budgets.statement import Figure, PrintedTable, Source, Statement
from tests.texts import SAMPLE, disclosure, text_document


def statement_of(*sections, **title):
    return parse_disclosure([text_document(disclosure(*sections, **title))])


def results(statement, code):
    return [outcome.result for outcome in run_checks(statement) if outcome.code == code]


OVERVIEW = "一、总体说明"
INCOME = "收入包括：财政拨款收入100万元；"


@pytest.mark.parametrize(
    ("code", "result", "sections"),
    [
        ("B01", "pass", [OVERVIEW, "收入总计100万元，支出总计100万元。"]),
        ("B01", "fail", [OVERVIEW, "收入总计100万元，支出总计90万元。"]),
        ("B01", "pass", [OVERVIEW, INCOME + "支出包括：基本支出60万元，项目支出40万元。"]),
        ("B01", "warning", [OVERVIEW, INCOME + "支出包括：基本支出60万元，项目支出30万元。"]),
        ("B01", "not_checkable", [OVERVIEW, INCOME]),
        ("R01", "pass", [OVERVIEW, "收入总计100万元，其中：本年收入90万元，上年结转10万元。"]),
        (
            "R01",
            "fail",
            [OVERVIEW, "收入总计100.00万元，其中：本年收入90.00万元，上年结转11.00万元。"],
        ),
        ("R01", "not_checkable", [OVERVIEW, "收入总计100万元。"]),
        ("R02", "pass", [OVERVIEW, "本年收入100万元，其中：财政拨款收入90万元，其他收入10万元。"]),
        (
            "R02",
            "fail",
            [OVERVIEW, "本年收入100万元，其中：财政拨款收入95.0万元，其他收入10.0万元。"],
        ),
        ("R03", "pass", [OVERVIEW, "支出总计100万元，其中：本年支出90万元，结转下年10万元。"]),
        ("R03", "fail", [OVERVIEW, "支出总计100万元，其中：本年支出95.0万元，结转下年10.0万元。"]),
        ("R04", "pass", [OVERVIEW, "本年支出100万元，其中：基本支出60万元，项目支出40万元。"]),
        ("R04", "fail", [OVERVIEW, "本年支出100万元，其中：基本支出60万元，项目支出50万元。"]),
        ("R05", "pass", [OVERVIEW, "基本支出60万元：人员经费50.5万元，公用经费9.5万元。"]),
        ("R05", "fail", [OVERVIEW, "基本支出60.00万元：人员经费50.50万元，公用经费9.40万元。"]),
        ("R05", "not_checkable", [OVERVIEW, "基本支出60万元。"]),
        (
            "R08",
            "pass",
            [
                "二、“三公”经费",
                "“三公”经费6万元：因公出国（境）费1万元，公务用车购置及运行费3万元，公务接待费2万元。",
            ],
        ),
        (
            "R08",
            "fail",
            [
                "二、“三公”经费",
                "三公经费6.00万元：因公出国（境）费1.00万元，公务用车购置及运行费3.00万元，公务接待费1.00万元。",
            ],
        ),
        (
            "R09",
            "pass",
            [
                "四、政府采购",
                "政府采购预算10万元，其中：政府采购货物4万元，政府采购工程5万元，政府采购服务1万元。",
            ],
        ),
        (
            "R09",
            "fail",
            [
                "四、政府采购",
                "政府采购预算10.0万元，其中：政府采购货物4.0万元，政府采购工程5.0万元，政府采购服务3.0万元。",
            ],
        ),
        (
            "R09",
            "pass",
            ["四、政府采购", "政府采购预算10.0万元。", "打印设备6.0万元；", "物业服务4.0万元。"],
        ),
        (
            "R09",
            "warning",
            ["四、政府采购", "政府采购预算12.0万元。", "打印设备6.0万元；", "物业服务4.0万元。"],
        ),
        (
            "S02",
            "pass",
            [OVERVIEW, "财政拨款收入10万元。", "二、收支情况", "财政拨款收入10.00万元。"],
        ),
        ("S02", "fail", [OVERVIEW, "财政拨款收入10万元。", "二、收支情况", "财政拨款收入12万元。"]),
        (
            "S02",
            "note",
            [OVERVIEW, "财政拨款收入10.00万元。", "二、收支情况", "财政拨款收入10.01万元。"],
        ),
        ("P01", "pass", [OVERVIEW, "项目支出40万元。", "四、政府采购", "物业服务40万元。"]),
        (
            "P01",
            "warning",
            [OVERVIEW, "项目支出40.0万元，公用经费5.0万元。", "四、政府采购", "物业服务46.0万元。"],
        ),
        ("P01", "not_checkable", [OVERVIEW, "项目支出40万元。"]),
        (
            "P02",
            "pass",
            [OVERVIEW, "公用经费14.35万元。", "三、机关运行经费", "机关运行经费14万元。"],
        ),
        (
            "P02",
            "warning",
            [OVERVIEW, "公用经费14.35万元。", "三、机关运行经费", "机关运行经费15.40万元。"],
        ),
        ("P02", "not_checkable", ["三、机关运行经费", "机关运行经费15万元。"]),
        (
            "T03",
            "warning",
            [OVERVIEW, INCOME, "二、名词解释", "1.财政拨款收入：指市财政拨付的资金。"],
        ),
        ("T03", "pass", [OVERVIEW, INCOME, "二、名词解释", "1.财政拨款收入：指区财政拨付的资金。"]),
        (
            "C01",
            "pass",
            [
                OVERVIEW,
                INCOME,
                "二、名词解释",
                "1.教育支出（类）其他教育支出（款）其他教育支出（项）：指教育。",
            ],
        ),
        (
            "C01",
            "note",
            [
                OVERVIEW,
                INCOME,
                "二、名词解释",
                "1.住房保障支出（类）住房改革（款）住房公积金（项）：指公积金。",
            ],
        ),
        (
            "C01",
            "not_checkable",
            [OVERVIEW, INCOME, "二、名词解释", "1.海洋支出（类）牧场（款）鱼（项）：指鱼。"],
        ),
        ("C03", "pass", [OVERVIEW, INCOME, "二、其他说明", "无。"]),
        ("C03", "note", [OVERVIEW, INCOME, "三、其他说明", "无。"]),
        ("C04", "pass", [OVERVIEW, INCOME]),
        ("C04", "fail", [OVERVIEW, INCOME, "XX部门本年没有结转。"]),
        ("C04", "fail", [OVERVIEW, INCOME, "没有收支的，仍保留该表格式，并在本表下方作说明。"]),
        ("C04", "fail", [OVERVIEW, INCOME, "主要原因是XXXXX。"]),
        ("C04", "fail", [OVERVIEW, INCOME, "支出用于日常工作。。。。"]),
        ("C04", "pass", [OVERVIEW, INCOME, "密级项目****按规定不公开。"]),
    ],
)
def test_check(code, result, sections):
    assert results(statement_of(*sections), code) == [result]


@pytest.mark.parametrize(
    ("share", "result"), [("40%", "pass"), ("41%", "fail"), ("39.6%", "fail"), ("40.0%", "pass")]
)
def test_share_is_recomputed_within_its_rounding(share, result):
    statement = statement_of(
        OVERVIEW,
        "项目支出100万元。",
        "七、预算绩效",
        f"编制绩效目标3个，预算金额40万元，占项目支出预算比重{share}。",
    )
    assert results(statement, "P03") == ["pass", result]


def test_performance_above_projects_is_told_and_a_rounding_is_not():
    for amount, result in (("120", "warning"), ("40.08", "pass")):
        statement = statement_of(
            OVERVIEW, "项目支出40万元。", "七、预算绩效", f"编制绩效目标1个，预算金额{amount}万元。"
        )
        assert results(statement, "P03") == [result]


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("行政单位1个，具体包括：滨海市东港区财政局（本级）。", ["pass"]),
        ("行政单位2个，具体包括：滨海市东港区财政局（本级）。", ["warning"]),
    ],
)
def test_units_in_words_fit_the_list(units, expected):
    statement = statement_of("一、预算单位构成", f"本部门中，{units}", "二、总体说明", INCOME)
    assert results(statement, "A04") == expected


def test_unit_slip_is_named_as_the_cause():
    statement = statement_of(
        OVERVIEW, "财政拨款收入10.00万元。", "二、收支情况", "财政拨款收入10.00元。"
    )
    (outcome,) = [o for o in run_checks(statement) if o.code == "S02"]
    assert "可能是“元”与“万元”写错" in outcome.message


def test_rounded_tables_that_differ_by_one_last_place_are_a_note():
    def source(table, stated, amount):
        return Source(
            locator=f"t{table} r2 c2",
            start=0,
            end=4,
            quote=stated,
            stated=stated,
            amount=Decimal(amount),
            table=table,
        )

    statement = Statement(
        department="滨海市财政局",
        fiscal_year=2024,
        tables=[PrintedTable(title="部门收支总表"), PrintedTable(title="部门收入总表")],
        figures=[
            Figure(
                concept="revenue.current",
                amount=Decimal("100100.00"),
                stated="10.01万元",
                sources=[source(0, "10.01万元", 100100), source(1, "10.02万元", 100200)],
            )
        ],
    )
    assert results(statement, "S01") == ["note"]
    statement.figures[0].sources[1] = source(1, "10.03万元", 100300)
    assert results(statement, "S01") == ["fail"]


def test_every_rule_says_something_about_an_empty_statement_and_passes_nothing():
    statement = Statement(department="滨海市财政局", fiscal_year=2024)
    outcomes = run_checks(statement)
    assert [outcome.code for outcome in outcomes] == [
        code for code, rule in RULES.items() if "budget" in rule.stages
    ]
    assert {outcome.result for outcome in outcomes if outcome.code != "C04"} == {"not_checkable"}
    assert all(outcome.message for outcome in outcomes)


def test_budget_rules_are_not_run_on_final_accounts():
    statement = Statement(department="滨海市财政局", fiscal_year=2024, stage="final_accounts")
    assert not {"P01", "P03"} & {outcome.code for outcome in run_checks(statement)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("一十一", 11),
        ("一一", 11),
        ("百", None),
        ("", None),
        ("十十", None),
    ],
)
def test_chinese_number(text, value):
    assert chinese_number(text) == value


@pytest.mark.parametrize(
    ("stated", "step"),
    [
        ("2093.26万元", "100"),
        ("34万元", "10000"),
        ("1,234.50元", "0.01"),
        ("100%", "1"),
        (None, "0"),
        ("无政府性基金预算收支", "0"),
        ("1.2亿元", "10000000"),
    ],
)
def test_printed_step(stated, step):
    assert printed_step(stated) == Decimal(step)


@pytest.fixture(scope="module")
def sample():
    return parse_disclosure([text_document(SAMPLE.read_text(encoding="utf-8"))])


def test_sample_findings(sample):
    by_result = {}
    for outcome in run_checks(sample):
        by_result.setdefault(outcome.result, []).append(outcome.code)
    assert by_result == {
        "pass": [
            "B01",
            "R05",
            "S02",
            "S02",
            "S04",
            "P02",
            "P03",
            "P03",
            "A04",
            "C01",
            "C04",
            "C05",
        ],
        "not_checkable": (
            "R01 R02 R03 R04 R06 R07 R08 R09 R10 R11 R12 R13 S01 S03 S06 S07 S08 "
            "G01 G02 G03 G04 G05 G06 G08 P04 P05 P07 A01 A02 A03 C01 C02 C06 C07 C09 "
            "C10 T01 T02 T04 D01"
        ).split(),
        "warning": ["P01", "A04", "T03"],
        "note": ["P02", "C01", "C01", "C01", "C01", "C01", "C03", "C03"],
    }


def test_sample_balance_is_derived(sample):
    (balance,) = [outcome for outcome in run_checks(sample) if outcome.code == "B01"]
    assert balance.derived
    assert balance.left == "财政拨款收入 2,093.26 万元"
    assert balance.right == "基本支出 496.19 + 项目支出 1,597.07 = 2,093.26 万元"


def test_sample_procurement_exceeds_spending_and_both_differences_are_told(sample):
    (outcome,) = [outcome for outcome in run_checks(sample) if outcome.code == "P01"]
    assert (outcome.left, outcome.right, outcome.difference) == (
        "11 项采购合计 1,900.21 万元",
        "项目支出 1,597.07 + 公用经费 14.35 = 1,611.42 万元",
        "288.79 万元",
    )
    assert "比项目支出 1,597.07 万元多 303.14 万元" in outcome.message
    assert "比项目支出加公用经费 1,611.42 万元多 288.79 万元" in outcome.message


def test_sample_completeness(sample):
    states = {item.key: item.state for item in completeness(sample)}
    assert {key for key, state in states.items() if state == "missing"} == {
        key for key in states if key.startswith("table.")
    } | {"functional_items", "economic_groups"}
    assert states["three_public"] == "nil"
    assert {states[key] for key in ("duties", "units", "procurement", "glossary")} == {"present"}


def test_dates_are_not_needed(sample):
    assert run_checks(sample, dates={"approved": datetime.date(2024, 1, 20)}) == run_checks(sample)


def test_a_list_with_an_unread_number_is_not_summed():
    sections = [OVERVIEW, "项目支出40.0万元。", "四、政府采购", "物业服务46.0万元；"]
    assert results(statement_of(*sections), "P01") == ["warning"]
    assert results(statement_of(*sections, "另有设备若干，单价3.5万元起。"), "P01") == [
        "not_checkable"
    ]
