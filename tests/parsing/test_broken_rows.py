"""A row that the end of a page broke: its words go on in the first row of the next page."""

import pytest

from tests.grid_blocks import table
from tests.parsing.test_tables import read, values

HEAD = "科目编码 | 科目名称 | 合计\n"


def test_name_of_a_code_goes_on_over_the_page():
    pieces = (
        table(HEAD + "2010301 | 行政运行 | 4\n20103 | 政府办公厅（室）及相关 | 5"),
        table("| 机构事务 | \n205 | 教育支出 | 6", number=2, continues=True),
    )
    reading = read("部门支出总表", "单位：元", *pieces)
    assert [(c.code, c.name, [s.quote for s in c.sources]) for c in reading.code_names] == [
        ("2010301", "行政运行", ["2010301", "行政运行"]),
        (
            "20103",
            "政府办公厅（室）及相关机构事务",
            ["20103", "政府办公厅（室）及相关", "机构事务"],
        ),
        ("205", "教育支出", ["205", "教育支出"]),
    ]
    assert {f.functional: str(f.amount) for f in reading.figures.values()} == {
        "2010301": "4.00",
        "20103": "5.00",
        "205": "6.00",
    }


def test_label_of_a_line_goes_on_on_either_side():
    pieces = (
        table(
            """
            收入 | < | 支出 | <
            项目 | 预算数 | 项目 | 预算数
            一、财政拨款收入 | 9 | 一、教育支出 | 4
            二、附属单位 | 1 | 二、社会保障和就 | 6
            """
        ),
        table("上缴收入 | | 业支出 | \n收入总计 | 10 | 支出总计 | 10", number=2, continues=True),
    )
    assert values("收支总表", "单位：元", *pieces) == {
        "revenue.appropriation": "9.00",
        "revenue.affiliate_remittance": "1.00",
        "revenue.total": "10.00",
        "expenditure.current 205": "4.00",
        "expenditure.current 208": "6.00",
        "expenditure.total": "10.00",
    }


@pytest.mark.parametrize(
    ("last", "first"), [("一、教育支出", "二、住房保障支出"), ("一、教育", "支出情况")]
)
def test_line_without_amounts_is_a_row_of_its_own(last, first):
    head = "收入 | < | 支出 | <\n项目 | 预算数 | 项目 | 预算数\n"
    pieces = (
        table(f"{head}一、财政拨款收入 | 9 | {last} | 4"),
        table(f" | | {first} | \n收入总计 | 9 | 支出总计 | 9", number=2, continues=True),
    )
    reading = read("收支总表", "单位：元", *pieces)
    blanks = [(f.concept, f.functional) for f in reading.blanks]
    assert blanks == [("expenditure.current", "221")] * (first == "二、住房保障支出")
    assert [str(f.amount) for f in reading.figures.values() if f.functional] == ["4.00"]
