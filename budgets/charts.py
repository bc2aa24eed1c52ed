"""What is shown → plain dicts for Chart.js. The table under each chart holds the same rows.

Amounts are strings of 万元; only the drawing turns them into binary numbers.
"""

from __future__ import annotations

from typing import Any

from budgets.presenters.amounts import plain_wan
from budgets.presenters.findings import class_figures, sorted_items
from budgets.presenters.spending import Spending, read_spending
from budgets.statement import Statement
from budgets.vocabulary import concept_name, functional_codes

Chart = dict[str, Any]
MAX_BARS = 20
# How much room the page keeps for a chart before it is drawn, by its number of bars.
SIZES = ((1, "line"), (2, "small"), (4, "medium"), (8, "large"), (12, "larger"))


def _size(bars: int) -> str:
    return next((size for most, size in SIZES if bars <= most), "largest")


def disclosure_charts(statement: Statement) -> dict[str, Chart]:
    """Return the charts of a disclosure by the key of the section they stand in."""
    spending = read_spending(statement)
    drawn = {
        "answer": draw_answer(spending),
        "spending": draw_spending(statement, spending),
        "functions": draw_functions(statement),
        "procurement": draw_procurement(statement),
        "three-public": draw_three_public(statement),
    }
    return {key: chart for key, chart in drawn.items() if chart}


def draw_answer(spending: Spending) -> Chart | None:
    """Draw one bar in its parts; only where the parts provably make a whole."""
    if not spending.whole:
        return None
    return {
        "kind": "stacked-bar",
        "label": "支出构成："
        + "，".join(f"{p.name} {plain_wan(p.amount)} 万元" for p in spending.parts),
        "unit": "万元",
        "size": "line",
        "labels": ["支出"],
        "series": [
            {"name": part.name, "values": [plain_wan(part.amount)]} for part in spending.parts
        ],
    }


def draw_spending(statement: Statement, spending: Spending) -> Chart | None:
    """Draw a bar for each part, 人员 and 公用 on the one of 基本支出; colours as in the answer."""
    if not spending.parts or all(part.amount == 0 for part in spending.parts):
        return None
    bars = [
        "基本支出" if part.figure.concept.startswith("expenditure.basic.") else part.name
        for part in spending.parts
    ]
    labels = list(dict.fromkeys(bars))
    return {
        "kind": "stacked-bar",
        "label": f"{statement.fiscal_year} 年支出构成，单位万元",
        "unit": "万元",
        "size": _size(len(labels)),
        "labels": labels,
        "series": [
            {
                "name": part.name,
                "values": [plain_wan(part.amount) if bar == label else "0" for label in labels],
            }
            for part, bar in zip(spending.parts, bars, strict=True)
        ],
    }


def draw_functions(statement: Statement) -> Chart | None:
    figures = class_figures(statement)
    codes = functional_codes()
    labels = [
        codes[f.functional][0].name if f.functional in codes else str(f.functional) for f in figures
    ]
    return _bars("按支出功能分类的支出", labels, [plain_wan(f.amount) for f in figures])  # type: ignore[arg-type]


def draw_procurement(statement: Statement) -> Chart | None:
    items = [item for item in sorted_items(statement) if item.amount is not None]
    return _bars("政府采购项目", [i.name for i in items], [plain_wan(i.amount) for i in items])


def draw_three_public(statement: Statement) -> Chart | None:
    """Draw the parts of 三公 that are printed with an amount."""
    period = "final" if statement.stage == "final_accounts" else "budget"
    parts = [
        f
        for f in statement.figures
        if f.concept in ("three_public.abroad", "three_public.vehicles", "three_public.reception")
        and f.period == period
        and not f.budget_unit
        and f.state == "value"
        and f.amount
    ]
    return _bars(
        "“三公”经费的分项",
        [concept_name(f.concept) for f in parts],
        [plain_wan(f.amount) for f in parts],  # type: ignore[arg-type]
    )


def draw_years(rows: list[Any]) -> Chart | None:
    """Draw a department over the years; a year without a number stays a gap."""
    known = [row for row in rows if row.amount is not None]
    if len(known) < 2 or len({row.concept for row in known}) > 1:
        return None
    values = {row.year: plain_wan(row.amount) for row in known}
    years = range(min(values), max(values) + 1)
    name = concept_name(known[0].concept)
    return {
        "kind": "line",
        "label": f"{name}，{years[0]}–{years[-1]} 年，单位万元",
        "unit": "万元",
        "size": "medium",
        "labels": [f"{year}" for year in years],
        "series": [{"name": name, "values": [values.get(year) for year in years]}],
    }


def _bars(name: str, labels: list[str], values: list[str]) -> Chart | None:
    """Draw the first bars of a list; fewer than two are no chart."""
    if len(labels) < 2:
        return None
    left_out = f"（前 {MAX_BARS} 项）" if len(labels) > MAX_BARS else ""
    return {
        "kind": "bar",
        "label": f"{name}{left_out}，单位万元",
        "unit": "万元",
        "size": _size(len(labels)),
        "labels": labels[:MAX_BARS],
        "series": [{"name": name, "values": values[:MAX_BARS]}],
    }
