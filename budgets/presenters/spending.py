"""The parts of the spending, and whether they provably make up a whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budgets import vocabulary
from budgets.statement import Figure, Statement

from .amounts import hundred_shares
from .figures import find, is_amount, label

OTHER_PARTS = (
    "expenditure.superior_remittance",
    "expenditure.business",
    "expenditure.affiliate_subsidy",
    "expenditure.transfer",
)
# The first of these that is printed decides: 支出 before 收入, the widest 收入 first.
TOTALS = (
    "expenditure.current",
    "expenditure.total",
    "revenue.total",
    "revenue.current",
    "revenue.appropriation",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the spending; `share` of each 100 元 is null unless the parts add up."""

    name: str
    amount: Decimal
    figure: Figure
    share: int | None = None

    @property
    def is_small(self) -> bool:
        """Tell whether something is there that a whole 元 in 100 does not show."""
        return self.share == 0 and self.amount > 0


@dataclass(frozen=True, slots=True)
class Spending:
    """`parts` that add to `total` (a printed figure equal to their sum), or just parts.

    `sum` is ours; `is_split` tells that 基本支出 is shown by its two parts.
    """

    parts: list[Part]
    sum: Decimal
    total: Figure | None
    is_split: bool


def read_spending(statement: Statement) -> Spending:
    """Return the parts in order of size, with shares only where their sum is printed too.

    基本支出 gives way to 人员经费 and 公用经费 where these add up to it.
    """
    figures, is_split = _parts(statement)
    amounts = [figure.amount or Decimal(0) for figure in figures]
    whole = sum(amounts, Decimal(0))
    complete = any(f.concept.startswith("expenditure.basic") for f in figures) and any(
        f.concept == "expenditure.project" for f in figures
    )
    one_scope = len({(f.fund, f.origin) for f in figures}) == 1
    total = _printed_total(statement, whole) if complete and one_scope else None
    shares: list[int] | list[None] = [None] * len(figures)
    if total and whole > 0 and min(amounts) >= 0:
        shares = hundred_shares(amounts)
    parts = [
        Part(vocabulary.concept_name(figure.concept), amount, figure, share)
        for figure, amount, share in zip(figures, amounts, shares, strict=True)
    ]
    parts.sort(key=lambda part: -part.amount)
    return Spending(parts, whole, total, is_split)


def _parts(statement: Statement) -> tuple[list[Figure], bool]:
    project, basic = (find(statement, f"expenditure.{name}") for name in ("project", "basic"))
    halves = [find(statement, f"expenditure.basic.{name}") for name in ("personnel", "operating")]
    is_split = _add_up_to(halves, basic)
    chosen = [project, *(halves if is_split else [basic])]
    chosen += [find(statement, concept) for concept in OTHER_PARTS]
    return [figure for figure in chosen if figure and is_amount(figure)], is_split


def _add_up_to(parts: list[Figure | None], total: Figure | None) -> bool:
    if total is None or not is_amount(total) or not all(is_amount(part) for part in parts):
        return False
    found = [part for part in parts if part]
    same_scope = {(f.fund, f.origin) for f in [*found, total]}
    added = sum((f.amount or Decimal(0) for f in found), Decimal(0))
    return len(same_scope) == 1 and added == total.amount


def _printed_total(statement: Statement, amount: Decimal) -> Figure | None:
    """Return the printed total of the spending if it equals the sum of the parts."""
    printed = (find(statement, concept) for concept in TOTALS)
    figure = next((figure for figure in printed if figure and is_amount(figure)), None)
    return figure if figure and figure.amount == amount else None


def share_words(part: Part) -> str:
    """Say a share of 100 元: ``76 元是项目支出``, ``不足 1 元是公用经费``."""
    amount = "不足 1 元" if part.is_small else f"{part.share} 元"
    return f"{amount}是{label(part.figure)}"
