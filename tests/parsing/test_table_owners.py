"""One file with a set of tables for each unit: the department's are the whole, others a unit's."""

import pytest

from budgets.parsing import parse_disclosure
from tests.grid_blocks import document_of, table
from tests.house_styles import figures_of


def summary(amount: str, number: int):
    return table(
        f"""
        收入 | < | 支出 | <
        项目 | 预算数 | 项目 | 预算数
        一、事业收入 | {amount} | 一、教育支出 | {amount}
        收入总计 | {amount} | 支出总计 | {amount}
        """,
        number=number,
    )


def owned(*blocks) -> dict[tuple[str, str], str]:
    """Return the amounts by concept and unit."""
    document = document_of(*blocks, title="东港市教育局2024年部门预算")
    return {
        (key[0], key[2]): amount
        for key, amount in figures_of(parse_disclosure([document]).figures).items()
        if key[0] in ("revenue.institution", "revenue.total")
    }


WHOLE = {("revenue.institution", ""): "9.00", ("revenue.total", ""): "9.00"}
UNIT = {
    ("revenue.institution", "@东港市第一中学（本部）"): "4.00",
    ("revenue.total", "@东港市第一中学（本部）"): "4.00",
}


@pytest.mark.parametrize(
    "own",
    [
        "部门：东港市教育局",
        "填报单位：[205]东港市教育局",
        "单位名称：教育局",
        "部门：东港市教育局（汇总）",
    ],
)
def test_second_set_of_tables_is_of_its_unit(own):
    assert (
        owned(
            "部门收支总表",
            f"{own}  单位：元",
            summary("9.00", 1),
            "收支总表",
            "单位名称：205001东港市第一中学（本部） 单位：元",
            summary("4.00", 2),
        )
        == WHOLE | UNIT
    )


def test_units_are_told_by_the_titles_of_their_tables():
    found = owned(
        "东港市教育局2024年部门收支总表",
        "单位：元",
        summary("9.00", 1),
        "东港市电化教育馆2024年单位收支总表",
        "单位：元",
        summary("4.00", 2),
    )
    assert found == WHOLE | {
        ("revenue.institution", "@东港市电化教育馆"): "4.00",
        ("revenue.total", "@东港市电化教育馆"): "4.00",
    }


def test_one_set_of_tables_is_of_the_whole_whatever_name_stands_above():
    assert owned("部门收支总表", "部门：东港市教育体育局  单位：元", summary("9.00", 1)) == WHOLE
