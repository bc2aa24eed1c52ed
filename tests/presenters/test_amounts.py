"""Amounts as they are shown: exact, with four different kinds of nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.presenters.amounts import Amount, hundred_shares, percent, plain_wan, show, wan
from tests.factories import make_figure

amounts = st.decimals(0, 10**13, places=2, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [
        ("20932600.00", "2,093.26"),
        ("400000", "40.00"),
        ("0", "0.00"),
        ("1234.56", "0.123456"),
        ("0.01", "0.000001"),
        ("5806105.16", "580.610516"),
        ("-20000", "−2.00"),
        ("123456789012345.67", "12,345,678,901.234567"),
    ],
)
def test_wan_is_exact(yuan: str, shown: str) -> None:
    assert wan(Decimal(yuan)) == shown


@given(amounts)
def test_nothing_is_rounded_away(amount: Decimal) -> None:
    assert Decimal(plain_wan(amount)) * 10_000 == amount


def test_four_kinds_of_nothing_differ() -> None:
    assert show(make_figure("expenditure.basic", None)).text == "无"
    assert show(make_figure("expenditure.basic", "0")).text == "0.00"
    blank = make_figure("expenditure.basic", "0", state="blank", amount=None)
    assert show(blank).text == "—"
    assert show(None).text == "未公开"


def test_a_count_keeps_its_unit() -> None:
    figure = make_figure("assets.vehicles", "0", amount=Decimal(0), unit="辆")
    assert show(figure) == Amount("0", "辆", "", "0")


def test_hundred_shares_take_the_largest_remainder() -> None:
    parts = [Decimal("1597.07"), Decimal("481.84"), Decimal("14.35")]
    assert hundred_shares(parts) == [76, 23, 1]
    assert hundred_shares([Decimal(1)] * 3) == [34, 33, 33]


@given(st.lists(amounts, min_size=1, max_size=8).filter(lambda parts: sum(parts) > 0))
def test_hundred_shares_add_to_a_hundred(parts: list[Decimal]) -> None:
    shares = hundred_shares(parts)
    assert sum(shares) == 100
    total = sum(parts)
    assert all(
        abs(share * total - part * 100) < total for share, part in zip(shares, parts, strict=True)
    )


@pytest.mark.parametrize("parts", [[Decimal(0)], [Decimal(5), Decimal(-1)]])
def test_shares_of_nothing_are_refused(parts: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="shares"):
        hundred_shares(parts)


def test_a_small_share_does_not_vanish() -> None:
    assert percent(Decimal(1), Decimal(100_000)) == "<0.1%"
    assert percent(Decimal("1597.07"), Decimal("2093.26")) == "76.3%"
    assert percent(Decimal(0), Decimal(1)) == "0.0%"
