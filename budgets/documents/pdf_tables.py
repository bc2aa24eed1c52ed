"""Grids and words into tables: which words stand in which cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from .blocks import Cell, Table
from .pdf_columns import AMOUNT, widest_gap
from .pdf_grid import Grid, Region
from .pdf_page import Word
from .pdf_text import Line, cell_text, group_lines, make_line


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
    if split_merged(grid, words):
        grid.set_regions(grid.regions)
    contents = _fill(grid, words)
    if split_rows(grid, contents):
        contents = _fill(grid, words)
    table = Table(locator=f"p{page} t{number}", page=page, continues=continues)
    for region in grid.regions:
        lines = contents.get((region.row, region.column), [])
        table.cells.append(
            Cell(
                locator=f"{table.locator} r{region.row + 1} c{region.column + 1}",
                text=cell_text(lines, *grid.edges(region)),
                row=region.row,
                column=region.column,
                row_span=region.row_span,
                column_span=region.column_span,
            )
        )
    return table


def _fill(grid: Grid, words: list[Word]) -> dict[tuple[int, int], list[Line]]:
    """Return the lines of each cell that has text, by its row and column."""
    contents: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        for part in _between_edges(word, grid.xs):
            region = grid.at(_place(part, grid.xs), part.middle)
            contents.setdefault((region.row, region.column), []).append(part)
    return {
        place: [make_line(group) for group in group_lines(own)] for place, own in contents.items()
    }


def split_merged(grid: Grid, words: list[Word]) -> bool:
    """Part cells without upright lines in rows of several texts, each under a column of its own.

    Some styles rule every second row only; a cell that is really merged holds one text.
    """
    inside: dict[int, list[Word]] = {}
    for word in words:
        region = grid.at((word.left + word.right) / 2, word.middle)
        if region.column_span > 1:
            inside.setdefault(id(region), []).append(word)
    regions: list[Region] = []
    for region in grid.regions:
        if _stands_in_columns(inside.get(id(region), []), region, grid.xs):
            regions += [
                Region(region.row, region.column + number, region.row_span, 1)
                for number in range(region.column_span)
            ]
        else:
            regions.append(region)
    was_split = len(regions) > len(grid.regions)
    grid.regions = regions
    return was_split


def _stands_in_columns(words: list[Word], region: Region, xs: list[float]) -> bool:
    """Whether words lie in several columns, none over an edge: three texts, or an amount."""
    columns = {bisect_left(xs, (word.left + word.right) / 2) - 1 for word in words}
    if len(columns) < 2:
        return False
    lines = [make_line(group) for group in group_lines(words)]
    chunks = [
        [word for word in words if bisect_left(xs, (word.left + word.right) / 2) - 1 == column]
        for column in sorted(columns)
    ]
    for before, after in pairwise(chunks):
        gap = min(word.left for word in after) - max(word.right for word in before)
        if gap < 0.8 * lines[0].em:
            return False
    if len(chunks) > 2 and any(len(word.text) > 1 for chunk in chunks for word in chunk):
        return True
    return any(
        AMOUNT.fullmatch(make_line(group).text) is not None
        for chunk in chunks[1:]
        for group in group_lines(chunk)
    )


def split_rows(grid: Grid, contents: dict[tuple[int, int], list[Line]]) -> bool:
    """Part rows between which no line is drawn: two cells have amounts on several heights."""
    rows: dict[int, list[Region]] = {}
    for region in grid.regions:
        if region.row_span == 1 and (region.row, region.column) in contents:
            rows.setdefault(region.row, []).append(region)
    was_split = False
    for row in sorted(rows, reverse=True):
        cells = [(contents[region.row, region.column], *grid.edges(region)) for region in rows[row]]
        lists = [lines for lines, left, right in cells if _are_amounts(lines, left, right)]
        if sum(len(lines) > 1 for lines in lists) < 2:
            continue
        middles = sorted(line.middle for lines, _, _ in cells for line in lines)
        grid.split_row(row, [widest_gap(a, b, middles) for a, b in pairwise(_heights(lists))])
        was_split = True
    return was_split


def _are_amounts(lines: list[Line], left: float, right: float) -> bool:
    """Whether each line of a cell is an amount of its own, none the end of a broken one."""
    if not all(AMOUNT.fullmatch(line.text) for line in lines):
        return False
    return cell_text(lines, left, right).count("\n") == len(lines) - 1


def _heights(lists: list[list[Line]]) -> list[float]:
    """Return the heights on which there are amounts, in any of the cells."""
    heights: list[float] = []
    for line in sorted((line for lines in lists for line in lines), key=lambda line: line.middle):
        if not heights or line.middle - heights[-1] > 0.5 * line.em:
            heights.append(line.middle)
    return heights


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
