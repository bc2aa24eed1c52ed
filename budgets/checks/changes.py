"""Changes, percentages and shares in sentences, recomputed from the amounts beside them (G rules).

Every amount is what its own sentence prints, so each may lie half a printed unit off; a
percentage disagrees only when no amounts within those intervals can give it.
"""

from __future__ import annotations

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from budgets.statement import Claim, Dimensions, Figure, Outcome, Source, Statement, format_amount
from budgets.vocabulary import PERIOD_NAMES

from .amounts import name_of, printed_step
from .passages import lines, part_of
from .registry import RULES, register

_UP = ("增加", "增长", "上升", "提高")
_HUNDRED = Decimal(100)
_EQUAL = re.compile(r"持平|相同|一致")
_OPEN_DIRECTION = re.compile(
    r"(?P<words>(?:增加|增长|上升)[（(/／或]+(?:减少|下降|降低)[)）]?|(?:增加|减少|增长|下降)持平)"
    r"(?=[了额数为\s]*[\dXxＸ×╳_，。；])"
)
Place = tuple[int, str]
Printed = tuple[Figure, Source]


def _changes(statement: Statement) -> Iterator[tuple[Claim, Printed, Printed | None]]:
    """Yield each change with its amount and its base, as the same paragraph prints them.

    An amount that another place contradicts is left to S02: one cause, one finding.
    """
    by_dimensions = {figure.dimensions: figure for figure in statement.figures}
    for claim in statement.claims:
        if claim.kind != "change" or not claim.sources:
            continue
        figure = by_dimensions.get(claim.figure)
        source = _nearest(figure, claim.sources[0])
        if not figure or not source or _is_contradicted(figure, source):
            continue
        base_dimensions = _with_period(claim.figure, claim.base_period)
        base = by_dimensions.get(base_dimensions) if base_dimensions else None
        base_source = _nearest(base, claim.sources[0])
        known = (base, base_source) if base and base_source else None
        yield claim, (figure, source), known


def _nearest(figure: Figure | None, claim: Source) -> Source | None:
    """Return the last place of a figure before a claim in the same paragraph."""
    places = [
        source
        for source in (figure.sources if figure else ())
        if (source.document, source.locator) == (claim.document, claim.locator)
        and source.start < claim.end
        and source.amount is not None
    ]
    return max(places, key=lambda source: source.start, default=None)


def _is_contradicted(figure: Figure, source: Source) -> bool:
    step = max(printed_step(figure.stated), printed_step(source.stated))
    return abs((source.amount or Decimal(0)) - (figure.amount or Decimal(0))) > step


def _with_period(dimensions: Dimensions, period: str | None) -> Dimensions | None:
    if not period:
        return None
    return Dimensions(
        concept=dimensions.concept,
        functional=dimensions.functional,
        economic=dimensions.economic,
        fund=dimensions.fund,
        origin=dimensions.origin,
        budget_unit=dimensions.budget_unit,
        period=period,
    )


def _interval(source: Source) -> tuple[Decimal, Decimal]:
    half = printed_step(source.stated) / 2
    amount = source.amount or Decimal(0)
    return amount - half, amount + half


def _amounts(statement: Statement) -> Iterator[Outcome]:
    """G01: 增减额 = this year − base, both printed in the paragraph."""
    for claim, (figure, source), base in _changes(statement):
        if base is None or claim.amount is None:
            continue
        now, before = source.amount or Decimal(0), base[1].amount or Decimal(0)
        stated = abs(claim.amount)
        step = max(map(printed_step, (source.stated, base[1].stated, claim.sources[0].stated)))
        agrees = abs(abs(now - before) - stated) <= step * Decimal("1.5")
        yield _outcome(
            "G01",
            agrees,
            left=f"{claim.direction}{format_amount(stated, '元')}",
            right=f"{source.stated} − {base[1].stated} = {format_amount(now - before, '元')}",
            message=f"{name_of(figure)}文中写{claim.direction} {format_amount(stated, '元')}，"
            f"按两年数额为 {format_amount(now - before, '元')}",
            advice="请改正增减额或两年的数额。",
            sources=[*claim.sources, source, base[1]],
        )


def _percentages(statement: Statement) -> Iterator[Outcome]:
    """G02: the printed percentage against what the printed amounts allow."""
    for claim, (figure, source), base in _changes(statement):
        if claim.percent is None:
            continue
        before = _base_interval(claim, source, base)
        if before is None or before[0] <= 0:
            continue
        low, high = _change_interval(_interval(source), before)
        half = printed_step(claim.sources[-1].stated) / 2
        signed = claim.percent if claim.direction in _UP else -claim.percent
        agrees = low - half <= signed <= high + half
        middle = (low + high) / 2
        yield _outcome(
            "G02",
            agrees,
            left=f"{claim.direction} {claim.percent}%",
            right=f"重算 {middle:+.2f}%",
            message=f"{name_of(figure)}文中写{claim.direction} {claim.percent}%，"
            f"按文中数额重算为 {middle:+.2f}%{_wrong_base(claim, source, middle)}",
            advice="请改正百分比或数额。",
            sources=[*claim.sources, source, *([base[1]] if base else [])],
        )


