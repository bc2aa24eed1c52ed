"""A Statement against the expected figures and the facts, as the corpus's README scores them.

A figure is *found* when concept, functional, economic, fund, budget_unit and period are those
expected (or one of its `accept`) and the amount is equal; *wrong* when the dimensions are there
with another amount; *surplus* when its dimensions are expected nowhere. A surplus whose number
stands nowhere in the document is wrong too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from budgets.statement import Figure, Statement

from .numbers import digits_of_amount
from .reading import Reading

Key = tuple[str | None, ...]
Expected = dict[str, Any]
_DIMENSIONS = ("concept", "functional", "economic", "fund", "budget_unit", "period")
_YUAN_PER_WAN = 10_000


@dataclass(slots=True)
class Tally:
    """What became of one list of expected figures; the lists hold one readable line each."""

    found: int = 0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def expected(self) -> int:
        return self.found + len(self.missing) + len(self.wrong)

    @property
    def recall(self) -> float:
        """The share found, 0…1."""
        return self.found / self.expected if self.expected else 1.0


@dataclass(slots=True)
class Score:
    """One document's figures: the required list, the rarer concepts, and what is in neither.

    `invented` are the surplus figures whose number stands nowhere in the document: wrong.
    """

    main: Tally
    proposed: Tally
    surplus: list[str]
    invented: list[str]

    @property
    def wrong(self) -> list[str]:
        return [*self.main.wrong, *self.proposed.wrong, *self.invented]


def score_figures(reading: Reading, expected: Expected) -> Score:
    """Compare the figures of a document that was read with its ``*.expected.json``."""
    statement = reading.statement or Statement(department="", fiscal_year=0)
    read = _by_key(statement)
    main, proposed = (expected.get(k, []) for k in ("figures", "figures_proposed_concepts"))
    zeros = expected.get("optional_zero_figures", [])
    known = {key for entry in (*main, *proposed, *zeros) for key in _keys(entry)}
    extra = [f for key, own in read.items() if key not in known for f in own[:1]]
    extra = [f for f in extra if f.state != "blank"]
    invented = [f for f in extra if not _is_printed(f, reading.printed)]
    return Score(
        main=_tally(main, read),
        proposed=_tally(proposed, read),
        surplus=[_tell(f) for f in extra if f not in invented],
        invented=[f"invented {_tell(f)}" for f in invented],
    )


def _by_key(statement: Statement) -> dict[Key, list[Figure]]:
    """Group figures by the scored dimensions; parts by `origin` yield to the whole."""
    groups: dict[Key, list[Figure]] = defaultdict(list)
    for figure in statement.figures:
        groups[tuple(getattr(figure, name) for name in _DIMENSIONS)].append(figure)
    return {key: [f for f in own if f.origin is None] or own for key, own in groups.items()}


def _keys(entry: Expected) -> list[Key]:
    """Return the dimensions of an expected figure, then those of its `accept`."""
    variants = ({}, *entry.get("accept", []))
    return [tuple({**entry, **variant}.get(name) for name in _DIMENSIONS) for variant in variants]


def _tally(entries: list[Expected], read: Mapping[Key, list[Figure]]) -> Tally:
    tally = Tally()
    for entry in entries:
        if entry.get("amount") is None:  # a blank cell is not scored
            continue
        amount = Decimal(entry["amount"])
        told = [f.amount for key in _keys(entry) for f in read.get(key, [])]
        amounts = [a for a in told if a is not None]
        if amount in amounts:
            tally.found += 1
        elif amounts:
            others = ", ".join(format(a, "f") for a in amounts)
            tally.wrong.append(f"{_tell_entry(entry)} read as {others}")
        else:
            tally.missing.append(_tell_entry(entry))
    return tally


def _is_printed(figure: Figure, printed: frozenset[str]) -> bool:
    """Tell whether the document has the number; what is said in words to be none has none."""
    if figure.amount is None or figure.state == "nil":
        return True
    return digits_of_amount(figure.amount) in printed


def _tell(figure: Figure) -> str:
    place = figure.sources[0].locator if figure.sources else "no source"
    dimensions = (getattr(figure, name) for name in _DIMENSIONS)
    return f"{_join(dimensions)} = {figure.amount} at {place}"


def _tell_entry(entry: Expected) -> str:
    return f"{_join(_keys(entry)[0])} = {entry['amount']}"


def _join(dimensions: Iterable[str | None]) -> str:
    return " ".join(value for value in dimensions if value)


def score_structure(statement: Statement, expected: Expected) -> dict[str, tuple[int, int]]:
    """Return (read, expected) counts of what is not a figure."""
    return {
        "units": (len(statement.units), len(expected["units"])),
        "duties": (len(statement.duties), expected["duties_count"]),
        "procurement": (len(statement.procurement), len(expected["procurement"])),
        "projects": (len(statement.projects), len(expected["projects"])),
        "glossary": (len(statement.glossary), len(expected["glossary"])),
    }


# The columns of facts.csv: the concepts any of which may carry the fact.
_MONEY_FACTS = {
    "total_wan": ("revenue.total", "expenditure.total", "revenue.current", "expenditure.current"),
    "sangong": ("three_public.total",),
    "out_of_country": ("three_public.abroad",),
    "car_buy": ("three_public.vehicles.purchase",),
    "car_run": ("three_public.vehicles.operation",),
    "reception": ("three_public.reception",),
    "jiguan_yunxing": ("agency_operation",),
    "procure_total": ("procurement.total",),
    "procure_goods": ("procurement.goods",),
    "procure_works": ("procurement.works",),
    "procure_services": ("procurement.services",),
    "sme_reserved": ("procurement.sme_reserved", "procurement.sme_reserved.awarded"),
    "micro_reserved": (
        "procurement.small_micro_reserved",
        "procurement.small_micro_reserved.awarded",
    ),
    "perf_amount": ("performance.amount",),
}
_COUNT_FACTS = {
    "perf_projects": ("performance.projects", "performance.goals"),
    "vehicles": ("assets.vehicles",),
    "bigequip": (
        "assets.equipment_1m",
        "assets.special_equipment_1m",
        "assets.general_equipment_500k",
        "assets.equipment_2m",
    ),
}


# A part that is not printed at all is 0 where its whole is.
_WHOLE_OF = {"car_buy": "three_public.vehicles", "car_run": "three_public.vehicles"}


@dataclass(slots=True)
class Facts:
    """One row of facts.csv: how many were found, and lines for those not, or only by a whole."""

    found: int = 0
    missing: list[str] = field(default_factory=list)
    implied: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.found + len(self.missing)


def score_facts(statement: Statement | None, row: Mapping[str, str]) -> Facts:
    """Look for every fact of one row of facts.csv.

    Money is in 万元, good to half of its last printed place; an empty column is no fact.
    """
    facts = Facts()
    for column in (*_MONEY_FACTS, *_COUNT_FACTS, "as_of", "project_sections"):
        stated = row.get(column, "")
        if not stated:
            continue
        line = f"{column} = {stated}"
        if statement is not None and _has_fact(statement, column, stated):
            facts.found += 1
        elif statement is not None and _is_implied(statement, column, stated):
            facts.found += 1
            facts.implied.append(f"{line}, as {_WHOLE_OF[column]} is 0")
        else:
            facts.missing.append(line)
    return facts


def _has_fact(statement: Statement, column: str, stated: str) -> bool:
    if column == "project_sections":
        return len(statement.projects) == int(stated)
    if column == "as_of":
        dates = (f.as_of for f in statement.figures if f.concept.startswith("assets."))
        return any(date is not None and date.isoformat() == stated for date in dates)
    if column in _COUNT_FACTS:
        return Decimal(stated) in _amounts(statement, _COUNT_FACTS[column])
    amount = Decimal(stated) * _YUAN_PER_WAN
    slack = Decimal(1).scaleb(_exponent(stated)) * _YUAN_PER_WAN / 2
    return any(abs(told - amount) <= slack for told in _amounts(statement, _MONEY_FACTS[column]))


def _exponent(stated: str) -> int:
    """Return the power of ten of the last printed place (“37.20” → -2)."""
    return -len(stated.partition(".")[2])


def _is_implied(statement: Statement, column: str, stated: str) -> bool:
    """Tell whether a fact of 0 follows from its whole, the part being read nowhere."""
    whole = _WHOLE_OF.get(column)
    if whole is None or Decimal(stated) or _amounts(statement, _MONEY_FACTS[column]):
        return False
    return 0 in _amounts(statement, (whole,))


def _amounts(statement: Statement, concepts: Iterable[str]) -> list[Decimal]:
    """Return what the document says of these concepts for its own year, as a whole."""
    periods = ("budget",) if statement.stage == "budget" else ("final", "budget")
    return [
        f.amount
        for f in statement.figures
        if f.amount is not None
        and f.concept in concepts
        and f.period in periods
        and not (f.functional or f.economic or f.budget_unit)
    ]
