"""The table of “三公” and 机关运行经费: one row of amounts, or one line for each part."""

from __future__ import annotations

import re

from budgets.statement import Dimensions, Figure
from budgets.vocabulary import CONCEPTS

from .cells import TableReading, add_cell, parse_amount
from .grids import Grid, GridCell
from .labels import BARE_TOTAL, bare, fund_only
from .table_changes import add_change, change_columns
from .table_kinds import (
    Column,
    fund_of_table,
    period_in,
    read_change_column,
    without_periods,
)

_COST = r"(?:费用|费|经费|支出)?(?:支出)?(?:合计|小计)?"
_CAR = r"(?:公务用车|公务车|公车)"

_CONCEPTS: tuple[tuple[str, str], ...] = (
    ("three_public.total", r"三公经费(?:支出|预算|财政拨款)*(?:合计|总额|小计|数)?"),
    ("three_public.abroad.groups", r"(?:因公)?出国(?:\(境\))?团组数?|团组数"),
    ("three_public.abroad.persons", r"(?:因公)?出国(?:\(境\))?(?:累计)?人次数?"),
    ("three_public.abroad", rf"因公出国(?:\(境\))?{_COST}"),
    ("three_public.vehicles.purchased", rf"{_CAR}购置(?:数量?|辆数|数\(量\))"),
    ("three_public.vehicles.held", rf"{_CAR}保有(?:量|数|辆数)"),
    (
        "three_public.vehicles",
        rf"{_CAR}(?:购置(?:费)?(?:及|和|与|、)运行(?:维护)?{_COST}|费用?|经费)?",
    ),
    ("three_public.vehicles.purchase", rf"{_CAR}购置{_COST}"),
    ("three_public.vehicles.operation", rf"{_CAR}运行(?:维护)?{_COST}"),
    ("three_public.reception.batches", r"国内公务接待批次数?"),
    ("three_public.reception.persons", r"国内公务接待人次数?"),
    ("three_public.reception.domestic", r"国内(?:公务)?接待费"),
    ("three_public.reception.foreign", r"(?:外事|国\(境\)外)接待费"),
    ("three_public.reception", rf"公务接待{_COST}"),
    ("agency_operation", r"(?:机关|行政)运行经费(?:支出|预算)?(?:合计|数)?"),
    ("meetings", r"会议费"),
    ("training", r"培训费"),
)
_NO_AMOUNT = re.compile(r"增减|增长|%|备注|说明|原因|行次|序号|栏次|比[^比±+-]*[±+-]")
_NEUTRAL = re.compile(
    r"(?:20\d\d年度?|本年度?|当年|上年)?(?:年初|全年|调整)?(?:预算|决算|执行|统计|预算安排)?(?:数|金额|情况)?"
    r"|(?:本年|当年)?财政拨款(?:预算)?(?:安排)?|合计|支出"
)


def read_three_public(grid: Grid, index: int, reading: TableReading) -> None:
    """Read the parts from the lines where each line names one; else from the columns."""
    labels = [_labels_in(grid, place) for place in range(grid.width)]
    if max((len(found) for found in labels), default=0) >= 3:
        _read_lines(grid, index, reading, labels)
    else:
        _read_columns(grid, index, reading)


def _labels_in(grid: Grid, place: int) -> dict[int, str]:
    """Return the concept that each row names in a column."""
    found: dict[int, str] = {}
    above: list[str] = []
    for number, row in enumerate(grid.data):
        cell = row[place]
        if not cell or not cell.text:
            continue
        concept = _concept([*above, cell.text])
        if concept:
            found[number] = concept
            above = (
                [cell.text] if concept in ("three_public.vehicles", "three_public.total") else above
            )
    return found


