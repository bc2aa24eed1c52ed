"""Changes, shares and reasons: what each is about, and against which base."""

import pytest

from budgets.parsing import parse_disclosure
from tests.texts import disclosure, text_document

OVERVIEW, THREE, AGENCY = "一、总体说明", "二、“三公”经费情况说明", "三、机关运行经费"
FINAL = "滨海市东港区财政局\n2024年度部门决算"
BUDGET = "滨海市东港区财政局\n2024年部门预算"
ANCHOR = ["八、收支情况", "本年支出合计1.00万元。"]


def claims(section, sentence, title=BUDGET):
    text = disclosure(section, sentence, *ANCHOR, title=title)
    return parse_disclosure([text_document(text)]).claims


def changes(section, sentence, title=BUDGET):
    return [
        (
            claim.figure.concept,
            claim.base_period,
            claim.base_year,
            claim.direction,
            claim.amount and str(claim.amount),
            claim.percent and str(claim.percent),
        )
        for claim in claims(section, sentence, title)
        if claim.kind == "change"
    ]


@pytest.mark.parametrize(
    ("section", "sentence", "expected"),
    [
        (
            OVERVIEW,
            "收入预算500万元，支出预算比上年增加40万元。",
            [("expenditure.total", "prior_budget", 2023, "增加", "400000.00", None)],
        ),
        (
            THREE,
            "公务用车运行费5万元，公务接待费比2023年预算减少0.3万元，下降15%。",
            [("three_public.reception", "prior_budget", 2023, "减少", "3000.00", "15")],
        ),
        (
            AGENCY,
            "2024年机关运行经费比2023年减少3.2万元。",
            [("agency_operation", "prior_budget", 2023, "减少", "32000.00", None)],
        ),
        (
            OVERVIEW,
            "财政拨款支出预算500万元，比2023年（上一年度，下同）预算上升20万元。",
            [("expenditure.current", "prior_budget", 2023, "上升", "200000.00", None)],
        ),
        (
            OVERVIEW,
            "基本支出500万元，较上年执行数增长4.2%。",
            [("expenditure.basic", "prior_execution", 2023, "增长", None, "4.2")],
        ),
        (
            THREE,
            "公务接待费2万元，比上年预算数3万元减少1万元，比2022年执行数1万元增加1万元。",
            [
                ("three_public.reception", "prior_budget", 2023, "减少", "10000.00", None),
                ("three_public.reception", None, 2022, "增加", "10000.00", None),
            ],
        ),
        (
            OVERVIEW,
            "基本支出500万元，比上年预算增加20万元，比上年执行数增长3%。",
            [
                ("expenditure.basic", "prior_budget", 2023, "增加", "200000.00", None),
                ("expenditure.basic", "prior_execution", 2023, "增长", None, "3"),
            ],
        ),
        (
            THREE,
            "公务用车购置及运行费4.5万元（公务用车购置费0万元，公务用车运行费4.5万元），比上年减少0.5万元，下降10%。",
            [("three_public.vehicles", "prior_budget", 2023, "减少", "5000.00", "10")],
        ),
        # After a number that is not understood nothing goes on about the one before it.
        (THREE, "公务接待费2万元，离退休接待9万元，比上年下降12%。", []),
        (THREE, "公务接待2批次、26人次，比上年减少0.3万元。", []),
        # Of two things, which one changed is not said.
        (THREE, "因公出国（境）费2万元，公务接待费1万元。比上年减少0.3万元。", []),
        # Words that are not understood stand between: the last figure is not theirs.
        (OVERVIEW, "基本支出500万元，离退休经费增加20万元。", []),
        (OVERVIEW, "基本支出500万元，增加项目支出20万元。", []),
        (OVERVIEW, "基本支出500万元，比上年增长（下降）3%。", []),
    ],
)
def test_a_change_is_of_what_its_clause_names_or_of_the_last_figure(section, sentence, expected):
    assert changes(section, sentence) == expected


def test_final_accounts_compare_with_final_accounts_and_with_the_budget():
    sentence = (
        "2024年度“三公”经费财政拨款支出决算数比2023年度减少0.15万元，下降（增长）27.78%，"
        "其中：公务接待费支出决算减少0.1万元。"
    )
    assert changes(THREE, sentence, FINAL) == [
        ("three_public.total", "prior_final", 2023, "减少", "1500.00", "27.78"),
        ("three_public.reception", "prior_final", 2023, "减少", "1000.00", None),
    ]


def test_what_was_completed_names_its_budget():
    sentence = "基本支出年初预算为500万元，支出决算为490万元，完成年初预算的98.00%。"
    (share,) = [c for c in claims(OVERVIEW, sentence, FINAL) if c.kind == "share"]
    assert (share.figure.concept, share.figure.period, str(share.percent)) == (
        "expenditure.basic",
        "final",
        "98",
    )
    assert (share.base_period, share.base_year) == ("budget", 2024)


