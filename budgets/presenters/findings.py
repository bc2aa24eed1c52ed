"""The sections of a readable disclosure, each under a heading that states what was found.

A section that the document says nothing about is left out, save those that every disclosure
must have: they say 未公开.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from budgets import vocabulary
from budgets.statement import Figure, ProcurementItem, Source, Statement

from .amounts import add_up, money, percent, show, show_optional
from .answer import findings_of_spending
from .figures import Row, as_of, code_name, find, is_amount, label, own_period, reason, tell, to_row
from .spending import Part, Spending, read_spending

ADDED_HERE = "合计由本站相加"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One section: `nav` for the table of contents, then heading, lead, table, notes."""

    key: str
    nav: str
    heading: str
    lead: str = ""
    caption: str = ""
    unit: str = "万元"
    first_column: str = "项目"
    rows: list[Row] = field(default_factory=list)
    note: str = ""
    reason: str = ""
    reason_sources: list[Source] = field(default_factory=list)
    has_shares: bool = False


def write_findings(statement: Statement) -> list[Finding]:
    """Return the sections about money and things, in the order in which people ask."""
    spending = read_spending(statement)
    writers: list[Callable[[Statement], Finding | None]] = [
        lambda s: write_spending(s, spending),
        write_functions,
        write_procurement,
        write_revenue,
        write_three_public,
        write_operation,
        write_assets,
        write_performance,
    ]
    return [finding for writer in writers if (finding := writer(statement))]


# ── spending ──────────────────────────────────────────────────────────────────


def write_spending(statement: Statement, spending: Spending) -> Finding | None:
    if not spending.parts:
        return None
    rows = _spending_rows(statement, spending)
    has_shares = bool(spending.whole)
    return Finding(
        key="spending",
        nav="钱花在哪里",
        heading=findings_of_spending(spending),
        lead=_spending_lead(statement, spending),
        caption=f"{statement.fiscal_year} 年支出构成",
        first_column="支出",
        rows=rows,
        has_shares=has_shares,
        note="占比保留一位小数，四舍五入；标题和概述里的整元按最大余数法取整，合计 100 元。"
        if has_shares
        else "",
    )


def _spending_lead(statement: Statement, spending: Spending) -> str:
    told = []
    basic = find(statement, "expenditure.basic")
    if spending.is_split and basic:
        halves = [p for p in spending.parts if p.figure.concept.startswith("expenditure.basic.")]
        added = " + ".join(f"{p.name} {money(p.amount).text}" for p in halves)
        told.append(f"{label(basic)} {money(basic.amount or Decimal(0))} = {added}。")
    if spending.whole and not spending.whole[0].concept.startswith("expenditure."):
        names = "、".join(label(figure) for figure in spending.whole)
        told.append(
            f"文件没有写支出总计；各部分相加 {money(spending.sum)}（{ADDED_HERE}），"
            f"与{names}{'之和' if len(spending.whole) > 1 else ''}相等。"
        )
    return "".join(told)


def _spending_rows(statement: Statement, spending: Spending) -> list[Row]:
    """Return the tree: each part, 基本支出 with its halves under it, the printed total last."""
    basic = find(statement, "expenditure.basic") if spending.is_split else None
    rows: list[Row] = []
    for part in spending.parts:
        is_half = part.figure.concept.startswith("expenditure.basic.")
        if is_half and basic:
            rows.append(to_row(basic, share=_share(basic.amount, spending)))
            basic = None
        rows.append(_part_row(part, spending, level=1 if is_half else 0))
    rows = _halves_together(rows)
    if spending.whole and spending.whole[0].concept.startswith("expenditure."):
        rows.append(to_row(spending.whole[0], is_total=True, share="100%"))
    elif len(spending.parts) > 1 and spending.whole:
        rows.append(
            Row(
                label=f"支出各部分之和（{ADDED_HERE}）",
                amount=money(spending.sum),
                is_total=True,
                share="100%",
            )
        )
    return rows


def _halves_together(rows: list[Row]) -> list[Row]:
    """Keep the lines of 基本支出 together where another part lies between them in size."""
    nested = [row for row in rows if row.level]
    flat: list[Row] = []
    for row in rows:
        if row.level:
            continue
        flat.append(row)
        if row.label.startswith("基本支出"):
            flat += nested
    return flat if len(flat) == len(rows) else rows


def _part_row(part: Part, spending: Spending, *, level: int) -> Row:
    return to_row(part.figure, level=level, share=_share(part.amount, spending))


def _share(amount: Decimal | None, spending: Spending) -> str:
    if not spending.whole or amount is None:
        return ""
    return percent(amount, spending.sum)


