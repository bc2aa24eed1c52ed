"""What prose says was paid for, against the tables."""

from decimal import Decimal

import pytest

from budgets.checks import run_checks
from budgets.statement import CodeName, Figure, Section, Source, Statement


def source(quote, locator, table=None):
    return Source(locator=locator, start=0, end=len(quote), quote=quote, table=table)


def figure(concept, amount, *sources, functional=None, economic=None):
    return Figure(
        concept=concept,
        functional=functional,
        economic=economic,
        amount=Decimal(amount),
        sources=[source("10.00", "t1 r2 c2", 0), *sources],
    )


def results(line, figures, code_names=()):
    statement = Statement(
        department="滨海市财政局",
        fiscal_year=2024,
        sections=[
            Section(
                key="overview",
                title="总体说明",
                text=line,
                sources=[source("总体说明", "¶1"), source(line, "¶2")],
            )
        ],
        figures=figures,
        code_names=list(code_names),
    )
    return [outcome.result for outcome in run_checks(statement) if outcome.code == "S08"]


@pytest.mark.parametrize(
    ("purpose", "printed", "expected"),
    [
        ("业务宣传等基本支出", "expenditure.basic", ["pass"]),
        ("业务宣传等基本支出", "expenditure.project", ["warning"]),
        ("信息系统运行等项目支出", "expenditure.basic", ["warning"]),
        ("基本支出和项目支出", "expenditure.project", ["not_checkable"]),
        ("业务宣传", "expenditure.project", ["not_checkable"]),
        ("业务宣传等基本支出", "expenditure.other", ["not_checkable"]),
    ],
)
def test_the_kind_of_expenditure_that_a_purpose_names(purpose, printed, expected):
    line = f"一般行政管理事务（项）10.00万元，主要用于：{purpose}。"
    item = figure("expenditure.current", 100000, source(line, "¶2"), functional="2010602")
    part = figure(printed, 100000, functional="2010602")
    assert results(line, [item, part]) == expected


NAMES = {
    "30201": "办公费",
    "30202": "印刷费",
    "30207": "邮电费",
    "30211": "差旅费",
    "30309": "奖励金",
}


@pytest.mark.parametrize(
    ("named", "unpaid", "expected"),
    [
        ("办公费、印刷费、邮电费、差旅费", "30309", ["pass"]),
        ("办公费、印刷费、邮电费、差旅费、奖励金", "30309", ["warning"]),
        ("办公费、印刷费", "30202", ["not_checkable"]),  # too few to be such a list
        ("办公用品、书刊、邮票、车票", "30202", ["not_checkable"]),
    ],
)
def test_names_of_a_list_have_amounts(named, unpaid, expected):
    codes = [
        CodeName(kind="economic", code=code, name=name, sources=[source(code, "t1 r1 c1")])
        for code, name in NAMES.items()
    ]
    figures = [
        figure("expenditure.basic", 0 if code == unpaid else 100, economic=code) for code in NAMES
    ]
    assert results(f"公用经费5万元，主要包括：{named}。", figures, codes) == expected
