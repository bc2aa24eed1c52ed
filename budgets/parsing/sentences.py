"""Sentences into figures and claims: which concept a number in prose measures.

A number belongs to the concept word that stands closest before it in its own sentence, with
nothing but filler between. Everything else stays unread; a sentence is never completed by
guessing.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from budgets.statement import Claim, Dimensions, Figure, Source
from budgets.vocabulary import CONCEPTS

from .lines import Line, fold
from .numbers import Quantity, quantities
from .organisations import date_in

_SENTENCE = re.compile(r"[^。]+")
# Words that may stand between a concept and its number without changing the meaning.
_FILLER = re.compile(
    r"(?:预算|支出|收入|经费|费用|资金|数量|总额|总计|合计|共计|金额|计划|安排|拟|共有|共|计|有|数|额|"
    r"的|为|是|约|达|:|,)*"
)
_NONE = r"(?:无|没有|未安排|不涉及|没有安排|未编制|暂无)"
_YEAR_WORDS = r"(?:本年度?|20\d\d年度?|今年)?(?:本部门|本单位)?(?:使用|安排|发生)?(?:的)?"

# Words that mean a concept only inside a section of that kind.
_SECTION_WORDS: dict[str, dict[str, str]] = {
    "performance": {
        "预算金额": "performance.amount",
        "涉及预算金额": "performance.amount",
        "涉及金额": "performance.amount",
        "涉及预算资金": "performance.amount",
        "涉及项目预算资金": "performance.amount",
        "涉及资金": "performance.amount",
        "占项目支出预算比重": "performance.share",
        "占项目支出比重": "performance.share",
        "占项目支出预算的比重": "performance.share",
        "占项目支出预算总额比重": "performance.share",
        "占项目支出的比重": "performance.share",
        "占项目支出预算": "performance.share",
        "编制绩效目标的项目": "performance.projects",
    },
    "assets": {
        "车辆": "assets.vehicles",
        "单价50万元（含）以上通用设备": "assets.general_equipment_500k",
        "单位价值50万元（含）以上通用设备": "assets.general_equipment_500k",
        "单价50万元（含）以上的通用设备": "assets.general_equipment_500k",
        "单价100万元（含）以上专用设备": "assets.special_equipment_1m",
        "单位价值100万元（含）以上专用设备": "assets.special_equipment_1m",
        "单价100万元（含）以上的专用设备": "assets.special_equipment_1m",
        "单位价值200万元（含）以上大型设备": "assets.equipment_2m",
        "单价100万元（含）以上设备": "assets.equipment_1m",
        "单位价值100万元（含）以上设备": "assets.equipment_1m",
        "单价100万元（含）以上设备（不含车辆）": "assets.equipment_1m",
    },
}
# Which concepts a section of that kind may speak of; a section not named here is not prose
# about figures (duties, glossary, projects).
_SCOPES: dict[str, tuple[str, ...]] = {
    "overview": ("revenue.", "expenditure."),
    "part": ("revenue.", "expenditure."),
    "other": ("revenue.", "expenditure.", "three_public.", "agency_operation", "procurement."),
    "three_public": ("three_public.",),
    "agency_operation": ("agency_operation",),
    "procurement": ("procurement.",),
    "government_fund": ("revenue.", "expenditure."),
    "state_capital": ("revenue.", "expenditure."),
    "assets": ("assets.",),
    "performance": ("performance.",),
}
_FUND_WORDS = {
    "一般公共预算": "general_public",
    "政府性基金": "government_fund",
    "国有资本经营": "state_capital",
}
_SECTION_FUNDS = {"government_fund": "government_fund", "state_capital": "state_capital"}
_FUND = re.compile(
    r"(?P<fund>一般公共预算|政府性基金|国有资本经营)(?:预算)?(?:财政)?(?:拨款)?(?:安排)?(?:的)?"
    r"(?P<side>收支|收入|支出|预算)?"
)
_NIL_FUND = re.compile(
    _NONE
    + _YEAR_WORDS
    + r"(?P<fund>政府性基金|国有资本经营|一般公共预算)(?:预算)?(?:财政)?(?:拨款)?(?:安排)?(?:的)?"
    r"(?P<side>收支|收入|支出|预算)?"
)
_DIRECTION = re.compile(r"增加|减少|增长|下降|上升|降低|提高|压减")
_BASE = re.compile(
    r"[比较与](?:(?P<year>20\d\d)年|(?P<last>上年|去年|上年度))(?:度)?"
    r"(?:年初)?(?P<kind>执行数|预算执行数|决算数?|预算数?)?"
)
_REASON = re.compile(
    r"主要(?:原因)?(?:是因为|是由于|是|为|原因是|系|因为|由于)(?P<reason>[^。]+)。?"
)
_STOCK_DATE = re.compile(r"截[至止](?:到)?20\d\d年\d{1,2}月\d{1,2}日")


@dataclass(slots=True)
class Prose:
    """What a document's sentences say so far; `add` merges the places of one figure."""

    fiscal_year: int
    period: str
    figures: dict[Dimensions, Figure] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)

    def add(self, figure: Figure) -> Figure:
        """Keep a figure; where its dimensions are known already, add its place to them.

        The first place gives the amount; a place that says something else keeps what it
        says in its source, and the check “stated twice” tells the difference.
        """
        known = self.figures.setdefault(figure.dimensions, figure)
        if known is not figure:
            known.sources.extend(figure.sources)
        return known


