"""Totals and their parts, and the balance of the two sides (FIGURES, checks from the tree).

A roll-up is checked inside one printed table or one paragraph, between figures whose other
dimensions are equal. A part that is not printed there counts as 0, so only a total with at
least one printed part says anything.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from budgets.statement import Dimensions, Figure, Outcome, Statement, format_amount
from budgets.vocabulary import APPROPRIATION_FUNDS, ROLL_UPS

from .amounts import allowed, name_of, places, rounding_tolerance, side, sum_side
from .assets import vehicle_sums
from .codes import code_sums, economic_sums
from .equations import Equation, Scope, Verdict, find_causes, scopes
from .funds import carried_rows, fund_sums
from .registry import RULES, Evidence, register

_REVENUE_PARTS = next(r for r in ROLL_UPS if r.total == "revenue.current").parts
_EXPENDITURE_PARTS = next(r for r in ROLL_UPS if r.total == "expenditure.current").parts
_BEYOND_CURRENT = {
    "revenue.current": ("revenue.surplus_used", "revenue.carried_forward"),
    "expenditure.current": ("expenditure.carried_over", "expenditure.surplus_distribution"),
}


def roll_up_sums(scope: Scope) -> Iterator[Equation]:
    """Yield every total of the tree that a place prints with at least one part."""
    for rule in ROLL_UPS:
        for dimensions, total in scope.figures.items():
            if dimensions.concept != rule.total or total.amount is None:
                continue
            printed = [_printed(scope.figures, dimensions, concept) for concept in rule.parts]
            parts = tuple(part for figures in printed for part in figures)
            if parts:
                # A sentence may name only some parts (“其中…”): less than the total proves nothing.
                is_partial = scope.table is None and not all(printed)
                yield Equation(code=rule.code, left=(total,), right=parts, is_partial=is_partial)


def _balances(scope: Scope) -> Iterator[Equation]:
    """Yield 收入总计 = 支出总计 of a table, per fund."""
    if scope.table is None:
        return
    for dimensions, total in scope.figures.items():
        other = dataclasses.replace(dimensions, concept="expenditure.total")
        if dimensions.concept == "revenue.total" and None not in (
            total.amount,
            scope.figures[other].amount if other in scope.figures else None,
        ):
            yield Equation(code="B01", left=(total,), right=(scope.figures[other],))


_SUMS = (_balances, roll_up_sums, code_sums, fund_sums, carried_rows, economic_sums, vehicle_sums)


def find_sums(statement: Statement) -> list[tuple[Scope, list[Verdict]]]:
    """Return for each place what its sums say: one verdict for each cause of a difference."""
    found = scopes(statement)
    elsewhere: dict[Dimensions, list[Figure]] = defaultdict(list)
    for scope in found:
        for dimensions, figure in scope.figures.items():
            elsewhere[dimensions].append(figure)
    return [(scope, find_causes(_equations(scope), elsewhere)) for scope in found]


def _equations(scope: Scope) -> list[Equation]:
    return [
        dataclasses.replace(equation, is_partial=True)
        if scope.is_interrupted(equation)
        else equation
        for make in _SUMS
        for equation in make(scope)
    ]


def blamed_cells(evidence: Evidence) -> set[Dimensions]:
    """Return the cells of sums that are told already: no other check tells them again."""
    return {
        cell.dimensions
        for _, verdicts in evidence.share(find_sums)
        for verdict in verdicts
        if not verdict.equation.agrees
        for cell in ([verdict.blamed] if verdict.blamed else verdict.equation.cells)
    }


def _told(scope: Scope, verdicts: list[Verdict]) -> Iterator[Outcome]:
    """Tell each verdict; the many sums of R06 and R07 that hold are one outcome a table."""
    held: dict[str, list[Equation]] = defaultdict(list)
    for verdict in verdicts:
        equation = verdict.equation
        if equation.code in _MANY and equation.is_legible and equation.agrees:
            held[equation.code].append(equation)
        else:
            yield _tell(scope, verdict)
    for code, equations in held.items():
        title = scope.table.title if scope.table else ""
        yield Outcome(
            code=code,
            result="pass",
            message=f"“{title}”中 {len(equations)} 处{_MANY[code]}，都相符。",
            sources=places(equations[0].left[0]),
        )


_MANY = {
    "R06": "合计与下级科目之和",
    "R07": "财政拨款与三本预算之和",
    "R13": "年初、年末结转与收支",
}


def _tell(scope: Scope, verdict: Verdict) -> Outcome:
    equation = verdict.equation
    outcome = tell_equation(equation)
    if outcome.result not in ("pass", "not_checkable") and scope.unread and equation.code in _MANY:
        return _unsaid(
            equation, f"{side(equation.left[0])}所在的表有没有读懂的数字，不能相加核对。"
        )
    return _at_cell(outcome, verdict)


def tell_equation(equation: Equation) -> Outcome:
    """Tell whether both sides agree; parts that may be fewer than all prove nothing."""
    total, parts = equation.left[0], list(equation.right)
    if not equation.is_legible:
        return _unsaid(equation, f"{side(total)}的一个组成部分无法辨认，不能相加核对。")
    if equation.proves_nothing:
        told = f"{side(total)}，这里只列出了其中 {sum_side(parts)}，不能相加核对。"
        return _unsaid(equation, told)
    if len(equation.left) > 1:
        return _two_sums(equation)
    return equality(equation.code, total, parts)


def _unsaid(equation: Equation, message: str) -> Outcome:
    return Outcome(
        code=equation.code,
        result="not_checkable",
        left=side(equation.left[0]),
        message=message,
        sources=places(*equation.cells),
    )


def _at_cell(outcome: Outcome, verdict: Verdict) -> Outcome:
    """Put the cell that explains the differences first, and say how many sums it spoils."""
    cell = verdict.blamed
    if cell is None or outcome.result == "pass":
        return outcome
    message = outcome.message
    advice = f"请先核对“{name_of(cell)}”这一格（{cell.sources[0].locator}）。"
    if verdict.others:
        message += f"另有 {len(verdict.others)} 处合计也因{side(cell)}而不符。"
    first = cell.sources[:1]
    rest = [source for source in outcome.sources if source not in first]
    return dataclasses.replace(outcome, message=message, advice=advice, sources=[*first, *rest])


def _two_sums(equation: Equation) -> Outcome:
    """Tell an equation with several numbers on both sides."""
    left, right = sum_side(list(equation.left)), sum_side(list(equation.right))
    difference = format_amount(equation.difference, "元")
    agrees = equation.agrees
    return Outcome(
        code=equation.code,
        result="pass" if agrees else RULES[equation.code].result,
        left=left,
        right=right,
        difference=difference,
        tolerance=allowed(equation.tolerance, "元"),
        message=f"{left}；{right}：" + ("相符。" if agrees else f"相差 {difference}。"),
        advice="" if agrees else "请对照这一行各数，改正其中有误的一处。",
        sources=places(*equation.cells),
    )


def told_sums(code: str, evidence: Evidence) -> list[Outcome]:
    """Return what the sums of one check found."""
    return [
        outcome
        for scope, verdicts in evidence.share(find_sums)
        for outcome in _told(scope, [v for v in verdicts if v.equation.code == code])
    ]


def _printed(scope: dict[Dimensions, Figure], total: Dimensions, concept: str) -> list[Figure]:
    """Return the part as printed; a level that is not printed is replaced by its own parts."""
    whole = dataclasses.replace(total, concept=concept)
    if whole in scope:
        return [scope[whole]]
    if concept == "revenue.appropriation" and total.fund in (None, "appropriation"):
        funds = (dataclasses.replace(whole, fund=fund) for fund in APPROPRIATION_FUNDS)
        return [scope[part] for part in funds if part in scope]
    below = next((rule for rule in ROLL_UPS if rule.total == concept), None)
    parts = below.parts if below else ()
    return [figure for part in parts for figure in _printed(scope, total, part)]


def equality(code: str, total: Figure, parts: list[Figure], *, derived: bool = False) -> Outcome:
    """Compare a figure with the sum of others, within what printed rounding allows."""
    added = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    left = total.amount or Decimal(0)
    difference = left - added
    tolerance = rounding_tolerance(total, parts)
    agrees = abs(difference) <= tolerance
    result = "pass" if agrees else ("warning" if derived else RULES[code].result)
    what = "相符" if agrees else f"相差 {format_amount(abs(difference), total.unit)}"
    return Outcome(
        code=code,
        result=result,
        left=side(total),
        right=sum_side(parts),
        difference=format_amount(difference, total.unit),
        tolerance=allowed(tolerance, total.unit),
        derived=derived,
        message=f"{side(total)}，{sum_side(parts)}：{what}。",
        advice="" if agrees else "请对照原文两处数字，改正其中有误的一处。",
        sources=places(total, *parts),
    )


def _balance(evidence: Evidence) -> Iterator[Outcome]:
    """收入总计 = 支出总计: in one table, or stated apart, or derived where there is no table."""
    in_tables = told_sums("B01", evidence)
    yield from in_tables
    if not in_tables:
        yield from _stated_balance(evidence.statement)


def _stated_balance(statement: Statement) -> Iterator[Outcome]:
    figures = {figure.dimensions: figure for figure in statement.figures}
    period = "final" if statement.stage == "final_accounts" else "budget"
    funds = {
        f.fund for f in statement.figures if f.concept in ("revenue.total", "expenditure.total")
    }
    for fund in sorted(funds, key=lambda fund: fund or ""):
        left, right = (
            figures.get(Dimensions(concept=concept, fund=fund, period=period))
            for concept in ("revenue.total", "expenditure.total")
        )
        if left and right and left.amount is not None and right.amount is not None:
            yield equality("B01", left, [right])
            if fund is None:
                return
    if not statement.tables and None not in funds:
        yield from _derived_balance(figures, period)


def _derived_balance(figures: dict[Dimensions, Figure], period: str) -> Iterator[Outcome]:
    """Add up what the sentences state on each side; a derived outcome is never a fail."""
    revenue = _stated_side(figures, period, "revenue.current", _REVENUE_PARTS)
    expenditure = _stated_side(figures, period, "expenditure.current", _EXPENDITURE_PARTS)
    stated = {figure.concept for figure in expenditure}
    if not revenue or not {"expenditure.basic", "expenditure.project"} <= stated:
        return  # one part of a side is no side
    outcome = equality("B01", _total_of(revenue), expenditure, derived=True)
    yield dataclasses.replace(
        outcome,
        left=sum_side(revenue),
        message=f"文件没有印出收入总计和支出总计，由本站按文中所列相加：收入 {sum_side(revenue)}；"
        f"支出 {sum_side(expenditure)}；"
        + ("两边相符。" if outcome.result == "pass" else f"相差 {outcome.difference}。"),
        sources=places(*revenue, *expenditure),
    )


def _stated_side(
    figures: dict[Dimensions, Figure], period: str, current: str, parts: tuple[str, ...]
) -> list[Figure]:
    """Return the figures that make up one side: 本年合计 if stated, else its stated parts."""
    whole = Dimensions(concept=current, period=period)

    def stated(concept: str) -> list[Figure]:
        return [f for f in _printed(figures, whole, concept) if f.amount is not None]

    own = figures.get(whole)
    main = [own] if own else [figure for part in parts for figure in stated(part)]
    beyond = [figure for part in _BEYOND_CURRENT[current] for figure in stated(part)]
    return [*main, *beyond] if main else []


def _total_of(figures: list[Figure]) -> Figure:
    if len(figures) == 1:
        return figures[0]
    total = sum((figure.amount or Decimal(0) for figure in figures), Decimal(0))
    return dataclasses.replace(figures[0], concept="revenue.total", amount=total)


register(
    "B01",
    "E",
    "收入总计等于支出总计",
    wide=(_balance,),
    needs="文件没有同时写出收入和支出两边的总数，也没有可以相加的分项，不能核对收支平衡。",
)
for _code, _name, _needs in (
    ("R01", "收入总计等于本年收入、使用结余与上年结转之和", "文件没有印出收入总计及其组成。"),
    ("R02", "本年收入合计等于各项收入之和", "文件没有印出本年收入合计及其组成。"),
    ("R03", "支出总计等于本年支出、结转下年与结余分配之和", "文件没有印出支出总计及其组成。"),
    ("R04", "本年支出合计等于基本支出、项目支出等之和", "文件没有印出本年支出合计及其组成。"),
    (
        "R05",
        "基本支出等于人员经费加公用经费",
        "文件没有在一处同时写出基本支出、人员经费和公用经费。",
    ),
    ("R06", "合计等于各类、类等于各款、款等于各项之和", "文件没有既印合计又印下级科目的表。"),
    ("R07", "财政拨款等于一般公共预算、政府性基金、国有资本经营之和", "没有哪张表分列三本预算。"),
    ("R08", "“三公”经费等于三项之和", "文件没有在一处同时写出“三公”经费合计和分项。"),
    ("R13", "年初结转加收入等于支出加年末结转", "没有哪张表逐行列出年初结转和年末结转。"),
    ("A01", "车辆总数等于各类车辆之和", "文件没有同时写出车辆总数和各类车辆。"),
):
    register(_code, "E", _name, wide=(partial(told_sums, _code),), needs=_needs)
register(
    "P05",
    "W",
    "人员经费、公用经费与经济分类相符",
    wide=(partial(told_sums, "P05"),),
    needs="没有哪张表既按经济分类列出基本支出，又列出人员经费和公用经费。",
)
