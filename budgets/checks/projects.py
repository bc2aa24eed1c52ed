"""Project tables: Σ rows = 合计 (R10). Lists elsewhere are 重点项目 and need not be whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from budgets.statement import (
    Dimensions,
    Figure,
    Outcome,
    ProjectRow,
    Source,
    Statement,
    format_amount,
)

from .amounts import allowed, places, printed_step, side
from .registry import RULES, register

_FUND_OF_ALL = "total"
_MOST_LEVELS = 3  # a table that repeats its rows as subtotals adds up to twice or thrice its 合计


def _rows_make_total(statement: Statement) -> Iterator[Outcome]:
    """R10: hold each column of each project table against the 合计 that the table prints."""
    tables: dict[int, list[ProjectRow]] = defaultdict(list)
    for row in statement.project_rows:
        if row.sources and row.sources[0].table is not None:
            tables[row.sources[0].table].append(row)
    for table, rows in tables.items():
        for fund in sorted({fund for row in rows for fund in row.amounts}):
            yield from _column(statement, table, fund, rows)


def _column(
    statement: Statement, table: int, fund: str, rows: list[ProjectRow]
) -> Iterator[Outcome]:
    total = statement.figure(
        "expenditure.project",
        fund=None if fund == _FUND_OF_ALL else fund,
        period="final" if statement.stage == "final_accounts" else "budget",
    )
    if total is None or total.amount is None:
        return
    place = next((source for source in total.sources if source.table == table), None)
    added = sum((row.amounts.get(fund, Decimal(0)) for row in rows), Decimal(0))
    if place is None:
        if fund == _FUND_OF_ALL:
            yield from _list(total, added, rows)
        return
    printed = place.amount if place.amount is not None else total.amount
    yield _outcome(total, place, printed, added, rows, _result(printed, added, place, len(rows)))


def _result(total: Decimal, added: Decimal, place: Source, rows: int) -> str:
    if abs(total - added) <= _tolerance(place.stated, rows):
        return "pass"
    if any(added == total * times for times in range(2, _MOST_LEVELS + 1)):
        return "not_checkable"  # its rows contain subtotals
    return RULES["R10"].result


def _tolerance(stated: str | None, rows: int) -> Decimal:
    return printed_step(stated) / 2 * (rows + 1)


def _list(total: Figure, added: Decimal, rows: list[ProjectRow]) -> Iterator[Outcome]:
    """A list without a 合计 may be of 重点项目 alone: only more than 项目支出 is worth a look."""
    above = added - (total.amount or Decimal(0))
    tolerance = _tolerance(total.stated, len(rows))
    result = "warning" if above > tolerance else "not_checkable"
    if abs(above) <= tolerance:
        result = "pass"
    yield _outcome(total, total.sources[0], total.amount or Decimal(0), added, rows, result)


def _outcome(
    total: Figure,
    place: Source,
    printed: Decimal,
    added: Decimal,
    rows: list[ProjectRow],
    result: str,
) -> Outcome:
    difference = printed - added
    what = {
        "pass": "相符。",
        "not_checkable": "所列项目可能不是全部，或有小计，不能相加核对。",
    }.get(result, f"相差 {format_amount(abs(difference), '元')}。")
    here = f"{len(rows)} 个项目相加 {format_amount(added, '元')}"
    return Outcome(
        code="R10",
        result=result,
        left=f"项目支出合计 {format_amount(printed, '元')}",
        right=here,
        difference=format_amount(difference, "元"),
        tolerance=allowed(_tolerance(place.stated, len(rows)), "元"),
        message=f"项目支出合计 {format_amount(printed, '元')}，{here}：{what}",
        advice="" if result in ("pass", "not_checkable") else "请核对各项目金额和合计。",
        sources=[place, *(row.sources[0] for row in rows)],
    )


def _origins_agree(statement: Statement) -> Iterator[Outcome]:
    """S06: 合计 of a fund's own table = its column in the 财政拨款 table, by origin.

    A table of 当年拨款 alone lies below a column that has 上年结转 too, by at most what is carried.
    """
    period = "final" if statement.stage == "final_accounts" else "budget"
    figures = {figure.dimensions: figure for figure in statement.figures}
    for fund in ("general_public", "government_fund", "state_capital"):
        whole = Dimensions(concept="expenditure.current", fund=fund, period=period)
        current = figures.get(
            Dimensions(concept=whole.concept, fund=fund, origin="current", period=period)
        )
        column = figures.get(whole)
        carried = figures.get(
            Dimensions(concept="revenue.carried_forward", fund=fund, period=period)
        )
        if not current or not column or current.amount is None or column.amount is None:
            continue
        yield _origin(column, current, carried)


def _origin(column: Figure, current: Figure, carried: Figure | None) -> Outcome:
    above = (column.amount or Decimal(0)) - (current.amount or Decimal(0))
    most = (carried.amount if carried else None) or Decimal(0)
    step = printed_step(column.stated) + printed_step(current.stated)
    if abs(above) <= step / 2 or abs(above - most) <= step:
        result = "pass"
    else:
        result = "not_checkable" if 0 < above < most else RULES["S06"].result
    what = {"pass": "相符。", "not_checkable": "其中有上年结转，不能直接比较。"}
    return Outcome(
        code="S06",
        result=result,
        left=f"财政拨款表中的{side(column)}",
        right=f"本年拨款{side(current)}",
        difference=format_amount(above, "元"),
        tolerance=allowed(step / 2, "元"),
        message=f"财政拨款表中的{side(column)}，该项预算自己的表中本年拨款{side(current)}："
        + what.get(result, f"相差 {format_amount(abs(above), '元')}。"),
        advice="请核对两张表的合计。" if result == "fail" else "",
        sources=places(column, current),
    )


register(
    "R10",
    "E",
    "各项目之和等于项目支出合计",
    _rows_make_total,
    needs="没有哪张项目表既列出项目又印出合计。",
)
register(
    "S06",
    "E",
    "分预算的支出表与财政拨款表相符",
    _origins_agree,
    needs="没有哪本预算的支出既按当年拨款列表，又在财政拨款表里。",
)
