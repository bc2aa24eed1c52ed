"""Tables of projects, procurement and performance goals: a row for each named thing."""

from __future__ import annotations

import re
from decimal import Decimal

from budgets.statement import Figure, ProjectRow, canonical

from .cells import TableReading, add_cell, parse_amount
from .grids import Grid, GridCell
from .labels import BARE_TOTAL, bare, fund_in, fund_only
from .lines import fold
from .numbers import MONEY
from .table_kinds import period_in

_NO_MONEY = re.compile(r"编码|代码|序号|行次|数量|单价|日期|时间|年度$|指标|目标|%|电话|比")
_FORM_MONEY = re.compile(r"^(?!.*(?:指标|目标|%|比)).*(?:资金|拨款|金额|预算)")
_FORM_LABEL = re.compile(
    r"主管|实施单位|项目(?:单位|资金|类|属性|期|负责)|资金|年度|总体目标|绩效|产出|一级指标"
)
# “≥95.00(%)”, “=300.00(场)”, “90%”: what an indicator is to reach.
_TARGET = re.compile(r"[=≥≤><＝]*\d[\d.,]*(?:%|\([^()\d]{1,4}\)|[\u4e00-\u9fff]{1,3})?")
_TARGET_HEADING = re.compile(r"指标值|目标值")
_NAME = re.compile(r"^(?:预算)?项目(?:名称)?$|项目名称|^(?:采购)?(?:品目|项目)名称$")
_WHOLE = re.compile(r"合计|总计")
# A table of some projects only, or of goals; one that lists other expenditure beside projects.
_SOME_PROJECTS = re.compile(
    r"^(?!.*项目(?:支出|(?:经费)?预算))|重点|主要|部分|专项|绩效|政府采购|转移支付"
)
_OTHER_LINES = re.compile(r"人员类|公用经费|人员经费|基本支出|运转类")
_MONEY_HEADING = re.compile(
    r"合计|总计|小计|金额|资金|预算数|预算$|决算数|拨款|一般公共预算|基金|经营"
)


def read_project_table(grid: Grid, index: int, reading: TableReading) -> None:
    """Read each project with its amounts by fund; the column of all money is `total`."""
    funds = {
        place: key
        for place in range(grid.width)
        if (key := _fund_column(grid, place)) and _is_of_the_year(grid, place, reading)
    }
    _read_total_row(grid, index, reading, funds)
    name = _name_column(grid)
    if name is None:
        return
    for row in grid.data:
        cell = row[name]
        if not cell or not cell.text or BARE_TOTAL.fullmatch(bare(cell.text)):
            continue
        if any(c and BARE_TOTAL.fullmatch(bare(c.text)) for c in row[:name]):
            continue
        amounts = _amounts(grid, row, funds)
        if amounts and not reading.owner:
            source = cell.line.source()
            source.table = index
            reading.project_rows.append(
                ProjectRow(name=cell.line.printed(), amounts=amounts, sources=[source])
            )


def _is_of_the_year(grid: Grid, place: int, reading: TableReading) -> bool:
    words = "/".join(grid.headings(place))
    return period_in(words, reading.stage, reading.fiscal_year) in (None, reading.own_period)


def _read_total_row(grid: Grid, index: int, reading: TableReading, funds: dict[int, str]) -> None:
    """Read the one 合计 of a table of all projects as 项目支出.

    A column of one fund is all of that fund only where nothing carried stands in another.
    """
    words = "/".join(line.text for line in grid.lines())
    wholes = [row for row in grid.data if any(c and _WHOLE.fullmatch(c.text) for c in row)]
    title = fold(grid.title)
    if len(wholes) != 1 or _SOME_PROJECTS.search(title) or _OTHER_LINES.search(words):
        return
    own = fund_in(title) or ("appropriation" if "财政拨款" in title else None)
    has_carried = bool(re.search(r"结转|结余", words))
    for place, key in funds.items():
        cell = wholes[0][place]
        if cell and (key == "total" or not (own or has_carried)):
            figure = Figure(
                concept="expenditure.project",
                fund=own if key == "total" else key,
                period=reading.own_period,
                amount=None,
                state="blank",
            )
            add_cell(figure, cell, grid, index, reading)