def write_functions(statement: Statement) -> Finding | None:
    """Show the spending by 类 of 支出功能分类, where a table prints it."""
    figures = class_figures(statement)
    if not figures:
        return None
    scope = vocabulary.FUND_NAMES.get(figures[0].fund or "", "")
    return Finding(
        key="functions",
        nav="按功能分类",
        heading=f"{len(figures)} 个功能类别，排在最前的是{code_name(figures[0])}",
        caption=f"{statement.fiscal_year} 年{scope}支出，按支出功能分类的“类”，按金额排列",
        first_column="功能分类",
        rows=[to_row(figure, label=code_name(figure)) for figure in figures],
    )


def class_figures(statement: Statement) -> list[Figure]:
    """Return the figures by 类 in the widest scope that is printed, the largest first."""
    period = own_period(statement)
    for fund in (None, "appropriation", "general_public"):
        found = [
            f
            for f in statement.figures
            if f.concept == "expenditure.current"
            and f.functional
            and len(f.functional) == 3
            and (f.fund, f.period, f.economic, f.budget_unit, f.origin)
            == (fund, period, None, None, None)
            and is_amount(f)
        ]
        if found:
            return sorted(found, key=lambda figure: -(figure.amount or Decimal(0)))
    return []


# ── revenue ───────────────────────────────────────────────────────────────────


def write_revenue(statement: Statement) -> Finding | None:
    figures = [
        f
        for f in statement.figures
        if f.period == own_period(statement)
        and not (f.functional or f.economic or f.budget_unit)
        and (f.concept.startswith("revenue.") or _is_fund_spending(f))
    ]
    if not figures:
        return None
    return Finding(
        key="revenue",
        nav="钱从哪里来",
        heading=_revenue_heading(statement),
        lead=_without_funds(figures),
        caption=f"{statement.fiscal_year} 年收入，以及政府性基金、国有资本经营预算的收支",
        first_column="来源",
        rows=[to_row(figure) for figure in figures],
    )


def _is_fund_spending(figure: Figure) -> bool:
    return figure.concept == "expenditure.current" and figure.fund in (
        "government_fund",
        "state_capital",
    )


def _revenue_heading(statement: Statement) -> str:
    for concept in ("revenue.total", "revenue.current", "revenue.appropriation"):
        figure = find(statement, concept)
        if figure and is_amount(figure):
            return f"{label(figure)} {show(figure)}"
    return "文件没有写明收入总数"


def _without_funds(figures: list[Figure]) -> str:
    """Say of which funds the document declares that there are none."""
    told = []
    for fund in ("government_fund", "state_capital"):
        own = [figure for figure in figures if figure.fund == fund]
        if own and all(figure.state == "nil" for figure in own):
            told.append(f"无{vocabulary.FUND_NAMES[fund]}收支")
    return f"文件写明：{'，'.join(told)}。" if told else ""


# ── procurement ───────────────────────────────────────────────────────────────


def write_procurement(statement: Statement) -> Finding | None:
    printed = find(statement, "procurement.total")
    items = sorted_items(statement)
    if not items and printed is None:
        return None
    places = {id(item): n for n, item in enumerate(statement.procurement, 1)}
    rows = [
        Row(
            label=item.name,
            amount=show_optional(item.amount),
            sources=item.sources,
            anchor=f"item-{places[id(item)]}",
        )
        for item in items
    ]
    total = add_up(item.amount for item in items)
    if any(item.amount is not None for item in items):
        rows.append(
            Row(
                label=f"所列 {len(items)} 项之和（{ADDED_HERE}）",
                amount=money(total),
                is_total=True,
            )
        )
    if printed:
        rows.append(to_row(printed, is_total=True))
    return Finding(
        key="procurement",
        nav="要买什么",
        heading=_procurement_heading(statement, printed, total),
        lead=_largest_items(statement),
        caption=f"{statement.fiscal_year} 年政府采购项目，按金额排列",
        first_column="采购项目",
        rows=rows,
        note=_list_may_be_longer(statement) + _purchasers(statement),
    )


def _list_may_be_longer(statement: Statement) -> str:
    if not statement.procurement or not statement.has_unread("procurement"):
        return ""
    return "原文这一节还有没有读懂的数字，清单可能不全，请看原文。"


def sorted_items(statement: Statement) -> list[ProcurementItem]:
    """Return the procurement items, the largest first, those without an amount last."""
    return sorted(
        statement.procurement, key=lambda item: (item.amount is None, -(item.amount or Decimal(0)))
    )


