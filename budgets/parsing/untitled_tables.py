"""Tables that no title names: known only by columns or lines that one standard table alone has.

科目编码 with 合计, 基本支出 and 项目支出 is the form of several funds' tables and stays unknown.
"""

from __future__ import annotations

import re

from .grids import Grid
from .labels import bare, expenditure_label, revenue_label

_NO_NAME = re.compile(r"(?:sheet|工作表|表格?)?[\d一二三四五六七八九十.\-]*", re.IGNORECASE)
# What comes from elsewhere than 财政拨款, or goes elsewhere than to the department's own work.
_OWN_REVENUE = {
    "revenue.special_account",
    "revenue.institution",
    "revenue.business",
    "revenue.superior_subsidy",
    "revenue.affiliate_remittance",
    "revenue.other",
}
_BEYOND = {
    "expenditure.superior_remittance",
    "expenditure.business",
    "expenditure.affiliate_subsidy",
}
_THREE = (r"因公出国", r"公务接待", r"公务用车")


def kind_by_columns(grid: Grid) -> str | None:
    """Return the kind of an untitled table; None where several kinds have such columns."""
    if not _NO_NAME.fullmatch(grid.title.strip()):
        return None
    headings = {bare(word) for place in range(grid.width) for word in grid.headings(place)}
    labels = {bare(cell.text) for row in grid.data for cell in row if cell and cell.text}
    if any(all(any(re.match(p, w) for w in words) for p in _THREE) for words in (headings, labels)):
        return "three_public"
    if {"收入总计", "支出总计"} <= labels and _OWN_REVENUE & _revenue(labels):
        return "department_summary"
    if not any(re.search(r"科目|编码|单位", heading) for heading in headings):
        return None
    spent = {expenditure_label(heading) for heading in headings}
    if _BEYOND & spent and {"expenditure.basic", "expenditure.project"} <= spent:
        return "department_expenditure"
    earned = _revenue(headings)
    if len(_OWN_REVENUE & earned) > 1 and "revenue.appropriation" in earned:
        return "department_revenue"
    return None


def _revenue(words: set[str]) -> set[str]:
    return {found[0] for word in words if (found := revenue_label(word))}
