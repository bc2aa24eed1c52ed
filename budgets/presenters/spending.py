"""The parts of the spending, and whether they provably make up a whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from budgets import vocabulary
from budgets.statement import Figure, Statement

from .amounts import add_up, hundred_shares
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
_UNIT_FUNDS = vocabulary.leaf_parts("revenue.unit_funds")
# What a document may print beside 财政拨款收入, none within another.
REVENUE_PARTS = (
    *(part for part in vocabulary.leaf_parts("revenue.current") if part != "revenue.appropriation"),
    "revenue.surplus_used",
    "revenue.carried_forward",
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
    """`parts` whose `sum` (ours) equals what is printed as `whole`, or just parts.

    `whole` is one printed total, or every printed source of revenue where none is totalled;
    empty where the parts do not provably make a whole. `is_split` tells that 基本支出 is
    shown by its two parts.
    """

    parts: list[Part]
    sum: Decimal
    whole: list[Figure]
    is_split: bool


def read_spending(statement: Statement) -> Spending:
    """Return the parts in order of size, with shares only where their sum is printed too.

    基本支出 gives way to 人员经费 and 公用经费 where these add up to it.
    """
    figures, is_split = _parts(statement)
    figures.sort(key=lambda figure: -(figure.amount or Decimal(0)))
    amounts = [figure.amount or Decimal(0) for figure in figures]
    whole = sum(amounts, Decimal(0))
    complete = any(f.concept.startswith("expenditure.basic") for f in figures) and any(
        f.concept == "expenditure.project" for f in figures
    )
    one_scope = len({(f.fund, f.origin) for f in figures}) == 1
    equal = _printed_whole(statement, whole) if complete and one_scope else []
    shares: list[int] | list[None] = [None] * len(figures)
    if equal and whole > 0 and min(amounts) >= 0:
        shares = hundred_shares(amounts)
    parts = [
        Part(vocabulary.concept_name(figure.concept), amount, figure, share)
        for figure, amount, share in zip(figures, amounts, shares, strict=True)
    ]
    return Spending(parts, whole, equal, is_split)


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


def _printed_whole(statement: Statement, amount: Decimal) -> list[Figure]:
    """Return the printed total of the spending, or all printed revenue, if it is the amount."""
    printed = (find(statement, concept) for concept in TOTALS)
    total = next((figure for figure in printed if figure and is_amount(figure)), None)
    if total is None:
        return []
    whole = [total]
    if total.concept == "revenue.appropriation":
        whole += other_revenue(statement)
    return whole if add_up(figure.amount for figure in whole) == amount else []


def other_revenue(statement: Statement) -> list[Figure]:
    """Return the sources of revenue beside 财政拨款 that are printed with an amount."""
    wide = find(statement, "revenue.unit_funds", scopes=(None,))
    concepts = [c for c in REVENUE_PARTS if not wide or c not in _UNIT_FUNDS]
    found = [wide, *(find(statement, concept, scopes=(None,)) for concept in concepts)]
    return [figure for figure in found if figure and is_amount(figure) and figure.amount]


def share_words(part: Part) -> str:
    """Say a share of 100 元: ``76 元是项目支出``, ``不足 1 元是公用经费``."""
    amount = "不足 1 元" if part.is_small else f"{part.share} 元"
    return f"{amount}是{label(part.figure)}"
