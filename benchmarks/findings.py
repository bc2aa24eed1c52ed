"""Findings of the checks against what people saw in the same documents.

People's notes quote the text, findings quote the place they compare: the two are matched by
quotation, by shared amounts or by page and word, and the way is always told. A finding matches
a fault only if its rule can see faults of that kind at all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgets.statement import Outcome, Source

from .numbers import digits_of, telling_digits, words_of

Fault = dict[str, Any]
FINDINGS = ("fail", "warning")
_REVIEWED = Path(__file__).with_name("reviewed_findings.toml")
# What kind of fault (known_faults of the corpus) which rules are about, by the start of their
# code. Kinds that are not here (spelling, punctuation, …) are nobody's: no rule looks for them.
_RULES_OF_KIND = {
    "text_vs_table": ("S", "T01", "C01"),
    "table_vs_table": ("S", "R"),
    "sum_mismatch": ("B", "R", "S", "A", "P"),
    "contradiction": ("A", "B", "G", "S", "T", "P08"),
    "percent": ("G",),
    "growth_percent": ("G",),
    "reason_direction": ("T04", "G03"),
    "reason_vs_numbers": ("T04", "G03"),
    "empty_reason": ("T04", "G06"),
    "copied_text": ("T02",),
    "wrong_level": ("T03",),
    "code_format": ("C09",),
    "classification_name": ("C01",),
    "inconsistent_name": ("C01", "C10"),
    "numbering": ("C03",),
    "placeholder": ("C04",),
    "missing_content": ("C06", "C07"),
    "missing_row": ("R", "C07"),
    "definition": ("P02",),
    "coverage": ("P03",),
}
# Shorter quotations (“合计”) meet by chance.
_SHORTEST = 6
_SHORTEST_WORD = 4
_PLACE = re.compile(r"（[pt¶][^）]*）")
_PAGE = re.compile(r"第(\d+)页")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(slots=True, kw_only=True)
class Review:
    """A finding that a person confirmed on the page.

    `at` is how a locator of it begins, `difference` what it must differ by, if it compares.
    """

    document: str
    code: str
    at: str
    difference: str = ""
    why: str

    def fits(self, document: str, finding: Outcome) -> bool:
        return (
            (self.document, self.code) == (document, finding.code)
            and digits_of(self.difference) == digits_of(finding.difference or "")
            and any((s.locator + " ").startswith(self.at + " ") for s in finding.sources)
        )


def load_reviews() -> list[Review]:
    """Return the confirmed findings that are kept beside this file."""
    return [Review(**entry) for entry in tomllib.loads(_REVIEWED.read_text())["finding"]]


def findings_of(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return [outcome for outcome in outcomes if outcome.result in FINDINGS]


def how_caught(finding: Outcome, fault: Fault) -> str | None:
    """Say by what a finding meets a known fault (“quotation”, “amounts …”, “page …”), or None."""
    if not finding.code.startswith(_RULES_OF_KIND.get(fault["kind"], ("-",))):
        return None
    seen = telling_digits(_sides(finding)) | telling_digits(_stated(finding.sources))
    how = _how_met(finding, fault["quote"], fault["fault"], seen)
    return how or _same_page(finding, fault)


def how_near(finding: Outcome, near_miss: Fault) -> str | None:
    """Say by what a finding falls on a near miss, or None.

    Only the two sides count as amounts: a sum over a list may quote an innocent item.
    """
    seen = telling_digits(_sides(finding))
    return _how_met(finding, near_miss["quote"], near_miss["why_not_a_fault"], seen)


def is_confirmed(
    document: str, finding: Outcome, faults: Iterable[Fault], reviews: Iterable[Review]
) -> bool:
    """Tell whether a person saw this fault: among the known ones, or reviewed since."""
    return any(how_caught(finding, fault) for fault in faults) or any(
        review.fits(document, finding) for review in reviews
    )


def tell(finding: Outcome) -> str:
    """Write a finding in one line: rule, result, what it says, where."""
    places = ", ".join(dict.fromkeys(source.locator for source in finding.sources[:4]))
    return f"{finding.code} {finding.result}: {finding.message} [{places}]"


def new_findings(outcomes: Iterable[Outcome], before: Iterable[Outcome]) -> list[Outcome]:
    """Return the fails, warnings and notes that are not in `before`, wherever they stand now."""
    known = {_content(outcome) for outcome in before}
    return [
        outcome
        for outcome in outcomes
        if outcome.result in (*FINDINGS, "note") and _content(outcome) not in known
    ]


def _content(outcome: Outcome) -> tuple[str, ...]:
    sides = (_PLACE.sub("", side or "") for side in (outcome.left, outcome.right))
    return (outcome.code, outcome.result, outcome.message, *sides)


def _how_met(finding: Outcome, quote: str, remark: str, seen: set[str]) -> str | None:
    quoted = telling_digits(quote)
    known = quoted | telling_digits(remark)
    # One paragraph holds many sentences: where numbers are compared, they must be this one's.
    fits = seen & known or not (known and telling_digits(_sides(finding)))
    if fits and any(_overlap(source.quote, quote) for source in finding.sources):
        return "quotation"
    shared = seen & known
    if len(shared) >= 2 and (not quoted or shared & quoted):
        return f"amounts {', '.join(sorted(shared))}"
    return None


def _overlap(one: str, other: str) -> bool:
    short, long = sorted((words_of(one), words_of(other)), key=len)
    if short == long:
        return bool(short)
    return len(short) >= _SHORTEST and bool(_HAN.search(short)) and short in long


def _same_page(finding: Outcome, fault: Fault) -> str | None:
    """Say “page n, word” when a source stands on the fault's page and the word is told."""
    told = finding.message + "".join(source.quote for source in finding.sources)
    for page in _PAGE.findall(fault.get("where", "")):
        if not any(source.locator.startswith(f"p{page} ") for source in finding.sources):
            continue
        for word in _HAN.findall(fault["quote"]):
            if len(word) >= _SHORTEST_WORD and word in told:
                return f"page {page}, “{word}”"
    return None


def _sides(finding: Outcome) -> str:
    sides = (finding.left, finding.right, finding.difference)
    return " ".join(_PLACE.sub("", side) for side in sides if side)


def _stated(sources: Iterable[Source]) -> str:
    return " ".join(source.stated for source in sources if source.stated)
