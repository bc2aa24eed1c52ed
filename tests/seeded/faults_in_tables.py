"""Faults in tables: totals, children, columns, codes, funds, and one table against another."""

from __future__ import annotations

from tests.seeded.disclosures import BUDGET, FINAL_ACCOUNTS, Edit
from tests.seeded.faults import Fault

SUMMARY, REVENUE, EXPENDITURE = "部门收支总表", "部门收入总表", "部门支出总表"
APPROPRIATION, GENERAL, BASIC = "财政拨款收支总表", "一般公共预算支出表", "一般公共预算基本支出表"
THREE, FUND = "一般公共预算“三公”经费支出表", "政府性基金预算支出表"
CAPITAL, PROJECTS = "国有资本经营预算支出表", "项目支出表"
F_SUMMARY, F_REVENUE, F_EXPENDITURE = "收入支出决算总表", "收入决算表", "支出决算表"
F_APPROPRIATION, F_GENERAL = "财政拨款收入支出决算总表", "一般公共预算财政拨款支出决算表"
F_BASIC = "一般公共预算财政拨款基本支出决算明细表"
F_THREE = "财政拨款“三公”经费支出决算表"
F_FUND = "政府性基金预算财政拨款收入支出决算表"


def budget(name: str, codes: str, table: str, *changes: tuple[str, str], at: str = "") -> Fault:
    """Return a fault in one table of the budget; `at` is another row that may be told for it.

    A wrong number often breaks several sums; one of the checks `codes` must tell it.
    """
    edits = tuple(Edit(old, new, table) for old, new in changes)
    return Fault(name, tuple(codes.split()), BUDGET, edits, counterparts=(at,) if at else ())


def accounts(name: str, codes: str, table: str, *changes: tuple[str, str]) -> Fault:
    edits = tuple(Edit(old, new, table) for old, new in changes)
    return Fault(name, tuple(codes.split()), FINAL_ACCOUNTS, edits)


TOTALS = (
    budget(
        "revenue total one higher",
        "R01 B01 S01 S02",
        SUMMARY,
        ("收入总计 | 1,410.90", "收入总计 | 1,411.90"),
    ),
    budget(
        "expenditure total ten lower",
        "R03 B01 S01 S02",
        SUMMARY,
        ("支出总计 | 1,410.90", "支出总计 | 1,400.90"),
    ),
    budget(
        "the two totals differ",
        "B01 R03 S01 S02",
        SUMMARY,
        ("支出总计 | 1,410.90", "支出总计 | 1,401.90"),
    ),
    budget(
        "digits of the year's revenue swapped",
        "R02 R01 S01 S02",
        SUMMARY,
        ("本年收入合计 | 1,395.90", "本年收入合计 | 1,359.90"),
    ),
    budget(
        "carried forward lost a digit",
        "R01 S01 S02",
        SUMMARY,
        ("上年结转 | 15.00", "上年结转 | 5.00"),
    ),
    budget("carried over is too much", "R03", SUMMARY, ("结转下年 | 0.00", "结转下年 | 6.00")),
    budget(
        "a revenue row is not its sources",
        "R01 R06 S01 S02",
        REVENUE,
        ("招商引资 | 164.50", "招商引资 | 146.50"),
    ),
    budget(
        "other revenue of the total row",
        "R01 R06 S01 S02",
        REVENUE,
        ("20.00 | 12.00", "20.00 | 21.00"),
    ),
    accounts(
        "carried over at the year's end",
        "R03 S01",
        F_SUMMARY,
        ("结余 | 60 | 80,000.00", "结余 | 60 | 60,000.00"),
    ),
    accounts(
        "appropriation of a revenue row swapped",
        "R02 R06",
        F_REVENUE,
        ("9,000,000.00 | 8,850,000.00", "9,000,000.00 | 8,580,000.00"),
    ),
    accounts(
        "the year's revenue in final accounts",
        "R02 R01 S01 S02",
        F_SUMMARY,
        ("本年收入合计 | 27 | 10,600,000.00", "本年收入合计 | 27 | 10,060,000.00"),
    ),
)

