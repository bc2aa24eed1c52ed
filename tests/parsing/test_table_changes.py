"""Columns of change, signs and marks in cells, lines of parts: what is read and what is not."""

import pytest

from budgets.parsing.cells import parse_amount
from tests.grid_blocks import table
from tests.parsing.test_tables import read, values


def changes(*blocks, **options) -> list[tuple[str, ...]]:
    return [
        (
            claim.figure.concept,
            claim.figure.functional or "",
            claim.figure.fund or "",
            claim.base_period or "",
            claim.direction or "",
            str(claim.percent if claim.amount is None else claim.amount),
            claim.sources[0].stated or "",
        )
        for claim in read(*blocks, **options).changes
    ]


def test_change_and_its_percentage_are_claims_about_the_row():
    drawing = """
        科目编码 | 科目名称 | 2023年执行数 | 2024年预算数 | < | < | 2024年预算数比2023年执行数 | <
        ^ | ^ | ^ | 小计 | 基本支出 | 项目支出 | 增减额 | 增减%
        205 | 教育支出 | 240.00 | 250.00 | 220.00 | 30.00 | 10.00 | 4.17
        210 | 卫生健康支出 | 40.00 | 30.00 | 30.00 | | △10.00 | -25.00
        221 | 住房保障支出 | 5.00 | 5.00 | 5.00 | | 0.00 | —
    """
    own = ("expenditure.current", "205", "general_public", "prior_execution")
    other = ("expenditure.current", "210", "general_public", "prior_execution")
    same = ("expenditure.current", "221", "general_public", "prior_execution")
    assert changes("一般公共预算支出表", "单位：万元", table(drawing)) == [
        (*own, "增加", "100000.00", "10.00万元"),
        (*own, "增加", "4.17", "4.17%"),
        (*other, "减少", "100000.00", "△10.00万元"),
        (*other, "减少", "25", "-25.00%"),
        (*same, "持平", "0.00", "0.00万元"),
    ]


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("增减额", [("prior_budget", "1.00")]),
        ("比2023年预算数增减", [("prior_budget", "1.00")]),
        ("比上年增减（%）", [("prior_budget", "1")]),
        ("比2022年决算数增减", []),
        ("增减原因", []),
        ("占比", []),
    ],
)
def test_base_of_a_change_is_the_year_that_the_heading_or_the_table_names(heading, found):
    drawing = f"""
        科目编码 | 科目名称 | 2023年预算数 | 2024年预算数 | {heading}
        205 | 教育支出 | 8 | 9 | 1
    """
    read_back = changes("一般公共预算支出表", "单位：元", table(drawing))
    assert [(claim[3], claim[5]) for claim in read_back] == found


def test_change_of_a_part_and_a_second_change_stay_unread():
    drawing = """
        科目编码 | 科目名称 | 合计 | 基本支出 | < | 增减额 | 增减额
        ^ | ^ | ^ | 预算数 | 增减额 | ^ | ^
        205 | 教育支出 | 9 | 8 | 1 | 2 | 3
    """
    assert changes("一般公共预算支出表", "单位：元", table(drawing)) == []


def test_change_of_the_parts_of_three_public():
    drawing = """
        项目 | 上年预算数 | 本年预算数 | 增减
        合计 | 6.00 | 5.00 | -1.00
        1.因公出国（境）费用 | 0.00 | 0.00 | 0.00
        2.公务接待费 | 1.00 | 1.00 | 0.00
        3.公务用车购置及运行费 | 5.00 | 4.00 | （1.00）
    """
    title = "一般公共预算“三公”经费支出表"
    assert [claim[:1] + claim[2:6] for claim in changes(title, "单位：万元", table(drawing))] == [
        ("three_public.total", "general_public", "prior_budget", "减少", "10000.00"),
        ("three_public.abroad", "general_public", "prior_budget", "持平", "0.00"),
        ("three_public.reception", "general_public", "prior_budget", "持平", "0.00"),
        ("three_public.vehicles", "general_public", "prior_budget", "减少", "10000.00"),
    ]
    found = values(title, "单位：万元", table(drawing))
    assert found["three_public.vehicles general_public prior_budget"] == "50000.00"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.50", "1234.50"),
        ("△25", "-25"),
        ("(25)", "-25"),
        ("-25", "-25"),
        ("3.20*", "3.20"),
        ("3.20①", "3.20"),
        ("▲25", None),
        ("2025年", None),
        ("—", None),
    ],
)
def test_signs_and_footnote_marks_of_a_cell(text, amount):
    found = parse_amount(text)
    assert (None if found is None else str(found)) == amount


def test_label_with_a_footnote_mark_and_an_amount_with_one():
    drawing = """
        收入 | < | 支出 | <
        项目 | 预算数 | 项目 | 预算数
        一、财政拨款收入* | 12.00① | 一、教育支出（注1） | △3.00
        收入总计 | 12.00 | 支出总计 | 12.00
    """
    found = read("收支总表", "单位：元", table(drawing)).figures.values()
    assert {f.concept: (str(f.amount), f.stated) for f in found if "total" not in f.concept} == {
        "revenue.appropriation": ("12.00", "12.00元"),
        "expenditure.current": ("-3.00", "△3.00元"),
    }


