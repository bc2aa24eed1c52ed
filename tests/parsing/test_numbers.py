from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.documents.blocks import Paragraph
from budgets.parsing.lines import Line
from budgets.parsing.numbers import account, parse_number, parse_quantity, quantities


def line(text):
    return Line.of(Paragraph(locator="¶1", text=text))


def read(text):
    return [(q.amount, q.unit, q.stated) for q in quantities(line(text))]


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("收入2093.26万元", "20932600.00", "元"),
        ("收入34万元", "340000.00", "元"),
        ("收入1,234.50元", "1234.50", "元"),
        ("收入１，２", None, None),
        ("收入1720.00万", "17200000.00", "元"),
        ("收入1.2亿元", "120000000.00", "元"),
        ("车辆0辆", "0", "辆"),
        ("设备2台（套）", "2", "台"),
        ("占100%", "100", "%"),
        ("占27.78％", "27.78", "%"),
        ("接待12批次", "12", "批次"),
        ("涉及预算金额为-3.5万元", "-35000.00", "元"),
    ],
)
def test_quantities_reads_number_and_unit(text, amount, unit):
    found = [(q.amount, q.unit) for q in quantities(line(text))]
    assert found == ([] if amount is None else [(Decimal(amount), unit)])


@pytest.mark.parametrize(
    "text",
    [
        "2024年1月1日",
        "2022年第2次会议",
        "单位价值50万元（含）以上通用设备",
        "〔2016〕143号",
        "12345政务服务便民热线",
        "《2022年10万元以上项目清单》",
        "1.项目概述",
        "8一般公共服务",
    ],
)
def test_labels_are_no_quantities(text):
    assert read(text) == []
    assert account([line(text)])[0]["unread"] == 0


def test_an_amount_at_the_start_of_a_line_is_no_numbering():
    assert read("34万元用于办公") == [(Decimal("340000.00"), "元", "34万元")]
    assert account([line("34万元用于办公")])[0] == {
        "figure": 0,
        "item": 0,
        "operand": 0,
        "label": 0,
        "unread": 1,
    }


def test_account_counts_a_converter_trace_as_label_and_quotes_what_is_unread():
    counts, unread = account([line("[bookmark: OLE_LINK1]另有经费77万元，见附件。")])
    assert counts == {"figure": 0, "item": 0, "operand": 0, "label": 1, "unread": 1}
    assert [(u.quote, u.sources[0].locator, u.sources[0].stated) for u in unread] == [
        ("另有经费77万元", "¶1", "77")
    ]


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_parse_number_reads_what_format_writes(amount):
    assert parse_number(f"{amount:,.2f}") == amount
    assert parse_number(f"{amount:.2f}") == amount


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from([("万元", 10**4), ("元", 1), ("亿元", 10**8)]),
    st.booleans(),
)
def test_units_are_exact(amount, unit, with_separators):
    name, factor = unit
    written = f"{amount:,.2f}" if with_separators else f"{amount:.2f}"
    assert [q.amount for q in quantities(line(f"支出{written}{name}"))] == [amount * factor]


def test_parse_number_refuses_what_is_no_number():
    with pytest.raises(ValueError, match="not a number"):
        parse_number("1,23")


@pytest.mark.parametrize(
    ("printed", "unit", "amount", "stated"),
    [
        ("496.19", "万元", "4961900.00", "496.19"),
        ("公用经费14.35万元", "元", "143500.00", "14.35万元"),
        ("（25）", "万元", "-250000.00", "25"),
        ("△２５", "元", "-25.00", "25"),
        ("1,234.50", "元", "1234.50", "1,234.50"),
        ("3", "辆", "3", "3"),
    ],
)
def test_a_number_that_a_person_points_at(
    printed: str, unit: str, amount: str, stated: str
) -> None:
    found = parse_quantity(printed, unit)
    assert (str(found.amount), found.stated) == (amount, stated)


@pytest.mark.parametrize("printed", ["", "无", "12和13", "12345678901234567890"])
def test_what_is_not_one_number_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="not one number"):
        parse_quantity(printed, "元")
