"""公开完整度: which of the required parts a disclosure has.

The parts are those of 财预〔2016〕143号 and of the yearly notices that follow it. Each is
present, declared nil (“无…”), exempt (涉密) or missing; nobody is blamed for a nil.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from budgets.statement import Figure, Source, Statement

TABLE_NAMES = {
    "department_summary": "部门收支总表",
    "department_revenue": "部门收入总表",
    "department_expenditure": "部门支出总表",
    "appropriation_summary": "财政拨款收支总表",
    "general_public_expenditure": "一般公共预算支出表",
    "general_public_basic": "一般公共预算基本支出表",
    "three_public": "“三公”经费支出表",
    "government_fund_expenditure": "政府性基金预算支出表",
    "state_capital_expenditure": "国有资本经营预算支出表",
}
# 国有资本经营预算 tables are asked for since about 2020 (CHECKS, C07).
_STATE_CAPITAL_SINCE = 2020


@dataclass(frozen=True, slots=True)
class Requirement:
    """One required part: `state` is present, nil, exempt or missing; `sources` say where.

    `reason` is why a part is exempt; a document cannot say so itself, people do.
    """

    key: str
    name: str
    state: str
    sources: tuple[Source, ...] = ()
    reason: str = ""


def completeness(statement: Statement) -> list[Requirement]:
    """Return every required part with its state, in the order of a disclosure."""
    return [
        _listed("duties", "部门职责", bool(statement.duties), _section(statement, "duties")),
        _listed("units", "机构设置", bool(statement.units), _section(statement, "units")),
        *_tables(statement),
        _coded("functional_items", "支出功能分类公开到项", statement, "functional", 7),
        _coded("economic_groups", "基本支出公开到经济分类款", statement, "economic", 5),
        _three_public(statement),
        _figured("agency_operation", "机关运行经费", statement, "agency_operation"),
        _procurement(statement),
        _figured("assets", "国有资产占有使用情况", statement, "assets."),
        _figured("performance", "预算绩效情况", statement, "performance."),
        _listed("glossary", "名词解释", bool(statement.glossary), _section(statement, "glossary")),
    ]


def _section(statement: Statement, key: str) -> list[Source]:
    return [s.sources[0] for s in statement.sections if s.key == key and s.sources]


def _listed(key: str, name: str, is_there: bool, sources: list[Source]) -> Requirement:
    return Requirement(key, name, "present" if is_there else "missing", tuple(sources[:1]))


def _tables(statement: Statement) -> list[Requirement]:
    required = []
    for kind, name in TABLE_NAMES.items():
        if kind == "state_capital_expenditure" and statement.fiscal_year < _STATE_CAPITAL_SINCE:
            continue
        table = next((table for table in statement.tables if table.kind == kind), None)
        state = "missing" if table is None else ("nil" if table.empty else "present")
        required.append(
            Requirement(f"table.{kind}", name, state, tuple(table.sources[:1]) if table else ())
        )
    return required


def _coded(key: str, name: str, statement: Statement, dimension: str, width: int) -> Requirement:
    figures = [
        figure
        for figure in statement.figures
        if len(getattr(figure, dimension) or "") == width and figure.amount is not None
    ]
    return _of_figures(key, name, figures[:1])


def _of_figures(
    key: str, name: str, figures: list[Figure], *, is_whole: Callable[[Figure], bool] | None = None
) -> Requirement:
    """Present with a value; nil when all that is said is that there is none."""
    stated = [f for f in figures if f.state in ("value", "nil") and (not is_whole or is_whole(f))]
    if not stated:
        return Requirement(key, name, "missing")
    state = "nil" if all(figure.state == "nil" for figure in stated) else "present"
    return Requirement(key, name, state, tuple(stated[0].sources[:1]))


def _figured(key: str, name: str, statement: Statement, concept: str) -> Requirement:
    return _of_figures(
        key, name, [figure for figure in statement.figures if figure.concept.startswith(concept)]
    )


def _three_public(statement: Statement) -> Requirement:
    """“三公”经费 with its three parts, or declared to be none."""
    name = "“三公”经费（分项）"
    total = [f for f in statement.figures if f.concept == "three_public.total"]
    parts = {
        figure.concept
        for figure in statement.figures
        if figure.concept
        in ("three_public.abroad", "three_public.vehicles", "three_public.reception")
    }
    if (total and total[0].state == "nil") or len(parts) == 3:
        return _of_figures(
            "three_public",
            name,
            [f for f in statement.figures if f.concept.startswith("three_public.")],
        )
    return Requirement("three_public", name, "missing")


def _procurement(statement: Statement) -> Requirement:
    """政府采购: a total, a list of items, or declared to be none."""
    if statement.procurement:
        return Requirement(
            "procurement", "政府采购", "present", tuple(statement.procurement[0].sources[:1])
        )
    return _figured("procurement", "政府采购", statement, "procurement.")
