"""What one figure must not exceed, and shares held against their parts (P rules)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from budgets.statement import Figure, Outcome, ProjectRow, Source, Statement, format_amount

from .amounts import allowed, coarsest_step, places, printed_step, side, sum_side
from .registry import RULES, register
from .rollups import told_sums


def _main(statement: Statement, concept: str) -> Figure | None:
    """The disclosure's own figure of a concept: all money, or general budget where only that is."""
    for fund in (None, "appropriation", "general_public"):
        period = "final" if statement.stage == "final_accounts" else "budget"
        figure = statement.figure(concept, fund=fund, period=period)
        if figure and figure.amount is not None:
            return figure
    return None


@dataclass(frozen=True, slots=True)
class _Procurement:
    """All that is bought: the printed total, or else this site's own sum of the listed items."""

    amount: Decimal
    name: str
    is_derived: bool
    sources: list[Source]

    def __str__(self) -> str:
        return f"{self.name} {format_amount(self.amount, '元')}"


def _procurement(statement: Statement) -> _Procurement | None:
    total = _main(statement, "procurement.total")
    if total and total.amount is not None and total.state == "value":
        return _Procurement(total.amount, "政府采购", False, places(total))
    amounts = [item.amount for item in statement.procurement if item.amount is not None]
    if (
        not amounts
        or len(amounts) < len(statement.procurement)
        or statement.has_unread("procurement")
    ):
        return None  # a list that may be longer has no sum
    sources = [item.sources[0] for item in statement.procurement]
    return _Procurement(sum(amounts, Decimal(0)), f"{len(amounts)} 项采购合计", True, sources)


def _procurement_within_spending(statement: Statement) -> Iterator[Outcome]:
    """政府采购 ≤ 项目支出 + 公用经费; a difference to 项目支出 alone is told with it."""
    bought = _procurement(statement)
    project = _main(statement, "expenditure.project")
    operating = _main(statement, "expenditure.basic.operating")
    if not bought or not project:
        return
    payers = [project, *([operating] if operating else [])]
    limit = sum((figure.amount or Decimal(0) for figure in payers), Decimal(0))
    above = bought.amount - limit
    tolerance = coarsest_step(*(figure.stated for figure in payers)) / 2 * (len(payers) + 1)
    yield Outcome(
        code="P01",
        result="pass" if above <= tolerance else RULES["P01"].result,
        left=str(bought),
        right=sum_side(payers),
        difference=format_amount(above, "元"),
        tolerance="采购可以少于这两项支出，不应多于",
        derived=bought.is_derived,
        message=_procurement_message(bought, project, limit, above <= tolerance),
        advice="" if above <= tolerance else "请核对采购清单和支出金额，或说明差额的资金来源。",
        sources=[*places(*payers), *bought.sources],
    )


def _procurement_message(
    bought: _Procurement, project: Figure, limit: Decimal, is_within: bool
) -> str:
    above_project = bought.amount - (project.amount or Decimal(0))
    if above_project <= 0:
        return f"{bought}，不超过{side(project)}。"
    more = f"{bought}，比{side(project)}多 {format_amount(above_project, '元')}"
    if is_within:
        return f"{more}，未超过项目支出加公用经费 {format_amount(limit, '元')}。"
    return (
        f"{more}，比项目支出加公用经费 {format_amount(limit, '元')}多 "
        f"{format_amount(bought.amount - limit, '元')}。"
    )


