"""Tables without a title: read where their columns are those of one table alone, else unread."""

import pytest

from tests.grid_blocks import table
from tests.parsing.test_tables import CODES, SUMMARY, SUMMARY_VALUES, read, values

REVENUE = """
    科目编码 | 科目名称 | 合计 | 财政拨款收入 | 事业收入 | 其他收入
    205 | 教育支出 | 9.00 | 6.00 | 2.00 | 1.00
"""
EXPENDITURE = """
    科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 上缴上级支出 | 对附属单位补助支出
    205 | 教育支出 | 9.00 | 6.00 | 3.00 | |
"""
THREE = "因公出国（境）费 | 公务接待费 | 公务用车购置及运行费\n4 | 2 | 3"


@pytest.mark.parametrize(
    ("drawing", "kind"),
    [
        (SUMMARY, "department_summary"),
        (REVENUE, "department_revenue"),
        (EXPENDITURE, "department_expenditure"),
        (THREE, "three_public"),
        (CODES, None),
        (SUMMARY.replace("二、事业收入", "二、").replace("三、其他收入", "三、"), None),
        (REVENUE.replace("事业收入 | 其他收入", "一般公共预算 | 政府性基金预算"), None),
        (THREE.replace("公务接待费", "会议费"), None),
    ],
)
@pytest.mark.parametrize("sheet", ["", "Sheet3", "表2"])
def test_columns_of_one_table_alone_tell_its_kind(drawing, kind, sheet):
    reading = read("单位：万元", table(drawing, title=sheet))
    assert [printed.kind for printed in reading.tables] == [kind]
    assert bool(reading.figures) == bool(kind)


def test_figures_of_an_untitled_table_are_those_of_a_titled_one():
    assert values("单位：万元", table(SUMMARY)) == SUMMARY_VALUES


def test_title_of_another_thing_stands_before_the_columns():
    reading = read("非税收入征收情况表", "单位：元", table(REVENUE))
    assert ([printed.kind for printed in reading.tables], reading.figures) == ([None], {})