CHILDREN = (
    budget(
        "an item is not its group's part",
        "R06 S01",
        EXPENDITURE,
        ("缴费支出 | 60.40 | 60.40", "缴费支出 | 64.00 | 64.00"),
    ),
    budget(
        "a group is not its items",
        "R06",
        GENERAL,
        ("行政事业单位医疗 | 41.50 | 41.50", "行政事业单位医疗 | 45.10 | 45.10"),
    ),
    budget(
        "the total is not its classes",
        "R06 S01 S02",
        GENERAL,
        ("| 1,333.90 | 843.40 | 490.50", "| 1,353.90 | 863.40 | 490.50"),
    ),
    budget(
        "an economic class is not its groups",
        "R06",
        BASIC,
        ("工资福利支出 | 747.90 | 747.90", "工资福利支出 | 749.70 | 749.70"),
    ),
    budget(
        "an economic group swapped",
        "R06",
        BASIC,
        ("绩效工资 | 62.40 | 62.40", "绩效工资 | 64.20 | 64.20"),
    ),
    budget(
        "a group of the fund table is not its item",
        "R06",
        FUND,
        ("安排的支出 | 45.00 | | 45.00", "安排的支出 | 54.00 | | 54.00"),
    ),
    budget(
        "an item's row is left empty",
        "R06",
        REVENUE,
        ("事业单位医疗 | 8.90 | 8.90", "事业单位医疗 | |"),
        at="行政事业单位医疗",
    ),
    accounts(
        "a group of final accounts is not its items",
        "R06",
        F_EXPENDITURE,
        (
            "水利 | 9,050,000.00 | 3,800,000.00 | 5,250,000.00",
            "水利 | 9,150,000.00 | 3,800,000.00 | 5,350,000.00",
        ),
    ),
    accounts(
        "an item of final accounts lost a digit",
        "R06",
        F_GENERAL,
        (
            "水利工程建设 | 3,000,000.00 | | 3,000,000.00",
            "水利工程建设 | 300,000.00 | | 300,000.00",
        ),
    ),
    accounts(
        "an economic group of final accounts lost digits",
        "R06",
        F_BASIC,
        ("邮电费 | 50,000.00", "邮电费 | 500.00"),
    ),
)

COLUMNS = (
    budget(
        "a row's total is not its columns",
        "R04 R06 S01",
        EXPENDITURE,
        ("一般行政管理事务 | 86.00", "一般行政管理事务 | 68.00"),
    ),
    budget(
        "project column of the total row",
        "R04 R06 S01 S02",
        GENERAL,
        ("843.40 | 490.50", "843.40 | 409.50"),
    ),
    budget(
        "operating column of the total row",
        "R05 R06 S02",
        BASIC,
        ("760.40 | 83.00", "760.40 | 38.00"),
    ),
    budget(
        "a column of one economic row",
        "R05 R06",
        BASIC,
        ("办公费 | 18.40 | | 18.40", "办公费 | 18.40 | | 14.80"),
    ),
    budget(
        "basic column of one item",
        "R04 R06",
        EXPENDITURE,
        ("行政单位医疗 | 32.60 | 32.60", "行政单位医疗 | 32.60 | 23.60"),
    ),
    accounts(
        "basic column in final accounts",
        "R04 R06",
        F_GENERAL,
        ("行政运行 | 3,800,000.00 | 3,800,000.00", "行政运行 | 3,800,000.00 | 3,080,000.00"),
    ),
    accounts(
        "total of operating cost in final accounts",
        "R05 R06 S02",
        F_BASIC,
        ("公用经费合计 | < | 700,000.00", "公用经费合计 | < | 770,000.00"),
    ),
    budget(
        "personnel is not 301 and 303",
        "P05 R05 R06 S02",
        BASIC,
        ("| 843.40 | 760.40", "| 843.40 | 764.00"),
    ),
)

