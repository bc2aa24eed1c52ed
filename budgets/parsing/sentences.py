"""Sentences into figures and claims: each number bound to the words right before it, or unread.

A number belongs to the concept that stands closest before it in its own sentence with nothing
but filler between. A sentence is never completed by guessing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budgets.statement import Claim, Dimensions, Figure, Source
from budgets.vocabulary import CONCEPTS

from .lines import Line
from .numbers import Quantity, quantities
from .organisations import date_in
from .subjects import (
    CLASS_IN_PROSE,
    CODE_IN_PROSE,
    FILLER,
    FUND_WORDS,
    SCOPES,
    Codes,
    Owners,
    Subject,
    concept_of,
    concept_words,
    find_subject,
)

_SENTENCE = re.compile(r"[^。；]+")
_NONE = r"(?:无|没有|未安排|不涉及|没有安排|未编制|暂无)"
_YEAR_WORDS = r"(?:本年度?|20\d\d年度?|今年)?(?:本部门|本单位)?(?:使用|安排|发生)?(?:的)?"
_ENDS_NIL = re.compile(r"(?:的)?(?:情况|安排|支出|收支|预算|资金)*(?=[，。；;、:]|$)")
_NIL_FUND = re.compile(
    _NONE
    + _YEAR_WORDS
    + r"(?P<fund>政府性基金|国有资本经营|一般公共预算)(?:预算)?(?:财政)?(?:拨款)?(?:安排)?(?:的)?"
    r"(?P<side>收支|收入和支出|收入支出|收入|支出|预算)?"
)
_SECTION_FUNDS = {"government_fund": "government_fund", "state_capital": "state_capital"}
_DIRECTION = re.compile(r"增加|减少|增长|下降|上升|降低|提高|压减")
_BOTH_TOTALS = re.compile(r"(?P<fund>财政拨款)?(?:收入支出|收支|收、支)(?:预算|决算)?总(?:计|额)")
_CHANGE_FILLER = re.compile(r"(?:了|额|数|幅度|比例|金额|约|为|:|\((?:增长|下降|增加|减少)\))*")
_SHARE = re.compile(r"占[^，,。；]{0,20}$|完成(?:年初|全年|调整)?预算(?:数)?的$")
_BASE = re.compile(
    r"[比较与](?:(?P<year>20\d\d)年|(?P<last>上年|去年|上年度))(?:度)?"
    r"(?:年初)?(?P<kind>执行数|预算执行数|决算数?|预算数?)?"
)
_AGENCY_OPERATION = re.compile(r"(?:机关|行政)运行经费")
_AGENCY_FILLER = re.compile(
    rf"(?:包括|定额公用经费|日常公用经费|公用经费|财政拨款|{FILLER.pattern})*+"
)
_IS_BUDGET = re.compile(r"年初预算|预算(?:数|安排|额)?(?:为|是|:)?\d*$|支出预算")
_YEAR_OF_FIGURE = re.compile(
    r"(?<![比较与和至])(?<!截至)(?<!截止)(?:(?P<year>20\d\d)年(?!\d{1,2}月)|(?P<last>上年(?!结转)|去年))"
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
# A number that goes on about the last concept, for another period: “年初预算为 … 支出决算为 …”.
_PERIOD_BEFORE = re.compile(
    r"(?:(?P<prior>20\d\d年(?:当年)?预算执行数)|(?P<first>年初预算数?)|(?P<final>(?:支出)?决算数?)|"
    r"(?P<own>20\d\d年(?:当年)?预算(?:安排|数)?))(?:为|是|:)?$"
)
_REASON = re.compile(
    r"主要(?:原因)?(?:是因为|是由于|是|为|原因是|系|因为|由于):?(?P<reason>[^。；]+)[。；]?"
)
_UNITS_WITH_GOALS = re.compile(r"(?P<count>\d+)个(?:预算)?单位开展")
_STOCK_DATE = re.compile(r"截[至止](?:到)?20\d\d年\d{1,2}月\d{1,2}日")


# “绩效自评的项目 4 个，涉及预算金额 …”: whose amount it is, is said right before.
_AMOUNT_OF = {
    "performance.monitored.projects": "performance.monitored.amount",
    "performance.self_evaluated.projects": "performance.self_evaluated.amount",
}


@dataclass(slots=True)
class Prose:
    """What a document's sentences say, added to what its tables say."""

    fiscal_year: int
    period: str
    figures: dict[Dimensions, Figure] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    codes: Codes = field(default_factory=Codes)
    owners: Owners = field(default_factory=Owners)

    def add(self, figure: Figure) -> Figure:
        """Keep a figure; where its dimensions are known already, add its place to them.

        The first place gives the amount; a place that says something else keeps what it
        says in its source, and the check “stated twice” tells the difference.
        """
        known = self.figures.setdefault(figure.dimensions, figure)
        if known is not figure:
            known.sources.extend(figure.sources)
        return known