def _procurement_heading(statement: Statement, printed: Figure | None, total: Decimal) -> str:
    count = len(statement.procurement)
    if printed:
        listed = f"，列出 {count} 项" if count else ""
        return f"{tell(printed)}{listed}"
    stated = [item for item in statement.procurement if item.amount is not None]
    if not stated:
        return f"列出 {count} 项政府采购，没有写金额"
    if len(stated) < count:
        return f"列出 {count} 项政府采购，写明金额的 {len(stated)} 项相加 {money(total)}"
    return f"{count} 项政府采购，相加 {money(total)}"


def _largest_items(statement: Statement) -> str:
    items = [item for item in sorted_items(statement) if item.amount is not None]
    if len(items) < 3 or items[1].amount == items[2].amount or items[0].amount == items[1].amount:
        return ""
    first, second = items[:2]
    return (
        f"金额最大的两项是{first.name}（{show_optional(first.amount)}）"
        f"和{second.name}（{show_optional(second.amount)}）。"
    )


def _purchasers(statement: Statement) -> str:
    """Name the purchaser once where all items have the same one."""
    names = {item.purchaser for item in statement.procurement}
    if len(names) == 1 and (name := names.pop()):
        return f"采购单位均为“{name}”，表中略去。"
    return ""


# ── 三公, 机关运行, assets, performance ─────────────────────────────────────────


def write_three_public(statement: Statement) -> Finding:
    total = find(statement, "three_public.total")
    figures = _of_concepts(statement, "three_public.")
    text, sources = reason(statement, "three_public.total")
    return Finding(
        key="three-public",
        nav="“三公”经费",
        heading=_three_public_heading(total, bool(figures)),
        caption=f"{statement.fiscal_year} 年“三公”经费",
        rows=[to_row(figure) for figure in figures],
        reason=text,
        reason_sources=sources,
    )


def _three_public_heading(total: Figure | None, has_parts: bool) -> str:
    if total is None:
        return "“三公”经费只写了分项" if has_parts else "“三公”经费未公开"
    if total.state == "nil":
        return "文件写明没有“三公”经费支出"
    return tell(total)


def write_operation(statement: Statement) -> Finding:
    figure = find(statement, "agency_operation")
    operating = find(statement, "expenditure.basic.operating")
    same = (
        figure is not None
        and operating is not None
        and is_amount(figure)
        and figure.amount == operating.amount
    )
    return Finding(
        key="operation",
        nav="机关运行经费",
        heading=tell(figure) if figure else "机关运行经费未公开",
        lead="与公用经费的数额相同。" if same else "",
        caption=f"{statement.fiscal_year} 年机关运行经费",
        rows=[to_row(figure)] if figure else [],
    )


def write_assets(statement: Statement) -> Finding | None:
    figures = _of_concepts(statement, "assets.")
    if not figures:
        return None
    vehicles = find(statement, "assets.vehicles")
    heading = f"车辆 {show(vehicles)}" if vehicles else "国有资产占有使用情况"
    return Finding(
        key="assets",
        nav="国有资产",
        heading=heading,
        lead=f"{day}。" if (day := as_of(figures)) else "",
        caption="国有资产占有使用情况" + (f"，{day}" if day else ""),
        unit="见各行",
        first_column="资产",
        rows=[to_row(figure) for figure in figures],
    )


def write_performance(statement: Statement) -> Finding | None:
    figures = _of_concepts(statement, "performance.")
    if not figures:
        return None
    goals = find(statement, "performance.goals") or find(statement, "performance.projects")
    heading = f"{label(goals)} {show(goals)}" if goals else "预算绩效管理"
    return Finding(
        key="performance",
        nav="绩效目标",
        heading=heading,
        lead=_performance_lead(statement),
        caption=f"{statement.fiscal_year} 年预算绩效管理",
        unit="见各行",
        first_column="指标",
        rows=[to_row(figure) for figure in figures],
    )


def _performance_lead(statement: Statement) -> str:
    amount, share = (find(statement, f"performance.{name}") for name in ("amount", "share"))
    if not (amount and is_amount(amount)):
        return ""
    told = f"涉及 {show(amount)}"
    if share and is_amount(share):
        told += f"，占项目支出 {show(share).text}%"
    return f"{told}。"


def _of_concepts(statement: Statement, prefix: str) -> list[Figure]:
    """Return the disclosure's own figures of a branch of the tree, as the document orders them."""
    return [
        f
        for f in statement.figures
        if f.concept.startswith(prefix) and f.period == own_period(statement) and not f.budget_unit
    ]