def _read_lines(
    grid: Grid, index: int, reading: TableReading, labels: list[dict[int, str]]
) -> None:
    ends = [place for place, found in enumerate(labels) if found]
    changes = dict(change_columns((n, _column(grid, n, reading)) for n in range(grid.width)))
    for order, place in enumerate(ends):
        stop = ends[order + 1] if order + 1 < len(ends) else grid.width
        for number, concept in labels[place].items():
            row = grid.data[number]
            for column in range(place + 1, stop):
                headings = grid.headings(column)
                if column in changes:
                    own = Dimensions(
                        concept=concept,
                        fund=fund_of_table("three_public", grid.title),
                        budget_unit=reading.owner,
                        period=reading.own_period,
                    )
                    add_change(row[column], changes[column], own, grid, index, reading)
                if row[column] is row[place] or not _is_plain(headings[-1:]):
                    continue
                _add(grid, index, reading, row[column], concept, headings)


def _column(grid: Grid, place: int, reading: TableReading) -> Column:
    headings = grid.headings(place)
    change = read_change_column(headings, reading.stage, reading.fiscal_year) if headings else None
    period = period_in("/".join(headings), reading.stage, reading.fiscal_year)
    return change or Column("amount" if headings else "none", period=period or None)


def _is_plain(leaf: list[str]) -> bool:
    """Whether the heading of an amount column says no more than a period or a fund."""
    return all(_NEUTRAL.fullmatch(bare(word)) or fund_only(word) for word in leaf)


def _read_columns(grid: Grid, index: int, reading: TableReading) -> None:
    rows = _rows_of_the_whole(grid)
    paths = [without_periods(grid.headings(place)) for place in range(grid.width)]
    wider = any(_concept(path) in ("meetings", "training", "agency_operation") for path in paths)
    for place, path in enumerate(paths):
        concept = _concept(path)
        if concept == "three_public.total" and wider and "三公" not in "".join(path):
            continue  # this 合计 counts 会议费 and others too
        if concept:
            for row in rows:
                _add(grid, index, reading, row[place], concept, grid.headings(place))


def _rows_of_the_whole(grid: Grid) -> list[list[GridCell | None]]:
    """Return the one row of amounts; of several (by unit) the one that says 合计."""
    rows = [row for row in grid.data if any(c and parse_amount(c.text) is not None for c in row)]
    if len(rows) <= 1:
        return rows
    return [row for row in rows if any(c and re.fullmatch(r"合计|总计", c.text) for c in row)][:1]


def _concept(path: list[str]) -> str | None:
    """Return what a column or line measures; a bare 合计, 小计 or 购置费 by the words above it."""
    if not path:
        return None
    leaf = re.sub(r"\((?:个|辆|台|人|人次|批次|批)\)$", "", bare(path[-1]))
    above = bare("/".join(path[:-1])).replace('"', "")
    for concept, pattern in _CONCEPTS:
        if re.fullmatch(pattern, leaf):
            return concept
    if re.search(_CAR, above):
        for concept, pattern in _CONCEPTS:
            if "vehicles" in concept and re.fullmatch(pattern, "公务用车" + leaf):
                return concept
    if not BARE_TOTAL.fullmatch(leaf) and leaf != "支出合计":
        return None
    return _total(path)


def _total(path: list[str]) -> str | None:
    """Return what a bare 合计 is the whole of: the nearest words above that mean something."""
    for heading in reversed(path[:-1]):
        if concept := _concept([heading]):
            return concept
        if not _is_plain([heading]) and "三公" not in heading:
            return None
    return "three_public.total"


def _add(
    grid: Grid,
    index: int,
    reading: TableReading,
    cell: GridCell | None,
    concept: str,
    headings: list[str],
) -> None:
    words = "/".join(headings)
    period = period_in(words, reading.stage, reading.fiscal_year)
    if cell is None or period == "" or _NO_AMOUNT.search(words):
        return
    unit = CONCEPTS[concept].unit
    fund = next((f for heading in headings if (f := fund_only(heading))), None)
    fund = fund or fund_of_table("three_public", grid.title)
    figure = Figure(
        concept=concept,
        fund=fund,
        period=period or reading.own_period,
        amount=None,
        unit=unit,
        state="blank",
    )
    add_cell(figure, cell, grid, index, reading)
