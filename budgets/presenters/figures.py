"""Which figure answers a question, what it is called, how it stands in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from budgets import vocabulary
from budgets.statement import Figure, Source, Statement

from .amounts import Amount, show

IN_TEXT = "正文里写的"
# Widest first: all money, else 财政拨款, else the general public budget alone.
SCOPES: tuple[str | None, ...] = (None, "appropriation", "general_public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table under a chart; `anchor` is the id that search links to."""

    label: str
    amount: Amount
    sources: list[Source] = field(default_factory=list)
    level: int = 0
    share: str = ""
    note: str = ""
    anchor: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroup:
    """The rows that come from one place of a document: a table, or the text."""

    title: str
    rows: list[Row]


def group_rows(statement: Statement) -> list[RowGroup]:
    """Return every figure as a row, by the table it was first read from, in printed order."""
    groups: dict[int | None, list[Row]] = {}
    for number, figure in enumerate(statement.figures, 1):
        table = figure.sources[0].table if figure.sources else None
        groups.setdefault(table, []).append(to_row(figure, anchor=f"figure-{number}"))
    titles = {
        number: table.title or f"第 {number + 1} 张表"
        for number, table in enumerate(statement.tables)
    }
    return [
        RowGroup(title=titles.get(table, IN_TEXT) if table is not None else IN_TEXT, rows=rows)
        for table, rows in groups.items()
    ]


def own_period(statement: Statement) -> str:
    """Return the period that the disclosure is about."""
    return "final" if statement.stage == "final_accounts" else "budget"


def find(
    statement: Statement, concept: str, *, scopes: Iterable[str | None] = SCOPES
) -> Figure | None:
    """Return the disclosure's own figure of a concept, in the widest scope that is printed."""
    period = own_period(statement)
    for fund in scopes:
        figure = statement.figure(concept, fund=fund, period=period)
        if figure:
            return figure
    return None


def is_amount(figure: Figure | None) -> bool:
    """Tell whether there is a number to compute with (a nil is 0 in words, not a number)."""
    return figure is not None and figure.state == "value" and figure.amount is not None


def label(figure: Figure) -> str:
    """Name a figure with everything that sets it apart from others of its concept."""
    apart = [
        code_name(figure),
        figure.economic and f"经济分类 {figure.economic}",
        figure.fund and vocabulary.FUND_NAMES.get(figure.fund, figure.fund),
        {"current": "当年拨款", "carried": "上年结转"}.get(figure.origin or ""),
        figure.budget_unit,
        None
        if figure.period in ("budget", "final")
        else vocabulary.PERIOD_NAMES.get(figure.period, figure.period),
    ]
    told = [part for part in apart if part]
    name = vocabulary.concept_name(figure.concept)
    return f"{name}（{'，'.join(told)}）" if told else name


def code_name(figure: Figure) -> str:
    """Return the 功能分类 code of a figure with its name; nothing where it has none."""
    if not figure.functional:
        return ""
    known = vocabulary.functional_codes().get(figure.functional)
    return f"{figure.functional} {known[0].name}" if known else figure.functional


def tell(figure: Figure) -> str:
    """Say a figure: its name and amount, or that the document declares there is none."""
    if figure.state == "nil":
        return f"文件写明没有{label(figure)}"
    return f"{label(figure)} {show(figure)}"


def to_row(figure: Figure, **changes: object) -> Row:
    """Show a figure as a row under its full name."""
    row = Row(label=label(figure), amount=show(figure), sources=figure.sources)
    return replace(row, **changes)  # type: ignore[arg-type]


def reason(statement: Statement, concept: str) -> tuple[str, list[Source]]:
    """Return what the department gives as the reason of a figure, with its place."""
    for claim in statement.claims:
        if claim.kind == "reason" and claim.figure.concept == concept and claim.reason:
            return claim.reason, claim.sources
    return "", []


def as_of(figures: Iterable[Figure]) -> str:
    """Return the one date that all of these figures carry, in words; else nothing."""
    dates = {figure.as_of for figure in figures}
    day = dates.pop() if len(dates) == 1 else None
    return f"截至 {day.year} 年 {day.month} 月 {day.day} 日" if day else ""
