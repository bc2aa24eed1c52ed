"""Grids and words into tables: which words stand in which cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from .blocks import Cell, Table
from .pdf_columns import AMOUNT, widest_gap
from .pdf_grid import Grid, Region
from .pdf_page import Word
from .pdf_text import cell_text, group_lines, make_line


def split_words(words: list[Word], grids: list[Grid]) -> tuple[list[list[Word]], list[Word]]:
    """Return the words inside each grid, and those outside all of them."""
    inside: list[list[Word]] = [[] for _ in grids]
    outside: list[Word] = []
    for word in words:
        x, y = (word.left + word.right) / 2, word.middle
        for own, grid in zip(inside, grids, strict=True):
            if grid.covers(x, y):
                own.append(word)
                break
        else:
            outside.append(word)
    return inside, outside


def make_table(
    grid: Grid, words: list[Word], page: int, number: int, *, continues: bool = False
) -> Table:
    """Return a grid's table with every cell, empty ones too; locators ``p3 t2 r5 c4``."""
    split_rows(grid, words)
    contents: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        for part in _between_edges(word, grid.xs):
            region = grid.at(_place(part, grid.xs), part.middle)
            contents.setdefault((region.row, region.column), []).append(part)
    table = Table(locator=f"p{page} t{number}", page=page, continues=continues)
    for region in grid.regions:
        own = contents.get((region.row, region.column), [])
        table.cells.append(_cell(table.locator, grid, region, own))
    return table


def split_rows(grid: Grid, words: list[Word]) -> None:
    """Part rows between which no line is drawn: two columns have amounts on several heights."""
    for row in range(len(grid.ys) - 2, -1, -1):
        own = [word for word in words if grid.ys[row] < word.middle <= grid.ys[row + 1]]
        heights = _amount_heights(grid, row, own)
        if len(heights) > 1:
            middles = sorted(word.middle for word in own)
            grid.split_row(row, [widest_gap(a, b, middles) for a, b in pairwise(heights)])


def _amount_heights(grid: Grid, row: int, words: list[Word]) -> list[float]:
    """Return the heights of a row's amounts, if at least two of its cells have several."""
    groups = group_lines(words)
    if len(groups) < 2:
        return []
    columns: dict[int, list[float]] = {}
    texts: set[int] = set()
    for group in groups:
        for word in group:
            region = grid.at((word.left + word.right) / 2, word.middle)
            if region.row_span > 1:
                continue
            if AMOUNT.fullmatch(word.text):
                columns.setdefault(region.column, []).append(group[0].middle)
            else:
                texts.add(region.column)
    amounts = [heights for column, heights in columns.items() if column not in texts]
    if sum(len(set(heights)) > 1 for heights in amounts) < 2:
        return []
    return sorted({height for heights in amounts for height in heights})


def _cell(locator: str, grid: Grid, region: Region, words: list[Word]) -> Cell:
    lines = [make_line(group) for group in group_lines(words)]
    return Cell(
        locator=f"{locator} r{region.row + 1} c{region.column + 1}",
        text=cell_text(lines, *grid.edges(region)),
        row=region.row,
        column=region.column,
        row_span=region.row_span,
        column_span=region.column_span,
    )


def _between_edges(word: Word, edges: list[float]) -> Iterator[Word]:
    """Split a word where a column's edge passes through a gap between two of its characters.

    Where an edge cuts a character, or two that touch, the text runs over the edge.
    """
    edge = bisect_left(edges, word.left + 0.5)
    while edge < len(edges) and edges[edge] < word.right - 0.5:
        at = bisect_left(word.lefts, edges[edge] - 0.2 * word.em)
        if 0 < at < len(word.text) and _is_gap(word, at, edges[edge]):
            first, word = word.split(at)
            yield first
        edge += 1
    yield word


def _is_gap(word: Word, at: int, edge: float) -> bool:
    before, after = word.rights[at - 1], word.lefts[at]
    return after - before > 0.1 * word.em and before - 1 <= edge <= after + 1


def _place(word: Word, edges: list[float]) -> float:
    """Return an x in the column that a word belongs to, if it runs over a column's edge.

    Such a text begins at its cell's left side, or ends at its right side, or is centred.
    """
    first = bisect_left(edges, word.left + 1)
    last = bisect_left(edges, word.right - 1)
    if 0 < first < last < len(edges):
        if edges[last] - word.right < 0.8 * word.em:
            return word.right - 1
        if word.left - edges[first - 1] < 0.8 * word.em:
            return word.left + 1
    return (word.left + word.right) / 2