def _agency_operation_within_operating(statement: Statement) -> Iterator[Outcome]:
    """机关运行经费 ≤ 公用经费; equal although a 事业单位 is listed is a note for the editor."""
    agency = _main(statement, "agency_operation")
    operating = _main(statement, "expenditure.basic.operating")
    if not agency or not operating:
        return
    above = (agency.amount or Decimal(0)) - (operating.amount or Decimal(0))
    step = coarsest_step(agency.stated, operating.stated)
    is_within = above <= step / 2
    what = "不超过" if is_within else f"多出 {format_amount(above, '元')}，高于"
    yield Outcome(
        code="P02",
        result="pass" if is_within else RULES["P02"].result,
        left=side(agency),
        right=side(operating),
        difference=format_amount(above, "元"),
        tolerance=allowed(step / 2, "元"),
        message=f"{side(agency)}，{what}{side(operating)}。",
        sources=places(agency, operating),
    )
    institutions = [unit.name for unit in statement.units if unit.kind == "public_institution"]
    if above == 0 and agency.amount and institutions:
        yield Outcome(
            code="P02",
            result="note",
            left=side(agency),
            right=side(operating),
            difference=format_amount(above, "元"),
            message=f"机关运行经费等于全部公用经费，而所列单位中有事业单位（{'、'.join(institutions)}）。"
            "机关运行经费通常只含行政单位和参公单位。",
            advice="请核实机关运行经费的口径。",
            sources=places(agency, operating),
        )


def _performance_within_projects(statement: Statement) -> Iterator[Outcome]:
    """绩效目标涉及金额 ≤ 项目支出, and the stated share is theirs."""
    amount = _main(statement, "performance.amount")
    project = _main(statement, "expenditure.project")
    if not amount or not project:
        return
    above = (amount.amount or Decimal(0)) - (project.amount or Decimal(0))
    step = max(printed_step(amount.stated), printed_step(project.stated))
    is_within = above <= step
    what = "不超过" if is_within else f"多出 {format_amount(above, '元')}，高于"
    yield Outcome(
        code="P03",
        result="pass" if is_within else RULES["P03"].result,
        left=side(amount),
        right=side(project),
        difference=format_amount(above, "元"),
        tolerance=allowed(step, "元"),
        message=f"{side(amount)}，{what}{side(project)}。",
        sources=places(amount, project),
    )
    share = _main(statement, "performance.share")
    if share and project.amount:
        yield _share(share, amount, project)


def _share(share: Figure, part: Figure, whole: Figure) -> Outcome:
    """Recompute a printed percentage against the interval that its rounding allows."""
    computed = (part.amount or Decimal(0)) / (whole.amount or Decimal(1)) * 100
    stated = share.amount or Decimal(0)
    half = printed_step(share.stated) / 2
    agrees = abs(stated - computed) <= half
    shown = f"{computed:.2f}%"
    return Outcome(
        code="P03",
        result="pass" if agrees else "fail",
        left=side(share),
        right=f"{side(part)} ÷ {side(whole)} = {shown}",
        difference=f"{stated - computed:.2f} 个百分点",
        tolerance=f"±{half} 个百分点（按文件的印刷精度）",
        message=f"文中的比重 {share.stated}，按两处金额重算为 {shown}："
        + ("相符。" if agrees else "不符。"),
        advice="" if agrees else "请改正比重或金额。",
        sources=places(share, part, whole),
    )


def _projects_and_items(statement: Statement) -> Iterator[Outcome]:
    """A procurement item does not exceed the project statement of the same name."""
    for project in statement.projects:
        for item in statement.procurement:
            if project.amount is None or item.amount is None or item.name != project.name:
                continue
            above = item.amount - project.amount
            is_within = above <= 0
            yield Outcome(
                code="S04",
                result="pass" if is_within else "warning",
                left=f"项目说明“{project.name}” {format_amount(project.amount, '元')}",
                right=f"采购项目“{item.name}” {format_amount(item.amount, '元')}",
                difference=format_amount(project.amount - item.amount, "元"),
                tolerance="采购金额不应高于项目的年度预算",
                message=f"“{project.name}”在项目说明中为 {format_amount(project.amount, '元')}，"
                f"在采购清单中为 {format_amount(item.amount, '元')}："
                + (
                    "相同。"
                    if above == 0
                    else "采购不高于项目。"
                    if is_within
                    else "采购高于项目。"
                ),
                sources=[*project.sources[:1], *item.sources[:1]],
            )


