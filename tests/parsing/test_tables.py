"""Every standard table from small drawn tables: whole values, and what must stay unread."""

import pytest

from budgets.documents.blocks import Paragraph
from budgets.parsing.cells import TableReading
from budgets.parsing.grids import Grid, grids_of
from budgets.parsing.lines import Line
from budgets.parsing.tables import label_lines, read_tables
from tests.grid_blocks import document_of, table
from tests.house_styles import figures_of


def grids(*blocks) -> list[Grid]:
    placed = document_of(*blocks, title="").blocks[1:]
    lines = {
        index: list(Line.all_of(block))
        for index, block in enumerate(placed)
        if isinstance(block, Paragraph)
    }
    return grids_of(placed, 0, lines)


def read(*blocks, stage: str = "budget", year: int = 2024) -> TableReading:
    return read_tables(grids(*blocks), stage, year)


def values(*blocks, **options) -> dict[str, str]:
    """Return the figures as ``concept code fund origin period`` (the empty left out) → amount."""
    reading = read(*blocks, **options)
    own = reading.own_period
    keyed = figures_of(reading.figures.values())
    return {" ".join(w for w in key if w and w != own): value for key, value in keyed.items()}


SUMMARY = """
    收入 | < | 支出 | <
    项目 | 预算数 | 项目 | 预算数
    一、财政拨款收入 | 1,234.50 | 一、公共安全支出 | 1,240.00
    二、事业收入 | 0.00 | 二、住房保障支出 |
    三、其他收入 | — | |
    本年收入合计 | 1,234.50 | 本年支出合计 | 1,240.00
    上年结转 | 5.50 | 结转下年 | 0
    收入总计 | 1,240.00 | 支出总计 | 1,240.00
"""
SUMMARY_VALUES = {
    "revenue.appropriation": "12345000.00",
    "revenue.institution": "0.00",
    "revenue.current": "12345000.00",
    "revenue.carried_forward": "55000.00",
    "revenue.total": "12400000.00",
    "expenditure.current 204": "12400000.00",
    "expenditure.current": "12400000.00",
    "expenditure.carried_over": "0.00",
    "expenditure.total": "12400000.00",
}


@pytest.mark.parametrize(
    "title",
    [
        "部门收支总表",
        "收支预算总表",
        "收支总体情况表",
        "部门财务收支预算总表",
        "表1 部门收支总体情况表",
    ],
)
def test_summary_in_two_columns(title):
    assert values(title, "单位：万元", table(SUMMARY)) == SUMMARY_VALUES


def test_summary_tells_blank_from_zero_and_from_a_dash():
    reading = read("部门收支总表", "单位：万元", table(SUMMARY))
    blanks = [(f.concept, f.functional) for f in reading.blanks if f.state == "blank"]
    assert blanks == [("revenue.other", None), ("expenditure.current", "221")]
    zero = next(f for f in reading.figures.values() if f.concept == "revenue.institution")
    assert (zero.state, zero.stated, zero.sources[0].quote) == ("value", "0.00万元", "0.00")


@pytest.mark.parametrize(
    "above",
    [
        ["部门收支总表", "部门：东港市财政局  单位：万元"],
        ["部门收支总表（单位：万元）"],
        ["部门收支总表　金额单位：万元"],
        ["2024年部门收支总表", "公开01表", "（万元）"],
        ["部门收支总表", "单位：人民币万元"],
    ],
)
def test_unit_is_found_wherever_it_stands_above(above):
    assert values(*above, table(SUMMARY)) == SUMMARY_VALUES


def test_title_and_unit_in_the_first_rows():
    head = "部门收支总表 | < | < | <\n预算01表 | < | < | <\n部门：财政局 | | | 单位：万元\n"
    assert values(table(head + SUMMARY.strip())) == SUMMARY_VALUES


def test_unit_in_the_heading_of_a_column():
    drawing = SUMMARY.replace("预算数", "预算数（万元）")
    assert values("部门收支总表", table(drawing)) == SUMMARY_VALUES


@pytest.mark.parametrize("line", ["", "预算单位：元宝区财政局", "编制单位：万元店镇"])
def test_without_a_unit_nothing_is_a_figure(line):
    assert values("部门收支总表", line, table(SUMMARY)) == {}