def read_item_table(grid: Grid, reading: TableReading) -> None:
    """Account for the money of a named project or purchase; nothing else is understood."""
    name = _name_column(grid)
    if name is None or _is_form(grid):
        _read_form(grid)
        return
    for row in grid.data:
        cell = row[name]
        is_named = cell and re.search(r"[\u4e00-\u9fff]", cell.text)
        if not cell or not is_named or BARE_TOTAL.fullmatch(bare(cell.text)):
            continue
        for place, amount in enumerate(row):
            words = "/".join(grid.headings(place))
            is_money = _MONEY_HEADING.search(words) and not _NO_MONEY.search(words)
            if amount and is_money and parse_amount(amount.text) is not None:
                amount.line.mark(0, len(amount.text), "item")


def _is_form(grid: Grid) -> bool:
    """Whether a table is a form about one project: other labels stand below 项目名称."""
    for position, row in enumerate(grid.rows):
        for place, cell in enumerate(row):
            if cell and re.fullmatch(r"项目名称:?", cell.text):
                below = (other[place] for other in grid.rows[position + 1 :])
                return any(other and _FORM_LABEL.match(other.text) for other in below)
    return False


def _read_form(grid: Grid) -> None:
    """Account for the money of a form's project: what stands right of 资金总额, 财政拨款 …"""
    if not _is_form(grid):
        return
    _mark_targets(grid)
    for row in grid.rows:
        label = ""
        for cell in row:
            if cell and re.search(r"[\u4e00-\u9fff]", cell.text):
                label = cell.text
            elif cell and _FORM_MONEY.search(label) and parse_amount(cell.text) is not None:
                cell.line.mark(0, len(cell.text), "item")


def _mark_targets(grid: Grid) -> None:
    """Take the numbers under 指标值 as labels.

    A target is a threshold that a result will be held against, like “单位价值50万元以上”: it
    measures nothing that the budget states, and the item of the form is its project, whose
    money is told apart.
    """
    columns: set[int] = set()
    for row in grid.rows:
        if any(cell and re.fullmatch(r"项目名称:?", cell.text) for cell in row):
            columns = set()  # the next form of the same table
        columns |= {n for n, cell in enumerate(row) if cell and _TARGET_HEADING.search(cell.text)}
        for place in columns:
            cell = row[place]
            if cell and _TARGET.fullmatch(cell.text):
                cell.line.mark(0, len(cell.text), "label")


def _name_column(grid: Grid) -> int | None:
    found = [
        place
        for place in range(grid.width)
        if (headings := grid.headings(place)) and _NAME.search(headings[-1])
    ]
    return found[-1] if found else None


def _fund_column(grid: Grid, place: int) -> str | None:
    """Return the fund of an amount column; `total` for all money, `carried` for 上年结转."""
    headings = [bare(heading) for heading in grid.headings(place)]
    words = "/".join(headings)
    if not headings or _NO_MONEY.search(words) or not _MONEY_HEADING.search(words):
        return None
    if "结转" in words or "结余" in words:
        return None
    fund = fund_only(headings[-1])
    if fund:
        return fund
    above = next((f for heading in reversed(headings) if (f := fund_only(heading))), None)
    if re.fullmatch(
        r"合计|总计|小计|金额|预算数|预算金额|决算数|(?:项目)?(?:支出)?(?:预算)?总额", headings[-1]
    ):
        if above:
            return above
        return "appropriation" if re.search(r"财政拨款", words) else "total"
    if re.fullmatch(r"(?:本年|当年)?财政拨款(?:资金|收入)?", headings[-1]):
        return "appropriation"
    return None


def _amounts(grid: Grid, row: list[GridCell | None], funds: dict[int, str]) -> dict[str, Decimal]:
    amounts: dict[str, Decimal] = {}
    for place, fund in funds.items():
        cell = row[place]
        amount = parse_amount(cell.text) if cell else None
        unit = grid.unit_of(place)
        if cell is None or amount is None or unit is None:
            continue
        if fund not in amounts:
            amounts[fund] = canonical(amount * MONEY[unit], "元")
            cell.line.mark(0, len(cell.text), "item")
    return amounts
