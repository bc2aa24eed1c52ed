"""Statements built from printed tables, for tests of sums: one line a cell."""

import datetime
from decimal import Decimal

from budgets.statement import Dimensions, Figure, PrintedTable, Source, Statement


def statement_of(*tables, stage="final_accounts", **fields):
    """Return a Statement of tables ``(kind, cells)``; cells are lines like
    ``expenditure.current 20101 @general_public = 12.34`` in 万元 (codes and funds if any).

    A line before which the kind is null is prose. The n-th cell stands at ``t1 r<n>``.
    """
    period = "final" if stage == "final_accounts" else "budget"
    statement = Statement(department="海东市民政局", fiscal_year=2024, stage=stage, **fields)
    figures: dict[Dimensions, Figure] = {}
    for kind, cells in tables:
        number = len(statement.tables)
        if kind:
            statement.tables.append(PrintedTable(title=f"表{number}", kind=kind))
        for row, line in enumerate(cells.strip().splitlines(), 1):
            dimensions, stated, unit = _cell(line, period)
            amount = Decimal(stated) * (10_000 if unit == "元" else 1)
            source = Source(
                locator=f"t{number} r{row}" if kind else "¶1",
                start=row * 20,
                end=row * 20 + len(stated),
                quote=stated,
                stated=f"{stated}万元" if unit == "元" else stated + unit,
                amount=amount,
                table=number if kind else None,
            )
            if dimensions in figures:
                figures[dimensions].sources.append(source)
            else:
                figures[dimensions] = _figure(dimensions, amount, unit, source)
    statement.figures = list(figures.values())
    return statement


def _cell(line, period):
    left, stated = line.split("=")
    concept, *words = left.split()
    own = {"concept": concept, "period": period}
    for word in words:
        if word.startswith("@"):
            own["fund"] = word[1:]
        elif word.startswith("#"):
            own["origin"] = word[1:]
        elif word.startswith("~"):
            own["period"] = word[1:]
        elif word[0] == "2":
            own["functional"] = word
        else:
            own["economic"] = word
    stated = stated.strip()
    number, _, unit = stated.partition(" ")
    return Dimensions(**own), number, unit or "元"


def _figure(dimensions, amount, unit, source):
    fields = {name: getattr(dimensions, name) for name in Dimensions.__dataclass_fields__}
    as_of = datetime.date(2024, 12, 31) if unit == "辆" else None
    return Figure(
        **fields, amount=amount, unit=unit, stated=source.stated, as_of=as_of, sources=[source]
    )
