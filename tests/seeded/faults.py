"""What a seeded fault is, and how the findings about it are judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from budgets.checks import run_checks
from budgets.documents.blocks import Document
from budgets.parsing import parse_disclosure
from budgets.statement import Outcome, Statement
from tests.seeded.disclosures import (
    Edit,
    clean_text,
    document,
    places_of,
    texts_of,
    without_table,
)
from tests.seeded.neighbours import DATES, prior_of, units_of

Neighbours = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault. One of the checks `codes` must tell it, at its place.

    `path` is the clean disclosure; `edits` seed the fault into its text, `dropped` is the title
    of a table that is left out. `counterparts` are words of other places that may be told
    instead: rows of the same table, or paragraphs. `neighbours` replaces what is compared with
    (`prior`, `units` or `dates`).
    """

    name: str
    codes: tuple[str, ...]
    path: Path
    edits: tuple[Edit, ...] = ()
    dropped: str = ""
    counterparts: tuple[str, ...] = ()
    neighbours: Callable[[Statement], Neighbours] | None = None

    def document(self) -> Document:
        text = clean_text(self.path)
        for edit in self.edits:
            text = edit.apply(text)
        whole = document(text)
        return without_table(whole, self.dropped) if self.dropped else whole

    def places(self) -> set[str]:
        """Return the locators of all that differs from the clean document, or may be told."""
        clean, faulty = texts_of(document(clean_text(self.path))), texts_of(self.document())
        titles = {edit.after for edit in self.edits}
        differing = {
            locator
            for locator, text in faulty.items()
            if clean.get(locator) != text or text in titles - {""}
        }
        others = (
            places_of(self.document(), words, title)
            for words in self.counterparts
            for title in titles or {""}
        )
        return differing.union(*others)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The findings about one fault: those that tell it and those that blame another place."""

    told: list[Outcome]
    misplaced: list[Outcome]


def outcomes_of(
    whole: Document, replaced: Callable[[Statement], Neighbours] | None = None
) -> list[Outcome]:
    """Read a document and run every check, beside last year's disclosure, units and dates."""
    statement = parse_disclosure([whole])
    neighbours: Neighbours = {
        "prior": prior_of(statement),
        "units": units_of(statement),
        "dates": DATES,
    }
    return run_checks(statement, **(neighbours | (replaced(statement) if replaced else {})))


@cache
def clean_outcomes(path: Path) -> list[Outcome]:
    return outcomes_of(document(clean_text(path)))


@cache
def judge(fault: Fault) -> Verdict:
    """Check the faulty document: a note counts only under the code that is looked for."""
    outcomes = outcomes_of(fault.document(), fault.neighbours)
    known = {_content(outcome) for outcome in clean_outcomes(fault.path)}
    places = fault.places()
    told, misplaced = [], []
    for outcome in outcomes:
        is_wanted = outcome.code in fault.codes
        if outcome.result not in ("fail", "warning") and not (
            is_wanted and outcome.result == "note" and _content(outcome) not in known
        ):
            continue
        is_in_place = _is_in_place(outcome, places, fault)
        if not is_in_place:
            misplaced.append(outcome)
        elif is_wanted:
            told.append(outcome)
    return Verdict(told, misplaced)


def _content(outcome: Outcome) -> tuple[str, str, str]:
    return outcome.code, outcome.result, outcome.message


def _is_in_place(outcome: Outcome, places: set[str], fault: Fault) -> bool:
    """Whether a finding points at the fault; what is left out, or outside, is named in words."""
    if places & {source.locator for source in outcome.sources}:
        return True
    named = (fault.dropped, *fault.counterparts) if fault.dropped else ()
    is_named = any(words in outcome.message for words in named)
    return is_named or (bool(fault.neighbours) and outcome.code in fault.codes)
