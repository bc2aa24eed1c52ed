"""Exact amounts → how they stand on a page. Nothing is ever rounded away.

Money is shown in 万元 with as many decimals as it needs, at least two; the 元 stand beside it
in the title. Nil, a printed 0, a blank cell and an absent figure are four different things.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budgets.statement import Figure

NIL = "无"
BLANK = "—"
ABSENT = "未公开"
ILLEGIBLE = "无法辨认"

TO_WAN = -4  # powers of ten from 元 to 万元


@dataclass(frozen=True, slots=True)
class Amount:
    """Text with separators, its unit, the same in 元 (`exact`) and for machines (`value`)."""

    text: str
    unit: str = ""
    exact: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.text} {self.unit}".strip()


def wan(amount: Decimal) -> str:
    """Write an amount of 元 in 万元, exactly: ``2,093.26``, ``0.00``, ``0.123456``."""
    scaled = amount.scaleb(TO_WAN)
    exponent = scaled.normalize().as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{scaled:,.{decimals}f}".replace("-", "−")


def plain_wan(amount: Decimal) -> str:
    """Write an amount of 元 in 万元 for a machine: no separators, exact."""
    return wan(amount).replace(",", "").replace("−", "-")


def money(amount: Decimal) -> Amount:
    """Show an amount of 元."""
    exact = f"{amount:,.2f} 元".replace("-", "−")
    return Amount(wan(amount), "万元", exact, f"{amount:f}")


def show(figure: Figure | None) -> Amount:
    """Show a figure: its amount, or in words why there is none."""
    if figure is None:
        return Amount(ABSENT)
    if figure.state == "nil":
        return Amount(NIL)
    if figure.state == "illegible":
        return Amount(ILLEGIBLE)
    if figure.amount is None:
        return Amount(BLANK)
    if figure.unit == "元":
        return money(figure.amount)
    return Amount(f"{figure.amount:,f}", figure.unit, "", f"{figure.amount:f}")


def show_optional(amount: Decimal | None) -> Amount:
    """Show an amount that a list may leave out."""
    return Amount(ABSENT) if amount is None else money(amount)


def add_up(amounts: Iterable[Decimal | None]) -> Decimal:
    """Add what is stated; what is not counts nothing."""
    return sum((a for a in amounts if a is not None), Decimal(0))


def hundred_shares(parts: list[Decimal]) -> list[int]:
    """Split 100 in the proportion of the parts by the largest remainder: they add to 100.

    Equal remainders go to the earlier part. Raises ValueError unless every part is at
    least 0 and one is more.
    """
    total = sum(parts, Decimal(0))
    if total <= 0 or min(parts) < 0:
        raise ValueError("shares need parts that are not negative and not all zero")
    # Whole-number arithmetic: a quotient of Decimals would be cut off somewhere.
    quotients = [divmod(part * 100, total) for part in parts]
    shares = [int(whole) for whole, _ in quotients]
    order = sorted(range(len(parts)), key=lambda i: (-quotients[i][1], i))
    for index in order[: 100 - sum(shares)]:
        shares[index] += 1
    return shares


def percent(part: Decimal, total: Decimal) -> str:
    """Write a share with one decimal, halves up; ``<0.1%`` for a share that would vanish."""
    if total <= 0:
        return ""
    tenths = (part * 2000 + total) // (total * 2)
    if tenths == 0 and part > 0:
        return "<0.1%"
    return f"{Decimal(int(tenths)).scaleb(-1):.1f}%"
