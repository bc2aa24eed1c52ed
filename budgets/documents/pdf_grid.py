"""Ruled lines into grids: the cells that a person sees between the lines of a table.

Lines drawn twice, in pieces, or not quite meeting are one line to the eye. A missing piece of
a line merges the two cells beside it, which gives spans.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .pdf_page import Rule

# Lines nearer than this are one; ends nearer than this meet. In points.
_SAME = 2.5
_MEET = 4.0
# What is shorter, after joining its pieces, is a dot or an ornament.
_SHORTEST = 6.0
# Joined lines, each way, beyond which a page is a drawing.
_MAX_RULES = 500
_MAX_CELLS = 60_000


@dataclass(slots=True)
class Region:
    """One cell of a grid: its place, its spans, counted from 0."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(slots=True)
class Grid:
    """A table's lines: the x of its column edges, the y of its row edges, and its cells.

    An open grid has no upright lines: its edges lie somewhere between the columns' texts.
    """

    xs: list[float]
    ys: list[float]
    regions: list[Region] = field(default_factory=list)
    is_open: bool = False
    _of: dict[tuple[int, int], Region] = field(default_factory=dict)

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    def covers(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def has_line(self, rule: Rule) -> bool:
        """Whether a horizontal line is one of this table's."""
        middle = (rule.start + rule.end) / 2
        return (
            self.xs[0] <= middle <= self.xs[-1]
            and self.top - _SAME <= rule.at <= self.bottom + _SAME
        )

    def at(self, x: float, y: float) -> Region:
        """Return the cell at a place inside the grid."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self._of[row, column]

    def edges(self, region: Region) -> tuple[float, float]:
        """Return the x of a cell's left and right edge."""
        return self.xs[region.column], self.xs[region.column + region.column_span]

    def adopt(self, before: Grid) -> bool:
        """Count columns as the table before did, if this one's edges are among its edges.

        The last page of a table often has only the row of totals, with fewer columns.
        """
        xs = before.xs
        if self.is_open or before.is_open:
            return self.is_open and before.is_open and _overlap(self.xs, xs)
        places = [_nearest(xs, x) for x in self.xs]
        if None in places or places[0] != 0 or places[-1] != len(xs) - 1:
            return False
        at = [place for place in places if place is not None]
        for region in self.regions:
            end = at[region.column + region.column_span]
            region.column = at[region.column]
            region.column_span = end - region.column
        self.xs = [*xs]
        self._of.clear()
        self.set_regions(self.regions)
        return True

    def split_row(self, row: int, edges: list[float]) -> None:
        """Part a row at these heights; cells that reach over it grow by the new rows."""
        added = len(edges)
        regions = []
        for region in self.regions:
            if region.row > row:
                region.row += added
            elif region.row == row and region.row_span == 1:
                regions += [
                    Region(row + number, region.column, 1, region.column_span)
                    for number in range(1, added + 1)
                ]
            elif region.row + region.row_span > row:
                region.row_span += added
            regions.append(region)
        self.ys[row + 1 : row + 1] = edges
        self._of.clear()
        self.set_regions(regions)

    def set_regions(self, regions: list[Region]) -> None:
        self.regions = sorted(regions, key=lambda region: (region.row, region.column))
        for region in regions:
            for row in range(region.row, region.row + region.row_span):
                for column in range(region.column, region.column + region.column_span):
                    self._of[row, column] = region


def _overlap(xs: list[float], others: list[float]) -> bool:
    """Whether two tables have the same columns: the middle of each lies in the other's."""
    return len(xs) == len(others) and all(
        start <= (a + b) / 2 <= end
        for (a, b), (start, end) in zip(pairwise(xs), pairwise(others), strict=True)
    )


def _nearest(xs: list[float], x: float) -> int | None:
    """Return the index of the edge that is the same as `x` to the eye, or None."""
    index = min(range(len(xs)), key=lambda i: abs(xs[i] - x))
    return index if abs(xs[index] - x) <= _MEET else None


def find_grids(horizontal: list[Rule], vertical: list[Rule]) -> list[Grid]:
    """Return the grids of a page from top to bottom; a lone frame or column is none."""
    across, down = join_rules(horizontal), join_rules(vertical)
    if max(len(across), len(down)) > _MAX_RULES:
        return []
    grids = []
    for own_across, own_down in _connected(across, down):
        grid = _grid(own_across, own_down)
        if grid and len(grid.regions) > 1 and len(grid.xs) > 2:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.top, grid.xs[0]))