FUNDS = (
    budget(
        "a row is not its three funds",
        "R07 R06 S01",
        APPROPRIATION,
        ("（四）城乡社区支出 | 45.00 |", "（四）城乡社区支出 | 54.00 |"),
    ),
    budget(
        "fund column of the total",
        "R07 R03 S01",
        APPROPRIATION,
        ("支出总计 | 1,378.90 | 1,333.90 | 45.00", "支出总计 | 1,378.90 | 1,333.90 | 54.00"),
    ),
    budget(
        "appropriated revenue is not its funds",
        "R02 R07 R01",
        APPROPRIATION,
        ("一、本年收入 | 1,363.90", "一、本年收入 | 1,336.90"),
    ),
    budget(
        "the whole fund table differs from the summary",
        "S06 S01 S02",
        FUND,
        ("合计 | < | 45.00 | | 45.00", "合计 | < | 54.00 | | 54.00"),
        ("212 | 城乡社区支出 | 45.00 | | 45.00", "212 | 城乡社区支出 | 54.00 | | 54.00"),
        ("安排的支出 | 45.00 | | 45.00", "安排的支出 | 54.00 | | 54.00"),
        (
            "其他国有土地使用权出让收入安排的支出 | 45.00 | | 45.00",
            "其他国有土地使用权出让收入安排的支出 | 54.00 | | 54.00",
        ),
    ),
    budget(
        "one fund of the summary differs from its own table",
        "S06 S01 R07",
        APPROPRIATION,
        ("一、本年支出 | 1,378.90 | 1,333.90", "一、本年支出 | 1,378.90 | 1,339.90"),
    ),
    accounts(
        "carried rows of the fund table do not balance",
        "R13 S01",
        F_FUND,
        (
            "合计 | < | 50,000.00 | 600,000.00 | 600,000.00 | | 600,000.00 | 50,000.00",
            "合计 | < | 50,000.00 | 600,000.00 | 600,000.00 | | 600,000.00 | 40,000.00",
        ),
    ),
    accounts(
        "a row is not its funds in final accounts",
        "R07 R06 S01",
        F_APPROPRIATION,
        (
            "农林水支出 | 44 | 8,900,000.00 | 8,900,000.00",
            "农林水支出 | 44 | 8,900,000.00 | 8,090,000.00",
        ),
    ),
    budget(
        "appropriation is more than all money",
        "R12 S01",
        EXPENDITURE,
        ("合计 | < | 1,410.90 | 863.40 | 547.50", "合计 | < | 1,407.90 | 860.40 | 547.50"),
        ("201 | 一般公共服务支出 | 923.00 | 672.50", "201 | 一般公共服务支出 | 920.00 | 669.50"),
        ("商贸事务 | 923.00 | 672.50", "商贸事务 | 920.00 | 669.50"),
        ("行政运行 | 512.30 | 512.30", "行政运行 | 509.30 | 509.30"),
    ),
)

BETWEEN_TABLES = (
    budget(
        "a class differs between two tables",
        "S01 R06",
        SUMMARY,
        ("商业服务业等支出 | 252.00", "商业服务业等支出 | 225.00"),
    ),
    budget(
        "a source differs between two tables",
        "S01 R02 S02",
        SUMMARY,
        ("事业收入 | 20.00", "事业收入 | 29.00"),
    ),
    budget(
        "the last digit differs between two tables",
        "S01",
        SUMMARY,
        ("住房保障支出 | 58.80", "住房保障支出 | 58.81"),
    ),
    accounts(
        "a class differs between two tables of final accounts",
        "S01 R06",
        F_SUMMARY,
        ("50 | 350,000.00", "50 | 530,000.00"),
    ),
    budget(
        "three public expenses are not their parts",
        "R08 S02",
        THREE,
        ("合计 | 10.00 | 14.50", "合计 | 10.00 | 15.40"),
    ),
    budget(
        "vehicle operation is not the vehicle expenses",
        "R08 S02",
        THREE,
        ("公务用车运行费 | 8.00 | 8.00", "公务用车运行费 | 8.00 | 6.00"),
    ),
    accounts(
        "three public expenses of final accounts",
        "R08 S02",
        F_THREE,
        ("30,000.00 | 80,000.00", "30,000.00 | 88,000.00"),
    ),
    budget(
        "total of the project table",
        "R10 S01",
        PROJECTS,
        ("合计 | 547.50 | 490.50", "合计 | 574.50 | 490.50"),
    ),
    budget(
        "a row of the project table",
        "R10",
        PROJECTS,
        ("展会场馆配套 | 45.00 | | 45.00", "展会场馆配套 | 54.00 | | 54.00"),
        at="展会场馆配套",
    ),
    budget(
        "reception by economic group is above the three public one",
        "P04",
        BASIC,
        ("差旅费 | 12.00 | | 12.00", "差旅费 | 10.00 | | 10.00"),
        ("公务接待费 | 1.50 | | 1.50", "公务接待费 | 3.50 | | 3.50"),
    ),
)

TABLE_FAULTS = (*TOTALS, *CHILDREN, *COLUMNS, *FUNDS, *BETWEEN_TABLES)
