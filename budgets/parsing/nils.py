"""“无…支出”, “没有安排…”: concepts that a sentence says in words to be none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .subjects import FUND_WORDS, SCOPES, Owners, concept_of, concept_words

_NONE = r"(?:无|没有|未安排|不涉及|没有安排|未编制|暂无)"
_YEAR_WORDS = r"(?:本年度?|20\d\d年度?|今年)?(?:本部门|本单位)?(?:使用|安排|发生)?(?:的)?"
_ENDS_NIL = re.compile(r"(?:的)?(?:情况|安排|支出|收支|预算|资金)*(?=[，。；;、:]|$)")
_NIL_FUND = re.compile(
    _NONE
    + _YEAR_WORDS
    + r"(?P<fund>政府性基金|国有资本经营|一般公共预算)(?:预算)?(?:财政)?(?:拨款)?(?:安排)?(?:的)?"
    r"(?P<side>收支|收入和支出|收入支出|收入|支出|预算)?"
)


def nils(
    text: str, start: int, end: int, section: str, owners: Owners
) -> Iterator[tuple[str, str | None, int, int]]:
    """Yield (concept, fund, start, end) of each concept that a span denies."""
    if any(scope.startswith("revenue") for scope in SCOPES[section]):
        for match in _NIL_FUND.finditer(text, start, end):
            if not _denies(text, start, match, owners):
                continue
            fund, side = FUND_WORDS[match["fund"]], match["side"]
            if side != "支出":
                yield "revenue.appropriation", fund, *match.span()
            if side != "收入":
                yield "expenditure.current", fund, *match.span()
    words = concept_words(section)[0].pattern
    pattern = re.compile(rf"{_NONE}{_YEAR_WORDS}(?P<word>{words})(?:预算|财政拨款|支出|经费|安排)*")
    for match in pattern.finditer(text, start, end):
        if not _denies(text, start, match, owners):
            continue
        if not _ENDS_NIL.match(text, match.end()):
            continue  # “没有政府采购预算调整”, “无…超标准列支” deny something else
        yield concept_of(section, match["word"]), None, *match.span()


def _denies(text: str, start: int, match: re.Match[str], owners: Owners) -> bool:
    """Whether “无…” begins its clause: “不得在没有…”, “除无…的单位外” deny nothing here."""
    clause = max(text.rfind(mark, start, match.start()) for mark in "，。；;:、")
    return owners.lead_to(text[max(clause + 1, start) : match.start()])
