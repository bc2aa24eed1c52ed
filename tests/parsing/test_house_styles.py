"""Prose of other house styles than the sample's: what it says, and what stays unread."""

import pytest

from budgets.parsing import parse_disclosure
from tests.texts import disclosure, text_document

BUDGET = "滨海市东港区财政局\n2024年部门预算"
FINAL = "滨海市东港区财政局\n2024年度部门决算"
THREE, AGENCY = "二、“三公”经费情况说明", "三、机关运行经费"
ASSETS, PERFORMANCE = "六、国有资产占有使用情况", "七、绩效情况"
BY_CODE = "五、一般公共预算财政拨款支出决算情况说明"
ANCHOR = ["八、收支情况", "本年支出合计1.00万元。"]


def read(section, sentence, title=BUDGET):
    text = disclosure(section, sentence, *ANCHOR, title=title)
    return parse_disclosure([text_document(text)])


def figures(statement):
    return {
        f.concept: f"{f.amount}{f.unit}"
        for f in statement.figures
        if f.concept != "expenditure.current" or f.functional
    }


def unread(statement):
    return [place.sources[0].stated for place in statement.unread]


@pytest.mark.parametrize(
    ("section", "sentence", "expected"),
    [
        (
            THREE,
            "因公出国（境）费支出0.00万元。全年安排因公出国（境）团组1个、累计3人次。",
            {
                "three_public.abroad": "0.00元",
                "three_public.abroad.groups": "1个",
                "three_public.abroad.persons": "3人",
            },
        ),
        (
            THREE,
            "公务用车购置支出为0.00万元。公务用车运行维护支出4.50万元。"
            "滨海市东港区财政局所属各预算单位开支财政拨款的公务用车保有量为2辆。",
            {
                "three_public.vehicles.purchase": "0.00元",
                "three_public.vehicles.operation": "45000.00元",
                "three_public.vehicles.held": "2辆",
            },
        ),
        (
            THREE,
            "国内公务接待支出0.39万元（含外宾接待支出0.10万元），公务接待2批次、26人次，"
            "其中：接待外宾1批次、5人次。",
            {
                "three_public.reception.domestic": "3900.00元",
                "three_public.reception.foreign": "1000.00元",
                "three_public.reception.batches": "2批次",
                "three_public.reception.persons": "26人",
                "three_public.reception.foreign.batches": "1批次",
                "three_public.reception.foreign.persons": "5人",
            },
        ),
        (
            THREE,
            "国内公务接待批次42个，接待人次318人。公务用车购置费为0，公务接待费为0.00。",
            {
                "three_public.reception.batches": "42批次",
                "three_public.reception.persons": "318人",
                "three_public.vehicles.purchase": "0.00元",
                "three_public.reception": "0.00元",
            },
        ),
        (
            ASSETS,
            "固定资产3149.52万元，其中：房屋14609.83平方米；车辆7辆（一般公务用车3辆，"
            "执法执勤用车4辆）；专用设备818台/套；其他固定资产0万元。长期投资0项0万元。"
            "在建工程1项12277.73万元。无形资产471项234.37万元。",
            {
                "assets.fixed": "31495200.00元",
                "assets.buildings": "14609.83平方米",
                "assets.vehicles": "7辆",
                "assets.vehicles.general_official": "3辆",
                "assets.vehicles.enforcement": "4辆",
                "assets.special_equipment": "818台",
                "assets.fixed.other": "0.00元",
                "assets.long_term_investment.items": "0项",
                "assets.long_term_investment": "0.00元",
                "assets.construction.items": "1项",
                "assets.construction": "122777300.00元",
                "assets.intangible.items": "471项",
                "assets.intangible": "2343700.00元",
            },
        ),
        (
            "四、政府采购情况",
            "政府采购预算100万元，其中：货物类60万元、工程类0万元、服务类40万元，"
            "面向中小企业预留50万元，其中面向小微企业预留20万元。",
            {
                "procurement.total": "1000000.00元",
                "procurement.goods": "600000.00元",
                "procurement.works": "0.00元",
                "procurement.services": "400000.00元",
                "procurement.sme_reserved": "500000.00元",
                "procurement.small_micro_reserved": "200000.00元",
            },
        ),
        (
            PERFORMANCE,
            "组织对2024年度项目支出开展绩效自评，共涉及项目20个，资金1500万元，"
            "其中评为“优”的18个，评为“良”的2个，平均得分95.6分。",
            {
                "performance.self_evaluated.projects": "20个",
                "performance.self_evaluated.amount": "15000000.00元",
                "performance.rated.excellent": "18个",
                "performance.rated.good": "2个",
                "performance.average_score": "95.6分",
            },
        ),
    ],
)
def test_every_number_is_bound_to_its_concept(section, sentence, expected):
    statement = read(section, sentence)
    assert figures(statement) == expected
    assert unread(statement) == []