def join_rules(rules: list[Rule]) -> list[Rule]:
    """Make one line of those that lie on one another or follow one another."""
    joined: list[Rule] = []
    for near in _clusters(sorted(rules, key=lambda rule: rule.at)):
        at = max(near, key=_length).at
        near.sort(key=lambda rule: rule.start)
        current = Rule(at, near[0].start, near[0].end)
        for rule in near[1:]:
            if rule.start <= current.end + _MEET:
                current.end = max(current.end, rule.end)
            else:
                joined.append(current)
                current = Rule(at, rule.start, rule.end)
        joined.append(current)
    return [rule for rule in joined if _length(rule) >= _SHORTEST]


def _clusters(rules: list[Rule]) -> Iterator[list[Rule]]:
    """Split sorted lines where the next one is too far from the first to be the same."""
    cluster: list[Rule] = []
    for rule in rules:
        if cluster and rule.at - cluster[0].at > _SAME:
            yield cluster
            cluster = []
        cluster.append(rule)
    if cluster:
        yield cluster


def _length(rule: Rule) -> float:
    return rule.end - rule.start


def _connected(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield sets of lines that touch one another, directly or through others."""
    parents = list(range(len(across) + len(down)))
    for i, flat in enumerate(across):
        for j, upright in enumerate(down, start=len(across)):
            if (
                flat.start - _MEET <= upright.at <= flat.end + _MEET
                and upright.start - _MEET <= flat.at <= upright.end + _MEET
            ):
                parents[_root(parents, i)] = _root(parents, j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, rule in enumerate((*across, *down)):
        group = groups.setdefault(_root(parents, i), ([], []))
        group[i >= len(across)].append(rule)
    for own_across, own_down in groups.values():
        if len(own_across) > 1 and own_down:
            yield own_across, own_down


def _root(parents: list[int], item: int) -> int:
    while parents[item] != item:
        parents[item] = parents[parents[item]]
        item = parents[item]
    return item


def _grid(across: list[Rule], down: list[Rule]) -> Grid | None:
    xs = _edges(down, min(r.start for r in across), max(r.end for r in across))
    ys = _edges(across, min(r.start for r in down), max(r.end for r in down))
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > _MAX_CELLS:
        return None
    grid = Grid(xs, ys)
    below = _borders(ys[1:-1], xs, across)
    beside = _borders(xs[1:-1], ys, down)
    grid.set_regions(list(_regions(rows, columns, below, beside)))
    return grid


def _edges(rules: list[Rule], first: float, last: float) -> list[float]:
    """Return where rows or columns meet; `first` and `last` close a table open at its sides.

    Pieces of one edge that were drawn a little apart, each beside other cells, are one edge.
    """
    edges: list[float] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if not edges or rule.at - edges[-1] > _MEET:
            edges.append(rule.at)
    if edges[0] - first > 2 * _MEET:
        edges.insert(0, first)
    if last - edges[-1] > 2 * _MEET:
        edges.append(last)
    return edges


def _borders(edges: list[float], others: list[float], rules: list[Rule]) -> list[list[bool]]:
    """Tell for each inner edge and each interval between `others` whether a line is there."""
    middles = [(a + b) / 2 for a, b in pairwise(others)]
    return [
        [any(rule.start <= middle <= rule.end for rule in near) for middle in middles]
        for near in ([rule for rule in rules if abs(rule.at - edge) <= _MEET] for edge in edges)
    ]


def _regions(
    rows: int, columns: int, below: list[list[bool]], beside: list[list[bool]]
) -> Iterator[Region]:
    """Yield the cells: squares of the grid joined wherever no line parts them.

    `below[r][c]`: is there a line under row r in column c; `beside[c][r]`: right of column c.
    """
    parents = list(range(rows * columns))
    for row in range(rows):
        for column in range(columns):
            own = row * columns + column
            if column + 1 < columns and not beside[column][row]:
                parents[_root(parents, own)] = _root(parents, own + 1)
            if row + 1 < rows and not below[row][column]:
                parents[_root(parents, own)] = _root(parents, own + columns)
    shapes: dict[int, list[tuple[int, int]]] = {}
    for own in range(rows * columns):
        shapes.setdefault(_root(parents, own), []).append(divmod(own, columns))
    for squares in shapes.values():
        yield from _rectangles(squares)


def _rectangles(squares: list[tuple[int, int]]) -> Iterator[Region]:
    """Yield the rectangle of these squares, or rectangles that cover a crooked shape by rows."""
    top, bottom = squares[0][0], squares[-1][0]
    left, right = min(c for _, c in squares), max(c for _, c in squares)
    if len(squares) == (bottom - top + 1) * (right - left + 1):
        yield Region(top, left, bottom - top + 1, right - left + 1)
        return
    # A line that stops short leaves a crooked cell; its rows are what the eye still sees.
    start = previous = squares[0]
    for square in [*squares[1:], (-1, -1)]:
        if square != (previous[0], previous[1] + 1):
            yield Region(start[0], start[1], 1, previous[1] - start[1] + 1)
            start = square
        previous = square
