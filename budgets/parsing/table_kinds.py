"""Which of the standard tables a printed table is, by its title; what its columns measure.

Titles and column names differ by region (VARIETY); they are matched by their words, never by
position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from budgets.vocabulary import CONCEPTS

from .lines import fold

# The first pattern that fits names the kind: narrow titles stand before wide ones.
_KINDS: tuple[tuple[str, str], ...] = (
    ("three_public", r'三公"?经费'),
    ("performance_goals", r"绩效"),
    ("procurement", r"政府采购|采购预算"),
    ("project_expenditure", r"项目(?:经费)?支出|项目预算"),
    ("general_public_basic", r"基本支出"),
    ("government_fund_expenditure", r"政府性基金"),
    ("state_capital_expenditure", r"国有资本经营"),
    (
        "appropriation_summary",
        r"^(?!.*一般公共预算).*财政拨款(?:收支|收入支出)(?:预算|决算)?(?:总|情况|表)",
    ),
    ("special_account_expenditure", r"财政专户"),
    ("general_public_expenditure", r"一般公共预算|财政拨款支出"),
    ("department_summary", r"(?:收支|收入支出)(?:预算|决算)?(?:总|情况|表)|收支(?:预算)?总"),
    ("department_revenue", r"收入(?:预算|决算)?(?:总|情况|表|按)"),
    ("department_expenditure", r"支出(?:预算|决算)?(?:总|情况|表|按)"),
)
FUND_OF_KIND = {
    "general_public_basic": "general_public",
    "general_public_expenditure": "general_public",
    "government_fund_expenditure": "government_fund",
    "state_capital_expenditure": "state_capital",
    "special_account_expenditure": "special_account",
    "appropriation_summary": "appropriation",
}
# Detail before summary: where two tables differ, the detail table gives the amount.
READING_ORDER = (
    "department_revenue",
    "department_expenditure",
    "general_public_expenditure",
    "government_fund_expenditure",
    "state_capital_expenditure",
    "special_account_expenditure",
    "general_public_basic",
    "three_public",
    "appropriation_summary",
    "department_summary",
)
_PERIODS: tuple[tuple[str, str, str], ...] = (
    # words in a heading; what it is in a budget; what it is in final accounts
    (r"上年(?:度)?决算|20\d\d年决算", "prior_final", "prior_final"),
    (r"上年(?:度)?(?:预算)?执行", "prior_execution", "prior_execution"),
    (r"上年(?:度)?预算", "prior_budget", "prior_budget"),
    (r"(?:全年|调整)预算", "budget_adjusted", "budget_adjusted"),
    (r"预算数|年初预算", "budget", "budget"),
    (r"决算数", "final", "final"),
)
_FUNDS: tuple[tuple[str, str], ...] = (
    (r"一般公共预算|公共财政预算", "general_public"),
    (r"政府性基金", "government_fund"),
    (r"国有资本经营", "state_capital"),
    (r"财政专户", "special_account"),
    (r"单位资金", "unit_funds"),
)
_NO_AMOUNT = re.compile(
    r"行次|栏次|序号|备注|说明|增减|增长|比例|比重|占|%|原因|单位代码|部门代码|用途|人数|电话"
)
_CODE_HEADING = re.compile(r"编码|代码|^(?:类|款|项)$")
_NAME_HEADING = re.compile(
    r"名称|^项目$|^科目$|^功能分类$|^经济分类$|支出功能分类(?:科目)?$|^收入$|^支出$|^项目\(.*\)$"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: `role` is code, name, amount or none; an amount measures a concept."""

    role: str
    concept: str | None = None
    fund: str | None = None
    origin: str | None = None
    period: str | None = None


def table_kind(title: str) -> str | None:
    """Return the kind of a table by its (folded) title, or None when it is none of ours."""
    words = re.sub(r"20\d\d年度?|\(.*?\)", "", fold(title))
    return next((kind for kind, pattern in _KINDS if re.search(pattern, words)), None)