def read_sentences(line: Line, section: str, prose: Prose, title: str = "") -> None:
    """Read one line of a section: its figures, nils, changes and reasons go into `prose`.

    `title` is the section's: “一般公共预算…情况” gives the fund of the codes named in it.
    """
    if section not in SCOPES:
        return
    fund = _SECTION_FUNDS.get(section)
    if not fund and "一般公共预算" in title:
        fund = "general_public"
    reader = _Sentence(line, 0, 0, section, fund, prose)
    for sentence in _SENTENCE.finditer(line.text):
        reader.start, reader.end = sentence.span()
        reader.read()


@dataclass(slots=True)
class _Sentence:
    line: Line
    start: int
    end: int
    section: str
    fund: str | None
    prose: Prose
    last: Figure | None = None  # what a change, a share or a reason is about
    topic: Subject | None = None  # what “年初预算为 …” is about
    listed: set[tuple[str | None, ...]] = field(default_factory=set)  # figures without a change
    list_start: int = -1

    def read(self) -> None:
        """Read the sentence; the next one of the line may go on about its last figure."""
        self._read_nils()
        position = self.start
        change: Claim | None = None
        for quantity in quantities(self.line, self.start, self.end):
            before = self.line.text[position : quantity.start]
            if _DIRECTION.search(re.split("[，；]", before)[-1]):
                change = self._read_change(quantity, before, change)
            else:
                change = None
                is_figure = self._read_figure(quantity, position)
                if not is_figure and quantity.unit == "%" and _SHARE.search(before) and self.last:
                    self._read_claim("share", quantity, before)
            position = quantity.end
        if position == self.start:
            for begin, _, code in self._codes(self.start, self.end):
                self.topic = Subject("expenditure.current", begin, self.fund, code)
                break
        self._read_reason()

    # ── figures ───────────────────────────────────────────────────────────────

    def _read_figure(self, quantity: Quantity, position: int) -> bool:
        """Bind a quantity to the words before it, or leave it unread."""
        figure = self._named(quantity, position) or self._of_another_period(quantity, position)
        known = CONCEPTS.get(figure.concept) if figure else None
        if not figure or not known or known.unit != quantity.unit:
            return False
        self.line.mark(quantity.start, quantity.end, "figure")
        self.last = self.prose.add(figure)
        self._list(figure, self.line.text[position : quantity.start])
        self.topic = Subject(figure.concept, quantity.start, figure.fund, figure.functional)
        return True

    def _list(self, figure: Figure, before: str) -> None:
        """Count the figures of a list that stand side by side, none with a change of its own."""
        if self.list_start != self.start or re.search("其中|持平", before):
            self.listed, self.list_start = set(), self.start
        self.listed.add((figure.concept, figure.functional, figure.fund))

    def _named(self, quantity: Quantity, position: int) -> Figure | None:
        subject = self._both_totals(quantity, position) or self._subject(position, quantity.start)
        if not subject or self._is_of_another_year(subject.begin):
            return None
        if subject.concept == "performance.amount" and self.last:
            subject.concept = _AMOUNT_OF.get(self.last.concept, subject.concept)
        period = self.prose.period
        words = self.line.text[subject.begin : quantity.start]
        if "年初预算" in words or (period == "final" and "预算" in words and "决算" not in words):
            period = "budget" if _IS_BUDGET.search(words) else period
        if period == "budget" and self.prose.period == "budget" and "决算" in words:
            return None
        if subject.concept in ("procurement.sme_reserved", "procurement.small_micro_reserved"):
            period = "budget"  # what was reserved is a budget, in final accounts too
        return self._figure(quantity, subject, period)

    def _is_of_another_year(self, begin: int) -> bool:
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

    def _both_totals(self, quantity: Quantity, position: int) -> Subject | None:
        """“收入支出总计 100 万元” states both totals: the revenue is kept, expenditure returned."""
        match = _BOTH_TOTALS.search(self.line.text, position, quantity.start)
        if not quantity.is_money or (match and self._is_of_another_year(match.start())):
            return None
        if not match or not FILLER.fullmatch(self.line.text, match.end(), quantity.start):
            return None
        fund = "appropriation" if match["fund"] else self.fund
        revenue = Subject("revenue.total", match.start(), fund)
        self.prose.add(self._figure(quantity, revenue, self.prose.period))
        return replace(revenue, concept="expenditure.total")

    def _figure(self, quantity: Quantity, subject: Subject, period: str) -> Figure:
        source = self.line.source(
            subject.begin, quantity.end, stated=quantity.stated, amount=quantity.amount
        )
        return Figure(
            concept=subject.concept,
            functional=subject.functional,
            fund=subject.fund,
            period=period,
            amount=quantity.amount,
            unit=quantity.unit,
            stated=quantity.stated,
            as_of=self._stock_date(subject.concept),
            sources=[source],
        )

    def _subject(self, position: int, number: int) -> Subject | None:
        text = self.line.text
        if self.section == "agency_operation":
            return self._agency_operation(number)
        if (code := self._code(position, number)) is not None:
            return code
        if self.section == "performance" and _UNITS_WITH_GOALS.match(text, number):
            return Subject("performance.units", number)
        owners = self.prose.owners
        found = find_subject(text, position, number, self.section, self.fund, self.start, owners)
        if found and found.concept in _AFTER:
            goes_on = self.topic and self.topic.concept.startswith(_AFTER[found.concept])
            return found if goes_on else None
        return found

    def _code(self, position: int, number: int) -> Subject | None:
        """“…（类）…（款）…（项）科目 43.83 万元”: expenditure of that code."""
        if self.section not in ("overview", "part", "other", "government_fund", "state_capital"):
            return None
        for begin, end, code in self._codes(position, number):
            if FILLER.fullmatch(self.line.text, end, number):
                return Subject("expenditure.current", begin, self.fund, code)
        return None

    def _codes(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield (start, end, code) of each 科目 named in a span, if its code is known."""
        codes, text = self.prose.codes, self.line.text
        for match in CODE_IN_PROSE.finditer(text, start, end):
            if code := codes.find(match["c"], match["g"], match["i"]):
                yield *match.span(), code
        for match in CLASS_IN_PROSE.finditer(text, start, end):
            if code := codes.find_class(match["c"]):
                yield *match.span(), code

    def _of_another_period(self, quantity: Quantity, position: int) -> Figure | None:
        """“年初预算为 0.95 万元，支出决算为 0.00 万元”: the last concept in another period."""
        before = self.line.text[position : quantity.start]
        match = _PERIOD_BEFORE.search(before)
        if not match or not self.topic or CONCEPTS[self.topic.concept].unit != quantity.unit:
            return None
        period = {"prior": "prior_execution", "first": "budget", "final": "final"}.get(
            match.lastgroup or "", self.prose.period
        )
        subject = replace(self.topic, begin=position + match.start())
        return self._figure(quantity, subject, period)

    def _agency_operation(self, number: int) -> Subject | None:
        """The amount right after 机关运行经费 is its total; “包括公用经费” may stand between."""
        words = list(_AGENCY_OPERATION.finditer(self.line.text, self.start, number))
        if not words or not _AGENCY_FILLER.fullmatch(self.line.text, words[-1].end(), number):
            return None
        return Subject("agency_operation", words[-1].start())

    def _stock_date(self, concept: str) -> datetime.date | None:
        match = _STOCK_DATE.search(self.line.text)
        if not match or not concept.startswith("assets.") or "to_buy" in concept:
            return None
        return date_in(match[0])

    # ── none ──────────────────────────────────────────────────────────────────

    def _read_nils(self) -> None:
        """“无…支出”: a concept said in words to be none."""
        for concept, fund, start, end in self._nils():
            source = self.line.source(
                start, end, stated=self.line.printed(start, end), amount=Decimal(0)
            )
            unit = CONCEPTS[concept].unit
            self.last = self.prose.add(
                Figure(
                    concept=concept,
                    fund=fund,
                    period=self.prose.period,
                    amount=Decimal("0.00") if unit == "元" else Decimal(0),
                    unit=unit,
                    stated=source.stated,
                    state="nil",
                    sources=[source],
                )
            )

    def _nils(self) -> Iterator[tuple[str, str | None, int, int]]:
        text = self.line.text
        if any(scope.startswith("revenue") for scope in SCOPES[self.section]):
            for match in _NIL_FUND.finditer(text, self.start, self.end):
                if not self._denies(match):
                    continue
                fund, side = FUND_WORDS[match["fund"]], match["side"]
                if side != "支出":
                    yield "revenue.appropriation", fund, *match.span()
                if side != "收入":
                    yield "expenditure.current", fund, *match.span()
        words = concept_words(self.section)[0].pattern
        pattern = re.compile(
            rf"{_NONE}{_YEAR_WORDS}(?P<word>{words})(?:预算|财政拨款|支出|经费|安排)*"
        )
        for match in pattern.finditer(text, self.start, self.end):
            if not self._denies(match):
                continue
            if not _ENDS_NIL.match(text, match.end()):
                continue  # “没有政府采购预算调整”, “无…超标准列支” deny something else
            yield concept_of(self.section, match["word"]), None, *match.span()

    def _denies(self, match: re.Match[str]) -> bool:
        """Whether “无…” begins its clause: “不得在没有…”, “除无…的单位外” deny nothing here."""
        text = self.line.text
        clause = max(text.rfind(mark, self.start, match.start()) for mark in "，。；;:、")
        before = text[max(clause + 1, self.start) : match.start()]
        return self.prose.owners.lead_to(before)

    # ── claims ────────────────────────────────────────────────────────────────

    def _read_change(self, quantity: Quantity, before: str, change: Claim | None) -> Claim | None:
        """“比上年增加 5 万元，增长 3%”: amount and percent of one claim about the last figure.

        “增加项目支出 50 万元” or “减少到 2 万元” is no change of the last figure: it stays unread.
        So does one after a list (“其中：甲 90 万元，乙 10 万元，比上年增加 5 万元”): it may be the
        total's.
        """
        clause = re.split("[，；]", before)[-1]
        direction = list(_DIRECTION.finditer(clause))[-1]
        if not self.last or not _CHANGE_FILLER.fullmatch(clause[direction.end() :]):
            return None
        if quantity.unit == "%" and change and change.percent is None and change.kind == "change":
            self.line.mark(quantity.start, quantity.end, "operand")
            change.percent = quantity.amount
            change.sources.append(self._claim_source(quantity, before))
            return change
        if len(self.listed) > 1:
            return None
        self.listed = set()
        claim = self._read_claim("change", quantity, before)
        base = _BASE.search(before)
        claim.direction = direction[0]
        claim.base_period, claim.base_year = _base_period(base), self._base_year(base)
        return claim

    def _read_claim(self, kind: str, quantity: Quantity, before: str) -> Claim:
        self.line.mark(quantity.start, quantity.end, "operand")
        is_percent = quantity.unit == "%"
        claim = Claim(
            kind=kind,
            figure=self.last.dimensions if self.last else Dimensions(concept=""),
            amount=None if is_percent else quantity.amount,
            percent=quantity.amount if is_percent else None,
            sources=[self._claim_source(quantity, before)],
        )
        self.prose.claims.append(claim)
        return claim

    def _claim_source(self, quantity: Quantity, before: str) -> Source:
        return self.line.source(
            quantity.start - len(before),
            quantity.end,
            stated=quantity.stated,
            amount=quantity.amount,
        )

    def _base_year(self, base: re.Match[str] | None) -> int | None:
        if not base:
            return None
        return int(base["year"]) if base["year"] else self.prose.fiscal_year - 1

    def _read_reason(self) -> None:
        """“主要是…”: what the department itself gives as the reason."""
        match = _REASON.search(self.line.text, self.start, min(self.end + 1, len(self.line.text)))
        if match and self.last:
            self.prose.claims.append(
                Claim(
                    kind="reason",
                    figure=self.last.dimensions,
                    reason=self.line.printed(*match.span("reason")),
                    sources=[self.line.source(*match.span())],
                )
            )


def _base_period(base: re.Match[str] | None) -> str | None:
    if not base:
        return None
    if base["kind"] and "执行" in base["kind"]:
        return "prior_execution"
    if base["kind"] and "决算" in base["kind"]:
        return "prior_final"
    return "prior_budget"
