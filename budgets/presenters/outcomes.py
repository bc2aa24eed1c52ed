"""Outcomes of the checks as the public sees them: named, grouped, beside what they concern."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from budgets.statement import Outcome

RESULT_NAMES = {"fail": "不符", "warning": "提示", "pass": "通过", "not_checkable": "无法核对"}
RESULT_ORDER = tuple(RESULT_NAMES)

# Beside figures stand arithmetic findings only: which section each kind belongs to.
SECTIONS = {
    "spending": {"R03", "R04", "R05", "R06", "R07", "B01", "P05"},
    "revenue": {"R01", "R02", "R12", "R13", "S05", "S06"},
    "procurement": {"R09", "P01", "P07"},
    "projects": {"R10", "S04"},
    "three-public": {"R08", "P04"},
    "operation": {"P02"},
    "performance": {"P03", "P08"},
    "assets": {"A01", "A02", "A03"},
    "units": {"A04", "R11"},
    "figures": {"S01", "S02", "S03", "S07", *(f"G0{n}" for n in range(1, 9))},
}


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What the checks are called; which are for the editor alone (level N), which are `fresh`.

    A fresh outcome is computed when it is read, against what other documents say that day.
    """

    names: dict[str, str]
    editors_only: frozenset[str] = frozenset()
    fresh: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """One public outcome with its name and the department's explanation."""

    outcome: Outcome
    name: str
    explanation: str = ""
    anchor: str = ""
    is_fresh: bool = False

    @property
    def question(self) -> str:
        """Ask what the check asks: the result beside it is the answer."""
        return f"{self.name}？"

    @property
    def told(self) -> str:
        """Say what was found, and what the department says about it."""
        told = self.outcome.message or f"{self.name}。"
        if self.explanation:
            return f"{told}部门说明：{self.explanation}"
        return f"{told}部门尚未说明原因。" if self.needs_attention else told

    @property
    def result_name(self) -> str:
        return RESULT_NAMES[self.outcome.result]

    @property
    def needs_attention(self) -> bool:
        return self.outcome.result in ("fail", "warning")


def show_outcomes(
    outcomes: list[Outcome], *, explanations: list[str], rules: Rulebook
) -> list[ShownOutcome]:
    """Return the public outcomes (never a note), findings first, in the order of their codes.

    `explanations` follow the order of the outcomes. A check for the editor is left out whole:
    its passes would say more than the public can see.

    """
    public = [
        (outcome, explanation)
        for outcome, explanation in zip(outcomes, explanations, strict=True)
        if outcome.result in RESULT_NAMES and outcome.code not in rules.editors_only
    ]
    public.sort(key=lambda pair: (RESULT_ORDER.index(pair[0].result), pair[0].code))
    seen: Counter[str] = Counter()
    return [_show(outcome, explanation, rules, seen) for outcome, explanation in public]


def _show(outcome: Outcome, explanation: str, rules: Rulebook, seen: Counter[str]) -> ShownOutcome:
    """Name an outcome and give it an address; the second of a code is ``check-P03-2``."""
    seen[outcome.code] += 1
    times = seen[outcome.code]
    return ShownOutcome(
        outcome=outcome,
        name=rules.names.get(outcome.code, outcome.code),
        explanation=explanation,
        anchor=f"check-{outcome.code}" + (f"-{times}" if times > 1 else ""),
        is_fresh=outcome.code in rules.fresh,
    )


def beside_sections(shown: list[ShownOutcome]) -> dict[str, list[ShownOutcome]]:
    """Return the outcomes that stand beside each section; what cannot be checked does not."""
    return {
        section: [
            s for s in shown if s.outcome.code in codes and s.outcome.result != "not_checkable"
        ]
        for section, codes in SECTIONS.items()
    }


def with_exemptions(requirements: list[Any], exemptions: list[dict[str, str]]) -> list[Any]:
    """Return the required parts (completeness), those that stay unpublished told as exempt."""
    reasons = {told["key"]: told["reason"] for told in exemptions}
    return [
        replace(required, state="exempt", reason=reasons[required.key])
        if required.state == "missing" and required.key in reasons
        else required
        for required in requirements
    ]


def count_results(shown: list[ShownOutcome]) -> list[tuple[str, str, int]]:
    """Return (result, name, how many) for every result, none left out."""
    counts = Counter(s.outcome.result for s in shown)
    return [(result, name, counts[result]) for result, name in RESULT_NAMES.items()]


def sum_up(shown: list[ShownOutcome]) -> str:
    """Say how the checks went: ``核对 5 项通过，3 项提示，12 项无法核对``."""
    told = [
        f"{counted} 项{name}"
        for result, name, counted in _told_order(count_results(shown))
        if counted
    ]
    return f"核对 {'，'.join(told)}" if told else "还没有核对结果"


def _told_order(counts: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    first = ("pass", "fail", "warning", "not_checkable")
    return sorted(counts, key=lambda count: first.index(count[0]))
