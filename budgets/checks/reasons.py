"""Reasons of changes: they fit the direction (T04), and a great change has one (G06)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.statement import Claim, Figure, Outcome, Section, Source, Statement

from .amounts import name_of
from .passages import fold_marks, lines_of, part_of, plain
from .registry import RULES, register

_REASON = re.compile(
    r"主要(?:原因(?:是因为|是由于|是|为|系)?|是因为|是由于|是|为|系|因为|由于|因):?"
    r"(?P<reason>[^。;]*)(?P<end>[。;]?)"
)
_DIRECTION = re.compile(
    r"(?P<up>增加|增长|上升|提高|大于|高于)|(?P<down>减少|下降|降低|压减|小于|低于)|(?P<same>(?<!基本)持平)"
)
_BY_NOTHING = re.compile(r"(?:增加|减少|增长|下降)(?:了|额|为)?0(?:\.0+)?(?:万元|元|%)")
_NUMBERED = re.compile(r"\s*(?:\(?[一二三四五六七八九十\d]{1,2}[)、.．]|[一二三四五]是)")
_UP = r"增加|增长|上升|提高|增多"
_DOWN = r"减少|下降|降低|压减"
# A reason that is nothing but a direction: “…经费增加”, “…经费有所减少”.
_BARE_REASON = re.compile(
    rf"(?P<topic>[^,]*?)(?:经费|支出|预算|费用|资金)?(?:有所|略有|相应)?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
)
# 持平, and then why less or more was paid: the whole reason ends on it.
_MOVES = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了)?(?:相关)?(?:支付|支出|开支|经费)?$"
)
_GENERAL_TOPIC = re.compile(r"(?:人员|公用|项目|业务|工作|专项)?(?:经费|支出|预算|项目)?")
_OF_ANOTHER_TIME = re.compile(r"上年|去年|往年|以前年度|20\d\d年|年初")
_THRIFT = re.compile(r"节约|节俭|控制|严控|压缩|压减|八项规定|过紧日子")
_ANY_REASON = re.compile(
    r"原因|由于|因为|主要(?:是|为|用于|系)|因(?!公出国).{2,30}(?:增加|减少|调整|变化)|系"
)
_GREAT = Decimal(30)
_OF_ALL_MONEY = {"overview", "other", "part"}
_TOTALS = ("revenue.", "expenditure.", "three_public.", "agency_operation")


@dataclass(frozen=True, slots=True)
class _Reason:
    """A reason as printed, all words before it in its paragraph, the direction it explains.

    `is_whole` is false where the list of reasons goes on after it.
    """

    words: str
    before: str
    direction: str
    is_whole: bool
    place: Source


def _reasons(section: Section) -> Iterator[_Reason]:
    """Yield the reasons of a section; one on a line of its own explains the line before."""
    lines = lines_of(section)
    carried = ""
    for position, line in enumerate(lines):
        text = fold_marks(line.quote)
        begin = 0
        for match in _REASON.finditer(text):
            before = carried + text[: match.start()]
            explained = carried + text[begin : match.start()]
            directions = {found.lastgroup or "" for found in _DIRECTION.finditer(explained)}
            words, place = match["reason"], part_of(line, *match.span())
            is_open = not words and not match["end"] and match.end() == len(text)
            if is_open and position + 1 < len(lines):
                place = lines[position + 1]
                words = re.split("[。;]", fold_marks(place.quote))[0]
            is_whole = match["end"] != ";" and not (is_open and _NUMBERED.match(words))
            # Of two directions it is not said which one is explained; nothing grows by 0.
            is_clear = len(directions) == 1 and not _BY_NOTHING.search(explained)
            if is_clear and not (is_open and position + 1 == len(lines)):
                yield _Reason(words, before, directions.pop(), is_whole, place)
            begin = match.end()
        carried = "" if text.rstrip().endswith(("。", ";")) else text[begin:]


def _reasons_fit(statement: Statement) -> Iterator[Outcome]:
    """T04: a reason that says the opposite of its change, or nothing at all."""
    fitting: list[_Reason] = []
    for section in statement.sections:
        if section.key in ("glossary", "duties", "project"):
            continue
        for reason in _reasons(section):
            fault = _fault_of(reason)
            if fault:
                yield _finding(reason, fault)
            else:
                fitting.append(reason)
    if fitting:
        yield Outcome(
            code="T04",
            result="pass",
            message=f"{len(fitting)} 处增减原因与所说的增减方向不矛盾。",
            sources=[reason.place for reason in fitting],
        )


_SAID = {"up": "增加", "down": "减少", "same": "持平"}


def _fault_of(reason: _Reason) -> str | None:
    """Say what is wrong with a reason, or None; whatever is not plain counts as right."""
    words = reason.words.strip(" ,:")
    if not plain(words):
        return "原因是空的"
    if _OF_ANOTHER_TIME.search(words) or not reason.is_whole:
        return None
    if reason.direction == "same":
        moved = _MOVES.search(words)
        is_mixed = bool(re.search(_UP, words)) and bool(re.search(_DOWN, words))
        if moved and not is_mixed and not _THRIFT.search(words):
            return f"写“持平”，原因却说“{moved[0]}”"
        return None
    bare = _BARE_REASON.fullmatch(words)
    if not bare or bare.lastgroup == reason.direction:
        return None
    topic = plain(bare["topic"])
    is_own = topic in plain(re.sub(r"\((?:类|款|项)\)", "", reason.before))
    if not is_own and not _GENERAL_TOPIC.fullmatch(topic):
        return None
    return f"写“{_SAID[reason.direction]}”，原因却说“{words}”"


def _finding(reason: _Reason, fault: str) -> Outcome:
    return Outcome(
        code="T04",
        result=RULES["T04"].result,
        left=f"文中写“{_SAID[reason.direction]}”",
        right=f"原因“{reason.words.strip()}”",
        tolerance="原因应当解释所写的增减",
        message=f"增减的说明{fault}。",
        advice="请核对增减方向，或补写原因。",
        sources=[reason.place],
    )


def _great_changes(statement: Statement) -> Iterator[Outcome]:
    """G06: a total that changes by more than 30 % gives a reason in its section."""
    figures = {figure.dimensions: figure for figure in statement.figures}
    for section in statement.sections:
        # The totals of all money are explained together, in whichever of their sections.
        together = [
            other
            for other in statement.sections
            if other is section or {section.key, other.key} <= _OF_ALL_MONEY
        ]
        own = {(line.document, line.locator) for line in lines_of(section)}
        great = [
            (claim, figure, percent)
            for claim in statement.claims
            if claim.kind == "change"
            and (figure := figures.get(claim.figure))
            and (claim.sources[0].document, claim.sources[0].locator) in own
            and _is_total(figure)
            and (percent := _percent(claim, figure)) is not None
            and percent > _GREAT
        ]
        if not great:
            continue
        claim, figure, percent = max(great, key=lambda found: found[2])
        has_reason = any(
            _ANY_REASON.search(fold_marks(line.quote))
            for each in together
            for line in lines_of(each)
        )
        yield Outcome(
            code="G06",
            result="pass" if has_reason else RULES["G06"].result,
            left=f"{name_of(figure)}{claim.direction} {percent:.2f}%",
            right="写了原因" if has_reason else "没有写原因",
            tolerance="变动超过 30% 的总数应当说明原因",
            message=f"{name_of(figure)}{claim.direction} {percent:.2f}%，"
            f"这一节{'写了' if has_reason else '没有写'}原因。",
            advice="" if has_reason else "请补写增减的主要原因。",
            sources=list(claim.sources),
        )


def _is_total(figure: Figure) -> bool:
    return (
        figure.functional is None and figure.economic is None and figure.concept.startswith(_TOTALS)
    )


def _percent(claim: Claim, figure: Figure) -> Decimal | None:
    """Return the size of a change in percent: as printed, else of the base it implies."""
    if claim.percent is not None:
        return abs(claim.percent)
    if claim.amount is None or figure.amount is None or not claim.direction:
        return None
    change = abs(claim.amount)
    base = figure.amount - change if claim.direction in _UP.split("|") else figure.amount + change
    return change / base * 100 if base > 0 else None


register(
    "T04",
    "W",
    "增减原因与方向一致，不为空",
    _reasons_fit,
    needs="文件没有写增减的原因。",
)
register(
    "G06",
    "W",
    "总数变动超过 30% 的写明原因",
    _great_changes,
    needs="没有变动超过 30% 的总数，或没有写增减。",
)
