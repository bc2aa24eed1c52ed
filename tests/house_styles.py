"""One small department written in the table sets of several regions, after VARIETY.

``tests/samples/styles/*.txt`` hold a disclosure as text: paragraphs, tables drawn with “|”,
and below ``==`` the figures that a careful reader takes from it. Nothing there is copied from a
document: names, codes and amounts are our own.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from budgets.documents.blocks import Document
from budgets.statement import PERIODS, Figure
from tests.grid_blocks import document_of, table
from tests.texts import ROOT

STYLES = sorted((ROOT / "tests" / "samples" / "styles").glob("*.txt"))
Key = tuple[str, str, str, str, str]
Figures = dict[Key, str]
_SHORT = {
    "T": "revenue.total",
    "R": "revenue.current",
    "A": "revenue.appropriation",
    "CF": "revenue.carried_forward",
    "S": "expenditure.total",
    "C": "expenditure.current",
    "B": "expenditure.basic",
    "BP": "expenditure.basic.personnel",
    "BO": "expenditure.basic.operating",
    "P": "expenditure.project",
    "CO": "expenditure.carried_over",
}
_UNITS = {"元": 1, "万元": 10_000}


def read_style(path: Path) -> tuple[Document, Figures]:
    """Return the document of a style and its figures by concept, code, fund, origin, period."""
    head, *parts = path.read_text(encoding="utf-8").split("\n== ")
    lines = [line for line in head.splitlines() if not line.startswith("#")]
    figures: Figures = {}
    for part in parts:
        first, _, body = part.partition("\n")
        unit, period = first.split()
        figures |= dict(_figures(body, _UNITS[unit], period))
    return document_of(*read_blocks(lines[1:]), title=lines[0]), figures


def read_blocks(lines: list[str]) -> Iterator:
    number = 0
    for is_table, group in groupby(lines, key=lambda line: "|" in line):
        if is_table:
            number += 1
            yield table("\n".join(group), number=number)
        else:
            yield from (line for line in group if line)


def _figures(body: str, unit: int, period: str) -> Iterator[tuple[Key, str]]:
    """Yield the figures written as ``concept [code] [@unit] [fund] [origin] [period] = amount``."""
    for line in body.splitlines():
        if "=" not in line:
            continue
        left, amount = line.split("=")
        concept, *words = left.split()
        code = next((word for word in words if word.isdigit()), "")
        own = next((word for word in words if word in PERIODS), period)
        origin = next((word for word in words if word in ("current", "carried")), "")
        fund = " ".join(word for word in words if word not in (code, own, origin))
        key = (_SHORT.get(concept, concept), code, fund, origin, own)
        yield key, f"{Decimal(amount.strip()) * unit:.2f}"


def figures_of(figures: Iterable[Figure]) -> Figures:
    """Return the figures that have a value, keyed as those of a style."""
    found: Figures = {}
    for figure in figures:
        if figure.amount is None:
            continue
        unit = f"@{figure.budget_unit}" if figure.budget_unit else ""
        fund = " ".join(word for word in (unit, figure.fund) if word)
        code = "/".join(word for word in (figure.functional, figure.economic) if word)
        key = (figure.concept, code, fund, figure.origin or "", figure.period)
        assert key not in found
        found[key] = f"{figure.amount:.2f}"
    return found
