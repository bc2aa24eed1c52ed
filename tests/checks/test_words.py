"""Words and sentences: reasons, copies, lists inside a sentence, both sides growing alike."""

import pytest

from budgets.checks import run_checks
from budgets.parsing import parse_disclosure
from tests.texts import disclosure, text_document

OVERVIEW = "二、总体说明"
INCOME = "财政拨款收入100万元。"


def outcomes(code, *sections, title="滨海市东港区财政局\n2024年部门预算"):
    statement = parse_disclosure([text_document(disclosure(*sections, title=title))])
    return [outcome for outcome in run_checks(statement) if outcome.code == code]


def results(code, *sections, **title):
    return [outcome.result for outcome in outcomes(code, *sections, **title)]


def item(name, *, purpose="日常工作", change="增加5.00%", reason="", number=1):
    group, own = name
    return (
        f"{number}.“教育支出（类）{group}（款）{own}（项）”10.00万元，主要用于{purpose}。"
        f"2023年当年预算执行数为9.52万元，2024年预算安排10.00万元，"
        f"比2023年预算执行数{change}。主要原因是：{reason}。"
    )


FIRST, SECOND = ("普通教育", "小学教育经费保障"), ("职业教育", "中等职业教育")


@pytest.mark.parametrize(
    ("change", "reason", "result"),
    [
        ("减少5.00%", "小学教育经费保障经费增加", "warning"),
        ("增加5.00%", "小学教育经费保障经费增加", "pass"),
        ("增加5.00%", "人员经费减少", "warning"),
        ("减少5.00%", "压减一般性支出，新增项目支出增加", "pass"),
        ("减少5.00%", "退休人员增加", "pass"),  # fewer at work: no contradiction
        ("减少5.00%", "2023年项目经费增加", "pass"),
        ("持平", "按合同进度减少支付", "warning"),
        ("持平", "厉行节约，减少支出", "pass"),
        ("持平", "人员经费增加，项目支出减少", "pass"),
        ("增加5.00%", "", "warning"),
        ("增加5.00%", "人员经费减少；但项目支出更多", "pass"),
        ("增加0.00%", "人员经费减少", "not_checkable"),
    ],
)
def test_a_reason_fits_its_direction(change, reason, result):
    assert results("T04", OVERVIEW, INCOME, item(FIRST, change=change, reason=reason)) == [result]


def test_a_reason_on_the_next_line_explains_the_line_before():
    lines = ["财政拨款收入100万元，与2023年度相比持平。主要原因：", "因合同进度减少支付。"]
    (outcome,) = outcomes("T04", OVERVIEW, *lines)
    assert outcome.result == "warning"
    assert outcome.message == "增减的说明写“持平”，原因却说“减少支付”。"
    assert [source.quote for source in outcome.sources] == ["因合同进度减少支付。"]


def test_a_document_without_reasons_has_none_to_check():
    assert results("T04", OVERVIEW, INCOME) == ["not_checkable"]


@pytest.mark.parametrize(
    ("second", "result"),
    [
        ({"purpose": "中等职业教育"}, ["pass"]),
        ({"purpose": "小学教育经费保障"}, ["warning", "pass"]),
        ({"purpose": "日常工作", "reason": "小学教育经费保障经费增加"}, ["warning", "pass"]),
        ({"purpose": "日常工作", "reason": "按规定调整"}, ["pass"]),  # shared, and nobody's name
    ],
)
def test_words_of_another_item_are_a_copy(second, result):
    first = item(FIRST, purpose="小学教育经费保障", reason="按规定调整")
    other = item(SECOND, number=2, **{"reason": "按规定调整"} | second)
    assert results("T02", OVERVIEW, INCOME, first, other) == result


def test_a_general_item_pays_what_other_items_are_named_for():
    general = ("教育管理事务", "一般行政管理事务")
    lines = [item(FIRST, reason="按规定"), item(general, purpose=FIRST[1], reason="按规定")]
    assert results("T02", OVERVIEW, INCOME, *lines) == ["pass"]


def test_of_two_directions_none_is_held_against_the_reason():
    line = "财政拨款收入100万元，比2023年预算增加5万元，其他收入减少，主要原因是项目经费增加。"
    assert results("T04", OVERVIEW, line) == ["not_checkable"]