def test_title_of_another_thing_is_not_read():
    for title in (
        "政府购买服务支出预算表",
        "债务支出预算表",
        "新增资产配置表",
        "对下转移支付支出表",
    ):
        assert values(title, "单位：万元", table(CODES)) == {}


CODES = """
    科目编码 | < | < | 科目名称 | 合计 | 基本支出 | 项目支出
    类 | 款 | 项 | ^ | ^ | ^ | ^
    204 | | | 公共安全支出 | 100.00 | 80.00 | 20.00
    204 | 06 | | 司法 | 100.00 | 80.00 | 20.00
    204 | 06 | 01 | 行政运行 | 80.00 | 80.00 |
    204 | 06 | 99 | 其他司法支出 | 20.00 | | （20.00）
    合计 | < | < | < | 100.00 | 80.00 | 20.00
"""
CODES_VALUES = {
    "expenditure.current 204": "100.00",
    "expenditure.basic 204": "80.00",
    "expenditure.project 204": "20.00",
    "expenditure.current 20406": "100.00",
    "expenditure.basic 20406": "80.00",
    "expenditure.project 20406": "20.00",
    "expenditure.current 2040601": "80.00",
    "expenditure.basic 2040601": "80.00",
    "expenditure.current 2040699": "20.00",
    "expenditure.project 2040699": "-20.00",
    "expenditure.current": "100.00",
    "expenditure.basic": "80.00",
    "expenditure.project": "20.00",
}


def _in_one_cell(drawing: str) -> str:
    rows = [[cell.strip() for cell in row.split("|")] for row in drawing.strip().splitlines()]
    return "\n".join(
        " | ".join([*(["合计"] if row[0] == "合计" else ["".join(row[:3])]), row[3], *row[4:]])
        for row in (["科目编码", "", "", *rows[0][3:]], *rows[2:])
    ).replace("合计 | <", "合计 | ")


@pytest.mark.parametrize("drawing", [CODES, _in_one_cell(CODES)], ids=["three cells", "one cell"])
def test_codes_in_three_cells_or_one(drawing):
    assert values("部门支出总表", "单位：元", table(drawing)) == CODES_VALUES


@pytest.mark.parametrize(
    "write",
    [
        lambda c: f"{c}行政运行" if len(c) == 7 else f"{c}其他",
        lambda c: f"[{c}]行政运行",
        lambda c: f"{c} - 行政运行",
    ],
)
def test_code_and_name_in_one_cell(write):
    drawing = "\n".join(
        (
            "功能科目（编码及名称） | 合计",
            f"{write('2040601')} | 7",
            f"{write('204')} | 8",
            "合计 | 9",
        )
    )
    assert values("部门支出总表", "单位：元", table(drawing)) == {
        "expenditure.current 2040601": "7.00",
        "expenditure.current 204": "8.00",
        "expenditure.current": "9.00",
    }


def test_codes_without_their_zero_and_below_a_blank():
    drawing = """
        类 | 款 | 项 | 科目名称 | 合计
        201 | | | 一般公共服务支出 | 5
        | 3 | | 政府办公厅（室）及相关机构事务 | 5
        | | 1 | 行政运行 | 5
    """
    assert list(values("部门支出总表", "单位：元", table(drawing))) == [
        "expenditure.current 201",
        "expenditure.current 20103",
        "expenditure.current 2010301",
    ]


def test_total_first():
    lines = CODES.strip().splitlines()
    drawing = "\n".join([*lines[:2], lines[-1], *lines[2:-1]])
    assert values("部门支出总表", "单位：元", table(drawing)) == CODES_VALUES


def test_same_code_twice_with_two_amounts_is_not_understood():
    drawing = (
        "科目编码 | 科目名称 | 合计\n204 | 公共安全支出 | 1\n204 | 公共安全支出 | 2\n合计 | | 3"
    )
    assert values("部门支出总表", "单位：元", table(drawing)) == {"expenditure.current": "3.00"}


def _pieces(keep_header: bool, **attributes):
    lines = CODES.strip().splitlines()
    second = [*(lines[:2] if keep_header else []), *lines[4:]]
    return table("\n".join(lines[:4]), number=1), table("\n".join(second), number=2, **attributes)


