"""What sentences say, and above all what they do not say: no word near a number names it alone."""

import datetime

import pytest

from budgets.documents.blocks import UnreadableDocument
from budgets.parsing import parse_disclosure
from tests.texts import disclosure, text_document

OVERVIEW, THREE, AGENCY = "一、总体说明", "二、“三公”经费情况说明", "三、机关运行经费"
PROCUREMENT, ASSETS, PERFORMANCE = "四、政府采购情况", "六、国有资产占有使用情况", "七、绩效情况"
# Something to read in every document, so that one with nothing else is not refused.
ANCHOR = ["八、收支情况", "本年支出合计1.00万元。"]


def read(section, sentence):
    statement = parse_disclosure([text_document(disclosure(section, sentence, *ANCHOR))])
    return {
        (f.concept + (f"@{f.fund}" if f.fund else "")): str(f.amount)
        for f in statement.figures
        if f.concept != "expenditure.current" or f.fund
    }


@pytest.mark.parametrize(
    ("section", "sentence", "figures"),
    [
        (
            OVERVIEW,
            "财政拨款收入2093.26万元，非财政拨款收入93万元。",
            {"revenue.appropriation": "20932600.00"},
        ),
        (OVERVIEW, "财政拨款支出2000万元。", {"expenditure.current@appropriation": "20000000.00"}),
        (
            OVERVIEW,
            "一般公共预算财政拨款支出2000.5万元。",
            {"expenditure.current@general_public": "20005000.00"},
        ),
        (OVERVIEW, "上年结转财政拨款收入55万元。", {}),
        (OVERVIEW, "国有资本经营收入5万元。", {"revenue.appropriation@state_capital": "50000.00"}),
        (
            OVERVIEW,
            "离退休人员经费81.84万元，公用经费14.35万元。",
            {"expenditure.basic.operating": "143500.00"},
        ),
        (OVERVIEW, "人均公用经费1.5万元。", {}),
        (OVERVIEW, "滨海市图书馆基本支出100万元。", {}),
        (
            OVERVIEW,
            "2023年基本支出450万元，2024年基本支出496.19万元。",
            {"expenditure.basic": "4961900.00"},
        ),
        (OVERVIEW, "与上年相比，增加项目支出50万元。", {}),
        (OVERVIEW, "项目支出1597.07万元，无项目支出结转。", {"expenditure.project": "15970700.00"}),
        (
            OVERVIEW,
            "除无政府性基金预算收入的单位外，项目支出5万元。",
            {"expenditure.project": "50000.00"},
        ),
        (OVERVIEW, "项目支出1 234.5万元。", {}),
        (OVERVIEW, "项目支出3，208.5万元。", {}),
        (OVERVIEW, "项目支出10-20万元。", {}),
        (OVERVIEW, "滨海市东港区财政局收入预算9,101.68万元。", {"revenue.total": "91016800.00"}),
        (
            OVERVIEW,
            "政府性基金拨款支出预算0万元，比2023年预算持平。",
            {"expenditure.current@government_fund": "0.00"},
        ),
        (THREE, "比上年减少公务接待费0.3万元。", {}),
        (THREE, "无公务接待费超标准列支。", {}),
        (THREE, "三公经费6.2万元。没有“三公”经费超支情况。", {"three_public.total": "62000.00"}),
        (THREE, "没有“三公”经费支出。", {"three_public.total": "0.00"}),
        (THREE, "（一）因公出国（境）费0万元，比2023年预算持平。", {"three_public.abroad": "0.00"}),
        (AGENCY, "2024年机关运行经费比2023年减少3.2万元，为96.4万元。", {}),
        (AGENCY, "机关运行经费主要用于：办公费20万元，共计25万元。", {}),
        (
            AGENCY,
            "机关运行经费预算96.4万元。机关运行经费比上年增加5万元。",
            {"agency_operation": "964000.00"},
        ),
        (
            PROCUREMENT,
            "政府采购预算500万元，无集中采购目录以外的采购。",
            {"procurement.total": "5000000.00"},
        ),
        (
            PROCUREMENT,
            "没有政府采购预算调整。政府采购预算500万元。",
            {"procurement.total": "5000000.00"},
        ),
        (
            PROCUREMENT,
            "面向中小企业预留政府采购项目预算金额6万元，其中，预留给小型和微型企业的政府采购项目预算为4万元。",
            {
                "procurement.sme_reserved": "60000.00",
                "procurement.small_micro_reserved": "40000.00",
            },
        ),
        (
            ASSETS,
            "共有车辆10辆，其中：一般公务用车2辆，执法执勤用车5辆。2024年拟购置车辆1辆。",
            {
                "assets.vehicles": "10",
                "assets.vehicles.general_official": "2",
                "assets.vehicles.enforcement": "5",
                "assets.vehicles_to_buy": "1",
            },
        ),
        (PERFORMANCE, "2023年对5个项目开展绩效评价，涉及资金500万元。", {}),
        (
            PERFORMANCE,
            "编报绩效目标的项目25个，涉及项目预算资金11381.60万元。",
            {"performance.projects": "25", "performance.amount": "113816000.00"},
        ),
    ],
)
def test_a_number_is_bound_to_what_stands_right_before_it(section, sentence, figures):
    assert read(section, sentence) == figures