@pytest.mark.parametrize(
    ("section", "sentence", "numbers"),
    [
        # After a number that is not understood nothing goes on about the one before it.
        (THREE, "因公出国（境）团组1个，另有来访5批、20人次。", ["5", "20"]),
        (ASSETS, "单价在100万元左右的专用设备2台。", ["100", "2"]),
        (ASSETS, "下属学校的房屋300平方米。", ["300"]),
        (THREE, "公务接待费（离退休）为0。", ["0"]),
        (PERFORMANCE, "开展重点评价，涉及项目3个，资金50万元。", ["3", "50"]),
        (THREE, "公务接待0.3万元。", ["0.3"]),
        (THREE, "公务用车10辆。", ["10"]),  # held, bought or rented is not said
    ],
)
def test_what_is_not_said_stays_unread(section, sentence, numbers):
    statement = read(section, sentence)
    assert unread(statement) == numbers


def test_a_share_of_something_else_is_not_of_the_last_figure():
    statement = read(
        "四、政府采购情况",
        "授予中小企业合同金额300万元，占政府采购支出总额的93.6%。"
        "货物采购授予中小企业合同金额占货物支出金额的100%。",
        FINAL,
    )
    shares = [(c.figure.concept, str(c.percent)) for c in statement.claims if c.kind == "share"]
    assert shares == [("procurement.sme_reserved.awarded", "93.6")]
    assert unread(statement) == ["100"]


def test_units_named_beside_an_amount_are_counted_apart_from_the_list_of_units():
    statement = read(AGENCY, "下属1家机关和2家参公事业单位财政拨款的机关运行经费预算为96.40万元。")
    assert figures(statement) == {"agency_operation": "964000.00元"}
    assert [(c.figure.concept, str(c.amount)) for c in statement.claims] == [
        ("agency_operation.units", "1"),
        ("agency_operation.units", "2"),
    ]
    assert unread(statement) == []


def test_offices_are_counted_and_are_no_units():
    statement = read("一、机构设置", "本部门中，行政单位1家，机关设9个内设机构。")
    assert [(c.figure.concept, str(c.amount)) for c in statement.claims] == [
        ("units.administrative", "1"),
        ("units.offices", "9"),
    ]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        # The name of the 类 in place of the 款; a name that the code had in former years.
        ("住房保障支出（类）住房保障支出（款）住房公积金（项）", "2210201"),
        ("自然资源海洋气象等支出（类）自然资源事务（款）其他国土资源事务支出（项）", "2200199"),
        ("住房保障支出（类）其他款（款）住房公积金（项）", None),
        ("城乡社区支出（类）城乡社区支出（款）不知道（项）", None),
    ],
)
def test_a_code_is_found_by_its_names_only_where_one_can_be_meant(names, code):
    statement = read(BY_CODE, f"{names}。支出决算为45.00万元。", FINAL)
    found = [f.functional for f in statement.figures if f.functional]
    assert found == ([code] if code else [])


def test_a_converters_trace_reaches_no_text_and_no_quote():
    statement = read("一、总体说明", "基本支出[bookmark: OLE_LINK1]5万元，[endif]项目支出3万元。")
    assert figures(statement) == {
        "expenditure.basic": "50000.00元",
        "expenditure.project": "30000.00元",
    }
    printed = [section.text for section in statement.sections]
    assert printed[0] == "基本支出5万元，项目支出3万元。"
    assert [f.stated for f in statement.figures if f.concept != "expenditure.current"] == [
        "5万元",
        "3万元",
    ]