def test_code_on_several_lines_is_of_its_projects():
    drawing = """
        科目编码 | 科目名称 | 合计
        205 | 教育支出 | 10
        2050203 | 校舍维修 | 5
        2050203 | 设备购置 | 5
    """
    assert values("部门支出总表", "单位：元", table(drawing)) == {
        "expenditure.current 205": "10.00"
    }


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("一般公共预算基本支出表", {"expenditure.basic 2050203 general_public": "9.00"}),
        ("财政拨款基本支出表", {"expenditure.basic 2050203": "9.00"}),
        ("部门基本支出预算表", {"expenditure.basic 2050203": "9.00"}),
        (
            "一般公共预算基本支出表（公用经费）",
            {"expenditure.basic.operating 2050203 general_public": "9.00"},
        ),
        ("一般公共预算基本支出表—人员经费（工资福利支出）", {}),
        ("支出预算明细表（公用经费）", {}),
    ],
)
def test_title_fixes_fund_and_part_of_basic_expenditure(title, found):
    drawing = "科目编码 | 科目名称 | 总计\n2050203 | 初中教育 | 9"
    assert values(title, "单位：元", table(drawing)) == found


@pytest.mark.parametrize(
    ("title", "fund"),
    [
        ("一般公共预算“三公”经费支出表", " general_public"),
        ("政府性基金预算“三公”经费支出预算表", " government_fund"),
        ("财政拨款（含一般公共预算和政府性基金预算）“三公”经费支出表", ""),
        ("“三公”经费支出表", ""),
    ],
)
def test_title_of_several_funds_fixes_none(title, fund):
    drawing = "因公出国（境）费 | 公务接待费 | 公务用车购置及运行费\n4 | 2 | 3"
    assert list(values(title, "单位：元", table(drawing))) == [
        f"three_public.abroad{fund}",
        f"three_public.reception{fund}",
        f"three_public.vehicles{fund}",
    ]


PROJECTS = """
    项目名称 | 合计 | 一般公共预算 | 政府性基金预算
    校舍维修 | 5 | 5 |
    设备购置 | 7 | 3 | 4
    合计 | 12 | 8 | 4
"""


def test_sum_of_all_projects_is_project_expenditure():
    assert values("项目支出预算表", "单位：元", table(PROJECTS)) == {
        "expenditure.project": "12.00",
        "expenditure.project general_public": "8.00",
        "expenditure.project government_fund": "4.00",
    }


@pytest.mark.parametrize(
    ("title", "drawing"),
    [
        ("重点项目支出表", PROJECTS),
        ("项目支出绩效目标表", PROJECTS),
        ("项目支出预算表", PROJECTS.replace("校舍维修", "在职人员类项目")),
        ("项目支出预算表", PROJECTS + "    合计 | 1 | 1 |\n"),
    ],
)
def test_sum_of_some_projects_is_none(title, drawing):
    assert values(title, "单位：元", table(drawing)) == {}


def test_projects_of_another_year_are_not_of_this():
    drawing = """
        项目名称 | 2023年预算数 | 2024年预算数
        校舍维修 | 4 | 5
    """
    rows = read("项目支出预算表", "单位：元", table(drawing)).project_rows
    assert [(row.name, {k: str(v) for k, v in row.amounts.items()}) for row in rows] == [
        ("校舍维修", {"total": "5.00"})
    ]


def test_percentage_with_its_sign_and_code_over_three_cells():
    drawing = """
        科目编码 | < | < | 科目名称 | 2023年预算数 | 2024年预算数 | 增长率
        类 | 款 | 项 | ^ | ^ | ^ | ^
        20501 | < | < | 教育管理事务 | 8.00 | 6.00 | -25.0%
    """
    (claim,) = changes("一般公共预算支出表", "单位：元", table(drawing))
    assert claim[1:] == ("20501", "general_public", "prior_budget", "减少", "25", "-25.0%")


def test_changes_of_the_lines_of_a_summary():
    drawing = """
        收入 | < | < | < | 支出 | < | < | <
        项目 | 上年预算数 | 本年预算数 | 增减 | 项目 | 上年预算数 | 本年预算数 | 增减
        一、事业收入 | 8 | 9 | 1 | 一、教育支出 | 8 | 7 | -1
        收入总计 | 8 | 9 | 1 | 支出总计 | 8 | 9 | 1
    """
    prior = ("prior_budget",)
    assert [
        claim[:2] + claim[3:6] for claim in changes("收支总表", "单位：元", table(drawing))
    ] == [
        ("revenue.institution", "", *prior, "增加", "1.00"),
        ("revenue.total", "", *prior, "增加", "1.00"),
        ("expenditure.current", "205", *prior, "减少", "1.00"),
        ("expenditure.total", "", *prior, "增加", "1.00"),
    ]
    assert values("收支总表", "单位：元", table(drawing))["expenditure.current 205"] == "7.00"


def test_two_sides_of_labels_in_a_table_by_codes_are_not_understood():
    drawing = """
        收入 | < | 支出 | <
        项目 | 预算数 | 项目 | 预算数
        一、政府性基金收入 | 9 | 一、城乡社区支出 | 10
        二、上年结转 | 3 | 二、结转下年 | 2
        收入总计 | 12 | 支出总计 | 12
    """
    assert values("政府性基金预算收支表", "单位：元", table(drawing)) == {}
