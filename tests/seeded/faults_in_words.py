"""Faults in words: codes, names, years, numbering, leftovers, notes, reasons; and from outside."""

from __future__ import annotations

import datetime

from tests.seeded.disclosures import BUDGET, FINAL_ACCOUNTS, Edit
from tests.seeded.faults import Fault
from tests.seeded.neighbours import prior_of, units_of


def budget(name: str, codes: str, *edits: Edit, at: str = "") -> Fault:
    """Return a fault in the budget's words; `at` are words of the other place told with it."""
    return Fault(name, tuple(codes.split()), BUDGET, edits, counterparts=(at,) if at else ())


def accounts(name: str, codes: str, *edits: Edit, at: str = "") -> Fault:
    counterparts = (at,) if at else ()
    return Fault(name, tuple(codes.split()), FINAL_ACCOUNTS, edits, counterparts=counterparts)


CODES = (
    accounts(
        "a name of another code", "C01", Edit("水利工程建设", "水利工程运行与维护", "支出决算表")
    ),
    budget(
        "an outdated name of a code",
        "C01",
        Edit("行政事业单位养老支出", "行政事业单位离退休", "部门支出总表"),
    ),
    budget(
        "a name of another economic code", "C01", Edit("邮电费", "印刷费", "一般公共预算基本支出表")
    ),
    budget(
        "a code one digit too long",
        "C09",
        Edit("2080505", "20805055", "部门支出总表"),
        at="行政事业单位养老支出",
    ),
    budget(
        "a code outside its group",
        "C09 R06",
        Edit("2080505", "2090505", "部门支出总表"),
        at="行政事业单位养老支出",
    ),
    budget(
        "a code one digit too short",
        "C09",
        Edit("30207", "3027", "一般公共预算基本支出表"),
        at="商品和服务支出",
    ),
)

YEARS = (
    budget(
        "year of the explanations' heading",
        "C02",
        Edit("第三部分 2025年部门预算", "第三部分 2024年部门预算"),
    ),
    budget(
        "year of the tables' heading",
        "C02",
        Edit("第二部分 2025年部门预算", "第二部分 2024年部门预算"),
    ),
    budget(
        "an amount of this year under a past one",
        "C02",
        Edit("2025年一般公共预算支出1,333.90", "2023年一般公共预算支出1,333.90"),
    ),
    budget(
        "a base of two years ago",
        "C02",
        Edit("1,333.90万元，比2024年预算数", "1,333.90万元，比2023年预算数"),
    ),
    budget(
        "year of a column",
        "C02",
        Edit("2025年基本支出", "2023年基本支出", "一般公共预算基本支出表"),
    ),
    accounts(
        "year of a heading in final accounts", "C02", Edit("第二部分 2024年度", "第二部分 2023年度")
    ),
)

LEFTOVERS = (
    budget("a heading's number skipped", "C03", Edit("八、机关运行经费", "九、机关运行经费")),
    budget("a term's number repeated", "C03", Edit("3.上年结转：", "2.上年结转：")),
    budget("a placeholder left", "C04", Edit("主要用于展会场馆周边配套", "主要用于××项目")),
    budget("an instruction left", "C04", Edit("完善县乡村三级物流网络", "（请填写项目概述）")),
    budget(
        "the form's hint left as a note",
        "C04",
        Edit("本表为空表。", "仍保留该表格式，并在本表下方说明。"),
    ),
    budget("this unit in a department's document", "C05", Edit("本部门共有车辆", "本单位共有车辆")),
    budget(
        "an empty table without a note",
        "C06",
        Edit("注：本部门2025年没有使用国有资本经营预算安排的支出，本表为空表。", " "),
        Edit("\n本部门2025年没有使用国有资本经营预算安排的支出。", "\n见附表。"),
        at="国有资本经营预算支出表",
    ),
    Fault(
        "the basic expenditure table is missing", ("C07",), BUDGET, dropped="一般公共预算基本支出表"
    ),
    Fault("the revenue table is missing", ("C07",), BUDGET, dropped="部门收入总表"),
    Fault(
        "the three public table is missing",
        ("C07",),
        FINAL_ACCOUNTS,
        dropped="财政拨款“三公”经费支出决算表",
        counterparts=("“三公”经费支出表",),
    ),
    budget(
        "another department's name",
        "C10",
        Edit("第三部分 2025年部门预算", "第三部分 云海市青溪区教育局2025年部门预算"),
    ),
)

NOTES_AND_REASONS = (
    budget(
        "a note of another fund",
        "T01 S02",
        Edit(
            "注：本部门2025年没有使用国有资本经营预算安排的支出",
            "注：本部门2025年没有使用政府性基金预算安排的支出",
        ),
        at="国有资本经营预算支出表",
    ),
    budget(
        "a note of emptiness under numbers",
        "T01",
        Edit("合计 | < | | |", "合计 | < | 8.00 | | 8.00", "国有资本经营预算支出表"),
    ),
    budget(
        "an overview copied from another project",
        "T02",
        Edit(
            "完善县乡村三级物流网络，扶持本地电商主体。",
            "招商引资专项用于组织赴重点城市开展投资推介，跟踪服务在谈的重点项目。",
        ),
        at="商贸流通发展项目情况说明",
    ),
    accounts(
        "a reason copied in final accounts",
        "T02",
        Edit("主要原因是部分水闸维修推迟到下一年度", "主要原因是水利工程建设经费减少"),
    ),
    budget(
        "city finance in a district's document",
        "T03",
        Edit("指区级财政当年拨付", "指市级财政当年拨付"),
    ),
    budget(
        "a reason of decrease for an increase",
        "T04",
        Edit("主要原因是来访投资考察团增多", "主要原因是公务接待费减少"),
    ),
    accounts(
        "a reason of increase for a decrease",
        "T04",
        Edit("主要原因是来访批次减少", "主要原因是公务接待费增加"),
    ),
    budget("an empty reason", "T04", Edit("主要原因是来访投资考察团增多。", "主要原因是。")),
)


def _other_prior(statement):
    return {"prior": prior_of(statement, more="1")}


def _other_carried(statement):
    return {"prior": prior_of(statement, more_carried="1")}


def _other_units(statement):
    return {"units": units_of(statement, more="30")}


def _late(statement):
    dates = {"approved": datetime.date(2025, 2, 10), "published": datetime.date(2025, 4, 1)}
    return {"dates": dates}


FROM_OUTSIDE = (
    Fault(
        "last year's amounts differ from those published", ("S03",), BUDGET, neighbours=_other_prior
    ),
    Fault(
        "last year's final amounts differ from those published",
        ("S03",),
        FINAL_ACCOUNTS,
        neighbours=_other_prior,
    ),
    Fault(
        "carried forward differs from last year's carried over",
        ("S05",),
        FINAL_ACCOUNTS,
        neighbours=_other_carried,
    ),
    Fault("the department is not its units", ("R11",), BUDGET, neighbours=_other_units),
    Fault("made public after more than twenty days", ("D01",), BUDGET, neighbours=_late),
)

WORD_FAULTS = (*CODES, *YEARS, *LEFTOVERS, *NOTES_AND_REASONS, *FROM_OUTSIDE)