@pytest.mark.parametrize(
    ("section", "sentence", "expected"),
    [
        (
            THREE,
            "公务接待费1万元，主要原因是厉行节约。",
            [("three_public.reception", "厉行节约")],
        ),
        (THREE, "公务接待费1万元，主要原因是。", [("three_public.reception", "")]),
        (
            THREE,
            "因公出国（境）费2万元，公务接待费1万元。因公出国（境）费增加的主要原因：新增出访任务。",
            [("three_public.abroad", "新增出访任务")],
        ),
        (
            THREE,
            "公务接待费1万元，主要原因是：一是接待2批次；二是厉行节约。",
            [("three_public.reception", "一是接待2批次；二是厉行节约")],
        ),
        (
            THREE,
            "公务用车购置费4万元，原因是更新车辆；公务接待费1万元，原因是会议减少。",
            [
                ("three_public.vehicles.purchase", "更新车辆"),
                ("three_public.reception", "会议减少"),
            ],
        ),
        (
            THREE,
            "公务用车运行费5万元，主要原因是核减，公务接待费2万元，主要原因是严控接待。",
            [("three_public.vehicles.operation", "核减"), ("three_public.reception", "严控接待")],
        ),
        (THREE, "公务接待费1万元，离退休接待费用减少的主要原因是厉行节约。", []),
    ],
)
def test_a_reason_belongs_to_what_stands_before_it(section, sentence, expected):
    found = [c for c in claims(section, sentence) if c.kind == "reason"]
    assert [(c.figure.concept, c.reason) for c in found] == expected


def amounts(sentence, title):
    text = disclosure(THREE, sentence, *ANCHOR, title=title)
    statement = parse_disclosure([text_document(text)])
    found = [f for f in statement.figures if f.concept.startswith("three_public")]
    return [(f.concept.removeprefix("three_public."), f.period, str(f.amount)) for f in found]


@pytest.mark.parametrize(
    ("sentence", "title", "expected"),
    [
        (
            "公务接待费2万元，比2023年预算数3万元减少1万元。",
            BUDGET,
            [("reception", "budget", "20000.00"), ("reception", "prior_budget", "30000.00")],
        ),
        # Which kind of amount of the year before it is, is not said.
        (
            "公务接待费2万元，较2023年的3万元减少1万元。",
            BUDGET,
            [("reception", "budget", "20000.00")],
        ),
        (
            "公务接待费2万元，比2022年执行数3万元减少1万元。",
            BUDGET,
            [("reception", "budget", "20000.00")],
        ),
        (
            "公务接待费年初预算为1万元，支出决算为0.9万元；离退休接待年初预算为5万元，支出决算为4万元。",
            FINAL,
            [("reception", "budget", "10000.00"), ("reception", "final", "9000.00")],
        ),
        (
            "公务接待费年初预算为1万元，离退休接待5万元，支出决算为4万元。",
            FINAL,
            [("reception", "budget", "10000.00")],
        ),
        (
            "公务接待费支出决算为2.2万元，完成全年预算4.3万元的51.2%，完成预算4.0万元的55%。",
            FINAL,
            [
                ("reception", "final", "22000.00"),
                ("reception", "budget_adjusted", "43000.00"),
                ("reception", "budget", "40000.00"),
            ],
        ),
        (
            "公务接待费2024年预算数为1万元，公务用车运行费2023年预算数为2万元。",
            BUDGET,
            [("reception", "budget", "10000.00")],
        ),
        (
            "财政拨款安排“三公”经费29万元，其中：公务用车购置及运行费28万元（公务用车购置费0万元）。",
            BUDGET,
            [
                ("total", "budget", "290000.00"),
                ("vehicles", "budget", "280000.00"),
                ("vehicles.purchase", "budget", "0.00"),
            ],
        ),
    ],
)
def test_an_amount_of_another_period_is_of_the_figure_right_before_it(sentence, title, expected):
    assert amounts(sentence, title) == expected


def test_a_code_beside_the_budget_of_the_year():
    text = disclosure(
        "五、一般公共预算当年拨款情况说明",
        "1.一般公共服务（类）财政事务（款）行政运行（项）2024年预算数为1200.50万元，"
        "比2023年执行数增加50.50万元，增长4.39%。主要是工资调整。",
    )
    statement = parse_disclosure([text_document(text)])
    assert [(f.functional, f.fund, str(f.amount)) for f in statement.figures] == [
        ("2010601", "general_public", "12005000.00")
    ]
    change, reason = statement.claims
    assert (change.figure.functional, change.base_period, str(change.amount), reason.reason) == (
        "2010601",
        "prior_execution",
        "505000.00",
        "工资调整",
    )


def test_one_sentence_states_both_totals_of_the_appropriation():
    text = disclosure("四、财政拨款收支预算总体情况说明", "2024年财政拨款收支总预算1.2亿元。")
    statement = parse_disclosure([text_document(text)])
    assert [(f.concept, f.fund, str(f.amount)) for f in statement.figures] == [
        ("revenue.total", "appropriation", "120000000.00"),
        ("expenditure.total", "appropriation", "120000000.00"),
    ]


@pytest.mark.parametrize(
    ("title", "sentence", "expected"),
    [
        (
            "五、一般公共预算财政拨款支出决算情况",
            "1.教育支出30万元，占0.4%。",
            [("205", "300000.00")],
        ),
        ("五、一般公共预算财政拨款支出决算情况", "其他支出30万元。", []),
        ("五、一般公共预算财政拨款支出决算情况", "下属学校教育支出30万元。", []),
        ("五、一般公共预算财政拨款支出决算情况", "教育支出项目30万元。", []),
        # Of which money is not said.
        ("三、支出决算情况", "1.教育支出30万元。", []),
    ],
)
def test_a_class_is_read_by_its_whole_name_in_a_section_of_one_fund(title, sentence, expected):
    text = disclosure(title, sentence, *ANCHOR, title=FINAL)
    statement = parse_disclosure([text_document(text)])
    found = [(f.functional, str(f.amount)) for f in statement.figures if f.functional]
    assert found == expected