@pytest.mark.parametrize(
    "pieces",
    [_pieces(True), _pieces(False), _pieces(True, continues=True), _pieces(False, continues=True)],
    ids=["repeated", "plain", "repeated and told", "told"],
)
def test_continuation_pages(pieces):
    reading = read("部门支出总表", "单位：元", *pieces)
    assert len(reading.tables) == 1
    assert values("部门支出总表", "单位：元", *pieces) == CODES_VALUES


def test_sheets_of_a_workbook_stay_apart():
    head = "单位：元 | | | \n"
    revenue = "科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入\n204 | 公共安全支出 | 9 | 8"
    expenditure = "科目编码 | 科目名称 | 本年支出合计 | 基本支出\n204 | 公共安全支出 | 9 | 7"
    sheets = (
        table(head + revenue, number=1, title="收入总表"),
        table(head + expenditure, number=2, title="支出总表"),
    )
    assert values(*sheets) == {
        "revenue.current 204": "9.00",
        "revenue.appropriation 204": "8.00",
        "expenditure.current 204": "9.00",
        "expenditure.basic 204": "7.00",
    }


def test_economic_triples_side_by_side_with_government_codes():
    drawing = """
        部门预算支出经济分类 | < | 政府预算支出经济分类 | < | 基本支出
        科目编码 | 科目名称 | 科目编码 | 科目名称 | ^
        30101 | 基本工资 | 50101 | 工资奖金津补贴 | 3
        30102 | 津贴补贴 | 50101 | 工资奖金津补贴 | 4
    """
    assert values("一般公共预算基本支出表", "单位：元", table(drawing)) == {
        "expenditure.basic 30101 general_public": "3.00",
        "expenditure.basic 30102 general_public": "4.00",
    }


def test_functional_rows_with_economic_columns():
    drawing = """
        科目编码 | 科目名称 | 合计 | 基本支出 | < | < | 项目支出
        ^ | ^ | ^ | 小计 | 工资福利支出 | 商品和服务支出 | ^
        2040601 | 行政运行 | 10 | 6 | 5 | 1 | 4
    """
    assert values("一般公共预算支出表", "单位：元", table(drawing)) == {
        "expenditure.current 2040601 general_public": "10.00",
        "expenditure.basic 2040601 general_public": "6.00",
        "expenditure.basic 2040601/301 general_public": "5.00",
        "expenditure.basic 2040601/302 general_public": "1.00",
        "expenditure.project 2040601 general_public": "4.00",
    }


def test_prior_years_and_comparisons():
    drawing = """
        科目编码 | 科目名称 | 2022年决算数 | 2023年预算数 | 2023年执行数 | 2024年预算数 | 比上年增减
        204 | 公共安全支出 | 1 | 2 | 3 | 4 | 1
    """
    assert values("一般公共预算支出表", "单位：元", table(drawing)) == {
        "expenditure.current 204 general_public prior_budget": "2.00",
        "expenditure.current 204 general_public prior_execution": "3.00",
        "expenditure.current 204 general_public": "4.00",
    }


def test_accounts_of_four_columns_with_their_parts():
    drawing = """
        科目编码 | 科目名称 | 年初结转和结余 | < | 本年收入 | < | 本年支出 | < | 年末结转和结余 | <
        ^ | ^ | 合计 | 基本支出结转 | 合计 | 基本支出 | 合计 | 基本支出 | 合计 | 基本支出结转
        204 | 公共安全支出 | 1 | 1 | 5 | 4 | 3 | 2 | 3 | 3
    """
    title = "一般公共预算财政拨款收入支出决算表"
    assert values(title, "单位：元", table(drawing), stage="final_accounts", year=2023) == {
        "revenue.carried_forward 204 general_public": "1.00",
        "revenue.current 204 general_public": "5.00",
        "expenditure.current 204 general_public": "3.00",
        "expenditure.basic 204 general_public": "2.00",
        "expenditure.carried_over 204 general_public": "3.00",
    }


