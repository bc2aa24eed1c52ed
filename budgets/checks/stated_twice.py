"""One figure, several places: all of them say the same, within what printing rounds away."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal

from budgets.statement import Figure, Outcome, Source, Statement, format_amount

from .amounts import allowed, coarsest_step, name_of
from .registry import register

_UNIT_SLIP = Decimal(10_000)


def _tables_agree(statement: Statement) -> Iterator[Outcome]:
    for figure in statement.figures:
        in_tables = [s for s in _stating(figure) if s.table is not None]
        if len({source.table for source in in_tables}) > 1:
            agreed = _most_agreed(in_tables)
            others = [source for source in in_tables if source is not agreed]
            outcome = _agreement("S01", figure, [agreed, *others])
            if outcome.result != "pass" and any(_agree(agreed, other) for other in others):
                # Most tables agree: a reader looks first where one of them does not.
                astray = [source for source in others if not _agree(agreed, source)]
                rest = [source for source in in_tables if source not in astray]
                outcome = dataclasses.replace(outcome, sources=[*astray, *rest])
            yield outcome


def _prose_agrees(statement: Statement) -> Iterator[Outcome]:
    for figure in statement.figures:
        stating = _stating(figure)
        tables = [source for source in stating if source.table is not None]
        prose = [source for source in stating if source.table is None]
        if prose and len(stating) > 1:
            if not all(_agree(tables[0], source) for source in tables[1:]):
                # S01 tells that; a sentence is wrong only if no table says the same.
                prose = [p for p in prose if not any(_agree(table, p) for table in tables)]
            if prose:
                yield _agreement("S02", figure, [*tables[:1], *prose])


def _stating(figure: Figure) -> list[Source]:
    return [source for source in figure.sources if source.amount is not None]


def _agree(one: Source, other: Source) -> bool:
    """Whether two places say the same, up to one unit of the last place of the coarser."""
    step = coarsest_step(one.stated, other.stated)
    return abs((one.amount or Decimal(0)) - (other.amount or Decimal(0))) <= step


def _most_agreed(sources: list[Source]) -> Source:
    """Return the first place with which most agree; of two that differ, the first."""
    return max(sources, key=lambda source: sum(_agree(source, other) for other in sources))


def _agreement(code: str, figure: Figure, sources: list[Source]) -> Outcome:
    """Hold every place against the first; the one finding names the place that is farthest off."""
    first = sources[0]
    left = first.amount or Decimal(0)
    other = max(sources[1:], key=lambda source: abs((source.amount or Decimal(0)) - left))
    right = other.amount or Decimal(0)
    step = coarsest_step(first.stated, other.stated)
    agrees = abs(left - right) <= step / 2
    # One unit of the last place is 尾差 between tables, or truncated instead of rounded in prose.
    result = "pass" if agrees else ("note" if abs(left - right) <= step else "fail")
    return Outcome(
        code=code,
        result=result,
        left=f"{name_of(figure)} {first.stated or ''}（{first.locator}）",
        right=f"{other.stated or ''}（{other.locator}）",
        difference=format_amount(left - right, figure.unit),
        tolerance=allowed(step / 2, figure.unit),
        message=_message(figure, sources, agrees, left, right),
        advice="" if agrees else "请对照原文各处，改成一致。",
        sources=sources,
    )


def _message(
    figure: Figure, sources: list[Source], agrees: bool, left: Decimal, right: Decimal
) -> str:
    name = name_of(figure)
    if agrees:
        return f"{name}在文中 {len(sources)} 处写明，各处一致。"
    hint = ""
    if left and right and round(max(left / right, right / left)) == _UNIT_SLIP:
        hint = "两处相差约一万倍，可能是“元”与“万元”写错。"
    return (
        f"{name}在不同位置的数字不同，相差 {format_amount(abs(left - right), figure.unit)}。{hint}"
    )


register(
    "S01",
    "E",
    "同一数字在各表中一致",
    _tables_agree,
    needs="没有哪个数字在两张表里出现，不能互相核对。",
)
register(
    "S02",
    "E",
    "正文与表格、正文各处一致",
    _prose_agrees,
    needs="没有哪个数字在正文和别处重复出现，不能互相核对。",
)