def period_in(words: str, stage: str, fiscal_year: int) -> str | None:
    """Return the period that a heading names; “2023年预算数” in a budget of 2024 is the prior."""
    year = re.search(r"(20\d\d)年", words)
    is_prior = bool(year) and year is not None and int(year[1]) == fiscal_year - 1
    for pattern, in_budget, in_final in _PERIODS:
        if re.search(pattern, words):
            found = in_budget if stage == "budget" else in_final
            if is_prior:
                return {"budget": "prior_budget", "final": "prior_final"}.get(found, found)
            if found == "prior_final" and year and int(year[1]) == fiscal_year:
                return "final"
            return found
    return None


def fund_in(words: str) -> str | None:
    """Return the fund that a heading or label names."""
    return next((fund for pattern, fund in _FUNDS if re.search(pattern, words)), None)


@cache
def _aliases(prefixes: tuple[str, ...]) -> list[tuple[str, str]]:
    found = [
        (fold(word).replace("(含)", "").replace('"', ""), concept.id)
        for concept in CONCEPTS.values()
        if concept.id.startswith(prefixes)
        for word in (concept.name, *concept.aliases)
    ]
    return sorted(found, key=lambda pair: -len(pair[0]))


def concept_in(words: str, prefixes: tuple[str, ...]) -> str | None:
    """Return the concept whose longest name a heading or label contains."""
    plain = words.replace('"', "").replace("(含)", "")
    return next((concept for alias, concept in _aliases(prefixes) if alias in plain), None)


def without_periods(headings: list[str]) -> list[str]:
    """Drop a last heading that names only the period (预算数, 决算数) below one that names more."""
    if len(headings) > 1 and re.fullmatch(
        r"(?:20\d\d年)?(?:年初|全年|调整)?[预决]算数", headings[-1]
    ):
        return headings[:-1]
    return headings


def read_column(kind: str, headings: list[str], stage: str, fiscal_year: int) -> Column:
    """Say what a column of a table of this kind holds, by the words above it."""
    words = "/".join(headings)
    named = without_periods(headings)
    leaf = named[-1] if named else ""
    if any(_CODE_HEADING.search(heading) for heading in headings) and "名称" not in leaf:
        return Column("code")
    if _NAME_HEADING.search(leaf):
        return Column("name")
    if not headings or any(_NO_AMOUNT.search(heading) for heading in headings):
        return Column("none")
    return _amount_column(kind, words, leaf, stage, fiscal_year)


def _amount_column(kind: str, words: str, leaf: str, stage: str, fiscal_year: int) -> Column:
    period = period_in(words, stage, fiscal_year)
    fund = fund_in(words) or FUND_OF_KIND.get(kind)
    origin = "carried" if re.search(r"上年结转", leaf) and kind != "department_revenue" else None
    if re.search(r"当年(?:财政)?拨款|本年(?:财政)?拨款|当年预算", words):
        origin = "current"
    concept = _column_concept(kind, words, leaf)
    if kind == "department_revenue" and concept == "revenue.appropriation":
        fund = fund_in(words)
    elif kind == "department_revenue":
        fund = None
    return Column("amount" if concept else "none", concept, fund, origin, period)


def _column_concept(kind: str, words: str, leaf: str) -> str | None:
    if kind == "department_revenue":
        if fund_in(leaf) in ("general_public", "government_fund", "state_capital"):
            return "revenue.appropriation"
        return concept_in(leaf, ("revenue.",)) or _total("revenue.current", leaf)
    if kind == "general_public_basic":
        return (
            concept_in(leaf, ("expenditure.basic.",))
            or _total("expenditure.basic", leaf)
            or ("expenditure.basic" if re.search(r"基本支出|金额|决算数|预算数", leaf) else None)
        )
    found = concept_in(leaf, ("expenditure.",))
    if found in ("expenditure.carried_over",) and "年末" in leaf:
        return found
    if found:
        return found
    for pattern, concept in (
        (r"人员", "expenditure.basic.personnel"),
        (r"公用", "expenditure.basic.operating"),
    ):
        if re.search(pattern, leaf):
            return concept
    if re.search(r"小计|合计|总计", leaf):
        return concept_in(words, ("expenditure.basic", "expenditure.project")) or (
            "expenditure.current"
        )
    if fund_in(leaf) or re.search(r"预算数|决算数|金额|本年支出|当年", leaf):
        return "expenditure.current"
    return None


def _total(concept: str, leaf: str) -> str | None:
    return concept if re.search(r"合计|总计|小计", leaf) else None
