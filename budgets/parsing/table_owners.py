"""Whose tables a file holds: of the department, or one set for each of its units.

A set of tables for each unit is told by the same table standing there for two owners; then what
the department's own tables say is of the whole, and every other table is of its unit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

from .grids import Grid
from .lines import Line, fold

_FORM_LINE = re.compile(
    r"^(?:公开|填报|编制|编报|预算|主管)?(?:部门|单位)(?:名称)?:(?:[\[(【]?\d+[\])】]?)?"
    r"(?P<owner>[^:;\d]{2,40}?)(?=(?:金额|货币|计量)?单位[:(]|$)"
)
_MONEY = re.compile(r"(?:人民币)?[亿万千百]?元")
_IN_TITLE = re.compile(
    r"^(?:附?表?[\d一二三四五六七八九十.、-]*)(?P<owner>[\u4e00-\u9fff]{2,30}?"
    r"(?:局|委员会|办公室|中心|厅|院|校|处|所|馆|街道|镇|乡)(?:\(?本级\)?|机关)?)"
    r"(?=20\d\d年|部门|单位|收|支|财政|一般公共|政府性|国有资本经营|项目|\"?三公)"
)
_WHOLE = re.compile(r"\((?:本|全)?部门\)|\(?(?:汇总|合并)\)?$")


def owners_of(
    grids: Sequence[Grid], kinds: Sequence[str | None], own_names: Collection[str]
) -> list[str | None]:
    """Return the unit that each table is of; None for all where the file holds one set only."""
    owners = [_printed_owner(grid) for grid in grids]
    by_kind: dict[str, set[str]] = defaultdict(set)
    for owner, kind in zip(owners, kinds, strict=True):
        if owner and kind:
            by_kind[kind].add("" if _is_own(owner, own_names) else owner)
    if all(len(names) < 2 for names in by_kind.values()):
        return [None] * len(grids)
    return [None if not owner or _is_own(owner, own_names) else owner for owner in owners]


def _printed_owner(grid: Grid) -> str | None:
    """Return the name on the line “单位：…” nearest above a table, else the one in its title."""
    for line in reversed(grid.above):
        match = _FORM_LINE.search(line.text)
        if match and not _MONEY.fullmatch(match["owner"]):
            return _printed(line, match)
    match = _IN_TITLE.search(fold(grid.title))
    return match["owner"] if match else None


def _printed(line: Line, match: re.Match[str]) -> str:
    return line.printed(*match.span("owner"))


def _is_own(owner: str, own_names: Collection[str]) -> bool:
    """Whether a name is the department's: in full, or without the government before it."""
    name = _WHOLE.sub("", fold(owner))
    return any(own == name or own.endswith(name) for own in own_names)
