"""What one disclosure says: the plain data that parsing creates, checks read, actions store.

A `Statement` is the narrow waist of the house. It holds no reference to a document format
or to the database, so a figure is checked by the same code whether it was read a second
ago or corrected by hand last year. Its JSON form is ``mingzhang.statement/1``.

Amounts are exact `Decimal`s, never floats: money in 元 with two decimals, counts and
shares as printed, with their `unit`.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Any

FORMAT = "mingzhang.statement/1"

STAGES = ("budget", "final_accounts")
LEVELS = ("department", "unit")
STATES = ("value", "nil", "blank", "illegible")
FUNDS = (
    "appropriation",
    "general_public",
    "government_fund",
    "state_capital",
    "special_account",
    "unit_funds",
    "social_insurance",
)
ORIGINS = ("current", "carried")
PERIODS = (
    "budget",
    "budget_adjusted",
    "prior_budget",
    "prior_execution",
    "final",
    "prior_final",
)
UNIT_KINDS = ("administrative", "civil_service_managed", "public_institution")
CLAIM_KINDS = ("change", "share", "reason", "count")
RESULTS = ("pass", "fail", "warning", "note", "not_checkable")
NUMBER_CLASSES = ("figure", "item", "operand", "label", "unread")


@dataclass(slots=True, kw_only=True)
class Source:
    """One place in a document: ``block.text[start:end] == quote``, in code points.

    `stated` and `amount` are what this place says (they may differ between the sources of
    one figure). `table` is the index of the printed table in `Statement.tables`, if any.
    """

    document: int = 0
    locator: str
    start: int
    end: int
    quote: str
    stated: str | None = None
    amount: Decimal | None = None
    table: int | None = None


@dataclass(slots=True, kw_only=True, frozen=True)
class Dimensions:
    """What a figure measures; two figures with equal dimensions are one figure."""

    concept: str
    functional: str | None = None
    economic: str | None = None
    fund: str | None = None
    origin: str | None = None
    budget_unit: str | None = None
    period: str = "budget"


@dataclass(slots=True, kw_only=True)
class Figure:
    """One number with its meaning spelled out; `amount` is null only for blank and illegible."""

    concept: str
    functional: str | None = None
    economic: str | None = None
    fund: str | None = None
    origin: str | None = None
    budget_unit: str | None = None
    period: str = "budget"
    amount: Decimal | None
    unit: str = "元"
    stated: str | None = None
    state: str = "value"
    as_of: datetime.date | None = None
    sources: list[Source] = field(default_factory=list)

    @property
    def dimensions(self) -> Dimensions:
        # Written out: checks ask for it thousands of times, and `fields` is slow.
        return Dimensions(
            concept=self.concept,
            functional=self.functional,
            economic=self.economic,
            fund=self.fund,
            origin=self.origin,
            budget_unit=self.budget_unit,
            period=self.period,
        )


@dataclass(slots=True, kw_only=True)
class Claim:
    """A sentence about a figure: a change, a share, a reason, or the count of a list.

    A count (“行政单位1个”) is compared with the list it announces and is no figure.
    """

    kind: str
    figure: Dimensions
    base_period: str | None = None
    base_year: int | None = None
    direction: str | None = None
    amount: Decimal | None = None
    percent: Decimal | None = None
    reason: str | None = None
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class DocumentInfo:
    name: str
    sha256: str
    media_type: str
    pages: int | None = None


@dataclass(slots=True, kw_only=True)
class BudgetUnit:
    """A 预算单位 that the disclosure lists; `kind` is one of `UNIT_KINDS` or null."""

    name: str
    kind: str | None = None


@dataclass(slots=True, kw_only=True)
class ProcurementItem:
    name: str
    amount: Decimal | None
    category: str | None = None
    purchaser: str | None = None
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ProjectPart:
    """One part of a project statement; `key` as READING names them (overview … goals)."""

    key: str
    title: str
    text: str


@dataclass(slots=True, kw_only=True)
class ProjectStatement:
    name: str
    amount: Decimal | None = None
    parts: list[ProjectPart] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ProjectRow:
    """A row of a project table: amounts in 元 by fund."""

    name: str
    amounts: dict[str, Decimal] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class PrintedTable:
    title: str
    kind: str | None = None
    unit: str | None = None
    empty: bool = False
    note: str | None = None
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class CodeName:
    """A code of a classification with the name printed beside it."""

    kind: str
    code: str
    name: str
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Section:
    """A heading with its own text; `level` 1 is a part (第二部分), 2 a section, 3 a sub-section."""

    key: str
    level: int = 2
    number: str = ""
    title: str
    text: str = ""
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class GlossaryEntry:
    number: str
    term: str
    definition: str
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What one check found; the sides are formatted for reading (“2,093.26 万元”).

    `message` is arithmetic and public; `advice` tells the editor what to look at.
    """

    code: str
    result: str
    left: str | None = None
    right: str | None = None
    difference: str | None = None
    tolerance: str | None = None
    derived: bool = False
    message: str = ""
    advice: str = ""
    sources: list[Source] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Unread:
    """A number whose meaning is not known, with the reason; shown to staff, never published."""

    quote: str
    why: str
    sources: list[Source] = field(default_factory=list)