def _projects_and_rows(statement: Statement) -> Iterator[Outcome]:
    """S04: the amount of a project statement is that of the row of the same name."""
    names = Counter(row.name for row in statement.project_rows)
    rows = {row.name: row for row in statement.project_rows if names[row.name] == 1}
    for project in statement.projects:
        row = rows.get(project.name)
        amounts = list(row.amounts.values()) if row else []
        printed = (
            row.amounts.get("total", amounts[0] if len(amounts) == 1 else None) if row else None
        )
        if row is None or printed is None or project.amount is None:
            continue
        difference = project.amount - printed
        step = max(printed_step(project.sources[0].stated), _coarsest_unit(printed))
        agrees = abs(difference) <= step / 2
        left = f"项目说明“{project.name}” {format_amount(project.amount, '元')}"
        right = f"项目表“{row.name}” {format_amount(printed, '元')}"
        yield Outcome(
            code="S04",
            result="pass" if agrees else "fail",
            left=left,
            right=right,
            difference=format_amount(difference, "元"),
            tolerance=allowed(step / 2, "元"),
            message=f"{left}，{right}："
            + ("相符。" if agrees else f"相差 {format_amount(abs(difference), '元')}。"),
            advice="" if agrees else "请核对项目说明和项目表。",
            sources=[*project.sources[:1], *row.sources[:1]],
        )


def _whole_of(row: ProjectRow) -> Decimal | None:
    """Return the amount of all money of a row, or the only one printed."""
    amounts = list(row.amounts.values())
    return row.amounts.get("total", amounts[0] if len(amounts) == 1 else None)


def _coarsest_unit(amount: Decimal) -> Decimal:
    """Return the largest unit, up to 万元, to which an amount may have been rounded."""
    units = (Decimal(10) ** power for power in range(4, -3, -1))
    return next((unit for unit in units if amount % unit == 0), Decimal(0))


def _items_make_total(statement: Statement) -> Iterator[Outcome]:
    """A printed procurement total against the items listed under it."""
    total = _main(statement, "procurement.total")
    items = [item for item in statement.procurement if item.amount is not None]
    if not total or total.amount is None or not items or total.state != "value":
        return
    added = sum((item.amount or Decimal(0) for item in items), Decimal(0))
    difference = total.amount - added
    tolerance = coarsest_step(total.stated) / 2 * (len(items) + 1)
    agrees = abs(difference) <= tolerance
    yield Outcome(
        code="R09",
        result="pass" if agrees else "warning",
        left=side(total),
        right=f"{len(items)} 项采购合计 {format_amount(added, '元')}",
        difference=format_amount(difference, "元"),
        tolerance=allowed(tolerance, "元"),
        message=f"{side(total)}，所列 {len(items)} 项相加为 {format_amount(added, '元')}："
        + ("相符。" if agrees else f"相差 {format_amount(abs(difference), '元')}。清单可能不全。"),
        sources=[*places(total), *(item.sources[0] for item in items)],
    )


_BUDGET = ("budget",)
register(
    "R09",
    "E",
    "政府采购总额等于各类之和、清单之和",
    _items_make_total,
    wide=(partial(told_sums, "R09"),),
    needs="文件没有写政府采购总额，不能与分类或清单核对。",
)
register(
    "S04",
    "W",
    "采购项目不高于同名项目的年度预算",
    _projects_and_items,
    _projects_and_rows,
    needs="没有同名的采购项目和项目说明。",
)
register(
    "P01",
    "W",
    "政府采购不超过项目支出加公用经费",
    _procurement_within_spending,
    needs="文件没有同时写出政府采购和项目支出。",
    stages=_BUDGET,
)
register(
    "P02",
    "W",
    "机关运行经费不超过公用经费",
    _agency_operation_within_operating,
    needs="文件没有同时写出机关运行经费和公用经费。",
)
register(
    "P03",
    "W",
    "绩效目标涉及金额不超过项目支出，比重相符",
    _performance_within_projects,
    needs="文件没有同时写出绩效目标涉及金额和项目支出。",
    stages=_BUDGET,
)