def test_three_public_with_meetings_has_no_total_of_its_own():
    drawing = """
        合计 | 因公出国（境）费 | 公务接待费 | 公务用车购置及运行费 | 会议费 | 培训费
        9 | 1 | 2 | 3 | 1 | 2
    """
    assert values("“三公”经费、会议费、培训费支出表", "单位：元", table(drawing)) == {
        "three_public.abroad": "1.00",
        "three_public.reception": "2.00",
        "three_public.vehicles": "3.00",
        "meetings": "1.00",
        "training": "2.00",
    }


def test_three_public_with_counts_in_lines():
    drawing = """
        项目 | 行次 | 预算数 | 统计数
        一、“三公”经费支出 | 1 | — | —
        （一）支出合计 | 2 | 6.00 | 5.00
        1.因公出国（境）费 | 3 | |
        2.公务用车购置及运行维护费 | 4 | 4.00 | 4.00
        （1）公务用车购置费 | 5 | |
        （2）公务用车运行维护费 | 6 | 4.00 | 4.00
        3.公务接待费 | 7 | 2.00 | 1.00
        （1）国内接待费 | 8 | — | 1.00
        （二）相关统计数 | 9 | — | —
        1.因公出国（境）团组数（个） | 10 | — | 0
        3.公务用车购置数（辆） | 11 | — | 0
        4.公务用车保有量（辆） | 12 | — | 2
        5.国内公务接待批次（个） | 13 | — | 15
        6.国内公务接待人次（人） | 14 | — | 130
        二、机关运行经费 | 15 | — | 88.00
    """
    found = values("机构运行信息表", "单位：万元", table(drawing), stage="final_accounts")
    assert found == {
        "three_public.total budget": "60000.00",
        "three_public.total": "50000.00",
        "three_public.vehicles budget": "40000.00",
        "three_public.vehicles": "40000.00",
        "three_public.vehicles.operation budget": "40000.00",
        "three_public.vehicles.operation": "40000.00",
        "three_public.reception budget": "20000.00",
        "three_public.reception": "10000.00",
        "three_public.reception.domestic": "10000.00",
        "three_public.abroad.groups": "0.00",
        "three_public.vehicles.purchased": "0.00",
        "three_public.vehicles.held": "2.00",
        "three_public.reception.batches": "15.00",
        "three_public.reception.persons": "130.00",
        "agency_operation": "880000.00",
    }


def test_revenue_by_units_and_groups():
    drawing = """
        部门（单位）代码 | 部门（单位）名称 | 合计 | 财政拨款收入 | < | < | 单位资金 | < | <
        ^ | ^ | ^ | 小计 | 一般公共预算 | 政府性基金预算 | 小计 | 事业收入 | 其他收入
        101001 | 财政局本级 | 9 | 7 | 6 | 1 | 2 | 2 |
        101002 | 国库中心 | 5 | 5 | 5 | | | |
        合计 | | 14 | 12 | 11 | 1 | 2 | 2 |
    """
    assert values("部门收入总表", "单位：元", table(drawing)) == {
        "revenue.current @财政局本级": "9.00",
        "revenue.appropriation @财政局本级": "7.00",
        "revenue.appropriation @财政局本级 general_public": "6.00",
        "revenue.appropriation @财政局本级 government_fund": "1.00",
        "revenue.unit_funds @财政局本级": "2.00",
        "revenue.institution @财政局本级": "2.00",
        "revenue.current @国库中心": "5.00",
        "revenue.appropriation @国库中心": "5.00",
        "revenue.appropriation @国库中心 general_public": "5.00",
        "revenue.current": "14.00",
        "revenue.appropriation": "12.00",
        "revenue.appropriation general_public": "11.00",
        "revenue.appropriation government_fund": "1.00",
        "revenue.unit_funds": "2.00",
        "revenue.institution": "2.00",
    }


@pytest.mark.parametrize(
    "label",
    [
        "非财政拨款收入",
        "上级财政补助收入",
        "财政拨款结转",
        "一般债券收入",
        "其中：上年结余",
        "行政单位预算外资金",
    ],
)
def test_label_that_is_not_known_as_a_whole_stays_unread(label):
    drawing = SUMMARY.replace("一、财政拨款收入", label)
    found = values("部门收支总表", "单位：万元", table(drawing))
    assert {key: value for key, value in found.items() if value == "12345000.00"} == {
        "revenue.current": "12345000.00"
    }


