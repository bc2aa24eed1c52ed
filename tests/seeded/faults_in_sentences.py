"""Faults in sentences: against tables, changes and shares, procurement, performance, vehicles."""

from __future__ import annotations

from tests.seeded.disclosures import BUDGET, FINAL_ACCOUNTS, Edit
from tests.seeded.faults import Fault


def budget(name: str, codes: str, *changes: tuple[str, str], at: str = "") -> Fault:
    """Return a fault in the budget's sentences; `at` are words of the other place told with it."""
    edits = tuple(Edit(*change) for change in changes)
    return Fault(name, tuple(codes.split()), BUDGET, edits, counterparts=(at,) if at else ())


def accounts(name: str, codes: str, *changes: tuple[str, str], at: str = "") -> Fault:
    edits = tuple(Edit(*change) for change in changes)
    counterparts = (at,) if at else ()
    return Fault(name, tuple(codes.split()), FINAL_ACCOUNTS, edits, counterparts=counterparts)


CAPITAL_TABLE = "国有资本经营预算支出表"

AGAINST_TABLES = (
    budget("revenue total in prose", "S02", ("收入总预算1,410.90", "收入总预算1,401.90")),
    budget("basic expenditure in prose", "S02", ("其中：基本支出863.40", "其中：基本支出836.40")),
    budget(
        "元 where 万元 was meant",
        "S02",
        ("一般公共预算支出1,333.90万元", "一般公共预算支出1,333.90元"),
    ),
    budget("万元 where 元 was meant", "S02", ("项目支出490.50万元", "项目支出4,905,000.00万元")),
    budget("the budget of a code in prose", "S02", ("（项）512.30万元", "（项）521.30万元")),
    budget("a class in prose", "S02", ("（类）90.60万元", "（类）96.00万元")),
    budget("three public total in prose", "S02", ("经费预算14.50万元", "经费预算15.40万元")),
    budget(
        "vehicle operation in prose",
        "S02 R08 S07",
        ("公务用车运行费8.00万元。截", "公务用车运行费6.00万元。截"),
    ),
    budget(
        "last year's reception in prose", "S02", ("2024年预算数2.00万元", "2024年预算数2.20万元")
    ),
    budget(
        "fund expenditure in prose",
        "S02",
        ("政府性基金预算支出45.00万元", "政府性基金预算支出54.00万元"),
    ),
    budget(
        "said to be none beside a full table",
        "S02",
        (
            "2025年政府性基金预算支出45.00万元，全部为项目支出，主要用于展会场馆周边配套。",
            "本部门2025年没有使用政府性基金预算安排的支出。",
        ),
    ),
    budget("personnel in prose", "S02 R05 S07", ("人员经费760.40万元", "人员经费706.40万元")),
    accounts(
        "appropriation in prose of final accounts",
        "S02",
        ("财政拨款收入1,045.00", "财政拨款收入1,054.00"),
    ),
    accounts(
        "expenditure in prose of final accounts", "S02", ("支出决算为990.00", "支出决算为909.00")
    ),
    accounts(
        "three public total in prose of final accounts",
        "S02",
        ("支出决算为8.00万元", "支出决算为7.00万元"),
    ),
    accounts("a decimal point lost in prose", "S02", ("支出决算为2.00万元", "支出决算为200万元")),
    accounts(
        "both appropriation totals in prose",
        "S02",
        ("收入支出总计1,058.00", "收入支出总计1,085.00"),
    ),
)

