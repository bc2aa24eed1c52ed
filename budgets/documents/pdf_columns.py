"""Tables without vertical lines, or without any: columns and rows seen by alignment alone.

Rows are the lines of text with an amount in them; columns are the strips that stay empty
between the texts of all rows. Horizontal lines, where there are some, part rows and tell where
the header begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .pdf_grid import Grid, Region
from .pdf_page import Rule, Word
from .pdf_text import group_lines

AMOUNT = re.compile(r"[-−]?\d[\d,，]*(?:\.\d+)?[%％]?")
_LABEL = re.compile(r"[:：]")
_PAGE_MARK = re.compile(r"[—–―－-]+\d{1,4}[—–―－-]+")
_MIN_ROWS = 3
# How far apart (in em) two texts of a line are when they stand in two columns.
_GAP = 1.0
# How far apart (in em) two lines of one table may be.
_REACH = 4.0

Span = tuple[float, float]


@dataclass(slots=True)
class _Chunk:
    """Words of a line that stand together."""

    text: str
    left: float
    right: float


@dataclass(slots=True)
class _Row:
    """A line of text with its chunks; `top` and `bottom` are those of its letters."""

    chunks: list[_Chunk]
    top: float
    bottom: float
    em: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def has_amount(self) -> bool:
        if _PAGE_MARK.fullmatch("".join(chunk.text for chunk in self.chunks)):
            return False
        return any(AMOUNT.fullmatch(chunk.text) for chunk in self.chunks[1:])


def find_open_grids(words: list[Word], horizontal: list[Rule], width: float) -> list[Grid]:
    """Return grids for the tables among words that stand in no ruled table.

    `width` is the page's; a table of contents (titles and page numbers) is no table.
    """
    rows = [_row(group) for group in group_lines(words)]
    grids = []
    for first, last in _bands(rows, width):
        first, last = _with_broken_lines(rows, first, last)
        body = rows[first : last + 1]
        columns = _columns([row for row in body if row.has_amount])
        if len(columns) < 2 or _is_contents(body):
            continue
        header = rows[_head(rows, first, columns, horizontal) : first]
        grids.append(_grid(header, body, _with_blank_columns(header, columns), horizontal))
    return grids


def _row(words: list[Word]) -> _Row:
    chunks: list[_Chunk] = []
    for word in words:
        if chunks and word.left - chunks[-1].right <= _gap(chunks[-1], word):
            chunks[-1].text += word.text
            chunks[-1].right = max(chunks[-1].right, word.right)
        else:
            chunks.append(_Chunk(word.text, word.left, word.right))
    base, em = max(word.base for word in words), max(word.em for word in words)
    return _Row(chunks, base - 0.86 * em, base + 0.14 * em, em)


def _gap(chunk: _Chunk, word: Word) -> float:
    """Return how far apart two texts of one column may be: amounts are set close together."""
    is_amount = AMOUNT.fullmatch(chunk.text) or AMOUNT.fullmatch(word.text)
    return (0.3 if is_amount else _GAP) * word.em


def _bands(rows: list[_Row], width: float) -> list[tuple[int, int]]:
    """Return the first and last row of each run of rows with amounts."""
    bands: list[list[int]] = []
    for index, row in enumerate(rows):
        if not row.has_amount:
            continue
        if bands and _belongs(rows[bands[-1][-1] : index + 1], width):
            bands[-1].append(index)
        else:
            bands.append([index])
    return [(band[0], band[-1]) for band in bands if len(band) >= _MIN_ROWS]


def _belongs(rows: list[_Row], width: float) -> bool:
    """Whether the first and last of these rows are of one table.

    Between them there may be further lines of a cell, but no running text.
    """
    between = rows[1:-1]
    return (
        (len(between) <= 3 or all(_goes_on_below(rows[0], row) for row in between))
        and max(b.bottom - a.bottom for a, b in pairwise(rows)) <= _REACH * rows[-1].em
        and all(row.chunks[-1].right - row.chunks[0].left < 0.6 * width for row in between)
    )


def _goes_on_below(first: _Row, row: _Row) -> bool:
    """Whether a line is one more of a text that begins in a row above it."""
    return len(row.chunks) == 1 and any(
        abs(chunk.left - row.chunks[0].left) < 0.5 * row.em for chunk in first.chunks
    )


def _with_broken_lines(rows: list[_Row], first: int, last: int) -> tuple[int, int]:
    """Take in the lines of a text that is centred on the height of the first or last amount."""
    while first > 0 and rows[first].bottom - rows[first - 1].bottom < rows[first].em:
        first -= 1
    while last + 1 < len(rows) and rows[last + 1].bottom - rows[last].bottom < rows[last].em:
        last += 1
    return first, last


def _columns(rows: list[_Row]) -> list[Span]:
    """Return the left and right end of each column: what the rows' texts cover together."""
    em = median(row.em for row in rows)
    spans = sorted((chunk.left, chunk.right) for row in rows for chunk in row.chunks)
    columns = [spans[0]]
    for left, right in spans[1:]:
        if left - columns[-1][1] < 0.5 * em:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _is_contents(rows: list[_Row]) -> bool:
    """Whether each row ends in a page number, not lower than the one before, and has no other."""
    listed = [row for row in rows if row.has_amount]
    numbers = [row.chunks[-1].text for row in listed]
    if not all(re.fullmatch(r"\d{1,3}", number) for number in numbers):
        return False
    if any(AMOUNT.fullmatch(chunk.text) for row in listed for chunk in row.chunks[1:-1]):
        return False
    return all(int(a) <= int(b) for a, b in pairwise(numbers))