def test_column_that_is_not_known_stays_unread():
    drawing = """
        科目编码 | 科目名称 | 合计 | 国库集中支付 | 其中：政府采购 | <
        ^ | ^ | ^ | ^ | 小计 | 基本支出
        204 | 公共安全支出 | 5 | 4 | 3 | 2
    """
    assert values("部门支出总表", "单位：元", table(drawing)) == {"expenditure.current 204": "5.00"}


def test_numbers_of_columns_and_lines_are_labels():
    drawing = """
        项目 | 行次 | 预算数
        栏次 | | 1
        一、财政拨款收入 | 1 | 33
        收入总计 | 2 | 33
    """
    found = grids("部门收支总表", "单位：元", table(drawing))
    read_tables(found, "budget", 2024)
    marks = {line.text: line.marks[0][2] for line in label_lines(found) if line.text.isdigit()}
    assert marks == {"1": "label", "33": "figure", "2": "label"}


def test_empty_table_has_its_note_and_no_figures():
    drawing = "科目编码 | 科目名称 | 合计\n | | \n合计 | | "
    reading = read("政府性基金预算支出表", "单位：元", table(drawing), "注：本表为空表。")
    (printed,) = reading.tables
    assert (printed.kind, printed.empty, printed.note) == (
        "government_fund_expenditure",
        True,
        "注：本表为空表。",
    )
    assert reading.figures == {}


def test_sum_above_what_is_carried_is_of_the_year():
    drawing = """
        收入 | < | 支出 | <
        项目 | 金额 | 项目 | 金额
        财政拨款 | 10 | 教育支出 | 11
        合计 | 10 | 合计 | 11
        上年结转 | 1 | 结转下年 |
        总计 | 11 | 总计 | 11
    """
    assert values("收支总表", "单位：元", table(drawing)) == {
        "revenue.appropriation": "10.00",
        "revenue.current": "10.00",
        "revenue.carried_forward": "1.00",
        "revenue.total": "11.00",
        "expenditure.current 205": "11.00",
        "expenditure.current": "11.00",
        "expenditure.total": "11.00",
    }


def test_hidden_sheet_gives_no_figures():
    assert values("收支总表", "单位：万元", table(SUMMARY, hidden=True)) == {}


@pytest.mark.parametrize(
    "owner",
    ["国有资产监督管理委员会2024年", "政府采购中心", "社会保险事业管理局", "机构编制办公室"],
)
def test_owner_of_a_table_is_not_its_kind(owner):
    assert values(f"东港市{owner}部门收支总表", "单位：万元", table(SUMMARY)) == SUMMARY_VALUES


def test_parts_beside_a_total_that_carries_nothing():
    drawing = """
        收入 | < | 支出 | < | < | <
        项目 | 预算数 | 项目 | 合计 | 基本支出 | 项目支出
        一、财政拨款收入 | 9 | 一、教育支出 | 9 | 5 | 4
        收入总计 | 9 | 支出总计 | 9 | 5 | 4
    """
    found = values("收支总表", "单位：元", table(drawing))
    assert (found["expenditure.basic"], found["expenditure.project"]) == ("5.00", "4.00")
    carrying = drawing.replace("收入总计", "收入合计 | 9 | 结转下年 | 0 | |\n收入总计")
    assert "expenditure.basic" not in values("收支总表", "单位：元", table(carrying))


def test_form_of_a_projects_goals_accounts_for_its_money_alone():
    drawing = """
        项目名称 | 社区食堂建设 | < | <
        资金情况（元） | 年度资金总额 | 4,100,000.00 | 4,100,000.00
        ^ | 其中：财政拨款 | 4,100,000.00 | 0.00
        产出指标 | 建成数量 | ≥ | 12
    """
    found = grids("项目绩效目标申报表", table(drawing))
    read_tables(found, "budget", 2024)
    marks = {line.text: [m[2] for m in line.marks] for line in label_lines(found)}
    assert (marks["4,100,000.00"], marks["0.00"], marks["12"]) == (["item"], ["item"], [])