def test_a_sentence_shared_by_two_projects_names_only_one_of_them():
    def project(name, words):
        return [
            f"{name}经费情况说明",
            "一、项目概述",
            words,
            "二、立项依据",
            "按照有关规定设立本项目。",
        ]

    shared = "通过智慧校园建设改善全区各中小学校的教学条件，提高教学质量。"
    first = project("智慧校园建设", shared)
    assert results("T02", OVERVIEW, INCOME, *first, *project("食堂改造工程", shared)) == ["warning"]
    own = "通过食堂改造改善全区各中小学校师生的用餐条件，保障食品安全。"
    assert results("T02", OVERVIEW, INCOME, *first, *project("食堂改造工程", own)) == [
        "not_checkable"
    ]


@pytest.mark.parametrize(
    ("sentence", "result"),
    [
        ("建筑面积80平方米（其中地上70平方米，地下10平方米）。", "pass"),
        ("建筑面积80平方米（其中地上70平方米，地下15平方米）。", "warning"),
        ("建筑面积80平方米（其中地上50平方米，地下10平方米）。", "not_checkable"),
        ("安排设备50万元、耗材30万元，合计80万元。", "pass"),
        ("经费安排：设备50万元、耗材30万元，合计90万元。", "fail"),
        ("安排设备50万元、耗材30万元，合计90万元。", "warning"),  # where it begins is not said
        ("一期10万元。设备50万元、耗材30万元，合计90万元。", "not_checkable"),
        ("项目80万元（其中设备70万元，进口40万元）。", "not_checkable"),  # one thing twice
        ("项目80.0万元（其中设备70.0万元，采购14.0万元）。", "not_checkable"),
        ("项目80.0万元，其中设备50.0万元、耗材30.5万元，合计80.0万元。", "fail"),
        ("项目80万元，其中设备50万元，比上年增加40万元。", "not_checkable"),
        ("项目80万元，其中2024年安排。", "not_checkable"),
        (
            "支出80万元，主要用于以下方面：教育支出50万元，占62.50%；农林支出30万元，占37.50%。",
            "pass",
        ),
        ("支出80万元，主要用于以下方面：教育支出50万元，占62.50%；农林支出20万元。", "fail"),
        ("项目80万元，其中设备50万元、耗材300平方米。", "not_checkable"),
    ],
)
def test_a_sentence_adds_up(sentence, result):
    assert results("S07", OVERVIEW, INCOME, "三、其他说明", sentence) == [result]


def both(revenue, expenditure):
    return (
        f"收入预算100万元，其中：财政拨款收入100万元，比2023年预算{revenue}万元。",
        f"支出预算100万元，其中：财政拨款支出预算100万元，比2023年预算{expenditure}万元。",
    )


@pytest.mark.parametrize(
    ("revenue", "expenditure", "result"),
    [
        ("增加20", "增加20", "pass"),
        ("增加20", "增加25", "warning"),
        ("增加20", "减少20", "warning"),
    ],
)
def test_equal_sides_grow_alike(revenue, expenditure, result):
    assert results("G08", OVERVIEW, *both(revenue, expenditure)) == [result]


def test_sides_that_differ_may_grow_apart():
    sides = [both("增加20", "增加25")[0], both("增加20", "增加25")[1].replace("100", "90")]
    assert results("G08", OVERVIEW, *sides) == ["not_checkable"]


@pytest.mark.parametrize(
    ("words", "result"),
    [
        ("比2023年预算增加50万元。", "warning"),
        ("比2023年预算增加50万元，主要原因是新增项目。", "pass"),
        ("比2023年预算增加10万元。", "not_checkable"),
    ],
)
def test_a_great_change_of_a_total_gives_a_reason(words, result):
    assert results("G06", OVERVIEW, f"财政拨款收入100万元，{words}") == [result]


def test_the_totals_of_all_money_are_explained_together():
    change = "财政拨款收入100万元，比2023年预算增加50万元。"
    reason = "收入增加的主要原因是新增项目。"
    assert results("G06", OVERVIEW, change, "三、其他说明", reason) == ["pass"]
