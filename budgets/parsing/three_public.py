"""The table of “三公” and 机关运行经费: one row of amounts, or one line for each part."""

from __future__ import annotations

import re

from budgets.statement import Figure
from budgets.vocabulary import CONCEPTS

from .cells import TableReading, add_cell
from .grids import Grid, GridCell
from .table_kinds import concept_in, period_in, without_periods

_PREFIXES = ("three_public.", "agency_operation", "meetings", "training")
_NO_AMOUNT = re.compile(r"增减|增长|%|备注|说明|原因|行次|序号")


def read_three_public(grid: Grid, index: int, reading: TableReading) -> None:
    """Read the parts from the lines where each line names one; else from the columns."""
    by_line = [
        (row, concept) for row in grid.data for concept in [_concept([_label(row)])] if concept
    ]
    if len(by_line) >= 3:
        for row, part in by_line:
            for place in range(1, grid.width):
                words = "/".join(grid.headings(place))
                if not _NO_AMOUNT.search(words):
                    _add(grid, index, reading, row[place], part, words)
        return
    for place in range(grid.width):
        headings = grid.headings(place)
        concept = _concept(headings)
        rows = _rows_of_the_whole(grid)
        if concept and not _NO_AMOUNT.search("/".join(headings)):
            for row in rows:
                _add(grid, index, reading, row[place], concept, "/".join(headings))


def _label(row: list[GridCell | None]) -> str:
    return next((cell.text for cell in row if cell and cell.text), "")


def _rows_of_the_whole(grid: Grid) -> list[list[GridCell | None]]:
    """Return the one row of amounts; of several (by unit) the one that says 合计."""
    if len(grid.data) <= 1:
        return grid.data
    return [row for row in grid.data if re.search(r"合计|总计", _label(row))][:1]


def _concept(headings: list[str]) -> str | None:
    """Return what a column or line measures; a bare 合计, 小计 or 购置费 by the words above it."""
    if not headings:
        return None
    headings = without_periods(headings)
    leaf, above = headings[-1], "/".join(headings[:-1])
    words = leaf.replace('"', "")
    for pattern, vehicles in (
        (r"购置(?:及|和)运行", "three_public.vehicles"),
        (r"购置", "three_public.vehicles.purchase"),
        (r"运行(?:维护)?费?$", "three_public.vehicles.operation"),
    ):
        if re.search(pattern, words) and "机关" not in words and "用车" in words + above:
            return vehicles
    if re.search(r"小计|合计|总计", words) and not re.search(r"三公", words):
        if "用车" in above:
            return "three_public.vehicles"
        return "three_public.total" if re.search(r"三公|预算数|决算数|^$", above) else None
    found = concept_in(words, _PREFIXES)
    if found:
        return found
    return "three_public.total" if re.search(r'三公"?经费', words) else None


def _add(
    grid: Grid,
    index: int,
    reading: TableReading,
    cell: GridCell | None,
    concept: str,
    words: str,
) -> None:
    if cell is None:
        return
    unit = CONCEPTS[concept].unit
    period = period_in(words, reading.stage, reading.fiscal_year) or reading.own_period
    fund = (
        "general_public"
        if re.search(r'一般公共预算"?"?三公|一般公共预算.*三公', grid.title)
        else None
    )
    figure = Figure(
        concept=concept, fund=fund, period=period, amount=None, unit=unit, state="blank"
    )
    add_cell(figure, cell, grid, index, reading)