def _base_interval(
    claim: Claim, source: Source, base: Printed | None
) -> tuple[Decimal, Decimal] | None:
    """Return the base as printed, or this year less the printed change."""
    if base is not None:
        return _interval(base[1])
    if claim.amount is None:
        return None
    sign = 1 if claim.direction in _UP else -1
    low, high = _interval(source)
    change = sign * abs(claim.amount)
    half = printed_step(claim.sources[0].stated) / 2
    return low - change - half, high - change + half


def _change_interval(
    now: tuple[Decimal, Decimal], before: tuple[Decimal, Decimal]
) -> tuple[Decimal, Decimal]:
    return (
        (now[0] - before[1]) / before[1] * _HUNDRED,
        (now[1] - before[0]) / before[0] * _HUNDRED,
    )


def _wrong_base(claim: Claim, source: Source, change: Decimal) -> str:
    """Name a division by this year's amount instead of the base."""
    if not source.amount or claim.percent is None or change <= -_HUNDRED:
        return ""
    by_this_year = abs(change) / (_HUNDRED + change) * _HUNDRED
    near = abs(by_this_year - claim.percent) <= Decimal("0.011")
    return "；文中的百分比像是除以了本年数" if near and abs(change) > Decimal("0.5") else ""


def _directions(statement: Statement) -> Iterator[Outcome]:
    """G03: 增加 or 减少 agrees with the two amounts of the paragraph."""
    for claim, (figure, source), base in _changes(statement):
        if base is None or not claim.direction:
            continue
        now, before = source.amount or Decimal(0), base[1].amount or Decimal(0)
        agrees = now == before or (now > before) == (claim.direction in _UP)
        yield _outcome(
            "G03",
            agrees,
            left=f"文中写“{claim.direction}”",
            right=f"{PERIOD_NAMES[base[0].period]} {base[1].stated} → {source.stated}",
            message=f"{name_of(figure)}由 {base[1].stated} 到 {source.stated}，"
            f"文中写“{claim.direction}”",
            advice="请改正增减方向或数额。",
            sources=[*claim.sources, source, base[1]],
        )


def _equal_amounts(statement: Statement) -> Iterator[Outcome]:
    """G03: “2.50 万元，与 2024 年预算数 2.50 万元持平”: 持平 right after the printed base."""
    figures = {figure.dimensions: figure for figure in statement.figures}
    own_period = "final" if statement.stage == "final_accounts" else "budget"
    for line in lines(statement, without=("glossary", "duties", "project")):
        for match in _EQUAL.finditer(line.quote):
            place = part_of(line, *match.span())
            base = next((b for b in statement.figures if _ends_at(b, place)), None)
            own = _with_period(base.dimensions, own_period) if base else None
            figure = figures.get(own) if own else None
            source, before = _nearest(figure, place), _nearest(base, place)
            if not base or not figure or not source or not before:
                continue
            now, then = source.amount or Decimal(0), before.amount or Decimal(0)
            step = max(printed_step(source.stated), printed_step(before.stated))
            yield _outcome(
                "G03",
                abs(now - then) <= step / 2,
                left=f"文中写“{match[0]}”",
                right=f"{PERIOD_NAMES[base.period]} {before.stated} → {source.stated}",
                message=f"{name_of(figure)}由 {before.stated} 到 {source.stated}，"
                f"文中写“{match[0]}”",
                advice="请改正增减方向或数额。",
                sources=[place, source, before],
            )


def _ends_at(figure: Figure, place: Source) -> bool:
    """Whether the amount of another year ends right before a place."""
    return figure.period.startswith("prior_") and any(
        (source.document, source.locator, source.end)
        == (place.document, place.locator, place.start)
        for source in figure.sources
    )


def _impossible_increases(statement: Statement) -> Iterator[Outcome]:
    """G03: “0 万元，比上年增加 43.84 万元”: nothing can have grown by more than it is.

    Only a change that follows its amount at once: further on it may be about something else.
    """
    for claim, (figure, source), base in _changes(statement):
        if base is not None or claim.amount is None or claim.direction not in _UP:
            continue
        gap = claim.sources[0].start - source.end
        step = max(printed_step(source.stated), printed_step(claim.sources[0].stated))
        if not 0 <= gap <= 1 or claim.amount - (source.amount or Decimal(0)) <= step:
            continue
        yield _outcome(
            "G03",
            False,
            left=f"{claim.direction} {format_amount(claim.amount, '元')}",
            right=f"{name_of(figure)} {source.stated}",
            message=f"{name_of(figure)}只有 {source.stated}，"
            f"文中写{claim.direction} {format_amount(claim.amount, '元')}",
            advice="请改正增减额或数额。",
            sources=[*claim.sources, source],
        )


def _open_directions(statement: Statement) -> Iterator[Outcome]:
    """G03: the template's choice left standing: “增加（减少）5 万元”, “增加持平”."""
    for line in lines(statement, without=("glossary", "duties", "project")):
        for match in _OPEN_DIRECTION.finditer(line.quote):
            yield _outcome(
                "G03",
                False,
                left=f"文中写“{match['words']}”",
                right="增加、减少或持平中的一个",
                message=f"文中写“{match['words']}”，没有说明是增加还是减少",
                advice="请只保留一个方向。",
                sources=[part_of(line, *match.span())],
            )