@cache
def _concept_words(section: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Compile the words of a section's concepts, longest first, to their concept ids.

    “（含）” may be missing, quotes may be missing or of any kind.
    """
    words: dict[str, str] = {}
    for concept in CONCEPTS.values():
        if concept.id.startswith(_SCOPES.get(section, ())):
            for word in (concept.name, *concept.aliases):
                words.setdefault(fold(word), concept.id)
    for word, concept_id in _SECTION_WORDS.get(section, {}).items():
        words[fold(word)] = concept_id
    patterns = [
        re.escape(word).replace(r"\(含\)", r"(?:\(含\))?").replace('"', '"?')
        for word in sorted(words, key=len, reverse=True)
    ]
    bare = {word.replace("(含)", "").replace('"', ""): concept for word, concept in words.items()}
    return re.compile("|".join(patterns) or r"(?!)"), bare


def _concept_at(section: str, text: str) -> str:
    return _concept_words(section)[1][text.replace("(含)", "").replace('"', "")]


def read_sentences(line: Line, section: str, prose: Prose, start: int = 0) -> None:
    """Read one line of a section: its figures, nils, changes and reasons go into `prose`."""
    if section not in _SCOPES:
        return
    for sentence in _SENTENCE.finditer(line.text, start):
        _Sentence(line, sentence.start(), sentence.end(), section, prose).read()


@dataclass(slots=True)
class _Sentence:
    line: Line
    start: int
    end: int
    section: str
    prose: Prose
    last: Figure | None = None

    def read(self) -> None:
        self._read_nils()
        position = self.start
        change: Claim | None = None
        for quantity in quantities(self.line, self.start, self.end):
            before = self.line.text[position : quantity.start]
            if _DIRECTION.search(before) and self.last:
                change = self._read_change(quantity, before, change)
            else:
                change = None
                self._read_figure(quantity, position)
            position = quantity.end
        self._read_reason()

    def _read_figure(self, quantity: Quantity, position: int) -> None:
        """Bind a quantity to the nearest concept word before it, or leave it unread."""
        found = self._subject(position, quantity.start)
        if not found:
            return
        concept, fund, begin = found
        known = CONCEPTS.get(concept)
        if not known or known.unit != quantity.unit:
            return
        source = self._source(begin, quantity)
        figure = Figure(
            concept=concept,
            fund=fund,
            period=self.prose.period,
            amount=quantity.amount,
            unit=quantity.unit,
            stated=quantity.stated,
            as_of=self._stock_date() if concept.startswith("assets.") else None,
            sources=[source],
        )
        self.line.mark(quantity.start, quantity.end, "figure")
        self.last = self.prose.add(figure)

    def _subject(self, position: int, number: int) -> tuple[str, str | None, int] | None:
        """Return (concept, fund, start) of the words right before a number."""
        fund = _SECTION_FUNDS.get(self.section)
        text = self.line.text
        if self.section == "agency_operation":
            return self._agency_operation(number)
        words = list(_concept_words(self.section)[0].finditer(text, position, number))
        if words and _FILLER.fullmatch(text, words[-1].end(), number):
            start = words[-1].start()
            prefix = _FUND.search(text, position, start)
            if prefix and prefix.end() == start:
                fund, start = _FUND_WORDS[prefix["fund"]], prefix.start()
            return _concept_at(self.section, words[-1][0]), fund, start
        return self._fund_subject(position, number)

    def _fund_subject(self, position: int, number: int) -> tuple[str, str | None, int] | None:
        """“一般公共预算拨款收入 100 万元”: the fund names the concept."""
        if not any(scope.startswith("revenue") for scope in _SCOPES[self.section]):
            return None
        for match in _FUND.finditer(self.line.text, position, number):
            if match["side"] in ("收入", "支出") and _FILLER.fullmatch(
                self.line.text, match.end(), number
            ):
                concept = (
                    "revenue.appropriation" if match["side"] == "收入" else "expenditure.current"
                )
                return concept, _FUND_WORDS[match["fund"]], match.start()
        return None

    def _agency_operation(self, number: int) -> tuple[str, None, int] | None:
        """The first amount after 机关运行经费 is its total; its parts are not told apart."""
        match = re.search(r"(?:机关|行政)运行经费", self.line.text[self.start : number])
        is_first = not any(
            q.is_money for q in quantities(self.line, self.start, number) if q.end <= number
        )
        if match and is_first:
            return "agency_operation", None, self.start + match.start()
        return None

    def _source(self, begin: int, quantity: Quantity) -> Source:
        return self.line.source(begin, quantity.end, stated=quantity.stated, amount=quantity.amount)

    def _stock_date(self) -> datetime.date | None:
        match = _STOCK_DATE.search(self.line.text)
        return date_in(match[0]) if match else None

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
        may_be_fund = any(scope.startswith("revenue") for scope in _SCOPES[self.section])
        if may_be_fund:
            for match in _NIL_FUND.finditer(text, self.start, self.end):
                fund, side = _FUND_WORDS[match["fund"]], match["side"]
                if side != "支出":
                    yield "revenue.appropriation", fund, *match.span()
                if side != "收入":
                    yield "expenditure.current", fund, *match.span()
        words = _concept_words(self.section)[0].pattern
        pattern = re.compile(rf"{_NONE}{_YEAR_WORDS}(?P<word>{words})(?:预算|支出|经费|安排)*")
        for match in pattern.finditer(text, self.start, self.end):
            if re.match(r"[^，。；;]{0,4}\d", text[match.end() :]):
                continue  # “没有…增加 5 万元” is no nil
            yield _concept_at(self.section, match["word"]), None, *match.span()

    def _read_change(self, quantity: Quantity, before: str, change: Claim | None) -> Claim | None:
        """“比上年增加 5 万元，增长 3%”: amount and percent of one claim about the last figure."""
        if not self.last:
            return None
        self.line.mark(quantity.start, quantity.end, "operand")
        source = self.line.source(
            quantity.start - len(before),
            quantity.end,
            stated=quantity.stated,
            amount=quantity.amount,
        )
        if quantity.unit == "%" and change and change.percent is None:
            change.percent = quantity.amount
            change.sources.append(source)
            return change
        direction = _DIRECTION.search(before)
        base = _BASE.search(before)
        claim = Claim(
            kind="change",
            figure=self.last.dimensions,
            base_period=_base_period(base),
            base_year=self._base_year(base),
            direction=direction[0] if direction else None,
            amount=None if quantity.unit == "%" else quantity.amount,
            percent=quantity.amount if quantity.unit == "%" else None,
            sources=[source],
        )
        self.prose.claims.append(claim)
        return claim

    def _base_year(self, base: re.Match[str] | None) -> int | None:
        if not base:
            return None
        return int(base["year"]) if base["year"] else self.prose.fiscal_year - 1

    def _read_reason(self) -> None:
        """“主要是…”: what the department itself gives as the reason."""
        match = _REASON.search(self.line.text, self.start, min(self.end + 1, len(self.line.text)))
        if not match:
            return
        figure = self.last or self._figure_of_line()
        if figure:
            self.prose.claims.append(
                Claim(
                    kind="reason",
                    figure=figure.dimensions,
                    reason=self.line.printed(*match.span("reason")),
                    sources=[self.line.source(*match.span())],
                )
            )

    def _figure_of_line(self) -> Figure | None:
        """The last figure that an earlier sentence of this line gave."""
        for figure in reversed(self.prose.figures.values()):
            if any(
                source.locator == self.line.locator and source.document == self.line.document
                for source in figure.sources
            ):
                return figure
        return None


def _base_period(base: re.Match[str] | None) -> str | None:
    if not base:
        return None
    if base["kind"] and "执行" in base["kind"]:
        return "prior_execution"
    if base["kind"] and "决算" in base["kind"]:
        return "prior_final"
    return "prior_budget"