def _no_numbers() -> dict[str, int]:
    return dict.fromkeys(NUMBER_CLASSES, 0)


@dataclass(slots=True, kw_only=True)
class Statement:
    documents: list[DocumentInfo] = field(default_factory=list)
    jurisdiction: str | None = None
    department: str
    level: str = "department"
    unit: str | None = None
    fiscal_year: int
    stage: str = "budget"
    dated_on: datetime.date | None = None
    units: list[BudgetUnit] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    procurement: list[ProcurementItem] = field(default_factory=list)
    projects: list[ProjectStatement] = field(default_factory=list)
    project_rows: list[ProjectRow] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    code_names: list[CodeName] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    glossary: list[GlossaryEntry] = field(default_factory=list)
    checks: list[Outcome] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=_no_numbers)
    unread: list[Unread] = field(default_factory=list)

    def figure(self, concept: str, **dimensions: str | None) -> Figure | None:
        """Return the figure with exactly these dimensions (unnamed ones at their default)."""
        wanted = Dimensions(concept=concept, **dimensions)  # type: ignore[arg-type]
        alike = (f for f in self.figures if f.concept == concept)
        return next((f for f in alike if f.dimensions == wanted), None)

    def has_unread(self, section: str) -> bool:
        """Whether a number of a section (by its key) was not understood: its list may be longer."""
        places = {
            (source.document, source.locator)
            for own in self.sections
            if own.key == section
            for source in own.sources
        }
        unread = (source for entry in self.unread for source in entry.sources)
        return any((source.document, source.locator) in places for source in unread)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object of READING: amounts and dates as strings, nothing left out."""
        return {"format": FORMAT, **_encode(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Statement:
        """Rebuild a Statement from `to_json`; ValueError for another format."""
        if data.get("format") != FORMAT:
            raise ValueError(f"not a {FORMAT} object: {data.get('format')!r}")
        decoded: Statement = _decode(cls, {k: v for k, v in data.items() if k != "format"})
        return decoded


def canonical(amount: Decimal, unit: str) -> Decimal:
    """Write an amount in its one form: 元 with two decimals, anything else without needless zeros.

    Decimals beyond what is held exactly (分) are kept, so that nothing is rounded silently.
    """
    with localcontext() as context:
        context.prec = 60
        if unit == "元" and amount == round(amount, 2):
            return amount.quantize(Decimal("0.01"))
        whole = amount.to_integral_value()
        return whole if amount == whole else amount.normalize()


def format_amount(amount: Decimal, unit: str) -> str:
    """Write an amount for reading, exactly: money in 万元 (“2,093.26 万元”), else “9 个”.

    Two decimals at least for money, more where the amount has them; never rounded.
    """
    if unit != "元":
        return f"{canonical(amount, unit):,f}{'' if unit == '%' else ' '}{unit}"
    tens = (amount / 10_000).normalize()
    exponent = tens.as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{tens:,.{decimals}f} 万元"


def encode(value: Any) -> Any:
    """Turn any piece of a Statement into plain JSON values."""
    return _encode(value)


def decode(kind: Any, data: Any) -> Any:
    """Turn plain JSON values back into `kind`, e.g. ``decode(list[Source], row.sources)``."""
    return _decode(kind, data)


def _encode(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {f.name: _encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, list):
        return [_encode(item) for item in value]
    if isinstance(value, dict):
        return {key: _encode(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def _decode(kind: Any, data: Any) -> Any:
    if data is None:
        return None
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        (kind,) = (a for a in typing.get_args(kind) if a is not type(None))
        return _decode(kind, data)
    if origin is list:
        (item_kind,) = typing.get_args(kind)
        return [_decode(item_kind, item) for item in data]
    if origin is dict:
        _, item_kind = typing.get_args(kind)
        return {key: _decode(item_kind, item) for key, item in data.items()}
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{key: _decode(hints[key], item) for key, item in data.items()})
    if kind is Decimal:
        return Decimal(data)
    if kind is datetime.date:
        return datetime.date.fromisoformat(data)
    return data


_HINTS: dict[Any, dict[str, Any]] = {}


def _hints(kind: Any) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]
