"""The one list of checks: stable codes, levels, what each compares and what it needs."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from budgets.statement import STAGES, Outcome, Statement

Result = TypeVar("Result")


@dataclass(kw_only=True)
class Evidence:
    """What the checks of one run may look at: the statement, and what is known beside it.

    `prior` is last year's published statement, `units` those of the department's units;
    `dates` has the keys of D01. `share` does a piece of work for several checks once.
    """

    statement: Statement
    prior: Statement | None = None
    units: tuple[Statement, ...] = ()
    dates: Mapping[str, datetime.date] = field(default_factory=dict)
    _done: dict[Callable[[Statement], Any], Any] = field(default_factory=dict)

    def share(self, work: Callable[[Statement], Result]) -> Result:
        if work not in self._done:
            self._done[work] = work(self.statement)
        result: Result = self._done[work]
        return result


Check = Callable[[Statement], Iterable[Outcome]]
WideCheck = Callable[[Evidence], Iterable[Outcome]]
_RESULT_OF_LEVEL = {"E": "fail", "W": "warning", "N": "note"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `level` says what a difference is; `needs` is said when nothing can be checked.

    `checks` look at the statement alone, `wide` at all that is known. The outcomes of a rule
    that `is_fresh` need other documents or dates: they are never stored, but computed when read.
    """

    code: str
    level: str
    name: str
    needs: str
    checks: tuple[Check, ...]
    stages: tuple[str, ...] = STAGES
    wide: tuple[WideCheck, ...] = ()
    is_fresh: bool = False

    def run(self, evidence: Evidence) -> Iterator[Outcome]:
        for check in self.checks:
            yield from check(evidence.statement)
        for wide in self.wide:
            yield from wide(evidence)

    @property
    def result(self) -> str:
        """The result of a difference under this rule."""
        return _RESULT_OF_LEVEL[self.level]


RULES: dict[str, Rule] = {}


def register(
    code: str,
    level: str,
    name: str,
    *checks: Check,
    needs: str,
    stages: tuple[str, ...] = STAGES,
    wide: tuple[WideCheck, ...] = (),
    is_fresh: bool = False,
) -> None:
    """Add a rule; a code stands once."""
    if code in RULES:
        raise ValueError(f"check {code} is registered twice")
    RULES[code] = Rule(code, level, name, needs, checks, stages, wide, is_fresh)


def sort_rules(order: Iterable[str]) -> None:
    """Put the rules into the order in which people read them."""
    for code in order:
        if code in RULES:
            RULES[code] = RULES.pop(code)
