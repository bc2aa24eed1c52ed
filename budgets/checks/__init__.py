"""Outcomes over a Statement: every sum checked, every claim held against its list.

`run_checks` runs the registered rules of the disclosure's stage. A rule that found nothing
to check says so (`not_checkable`); not checkable is never a pass.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from budgets.statement import Outcome, Statement

from . import (  # noqa: F401 - they register rules
    both_sides,
    bounds,
    changes,
    completion,
    copies,
    language,
    limits,
    lists,
    projects,
    purposes,
    reasons,
    rollups,
    sentence_lists,
    stated_twice,
    tables,
    titles,
    years,
)
from .completeness import Requirement, completeness
from .registry import RULES, Evidence, Rule, sort_rules

# B (balance), R (roll-ups), S (stated twice), P (bounds), A (counts), C and T (words).
sort_rules(sorted(RULES, key=lambda code: ("BRSGPACTD".index(code[0]), code)))

__all__ = [
    "RULES",
    "Requirement",
    "Rule",
    "completeness",
    "keep_frozen",
    "run_checks",
    "run_fresh_checks",
]


def run_checks(
    statement: Statement,
    *,
    prior: Statement | None = None,
    units: Iterable[Statement] = (),
    dates: Mapping[str, datetime.date] | None = None,
) -> list[Outcome]:
    """Return the outcome of every rule that fits the statement's stage, in the order of CHECKS.

    `prior` is last year's published statement, `units` the statements of the department's
    units, `dates` the days of 批复 (“approved”) and of publication (“published”). Without them
    the rules that need them are `not_checkable`.
    """
    evidence = Evidence(statement=statement, prior=prior, units=tuple(units), dates=dates or {})
    return _run(evidence, RULES.values())


def run_fresh_checks(
    statement: Statement,
    *,
    prior: Statement | None = None,
    units: Iterable[Statement] = (),
    dates: Mapping[str, datetime.date] | None = None,
) -> list[Outcome]:
    """Return the outcomes that depend on other documents: computed when read, never stored."""
    evidence = Evidence(statement=statement, prior=prior, units=tuple(units), dates=dates or {})
    return _run(evidence, (rule for rule in RULES.values() if rule.is_fresh))


def keep_frozen(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Return the outcomes that need the one document alone: these are stored with it."""
    return [
        outcome
        for outcome in outcomes
        if outcome.code not in RULES or not RULES[outcome.code].is_fresh
    ]


def _run(evidence: Evidence, rules: Iterable[Rule]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for rule in rules:
        if evidence.statement.stage not in rule.stages:
            continue
        found = list(rule.run(evidence))
        if not found:
            found = [Outcome(code=rule.code, result="not_checkable", message=rule.needs)]
        outcomes += found
    return outcomes
