"""What a disclosure is compared with from outside: last year's, its units', and dates."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal

from budgets.statement import Figure, Statement

DATES = {"approved": datetime.date(2025, 2, 10), "published": datetime.date(2025, 2, 20)}
_WANTED = ("revenue.total", "expenditure.total", "expenditure.basic", "expenditure.project")


def prior_of(statement: Statement, *, more: str = "0", more_carried: str = "0") -> Statement:
    """Return last year's statement: its own amounts are what this year calls the year before.

    `more` and `more_carried` are 万元 by which these, and what was carried over, are higher.
    """
    own = "final" if statement.stage == "final_accounts" else "budget"
    figures = [
        dataclasses.replace(figure, period=own, amount=_plus(figure, more))
        for figure in statement.figures
        if figure.period == f"prior_{own}"
    ]
    figures += [
        dataclasses.replace(
            figure, concept="expenditure.carried_over", amount=_plus(figure, more_carried)
        )
        for figure in statement.figures
        if figure.concept == "revenue.carried_forward" and figure.functional is None
    ]
    return Statement(
        department=statement.department,
        jurisdiction=statement.jurisdiction,
        fiscal_year=statement.fiscal_year - 1,
        stage=statement.stage,
        figures=figures,
    )


def units_of(statement: Statement, *, more: str = "0") -> list[Statement]:
    """Return the statements of the units: the second has a tenth of each total, the first the rest.

    `more` is 万元 by which the first unit's totals are higher.
    """
    tenth = Decimal("0.1")
    period = "final" if statement.stage == "final_accounts" else "budget"
    totals = [statement.figure(concept, period=period) for concept in _WANTED]
    own = [figure for figure in totals if figure and figure.amount is not None]
    statements = []
    for unit, share, added in zip(statement.units, (1 - tenth, tenth), (more, "0"), strict=True):
        figures = [
            dataclasses.replace(figure, amount=(figure.amount or Decimal(0)) * share)
            for figure in own
        ]
        figures = [dataclasses.replace(f, amount=_plus(f, added)) for f in figures]
        statements.append(
            Statement(
                department=statement.department,
                jurisdiction=statement.jurisdiction,
                level="unit",
                unit=unit.name,
                fiscal_year=statement.fiscal_year,
                stage=statement.stage,
                figures=figures,
            )
        )
    return statements


def _plus(figure: Figure, wan: str) -> Decimal | None:
    return None if figure.amount is None else figure.amount + Decimal(wan) * 10_000
