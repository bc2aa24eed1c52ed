"""Sentences into figures and claims: each number bound to the words right before it, or unread.

A number belongs to the concept that stands closest before it in its own sentence with nothing
but filler between. A sentence is never completed by guessing.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from budgets.statement import Claim, Dimensions, Figure, Source, canonical
from budgets.vocabulary import CONCEPTS

from .changes import (
    REASON_FILLER,
    Change,
    base_before,
    base_period,
    base_year,
    change_before,
    completed_budget,
    completed_period,
    has_direction,
    is_share,
    reasons_in,
)
from .lines import Line
from .nils import nils
from .numbers import NUMBER, Quantity, label_spans, quantities
from .organisations import date_in, unit_counts
from .prose import Prose
from .subjects import (
    SCOPES,
    Subject,
    companion,
    concept_of,
    concept_words,
)
from .words import Words

_SENTENCE = re.compile(r"[^。；]+")
_SECTION_FUNDS = {"government_fund": "government_fund", "state_capital": "state_capital"}
_COMPANION_BEFORE = re.compile(
    r"[、，(]?(?:累计|共计?|来宾|人次|人数|参团|合计|全年|接待|涉及|预算|项目|资金|金额)*:?"
)
# A number that goes on about the last concept, for another period: “年初预算为 … 支出决算为 …”.
_PERIOD_BEFORE = re.compile(
    r"(?:(?P<prior>20\d\d年(?:当年)?预算执行数)|(?P<first>年初预算数?)|(?P<final>(?:支出)?决算数?)|"
    r"(?P<own>20\d\d年(?:当年)?预算(?:安排|数)?))(?:为|是|:)?$"
)
_STOCK_DATE = re.compile(r"截[至止](?:到)?20\d\d年\d{1,2}月\d{1,2}日")


# “绩效自评的项目 4 个，涉及预算金额 …”: whose amount it is, is said right before.
_AMOUNT_OF = {
    "performance.monitored.projects": "performance.monitored.amount",
    "performance.self_evaluated.projects": "performance.self_evaluated.amount",
}


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
class _Sentence(Words):
    """A sentence being read: what its numbers are bound to, and what they go on about."""

    last: Dimensions | None = None  # what a change, a share or a reason is about

    named: set[tuple[str, str | None, str | None]] = field(default_factory=set)  # this sentence
    before: set[tuple[str, str | None, str | None]] = field(default_factory=set)  # the one before
    trail: list[tuple[int, Dimensions | None]] = field(
        default_factory=list
    )  # every `last`, by place
    listed: set[tuple[str | None, ...]] = field(default_factory=set)  # figures without a change
    list_start: int = -1
    outer: tuple[Dimensions | None, set[tuple[str | None, ...]]] | None = None  # before “(”
    completed: tuple[str, int, int] | None = None  # period, start, end of “完成预算 … 万元”
    bound: int = -1  # where the last number that was read as a figure ends
    base: re.Match[str] | None = None  # what the changes of this sentence compare with

    def read(self) -> None:
        """Read the sentence; the next one of the line may go on about its last figure."""
        self.outer = None
        self.before, self.named, self.base = self.named or self.before, set(), None
        self._read_nils()
        if self.section == "agency_operation":
            self.prose.claims += unit_counts(self.line, self.start, self.end)
        position = self.start
        change: Claim | None = None
        for quantity in quantities(self.line, self.start, self.end):
            self._enter_or_leave_brackets(position)
            if has_direction(self.line.text, position, quantity.start):
                change = self._read_change(quantity, position, change)
                is_understood = change is not None
            else:
                change = None
                is_understood = (
                    self._read_figure(quantity, position)
                    or self._read_share(quantity, position)
                    or self._read_base(quantity, position)
                )
            if not is_understood and quantity.unit:  # “（基数为0，不可比）” changes nothing
                self._forget(quantity)
            position = quantity.end
        if position == self.start:
            for begin, _, code in self.codes(self.start, self.end):
                self.topic = Subject("expenditure.current", begin, self.fund, code)
                break
        self._read_reasons()

    def _goes_on_about(self, figure: Figure, position: int) -> None:
        """Keep a figure as what the words after `position` may be about."""
        self._set_last(figure.dimensions, position)
        self.named.add((figure.concept, figure.functional, figure.fund))

    def _enter_or_leave_brackets(self, position: int) -> None:
        """“甲 4 万元（乙 0 万元，丙 4 万元），比上年减少 …”: after its parts the whole goes on."""
        mark = self.line.text[position : position + 1]
        if mark == "(" and position == self.bound:
            self.outer = self.last, self.listed
            self.listed = set()
        elif mark == ")" and self.outer:
            self.last, self.listed = self.outer
            self.trail.append((position, self.last))
            self.outer = None

    def _forget(self, quantity: Quantity) -> None:
        """After a number that is unread nothing goes on about what stood before it."""
        self.last = None
        self.trail.append((quantity.start, None))
        if quantity.is_money:
            self.topic = None

    def _set_last(self, about: Dimensions, position: int) -> None:
        self.last = about
        self.trail.append((position, about))

    # ── figures ───────────────────────────────────────────────────────────────

    def _read_figure(self, quantity: Quantity, position: int) -> bool:
        """Bind a quantity to the words before it, or leave it unread."""
        figure = (
            self._named(quantity, position)
            or self._companion(quantity, position)
            or self._of_another_period(quantity, position)
        )
        known = CONCEPTS.get(figure.concept) if figure else None
        if not figure or not known or known.unit != figure.unit:
            return False
        self.bound = quantity.end
        self._list(figure, self.line.text[position : quantity.start])
        self.line.mark(quantity.start, quantity.end, "figure")
        self._goes_on_about(self.prose.add(figure), quantity.start)
        self.topic = Subject(figure.concept, quantity.start, figure.fund, figure.functional)
        return True

    def _list(self, figure: Figure, before: str) -> None:
        """Count the figures of a list that stand side by side, none with a change of its own."""
        if self.list_start != self.start or re.search("其中|持平", before):
            self.listed, self.list_start = set(), self.start
        self.listed.add((figure.concept, figure.functional, figure.fund))

    def _named(self, quantity: Quantity, position: int) -> Figure | None:
        if position == self.bound and self.line.text[position] == "(":
            position += 1  # “车辆7辆（一般公务用车3辆”: a part begins in brackets
        subject = self._both_totals(quantity, position) or self.subject(position, quantity.start)
        if not subject or self.is_of_another_year(subject.begin):
            return None
        years = re.findall(r"20\d\d(?=年)", self.line.text[subject.begin : quantity.start])
        if any(int(year) != self.prose.fiscal_year for year in years):
            return None
        if subject.concept == "performance.amount" and self.last:
            subject.concept = _AMOUNT_OF.get(self.last.concept, subject.concept)
        period = self.period(subject, quantity.start)
        return self._figure(quantity, subject, period) if period else None

    def _companion(self, quantity: Quantity, position: int) -> Figure | None:
        """“团组1个、累计5人次”, “在建工程1项120万元”: the same thing in another unit."""
        before = self.line.text[position : quantity.start]
        if self.bound != position or not self.topic or not _COMPANION_BEFORE.fullmatch(before):
            return None
        concept = companion(self.topic.concept, quantity.unit)
        if concept == self.topic.concept:
            return None
        subject = replace(self.topic, concept=concept, begin=position + len(before))
        return self._figure(quantity, subject, self.prose.period)

    def _both_totals(self, quantity: Quantity, position: int) -> Subject | None:
        """“收入支出总计 100 万元” states both totals: the revenue is kept, expenditure returned."""
        total = self.named_both_totals(position, quantity.start)
        if not total or not quantity.is_money or self.is_of_another_year(total.begin):
            return None
        revenue = replace(total, concept="revenue.total")
        self.prose.add(self._figure(quantity, revenue, self.prose.period))
        return total

    def _figure(self, quantity: Quantity, subject: Subject, period: str) -> Figure:
        source = self.line.source(
            subject.begin, quantity.end, stated=quantity.stated, amount=quantity.amount
        )
        concept = companion(subject.concept, quantity.unit)
        known = CONCEPTS.get(concept)
        is_bare = not quantity.unit or (known and (known.unit, quantity.unit) == ("批次", "个"))
        unit = known.unit if known and is_bare else quantity.unit
        return Figure(
            concept=concept,
            functional=subject.functional,
            fund=subject.fund,
            period=period,
            amount=canonical(quantity.amount, unit),
            unit=unit,
            stated=quantity.stated,
            as_of=self._stock_date(subject.concept),
            sources=[source],
        )

    def _of_another_period(self, quantity: Quantity, position: int) -> Figure | None:
        """“年初预算为 0.95 万元，支出决算为 0.00 万元”: the last concept in another period."""
        before = self.line.text[position : quantity.start]
        match = _PERIOD_BEFORE.search(before)
        clause = re.split("[，。；;:]", before[: match.start()])[-1] if match else ""
        year = re.search(r"20\d\d", match[0]) if match else None
        fiscal = self.prose.fiscal_year - (1 if match and match["prior"] else 0)
        if not self.is_neutral(clause) or (year and int(year[0]) != fiscal):
            return None
        if not match or not self.topic or CONCEPTS[self.topic.concept].unit != quantity.unit:
            return None
        period = {"prior": "prior_execution", "first": "budget", "final": "final"}.get(
            match.lastgroup or "", self.prose.period
        )
        subject = replace(self.topic, begin=position + match.start())
        return self._figure(quantity, subject, period)

    def _read_base(self, quantity: Quantity, position: int) -> bool:
        """“…31万元，比上年执行数 33 万元减少 2 万元”: the last figure in the period compared with.

        Where the kind of the base is not said its amount stays unread, but the base is known.
        """
        if self._read_completed(quantity, position):
            return True
        base = base_before(self.line.text, position, quantity.start)
        if not base or not self.last or CONCEPTS[self.last.concept].unit != quantity.unit:
            return False
        self.base = base
        year, own = base_year(base, self.prose.fiscal_year), self.prose.fiscal_year
        is_said = bool(base["kind"]) or self.prose.period == "final"
        if is_said and (year == own - 1 or not (base["year"] or base["last"])):
            last = self.last
            subject = Subject(last.concept, base.start(), last.fund, last.functional)
            self.line.mark(quantity.start, quantity.end, "figure")
            self.prose.add(self._figure(quantity, subject, base_period(base, self.prose.period)))
        return True

    def _read_completed(self, quantity: Quantity, position: int) -> bool:
        """“…，完成全年预算 84.82 万元的 73.2%”: the budget of the last figure."""
        period = completed_budget(self.line.text[position : quantity.start])
        if not period or not self.last or not quantity.is_money:
            return False
        self.completed = period, position, quantity.end
        last = self.last
        begin = position + (self.line.text[position] in "，、(;。")
        subject = Subject(last.concept, begin, last.fund, last.functional)
        self.line.mark(quantity.start, quantity.end, "figure")
        self.prose.add(self._figure(quantity, subject, period))
        return True

    def _stock_date(self, concept: str) -> datetime.date | None:
        match = _STOCK_DATE.search(self.line.text)
        is_stock = concept.startswith("assets.") or concept == "three_public.vehicles.held"
        if not match or not is_stock or "to_buy" in concept:
            return None
        return date_in(match[0])

    # ── none ──────────────────────────────────────────────────────────────────

    def _read_nils(self) -> None:
        """“无…支出”: a concept said in words to be none."""
        for concept, fund, start, end in nils(
            self.line.text, self.start, self.end, self.section, self.prose.owners
        ):
            source = self.line.source(
                start, end, stated=self.line.printed(start, end), amount=Decimal(0)
            )
            unit = CONCEPTS[concept].unit
            nil = self.prose.add(
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
            self._goes_on_about(nil, start)

    # ── claims ────────────────────────────────────────────────────────────────

    def _read_change(self, quantity: Quantity, position: int, change: Claim | None) -> Claim | None:
        """“比上年增加 5 万元，增长 3%”: amount and percent of one claim.

        What changed is named in the clause itself, or is the last figure where the clause
        names nothing. Other words leave the number unread.
        """
        words = change_before(self.line.text, position, quantity.start)
        if not words or quantity.unit not in ("%", "元"):
            return None
        about = self._changed(words)
        has_base = words.base is not None
        self.base = words.base or self.base
        is_joined = quantity.unit == "%" and change is not None and change.percent is None
        if (
            is_joined
            and not has_base
            and change
            and about in (change.figure, None)
            and self._is_bare(words)
        ):
            self.line.mark(quantity.start, quantity.end, "operand")
            change.percent = quantity.amount
            change.sources.append(self._claim_source(quantity, position))
            return change
        unit = CONCEPTS[about.concept].unit if about else ""
        if about is None or words.direction is None or unit != "元":
            return None
        self._set_last(about, words.start)
        self.listed = set()
        claim = self._read_claim("change", quantity, position, about)
        claim.direction = words.direction
        if self.base:
            claim.base_year = base_year(self.base, self.prose.fiscal_year)
            if claim.base_year >= self.prose.fiscal_year - 1:
                claim.base_period = base_period(self.base, self.prose.period)
        return claim

    def _own_words(self, change: Change) -> tuple[int, int]:
        """Return where the words of a change stand that are not its base."""
        start, end, base = change.start, change.end, change.base
        if base and base.start() >= start:
            before = self.line.text[start : base.start()]
            start, end = (base.end(), end) if self.is_neutral(before) else (start, base.start())
        return start, end

    def _is_bare(self, change: Change) -> bool:
        start, end = self._own_words(change)
        return self.is_neutral(self.line.text[start:end])

    def _changed(self, change: Change) -> Dimensions | None:
        """Return what a change is about, or None where its words are not understood."""
        start, end = self._own_words(change)
        rest = self.line.text[change.base.end() : change.end] if change.base else ""
        if change.base and change.base.start() >= start and not self.is_neutral(rest):
            return None  # “公务接待费比上年因公出国增加”: words on both sides of the base
        if self.is_neutral(self.line.text[start:end]):
            # Where the sentence before spoke of several things, which one is not said.
            # After a list (“其中：甲 90 万元，乙 10 万元，比上年增加 …”) it may be the total's.
            is_plain = (bool(self.named) or len(self.before) <= 1) and len(self.listed) <= 1
            return self.last if is_plain else None
        subject = self.named_both_totals(start, end) or self.subject(start, end)
        period = self.period(subject, end) if subject else None
        if not subject or not period or self.is_of_another_year(subject.begin):
            return None
        return Dimensions(
            concept=subject.concept,
            functional=subject.functional,
            fund=subject.fund,
            period=period,
        )

    def _read_share(self, quantity: Quantity, position: int) -> bool:
        """“占…的 5%”, and “完成预算的 98%”, whose base is the budget named."""
        before = self.line.text[position : quantity.start]
        completed = completed_period(before)
        if self.completed and self.completed[2] == position and before == "的":
            completed, position, _ = self.completed
        if quantity.unit != "%" or not self.last or not (completed or is_share(before)):
            return False
        claim = self._read_claim("share", quantity, position, self.last)
        if completed:
            claim.base_period, claim.base_year = completed, self.prose.fiscal_year
        return True

    def _read_claim(self, kind: str, quantity: Quantity, position: int, about: Dimensions) -> Claim:
        self.line.mark(quantity.start, quantity.end, "operand")
        is_percent = quantity.unit == "%"
        claim = Claim(
            kind=kind,
            figure=about,
            amount=None if is_percent else quantity.amount,
            percent=quantity.amount if is_percent else None,
            sources=[self._claim_source(quantity, position)],
        )
        self.prose.claims.append(claim)
        return claim

    def _claim_source(self, quantity: Quantity, position: int) -> Source:
        return self.line.source(
            position, quantity.end, stated=quantity.stated, amount=quantity.amount
        )

    def _read_reasons(self) -> None:
        """“主要原因是…”: what the department itself gives as the reason, or leaves empty.

        The numbers of a reason that name no figure are that claim's: its text carries them.
        """
        figures = [place for place, about in self.trail if about]
        for first, start, end in reasons_in(self.line.text, self.start, self.end, figures):
            about = self._explained(first)
            if not about:
                continue
            self.prose.claims.append(
                Claim(
                    kind="reason",
                    figure=about,
                    reason=self.line.printed(start, end) if start < end else "",
                    sources=[self.line.source(first, end + self._is_closed(end))],
                )
            )
            if re.search("因|由于", self.line.text[first:start]):
                self._mark_operands(start, end)

    def _is_closed(self, end: int) -> bool:
        return self.line.text[end : end + 1] in ("。", ";")

    def _mark_operands(self, start: int, end: int) -> None:
        labels = label_spans(self.line)
        for number in NUMBER.finditer(self.line.text, start, end):
            if not any(first <= number.start() < last for first, last in labels):
                self.line.mark(*number.span(), "operand")

    def _explained(self, reason: int) -> Dimensions | None:
        """Return what a reason is given for: named before it, else the last figure."""
        text = self.line.text
        clause = max(text.rfind(mark, self.start, reason) + 1 for mark in "，；;")
        clause = max(self.start, clause)
        words = list(concept_words(self.section)[0].finditer(text, clause, reason))
        if not words:
            if not REASON_FILLER.fullmatch(text, clause, reason):
                return None
            before = [about for place, about in self.trail if place < reason]
            return before[-1] if before else None
        last = words[-1]
        is_named = self.prose.owners.lead_to(text[clause : last.start()])
        if not is_named or not REASON_FILLER.fullmatch(text, last.end(), reason):
            return None
        return Dimensions(
            concept=concept_of(self.section, last[0]), fund=self.fund, period=self.prose.period
        )