def _head(rows: list[_Row], first: int, columns: list[Span], horizontal: list[Rule]) -> int:
    """Return the index of the first line of the header above row `first`.

    It reaches up to the upper of the lines ruled there; without them, over lines of several
    texts that are no labels (单位：元).
    """
    left, right = columns[0][0], columns[-1][1]
    limit = rows[first].top - 4 * _REACH * rows[first].em
    above = [
        rule.at
        for rule in horizontal
        if limit <= rule.at < rows[first].top + 1
        and min(rule.end, right) - max(rule.start, left) > 0.8 * (right - left)
    ]
    head = first
    for index in range(first - 1, -1, -1):
        if any(_LABEL.search(chunk.text) for chunk in rows[index].chunks):
            above = [at for at in above if at > rows[index].middle]
            break
    while head > 0 and rows[head].bottom - rows[head - 1].bottom <= _REACH * rows[head].em:
        row = rows[head - 1]
        is_ruled = len(above) > 1 and min(above) < row.middle
        if not (is_ruled if len(above) > 1 else _is_header(rows, head - 1)):
            break
        head -= 1
    return head


def _is_header(rows: list[_Row], index: int) -> bool:
    """Whether a line heads columns: several texts, or one of a header that has more lines."""
    if any(_LABEL.search(chunk.text) for chunk in rows[index].chunks):
        return False
    if len(rows[index].chunks) > 1:
        return True
    is_near = index > 0 and rows[index].bottom - rows[index - 1].bottom < rows[index].em
    return is_near and _is_header(rows, index - 1)


def _with_blank_columns(header: list[_Row], columns: list[Span]) -> list[Span]:
    """Add the columns that have a header but no amount in any row."""
    found = [*columns]
    for chunk in header[-1].chunks if header else ():
        if all(chunk.right < left or chunk.left > right for left, right in found):
            found.append((chunk.left, chunk.right))
    return sorted(found)


def _grid(
    header: list[_Row], body: list[_Row], columns: list[Span], horizontal: list[Rule]
) -> Grid:
    chunks = [chunk for row in (*header, *body) for chunk in row.chunks]
    xs = [
        min(chunk.left for chunk in chunks) - 2,
        *((a[1] + b[0]) / 2 for a, b in pairwise(columns)),
        max(chunk.right for chunk in chunks) + 2,
    ]
    ruled = [rule.at for rule in horizontal if rule.start < xs[-1] and rule.end > xs[0]]
    grid = Grid(xs, _row_edges(header, body, sorted(ruled)), is_open=True)
    grid.set_regions(_regions(grid, header))
    return grid


def _row_edges(header: list[_Row], body: list[_Row], ruled: list[float]) -> list[float]:
    """Return the y of the edges of rows: the lines ruled between them, or the middle between."""
    middles = sorted(row.middle for row in (*header, *body))
    anchors = sorted(row.middle for row in (*header, *(row for row in body if row.has_amount)))
    edges = [min((*header, *body), key=lambda row: row.top).top - 2]
    for above, below in pairwise(anchors):
        between = [at for at in ruled if above < at < below]
        edges.append(between[0] if between else widest_gap(above, below, middles))
    return [*edges, body[-1].bottom + 2]


def widest_gap(above: float, below: float, middles: list[float]) -> float:
    """Return the middle of the widest gap between the lines from one row's height to the next.

    A text of several lines stands around the height of its row's amounts; where all lines are
    equally far apart, it begins there.
    """
    lines = [above, *(at for at in middles if above < at < below), below]
    widest = max(end - start for start, end in pairwise(lines))
    start, end = [pair for pair in pairwise(lines) if pair[1] - pair[0] > 0.97 * widest][-1]
    return (start + end) / 2


def _regions(grid: Grid, header: list[_Row]) -> list[Region]:
    """Return the cells; a header's text that stands over several columns spans them."""
    regions = []
    for row in range(len(grid.ys) - 1):
        column = 0
        chunks = header[row].chunks if row < len(header) else []
        while column < len(grid.xs) - 1:
            span = max((_span(grid, column, chunk) for chunk in chunks), default=1)
            regions.append(Region(row, column, 1, span))
            column += span
    return regions


def _span(grid: Grid, column: int, chunk: _Chunk) -> int:
    """Return over how many columns, from this one on, a header's text reaches."""
    first = max(0, bisect_left(grid.xs, chunk.left + 1) - 1)
    last = max(0, bisect_left(grid.xs, chunk.right - 1) - 1)
    return last - first + 1 if first == column else 1