CHANGES = (
    budget("amount of an increase", "G01", ("增加12.30万元", "增加13.20万元")),
    budget("amount of the operating cost's increase", "G01", ("增加3.40万元", "增加4.30万元")),
    budget(
        "percentage divided by this year",
        "G02",
        ("增加0.50万元，增长25.00%", "增加0.50万元，增长20.00%"),
    ),
    budget(
        "digits of a percentage swapped",
        "G02",
        ("增加43.90万元，增长3.40%", "增加43.90万元，增长4.30%"),
    ),
    budget(
        "a decrease called an increase",
        "G03",
        ("减少15.50万元，下降8.61%", "增加15.50万元，增长8.61%"),
    ),
    budget(
        "different amounts called equal",
        "G03",
        (
            "比2024年预算数2.00万元增加0.50万元，增长25.00%，主要原因是来访投资考察团增多。",
            "与2024年预算数2.00万元持平。",
        ),
    ),
    budget(
        "increase or decrease not struck out", "G03 C04", ("减少15.50万元", "增加（减少）15.50万元")
    ),
    budget(
        "a percentage of nothing", "G04", ("增加4.00万元，主要", "增加4.00万元，增长100.00%，主要")
    ),
    budget("digits of a share swapped", "G05", ("占6.79%", "占7.69%")),
    budget("a share too large", "G05", ("占96.67%", "占99.67%")),
    accounts("digits of a share swapped in final accounts", "G05", ("占45.07%", "占54.07%")),
    budget(
        "a large change without a reason",
        "G06",
        ("，增长45.00%，主要原因是恢复了境外招商团组", "，增长45.00%"),
        ("增加4.00万元，主要原因是安排赴境外参加投资洽谈会", "增加4.00万元"),
        ("增长25.00%，主要原因是来访投资考察团增多", "增长25.00%"),
    ),
    accounts(
        "digits of the completion rate swapped",
        "G07",
        ("完成年初预算的95.45%", "完成年初预算的94.55%"),
    ),
    accounts(
        "completion rate upside down", "G07", ("完成年初预算的75.00%", "完成年初预算的133.33%")
    ),
    accounts(
        "amount of a decrease in final accounts",
        "G01",
        ("减少1.00万元，下降11.11%", "减少1.10万元，下降11.11%"),
    ),
    accounts(
        "a decrease called an increase in final accounts",
        "G03",
        ("减少0.50万元，下降20.00%", "增加0.50万元，增长20.00%"),
    ),
    budget(
        "equal totals that grow differently",
        "G08",
        (
            "支出总预算1,410.90万元，比2024年预算数增加58.50万元，增长4.33%",
            "支出总预算1,410.90万元，比2024年预算数增加68.50万元，增长5.10%",
        ),
        at="收入总预算",
    ),
)

BETWEEN_SENTENCES = (
    budget("procurement total swapped", "R09 S07", ("政府采购预算186.00", "政府采购预算168.00")),
    budget("a procurement item swapped", "R09", ("运行维护84.00", "运行维护48.00")),
    accounts(
        "procured works swapped", "R09 S07", ("政府采购工程支出220.00", "政府采购工程支出202.00")
    ),
    budget(
        "procurement above what can pay it",
        "P01",
        ("政府采购预算186.00", "政府采购预算986.00"),
        ("政府采购服务预算134.00", "政府采购服务预算934.00"),
        ("运行维护84.00", "运行维护884.00"),
    ),
    budget(
        "small and micro above all small and medium", "P07", ("预算金额80.00", "预算金额180.00")
    ),
    budget("reserved above all procurement", "P07", ("预算金额120.00", "预算金额220.00")),
    accounts(
        "awarded above all procurement", "P08", ("中小企业合同金额300.00", "中小企业合同金额400.00")
    ),
    accounts(
        "awarded to small and micro above its whole",
        "P08",
        ("小微企业合同金额200.00", "小微企业合同金额310.00"),
    ),
    accounts(
        "one project more is graded than evaluated", "P08", ("“良”的项目1个", "“良”的项目2个")
    ),
    accounts("problems found are not those rectified", "P08", ("正在整改的1个", "正在整改的2个")),
    budget(
        "project statement differs from its row",
        "S04",
        ("安排164.50万元", "安排146.50万元"),
        at="招商引资专项",
    ),
    budget(
        "agency operation above operating cost",
        "P02",
        (
            "61.40万元，比2024年预算数58.00万元增加3.40万元，增长5.86%",
            "91.40万元，比2024年预算数88.00万元增加3.40万元，增长3.86%",
        ),
    ),
    budget(
        "performance amount above project expenditure",
        "P03",
        ("金额547.50万元，占项目支出比重100.00%", "金额647.50万元，占项目支出比重118.26%"),
    ),
    budget("performance share is wrong", "P03", ("占项目支出比重100.00%", "占项目支出比重90.00%")),
    budget("vehicles are not their kinds", "A01", ("机要通信用车1辆", "机要通信用车2辆")),
    budget(
        "operation paid without a vehicle",
        "A02",
        ("公务用车保有量4辆", "公务用车保有量0辆"),
        (
            "共有车辆4辆，其中：机要通信用车1辆，应急保障用车1辆，执法执勤用车2辆",
            "共有车辆0辆",
        ),
        at="公务用车运行费8.00",
    ),
    budget("vehicles held are not the vehicles", "A03", ("公务用车保有量4辆", "公务用车保有量5辆")),
    budget("one unit more than listed", "A04", ("事业单位1个", "事业单位2个")),
    budget(
        "no unit below beside a list of two",
        "A04",
        ("具体包括：", "本部门无下级预算单位，具体包括："),
    ),
)

SENTENCE_FAULTS = (*AGAINST_TABLES, *CHANGES, *BETWEEN_SENTENCES)
