"""The words of a change, a share and a reason: base, direction, and what they go on about.

Pure matching on the folded text of a clause; `sentences` decides what each is said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WAYS = r"增加|减少|增长|下降|上升|降低|提高|压减"
DIRECTION = re.compile(_WAYS)
# “下降（增长）”, “增加（减少）”: a form in which nobody struck out the wrong word.
_UNFILLED = re.compile(rf"(?P<way>{_WAYS})(?:[(/](?:{_WAYS})\)?)")
_BRACKETS = re.compile(r"\([^()]*\)")
_FILLER = re.compile(r"(?:了|额|数|幅度|比例|金额|约|为|:)*")
BASE = re.compile(
    r"[比较与同](?:(?P<year>20\d\d)年|(?P<last>上一?年|去年)|(?P<own>年初|全年)?(?=预算))(?:度)?(?:\([^()]{1,12}\))?"
    r"(?:同期)?(?:年初)?(?P<kind>预算执行数?|执行数|决算数?|预算数?)?(?:相比|对比|比较|比)?"
)
_BASE_FILLER = re.compile(r"(?:的|累计|支出|为|:)*")
# What may stand beside the base when the change is that of the last figure.
NEUTRAL = re.compile(
    r"(?:其中|同比|相比|同期|总体|总额|有所|略有|均|共|各|也|则|但|金额|预算|决算|数|安排|年初|为|:)*"
)
# A share goes on about the number right before it; “货物采购…占货物支出的” is of something else.
_SHARE = re.compile(r"[，、(;]?(?:约|仅|分别)?占[^，,。；;]{0,24}")
_COMPLETION = re.compile(
    r"[，、(;。]?(?:完成(?:了)?(?P<base>年初|全年|调整|调整后)?预算(?:数)?(?:的|为)?|预算完成率(?:为|是|:)?)"
)
_COMPLETED = re.compile(r"[，、(;。]?完成(?:了)?(?P<base>年初|全年|调整后?)?预算(?:数)?")
_REASON = re.compile(
    r"(?:(?:主要)?原因(?:是|为|系|:|在于|由于|因为)|主要(?:是|为|系|因为|由于)|主因(?:是|为|:))"
    r"(?:因为|由于|是)?:?"
    # A list “一是…；二是…” is one reason.
    r"(?P<reason>[^。;]*(?:;(?=[二三四五六]是|\([二三四五六2-6]\)|[2-6][.、])[^。;]*)*)(?P<end>[。;]?)"
)
# “…支出决算数小于预算数的主要原因”: what may stand between a concept and its reason.
REASON_FILLER = re.compile(
    rf"(?:支出|收入|经费|预算|决算|数|{_WAYS}|小于|大于|低于|高于|少于|多于|等于|持平|较|比|与|同|"
    r"[\d.]+(?:[万亿]?元|%)|本年度?|今年|其中|同比|年初|上一?年|去年|20\d\d年|度|变化|变动|差异|的|主要)*"
)


@dataclass(frozen=True, slots=True)
class Change:
    """A clause that ends in a direction: where its own words stand, up to the direction.

    `direction` is None where the form was left unfilled; `base` names what is compared with.
    """

    start: int
    end: int
    direction: str | None
    base: re.Match[str] | None


def change_before(text: str, start: int, number: int) -> Change | None:
    """Return the change whose amount or percentage stands at `number`, or None.

    “增加项目支出 50 万元” and “减少到 2 万元” are none: other words follow the direction.
    """
    begin = _clause(text, start, number)
    unfilled = list(_UNFILLED.finditer(text, begin, number))
    words = unfilled or list(DIRECTION.finditer(text, begin, number))
    if not words or not _FILLER.fullmatch(text, words[-1].end(), number):
        return None
    bases = list(BASE.finditer(text, start, words[-1].start()))
    return Change(
        begin,
        words[-1].start(),
        None if unfilled else words[-1][0],
        bases[-1] if bases else None,
    )


def base_before(text: str, start: int, number: int) -> re.Match[str] | None:
    """Return the base whose own amount stands at `number`: “，比上年执行数 33 万元”."""
    base = BASE.match(text, start + (text[start : start + 1] in ("，", "(")))
    return base if base and _BASE_FILLER.fullmatch(text, base.end(), number) else None


def has_direction(text: str, start: int, number: int) -> bool:
    """Whether the clause before a number speaks of a change, understood or not."""
    return bool(DIRECTION.search(text, _clause(text, start, number), number))


def _clause(text: str, start: int, end: int) -> int:
    """Return where the clause before `end` begins; “（上一年度，下同）” divides nothing."""
    whole = _BRACKETS.sub(lambda match: "·" * len(match[0]), text[start:end])
    return start + max(whole.rfind(mark) + 1 for mark in "，；;")


def base_period(base: re.Match[str], own_period: str) -> str:
    """Return the period of a base; one without a kind is of the document's own kind."""
    kind = base["kind"] or ""
    if base["year"] is None and base["last"] is None:
        return "budget_adjusted" if base["own"] == "全年" else "budget"
    if "执行" in kind:
        return "prior_execution"
    if "决算" in kind:
        return "prior_final"
    return "prior_budget" if "预算" in kind or own_period != "final" else "prior_final"


def base_year(base: re.Match[str], fiscal_year: int) -> int:
    """Return the year of a base: as named, the year before, or the document's own."""
    if base["year"]:
        return int(base["year"])
    return fiscal_year - 1 if base["last"] else fiscal_year


def completed_budget(before: str) -> str | None:
    """Return the period of an amount after these words: “，完成全年预算 84.82 万元的 73.2%”."""
    match = _COMPLETED.fullmatch(before)
    if not match:
        return None
    return "budget_adjusted" if match["base"] in ("全年", "调整", "调整后") else "budget"


def is_share(before: str) -> bool:
    """Whether a percentage after these words is one of a whole: “占…的”."""
    return bool(_SHARE.fullmatch(before))


def completed_period(before: str) -> str | None:
    """Return the budget of which a percentage says how much was spent: “完成预算的”."""
    match = _COMPLETION.fullmatch(before)
    if not match:
        return None
    return "budget_adjusted" if match["base"] in ("全年", "调整", "调整后") else "budget"


def reasons_in(
    text: str, start: int, end: int, figures: list[int]
) -> Iterator[tuple[int, int, int]]:
    """Yield (start, start of the words, end) of each reason that a sentence gives.

    “主要原因是。” is an empty one; after “主要原因：” at the end of a line it may come below.
    A reason ends before the clause of the next figure: `figures` is where each stands.
    """
    position = start
    while match := _REASON.search(text, position, min(end + 1, len(text))):
        words, position = match.start("reason"), match.end()
        inside = (text.rfind("，", words, place) for place in figures if words < place < position)
        cut = min((comma for comma in inside if comma > 0), default=None)
        if cut is not None:
            position = cut
            yield match.start(), words, cut
        elif match["reason"] or match["end"]:
            yield match.start(), words, match.end("reason")
