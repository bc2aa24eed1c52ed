"""The first screen: one number and one sentence, exactly true for any disclosure."""

from __future__ import annotations

from dataclasses import dataclass

from budgets.statement import Figure, Source, Statement

from .amounts import Amount, money, show
from .figures import find, is_amount, label
from .spending import Spending, other_revenue, share_words

# The first of these that is printed is the number of the page.
HEADLINES = (
    "expenditure.total",
    "expenditure.current",
    "revenue.total",
    "revenue.current",
    "revenue.appropriation",
    "expenditure.project",
    "expenditure.basic",
)
ROUNDING = "整元按最大余数法取，合计正好 100 元；精确数额见下表。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The number with its name and place, and the sentences under it."""

    label: str
    amount: Amount
    sources: list[Source]
    sentences: list[str]
    rounding: str = ""


def headline(statement: Statement) -> Figure | None:
    """Return the figure that says how much the disclosure is about; none where none is printed."""
    for concept in HEADLINES:
        figure = find(statement, concept)
        if figure and is_amount(figure):
            return figure
    return None


def write_answer(statement: Statement, spending: Spending) -> Answer:
    """Write the answer of the first screen."""
    figure = headline(statement)
    if figure is None:
        return Answer(
            label=f"{statement.fiscal_year} 年",
            amount=Amount("未公开"),
            sources=[],
            sentences=["文件没有写明收入和支出的总数。"],
        )
    return Answer(
        label=f"{statement.fiscal_year} 年{label(figure)}",
        amount=show(figure),
        sources=figure.sources,
        sentences=[
            s for s in (_use(spending), _others(statement, figure), _missing(statement)) if s
        ],
        rounding=ROUNDING if spending.whole else "",
    )


def _use(spending: Spending) -> str:
    """Say what it is spent on: by 100 元 where the parts add up, else by plain amounts."""
    if not spending.parts:
        return ""
    if not spending.whole or any(part.share is None for part in spending.parts):
        told = "，".join(f"{label(p.figure)} {money(p.amount)}" for p in spending.parts)
        return f"支出中，{told}。"
    told = "，".join(share_words(part) for part in spending.parts if part.amount)
    return f"每 100 元支出里，{told}。"


def _others(statement: Statement, told: Figure) -> str:
    """Name the other sources of revenue where the number above is 财政拨款 alone."""
    others = other_revenue(statement) if told.concept == "revenue.appropriation" else []
    named = "，".join(f"{label(figure)} {show(figure)}" for figure in others)
    return f"文件还写明：{named}。" if named else ""


def _missing(statement: Statement) -> str:
    """Say which totals are not printed, so that nobody takes a part for the whole."""
    revenue = find(statement, "revenue.total") or find(statement, "revenue.current")
    expenditure = find(statement, "expenditure.total") or find(statement, "expenditure.current")
    missing = [
        name for name, total in (("收入总计", revenue), ("支出总计", expenditure)) if total is None
    ]
    return f"文件没有写{'和'.join(missing)}。" if missing else ""


def findings_of_spending(spending: Spending) -> str:
    """Write the heading of the spending: the share of its largest part, else plain amounts."""
    parts = [part for part in spending.parts if part.amount]
    if not parts:
        return "支出构成"
    if spending.whole and parts[0].share is not None:
        return f"每 100 元里，{share_words(parts[0])}"
    return "，".join(f"{label(p.figure)} {money(p.amount)}" for p in parts[:2])
