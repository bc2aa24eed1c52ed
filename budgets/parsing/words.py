"""What the words of a sentence name: concept, code, period, year; never what a number is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .changes import NEUTRAL
from .lines import Line
from .prose import Prose
from .subjects import CLASS_IN_PROSE, CODE_IN_PROSE, FILLER, Subject, find_subject

_BOTH_TOTALS = re.compile(
    r"(?P<fund>财政拨款)?(?:收入支出|收支|收、支)(?:预算|决算)?总(?:计|额|预算|决算)(?:均|各)?"
)
_AGENCY_OPERATION = re.compile(r"(?:机关|行政)运行经费")
_AGENCY_FILLER = re.compile(
    rf"(?:包括|定额公用经费|日常公用经费|公用经费|财政拨款|{FILLER.pattern})*+"
)
_IS_BUDGET = re.compile(r"年初预算|预算(?:数|安排|额)?(?:为|是|:)?\d*$|支出预算")
_YEAR_OF_FIGURE = re.compile(
    r"(?<![比较与同和至])(?<!截至)(?<!截止)(?:(?P<year>20\d\d)年(?!\d{1,2}月)|(?P<last>上年(?!结转)|去年))"
)
# Concepts that only go on about another one named before them in the sentence.
_AFTER = {
    "performance.amount": (
        "performance.goals",
        "performance.projects",
        "performance.units",
        "performance.monitored",
        "performance.self_evaluated",
    ),
    "performance.share": ("performance.amount", "performance.goals", "performance.projects"),
}
_BARE_CLASS = re.compile(
    r"(?:\d{1,2}[.、]|\([一二三四五六七八九十]{1,3}\))?(?P<name>[\u4e00-\u9fff]{2,18}支出)"
    r"(?:预算|决算)?数?(?:为|:)?"
)
_UNITS_WITH_GOALS = re.compile(r"(?P<count>\d+)个(?:预算)?单位开展")


@dataclass(slots=True)
class Words:
    """The words of one sentence of a line, from `start` to `end`."""

    line: Line
    start: int
    end: int
    section: str
    fund: str | None
    prose: Prose
    topic: Subject | None = None  # what “年初预算为 …” is about

    def period(self, subject: Subject, end: int) -> str | None:
        """Return the period that the words from a concept to `end` name; None if they conflict."""
        own, words = self.prose.period, self.line.text[subject.begin : end]
        if subject.concept in ("procurement.sme_reserved", "procurement.small_micro_reserved"):
            return "budget"  # what was reserved is a budget, in final accounts too
        if own == "budget" and "决算" in words:
            return None
        speaks_of_budget = own == "final" and "预算" in words and "决算" not in words
        if ("年初预算" in words or speaks_of_budget) and _IS_BUDGET.search(words):
            return "budget"
        return own

    def is_of_another_year(self, begin: int) -> bool:
        """Whether the year named last before a concept is not this document's.

        “比2023年预算” is a base, “截至2023年12月31日” a date: they name no figure's year.
        """
        years = [
            match
            for match in _YEAR_OF_FIGURE.finditer(self.line.text, self.start, begin + 6)
            if match.start() <= begin
        ]
        if not years:
            return False
        named = years[-1]
        return bool(named["last"]) or int(named["year"]) != self.prose.fiscal_year

    def named_both_totals(self, start: int, end: int) -> Subject | None:
        match = _BOTH_TOTALS.search(self.line.text, start, end)
        if not match or not FILLER.fullmatch(self.line.text, match.end(), end):
            return None
        fund = "appropriation" if match["fund"] else self.fund
        return Subject("expenditure.total", match.start(), fund)

    def subject(self, position: int, number: int) -> Subject | None:
        text = self.line.text
        if self.section == "agency_operation":
            return self.agency_operation(number)
        if (code := self.code(position, number)) is not None:
            return code
        if self.section == "performance" and _UNITS_WITH_GOALS.match(text, number):
            return Subject("performance.units", number)
        owners = self.prose.owners
        found = find_subject(text, position, number, self.section, self.fund, self.start, owners)
        if found and found.concept in _AFTER:
            goes_on = self.topic and self.topic.concept.startswith(_AFTER[found.concept])
            return found if goes_on else None
        return found

    def code(self, position: int, number: int) -> Subject | None:
        """“…（类）…（款）…（项）科目 43.83 万元”: expenditure of that code."""
        if self.section not in ("overview", "part", "other", "government_fund", "state_capital"):
            return None
        for begin, end, code in self.codes(position, number):
            if FILLER.fullmatch(self.line.text, self.after_own_year(end), number):
                return Subject("expenditure.current", begin, self.fund, code)
        return self.bare_class(position, number)

    def bare_class(self, position: int, number: int) -> Subject | None:
        """“1.教育支出 30 万元” in a section of one fund: the 类 by its whole name.

        “其他支出” is a 类 too, and too often the rest of a list; where no fund is said, the
        money may be of any.
        """
        text = self.line.text
        clause = max(position, *(text.rfind(mark, position, number) + 1 for mark in "，。；;:、"))
        match = _BARE_CLASS.fullmatch(text, clause, number)
        if not match or not self.fund or match["name"] == "其他支出":
            return None
        code = self.prose.codes.find_class(match["name"])
        begin = match.start("name")
        return Subject("expenditure.current", begin, self.fund, code) if code else None

    def after_own_year(self, end: int) -> int:
        """Return where “2024年” after a name ends: “…（项）2024年预算数为 …”."""
        own_year = f"{self.prose.fiscal_year}年"
        return end + len(own_year) if self.line.text.startswith(own_year, end) else end

    def codes(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, code) of each 科目 named in a span, if its code is known."""
        codes, text = self.prose.codes, self.line.text
        for match in CODE_IN_PROSE.finditer(text, start, end):
            if code := codes.find(match["c"], match["g"], match["i"]):
                yield *match.span(), code
        for match in CLASS_IN_PROSE.finditer(text, start, end):
            if code := codes.find_class(match["c"]):
                yield *match.span(), code

    def agency_operation(self, number: int) -> Subject | None:
        """The amount right after 机关运行经费 is its total; “包括公用经费” may stand between."""
        words = list(_AGENCY_OPERATION.finditer(self.line.text, self.start, number))
        if not words:
            return None
        end = self.after_own_year(words[-1].end())
        if not _AGENCY_FILLER.fullmatch(self.line.text, end, number):
            return None
        return Subject("agency_operation", words[-1].start())

    def is_neutral(self, words: str) -> bool:
        own_year = re.sub(rf"{self.prose.fiscal_year}年度?|本年度?|今年", "", words)
        return bool(NEUTRAL.fullmatch(own_year))
