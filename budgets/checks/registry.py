"""The one list of checks: stable codes, levels, what each compares and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from budgets.statement import STAGES, Outcome, Statement

Check = Callable[[Statement], Iterable[Outcome]]
_RESULT_OF_LEVEL = {"E": "fail", "W": "warning", "N": "note"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `level` says what a difference is; `needs` is said when nothing can be checked."""

    code: str
    level: str
    name: str
    needs: str
    checks: tuple[Check, ...]
    stages: tuple[str, ...] = STAGES

    def run(self, statement: Statement) -> Iterator[Outcome]:
        for check in self.checks:
            yield from check(statement)

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
) -> None:
    """Add a rule; a code stands once."""
    if code in RULES:
        raise ValueError(f"check {code} is registered twice")
    RULES[code] = Rule(code, level, name, needs, checks, stages)


def sort_rules(order: Iterable[str]) -> None:
    """Put the rules into the order in which people read them."""
    for code in order:
        if code in RULES:
            RULES[code] = RULES.pop(code)
