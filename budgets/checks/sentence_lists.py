"""A sentence's list against the total that the same sentence gives (S07).

Taken only where the whole list is understood: every entry is words with one number at its end,
all in one unit. A list opened by “其中” may leave entries out and may count one thing twice, so
that less than its total proves nothing and more is only worth a look; one closed by “合计” is
complete, unless amounts stand before it in the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.statement import Outcome, Source, Statement
from budgets.vocabulary import ROLL_UPS

from .passages import fold_marks, lines, part_of
from .registry import RULES, register

_UNIT = r"亿元|万元|万|元|平方米|公里|千米|亩|公顷|吨"
_NUMBER = rf"(?<![\d.])(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>{_UNIT})"
_ENTRY = re.compile(rf"[^\d]*(?:20\d\d年[^\d]*)?{_NUMBER}")
_OPENED = re.compile(
    rf"{_NUMBER},?(?:(?P<bracket>\()?其中:?|(?P<whole>(?:主要)?用于以下(?:几个)?方面:))"
)
_CLOSED = re.compile(rf"(?:以上)?(?:合计|共计|总计)(?:为|:|金额)?{_NUMBER}")
# Entries that are about change, share or another year are no parts.
_NO_PART = re.compile(
    r"[比较]|增[加长]|减少|下降|占|完成|上年|去年|人均|每|标准|结转|不含|约|%"
    r"|采购|预留|中小|小微"
)
_NEAR = Decimal("0.1")
_SHARE = re.compile(r",?占[^,;()、。]{0,20}?\d[\d.]*%")


@dataclass(frozen=True, slots=True)
class _List:
    """Total and entries with their places; amounts in the printed unit."""

    total: Decimal
    entries: list[Decimal]
    unit: str
    step: Decimal
    is_complete: bool
    is_bounded: bool  # it is said where the list begins
    place: Source

    @property
    def added(self) -> Decimal:
        return sum(self.entries, Decimal(0))


def _lists(line: Source) -> Iterator[_List]:
    text = fold_marks(line.quote)
    for match in _OPENED.finditer(text):
        end = _end_of_list(text, match.end(), bracket=bool(match["bracket"]))
        whole = bool(match["whole"])
        body = text[match.end() : end] if end is not None else ""
        if end is not None and "其中" not in body:
            span = (match.start(), end)
            yield from _read(line, match, body, span, is_complete=whole, is_bounded=whole)
    for match in _CLOSED.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in "。:") + 1
        body = text[start : match.start()]
        is_simple = "其中" not in body and not _CLOSED.search(body)
        if is_simple and not re.search(_NUMBER, text[:start]):
            span = (start, match.end())
            after_colon = text[:start].endswith(":")
            yield from _read(line, match, body, span, is_complete=True, is_bounded=after_colon)


def _end_of_list(text: str, start: int, *, bracket: bool) -> int | None:
    """Return where a list ends: at its bracket, or at the full stop; None where it never does."""
    end = text.find(")" if bracket else "。", start)
    if end < 0:
        return None if bracket else len(text)
    return end


def _read(
    line: Source,
    total: re.Match[str],
    body: str,
    span: tuple[int, int],
    *,
    is_complete: bool,
    is_bounded: bool,
) -> Iterator[_List]:
    """Yield the list if each of its entries is words and one number, else nothing."""
    clauses = [c for c in re.split("[,;、]", _SHARE.sub("", body).rstrip(",;、")) if c]
    numbers = [total]
    closing = _CLOSED.fullmatch(clauses[-1]) if clauses else None
    if closing:
        clauses.pop()
        numbers.append(closing)
    for clause in clauses:
        entry = _ENTRY.fullmatch(clause)
        if not entry or _NO_PART.search(clause):
            return
        numbers.append(entry)
    units = {number["unit"].replace("万元", "万") for number in numbers}
    entries = [_amount(number) for number in numbers[2 if closing else 1 :]]
    if len(units) != 1 or len(entries) < 2 or (closing and _amount(closing) != _amount(total)):
        return
    yield _List(
        total=_amount(total),
        entries=entries,
        unit=total["unit"],
        step=max(_step(number) for number in numbers),
        is_complete=is_complete or closing is not None,
        is_bounded=closing is not None or is_bounded,
        place=part_of(line, *span),
    )


def _amount(number: re.Match[str]) -> Decimal:
    return Decimal(number["number"].replace(",", ""))


def _step(number: re.Match[str]) -> Decimal:
    return Decimal(1).scaleb(-len(number["number"].partition(".")[2]))


def _sentence_lists(statement: Statement) -> Iterator[Outcome]:
    told = _told_by_roll_ups(statement)
    for line in lines(statement, without=("glossary", "duties", "units")):
        if (line.document, line.locator) in told:
            continue
        for found in _lists(line):
            yield _outcome(found)


def _told_by_roll_ups(statement: Statement) -> set[tuple[int, str]]:
    """Return the paragraphs whose parts are known: the R rules add those up."""
    parts = {part for rule in ROLL_UPS for part in rule.parts if not part.endswith(".current")}
    return {
        (source.document, source.locator)
        for figure in statement.figures
        if figure.concept in parts and figure.functional is None
        for source in figure.sources
        if source.table is None
    }


def _outcome(found: _List) -> Outcome:
    difference = found.total - found.added
    tolerance = found.step / 2 * (len(found.entries) + 1)
    agrees = abs(difference) <= tolerance
    # An open list that is far above its total rather counts some things twice.
    may_overlap = difference > 0 or -difference > found.total * _NEAR
    is_open = not agrees and not found.is_complete and may_overlap
    result = "pass"
    if is_open:
        result = "not_checkable"
    elif not agrees:
        result = RULES["S07"].result if found.is_bounded else "warning"
    summed = " + ".join(map(str, found.entries)) + f" = {found.added}"
    what = "相符" if agrees else f"相差 {abs(difference)} {found.unit}"
    return Outcome(
        code="S07",
        result=result,
        left=f"文中总数 {found.total} {found.unit}",
        right=f"{summed} {found.unit}",
        difference=f"{difference} {found.unit}",
        tolerance=f"±{tolerance} {found.unit}（按文件的印刷精度）",
        message=f"一句话中写总数 {found.total} {found.unit}，所列各项 {summed}："
        + ("“其中”可能没有列全或有重叠，不能核对。" if is_open else f"{what}。"),
        advice="" if agrees or is_open else "请改正总数或其中一项。",
        sources=[found.place],
    )


register(
    "S07",
    "E",
    "一句话中所列各项与它的总数相符",
    _sentence_lists,
    needs="正文没有一句话同时写出总数和各项。",
)