def test_a_change_belongs_to_the_last_figure_with_its_base():
    statement = parse_disclosure(
        [
            text_document(
                disclosure(
                    OVERVIEW, "基本支出500万元，比2023年预算增加20万元，增长4.17%。", *ANCHOR
                )
            )
        ]
    )
    (claim,) = statement.claims
    assert (claim.kind, claim.figure.concept, claim.base_period, claim.base_year) == (
        "change",
        "expenditure.basic",
        "prior_budget",
        2023,
    )
    assert (claim.direction, str(claim.amount), str(claim.percent)) == (
        "增加",
        "200000.00",
        "4.17",
    )
    assert statement.numbers["unread"] == 0


def test_final_accounts_tell_budget_from_execution():
    title = "滨海市东港区财政局\n2023年度部门决算"
    text = disclosure(OVERVIEW, "基本支出年初预算为500万元，支出决算为496.19万元。", title=title)
    statement = parse_disclosure([text_document(text)])
    assert [(f.period, str(f.amount)) for f in statement.figures] == [
        ("budget", "5000000.00"),
        ("final", "4961900.00"),
    ]


def test_a_code_named_before_its_amounts():
    title = "滨海市东港区财政局\n2023年度部门决算"
    sentence = (
        "1、教育支出（类）其他教育支出（款）其他教育支出（项）。主要用于：培训。"
        "年初预算为10.00万元，支出决算为9.50万元。"
    )
    text = disclosure("五、一般公共预算财政拨款支出决算情况说明", sentence, title=title)
    statement = parse_disclosure([text_document(text)])
    assert [(f.functional, f.fund, f.period, str(f.amount)) for f in statement.figures] == [
        ("2059999", "general_public", "budget", "100000.00"),
        ("2059999", "general_public", "final", "95000.00"),
    ]


def test_the_date_of_a_stock():
    statement = parse_disclosure(
        [text_document(disclosure(ASSETS, "截至2023年12月31日，共有车辆3辆。", *ANCHOR))]
    )
    assert statement.figures[0].as_of == datetime.date(2023, 12, 31)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("滨海市财政局\n2024年部门预算", ("滨海市财政局", 2024, "budget", "department")),
        ("2024年度滨海市财政局部门预算公开", ("滨海市财政局", 2024, "budget", "department")),
        ("滨海市财政局2023年度部门决算", ("滨海市财政局", 2023, "final_accounts", "department")),
        ("滨海市图书馆\n2024年单位预算", ("滨海市图书馆", 2024, "budget", "unit")),
        (
            "滨海市东港区2025年区级部门预算\n预算主管部门：滨海市东港区商务局",
            ("滨海市东港区商务局", 2025, "budget", "department"),
        ),
        (
            "发布日期：2024年8月30日\n滨海市财政局2023年度部门决算",
            ("滨海市财政局", 2023, "final_accounts", "department"),
        ),
        ("滨海市财政局关于2024年部门预算公开说明", ("滨海市财政局", 2024, "budget", "department")),
        ("附件1\n滨海市财政局2024年部门预算", ("滨海市财政局", 2024, "budget", "department")),
        (
            "滨海市财政局2024年预算执行情况和2025年部门预算",
            ("滨海市财政局", 2025, "budget", "department"),
        ),
    ],
)
def test_titles(title, expected):
    try:
        read = parse_disclosure([text_document(disclosure(*ANCHOR, title=title))])
    except Exception as error:
        pytest.fail(str(error))
    assert (read.department, read.fiscal_year, read.stage, read.level) == expected


def test_long_lines_and_huge_numbers_do_no_harm():
    for words in (
        "基本支出" + "共有" * 400 + "元5万元",
        "基本支出" + "9" * 40 + "万元",
        "1," * 2000,
    ):
        statement = parse_disclosure([text_document(disclosure(OVERVIEW, words + "。", *ANCHOR))])
        assert {f.concept for f in statement.figures} == {"expenditure.current"}


@pytest.mark.parametrize(
    ("entry", "names"),
    [
        ("公共区域保洁服务20万元；", ["公共区域保洁服务"]),
        ("共享会议系统20万元；", ["共享会议系统"]),
        ("总机维护20万元；", ["总机维护"]),
        ("专项资金监管系统20万元；", ["专项资金监管系统"]),
        ("以上共20万元。", []),
        ("采购规模20万元。", []),
        ("（一）本级20万元。", []),
        ("一般公共预算20万元。", []),
    ],
)
def test_an_item_is_dropped_only_for_a_whole_expression(entry, names):
    text = disclosure(PROCUREMENT, "物业服务10万元；", entry, *ANCHOR)
    statement = parse_disclosure([text_document(text)])
    assert [item.name for item in statement.procurement] == ["物业服务", *names]


def test_a_title_of_many_brackets_does_no_harm():
    title = "滨海市财政局2024年部门预算" + "()" * 40 + "。"
    with pytest.raises(UnreadableDocument):
        parse_disclosure([text_document(disclosure(*ANCHOR, title=title))])