def _zero_bases(statement: Statement) -> Iterator[Outcome]:
    """G04: nothing grows by a percentage of nothing."""
    for claim, (figure, source), base in _changes(statement):
        if base is None or claim.percent is None or base[1].amount != 0:
            continue
        yield _outcome(
            "G04",
            False,
            left=f"{claim.direction} {claim.percent}%",
            right=f"{PERIOD_NAMES[base[0].period]} {base[1].stated}",
            message=f"{name_of(figure)}的基数为 0，文中仍写{claim.direction} {claim.percent}%",
            advice="基数为 0 时请删去百分比。",
            sources=[*claim.sources, source, base[1]],
        )


def _shares(statement: Statement) -> Iterator[Outcome]:
    """G05: shares of one list against the total that most of them are of."""
    lists: dict[Place, list[tuple[Claim, Printed]]] = defaultdict(list)
    by_dimensions = {figure.dimensions: figure for figure in statement.figures}
    for claim in statement.claims:
        if claim.kind != "share" or claim.percent is None or "完成" in claim.sources[0].quote:
            continue
        figure = by_dimensions.get(claim.figure)
        source = _nearest(figure, claim.sources[0])
        if figure and source:
            place = (claim.sources[0].document, claim.sources[0].locator)
            lists[place].append((claim, (figure, source)))
    for place, shares in lists.items():
        whole = _whole_of(statement, place, shares)
        if whole:
            yield from (_share(claim, printed, whole) for claim, printed in shares)


def _whole_of(
    statement: Statement, place: Place, shares: list[tuple[Claim, Printed]]
) -> Printed | None:
    """Return the figure of which the shares of a paragraph are.

    It is printed there, or is the total of the classes listed there. At least two shares, and
    most of them, are of it; or the parts add up to it, and one share may be wrong.
    """
    listed = {part[0].dimensions: part[1] for _, part in shares}
    totals = {dataclasses.replace(dimensions, functional=None) for dimensions in listed}
    added = sum((source.amount or Decimal(0) for source in listed.values()), Decimal(0))
    candidates = [
        (figure, source)
        for figure in statement.figures
        for source in figure.sources
        if (source.document, source.locator) == place and source.amount
    ]
    candidates.sort(key=lambda printed: printed[1].start)
    candidates += [
        (figure, figure.sources[0])
        for figure in statement.figures
        if len(totals) == 1 and figure.dimensions in totals and figure.sources[0].amount
    ]
    for candidate in candidates:
        fitting = sum(_share(claim, part, candidate).result == "pass" for claim, part in shares)
        is_sum = len(listed) > 1 and candidate[1].amount == added and fitting >= len(shares) - 1
        if is_sum or (fitting >= 2 and fitting * 2 > len(shares)):
            return candidate
    return None


def _share(claim: Claim, part: Printed, whole: Printed) -> Outcome:
    amount, total = part[1].amount or Decimal(0), whole[1].amount or Decimal(1)
    computed = amount / total * _HUNDRED
    stated = claim.percent or Decimal(0)
    # Half a unit of the percentage, and what half a unit of each amount may move it.
    loose = printed_step(claim.sources[0].stated) / 2
    loose += (printed_step(part[1].stated) + printed_step(whole[1].stated)) / 2 / total * _HUNDRED
    return _outcome(
        "G05",
        abs(computed - stated) <= loose,
        left=f"{name_of(part[0])} {part[1].stated}，占 {stated}%",
        right=f"÷ {name_of(whole[0])} {whole[1].stated} = {computed:.2f}%",
        message=f"{name_of(part[0])}文中写占 {stated}%，按文中数额重算为 {computed:.2f}%",
        advice="请改正占比或数额。",
        sources=[*claim.sources, part[1], whole[1]],
    )


def _outcome(
    code: str,
    agrees: bool,
    *,
    left: str,
    right: str,
    message: str,
    advice: str,
    sources: list[Source],
) -> Outcome:
    return Outcome(
        code=code,
        result="pass" if agrees else RULES[code].result,
        left=left,
        right=right,
        tolerance="按文中各数的印刷精度",
        message=f"{message}：{'相符' if agrees else '不符'}。",
        advice="" if agrees else advice,
        sources=sources,
    )


_NEEDS = "文件没有在一处同时写出本年数、基数和增减。"
register("G01", "E", "增减额等于两年之差", _amounts, needs=_NEEDS)
register("G02", "E", "增减百分比重算相符", _percentages, needs=_NEEDS)
register(
    "G03",
    "E",
    "增减方向与数额一致",
    _directions,
    _impossible_increases,
    _equal_amounts,
    _open_directions,
    needs=_NEEDS,
)
register("G04", "E", "基数为零时不写百分比", _zero_bases, needs="没有基数为零的增减。")
register("G05", "E", "占比重算相符", _shares, needs="文件没有写占比，或写出占比的一段没有总数。")
