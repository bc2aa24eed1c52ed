"""What the sentences of a document say, gathered into what its tables say."""

from __future__ import annotations

from dataclasses import dataclass, field

from budgets.statement import Claim, Dimensions, Figure

from .subjects import Codes, Owners


@dataclass(slots=True)
class Prose:
    """What a document's sentences say, added to what its tables say."""

    fiscal_year: int
    period: str
    figures: dict[Dimensions, Figure] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    codes: Codes = field(default_factory=Codes)
    owners: Owners = field(default_factory=Owners)

    def add(self, figure: Figure) -> Figure:
        """Keep a figure; where its dimensions are known already, add its place to them.

        The first place gives the amount; a place that says something else keeps what it
        says in its source, and the check “stated twice” tells the difference.
        """
        known = self.figures.setdefault(figure.dimensions, figure)
        if known is not figure:
            known.sources.extend(figure.sources)
        return known
