"""Which of the standard tables a printed table is, by its title; what its columns measure.

Titles and column names differ by region (VARIETY); they are matched by their words, never by
position.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .labels import (
    BARE_TOTAL,
    bare,
    economic_class,
    expenditure_label,
    fund_in,
    fund_only,
    revenue_label,
    without_fund,
)
from .lines import fold

# The first pattern that fits names the kind: narrow titles stand before wide ones.
_STANDARD = r"(?:预算|决算)?(?:总体?|情况|明细|功能分类|经济分类)*(?:预算|决算)?(?:总表|表|$)"
_KINDS: tuple[tuple[str, str], ...] = (
    ("three_public", r"三公经费|机关运行经费|机构运行信息"),
    ("performance_goals", r"绩效"),
    ("procurement", r"政府采购|采购预算"),
    ("project_expenditure", r"项目(?:经费)?(?:支出|预算)"),
    # Tables of other things than the standard ones, whatever else their titles say.
    (
        "",
        r"购买服务|债务|转移支付|专项|资产|社会保险|非税|汇总|分单位|债券|教育收费|预拨|编制|人员信息",
    ),
    ("general_public_basic", r"基本支出"),
    ("government_fund_expenditure", r"政府性基金"),
    ("state_capital_expenditure", r"国有资本经营"),
    (
        "appropriation_summary",
        r"^(?!.*一般公共预算).*财政拨款(?:收支|收入支出)(?:预算|决算)?(?:总|情况|表)",
    ),
    ("special_account_expenditure", r"财政专户"),
    ("general_public_expenditure", r"一般公共预算|公共财政预算"),
    ("appropriation_expenditure", r"财政拨款(?:预算)?支出"),
    ("department_summary", rf"(?:收支|收入支出){_STANDARD}|收支(?:预算)?总"),
    ("department_revenue", rf"收入{_STANDARD}"),
    ("department_expenditure", rf"支出{_STANDARD}"),
)
# Whose table it is: “政府采购中心2024年部门收支总表” is no table of procurement.
_OWNER = re.compile(
    r"^.*20\d\d年(?:度)?|^.*(?:局|委员会|办公室|中心|厅|院|校|处|所|馆|街道|镇|乡)"
    r"(?=部门|单位|收|支|财政|一般|政府性|国有资本经营|项目|三公)"
)
_TITLE_FUNDS = (
    (r"一般公共预算|公共财政", "general_public"),
    (r"政府性基金", "government_fund"),
    (r"国有资本经营", "state_capital"),
    (r"财政专户", "special_account"),
)
FUND_OF_KIND = {
    "general_public_expenditure": "general_public",
    "government_fund_expenditure": "government_fund",
    "state_capital_expenditure": "state_capital",
    "special_account_expenditure": "special_account",
    "appropriation_expenditure": "appropriation",
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
    "appropriation_expenditure",
    "general_public_basic",
    "three_public",
    "appropriation_summary",
    "department_summary",
    "project_expenditure",
    "performance_goals",
    "procurement",
)
_NO_AMOUNT = re.compile(
    r"行次|栏次|序号|备注|说明|增减|增长|比例|比重|占|%|原因|用途|人数|电话|比[^比±+-]*[±+-]"
)
_UNIT_HEADING = re.compile(r"^(?:预算|用款|项目|主管)?(?:单位|部门)(?:\(.*\))?(?:编码|代码|名称)?$")
_CODE_HEADING = re.compile(r"编码|代码|^(?:类|款|项)$")
_NAME_HEADING = re.compile(
    r"名称|^项目$|^科目$|^功能分类$|^经济分类$|支出功能分类(?:科目)?$|^项目\(.*\)$|科目$"
)
_CHANGE = re.compile(r"增减|增长|变化|变动|比.*[±+-]")
_CHANGE_LEAF = re.compile(
    r"(?P<percent>(?:增减|增长|变化|变动)?(?:率|幅度?|比例)(?:\(%\))?|.*%\)?)"
    r"|(?:增减|增长|变化|变动)*(?:额|金额|数|情况)?(?:\((?:亿|万)?元\))?"
)
# Words above a column that add nothing to what the table is about.
_NEUTRAL = re.compile(
    r"(?:本年|当年|本年度|20\d\d年度?)?(?:部门|单位)?(?:年初|全年|调整)?(?:支出)?"
    r"(?:合计|总计|小计|预算|决算|执行|预算数|决算数|执行数|预计执行数|预算金额|金额|支出|数|申请数|安排数)?"
    r"|资金来源|资金性质|收入来源|支出预算|收入预算|支出类型|支出性质|收入|项目|预算资金|"
    r"上年(?:预算|决算|执行)数?|(?:财政拨款)?(?:本年|当年)?(?:财政)?拨款(?:支出|收入|安排)?|"
    r"(?:20\d\d年)?.{0,12}(?:支出|基本支出)(?:预算|决算)数?"
)


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: `role` is code, name, unit, unit_code, amount, change or none.

    Of a change, `period` is its base (None where the heading says only 上年) and `is_percent`
    tells whether it is a percentage.
    """

    role: str
    concept: str | None = None
    fund: str | None = None
    origin: str | None = None
    period: str | None = None
    economic: str | None = None
    is_whole: bool = False
    is_percent: bool = False


NOTHING = Column("none")


def table_kind(title: str) -> str | None:
    """Return the kind of a table by its (folded) title, or None when it is none of ours."""
    words = _OWNER.sub("", re.sub(r"\(.*?\)|\"", "", fold(title)))
    return next((kind for kind, pattern in _KINDS if re.search(pattern, words)), None) or None


def fund_of_table(kind: str, title: str) -> str | None:
    """Return the fund that a table's kind or title fixes; a title of several funds fixes none.

    A table of 基本支出 may be of all money: only a title that says so makes it of one fund.
    """
    if kind not in ("general_public_basic", "three_public"):
        return FUND_OF_KIND.get(kind)
    funds = {fund for pattern, fund in _TITLE_FUNDS if re.search(pattern, fold(title))}
    return funds.pop() if len(funds) == 1 else None


def narrows(title: str) -> str | None:
    """Return the part of 基本支出 that a title is about: a concept, "" for another part, or None.

    “…基本支出表—人员经费（工资福利支出）” lists a part of each code only.
    """
    words = fold(title)
    if re.search(r"工资福利|商品和服务|个人和家庭|特定目标|运转类", words):
        return ""
    is_personnel, is_operating = "人员经费" in words, "公用经费" in words
    if is_personnel == is_operating:
        return None
    return "expenditure.basic." + ("personnel" if is_personnel else "operating")


def period_in(words: str, stage: str, fiscal_year: int) -> str | None:
    """Return the period that headings name, None when they name none, "" for another year."""
    years = {int(year) for year in re.findall(r"(20\d\d)年", words)}
    is_prior = years == {fiscal_year - 1} or bool(
        re.search(r"上年(?:度)?(?:预计)?(?:预算|决算|执行|实际)", words)
    )
    if not is_prior and years - {fiscal_year}:
        return ""
    if re.search(r"执行|实际完成", words):
        return "prior_execution" if is_prior else ""
    if "决算" in words:
        return "prior_final" if is_prior else ("final" if stage == "final_accounts" else "")
    if re.search(r"(?:全年|调整)预算", words):
        return "budget_adjusted" if not is_prior else ""
    if is_prior:
        return "prior_budget" if "预算数" in words or re.search(r"年(?:初)?预算", words) else ""
    return "budget" if re.search(r"(?<!公共)(?<!经营)(?<!基金)预算数|年初预算", words) else None


def without_periods(headings: list[str]) -> list[str]:
    """Drop a last heading that names only the period (预算数, 决算数) below one that names more."""
    if len(headings) > 1 and re.fullmatch(
        r"(?:20\d\d年|本年|上年)?(?:年初|全年|调整)?(?:[预决]算|执行)?(?:数|金额)(?:\(.*\))?",
        headings[-1],
    ):
        return headings[:-1]
    return headings


def read_column(
    kind: str, headings: list[str], stage: str, fiscal_year: int, title: str = ""
) -> Column:
    """Say what a column of a table of this kind holds, by the words above it."""
    named = without_periods(headings)
    leaf = named[-1] if named else ""
    if _UNIT_HEADING.search(leaf) or (leaf in ("编码", "名称") and "单位" in "".join(named)):
        return Column("unit_code" if re.search(r"编码|代码", leaf) else "unit")
    if any(_CODE_HEADING.search(heading) for heading in headings) and "名称" not in leaf:
        return Column("code")
    if _NAME_HEADING.search(leaf):
        return Column("name")
    if headings and (change := read_change_column(headings, stage, fiscal_year)):
        return change
    if not headings or any(_NO_AMOUNT.search(heading) for heading in headings):
        return NOTHING
    period = period_in("/".join(headings), stage, fiscal_year)
    if period == "":
        return NOTHING
    if kind == "department_revenue":
        return _revenue_column(named, period)
    return _expenditure_column(kind, named, period, title)


def read_change_column(headings: list[str], stage: str, fiscal_year: int) -> Column | None:
    """Return the column of 增减额 or 增减% against another year; None when it is something else.

    The heading may be one (“比上年增减（%）”) or two (“2024年预算数比2023年执行数” over “增减额”).
    A change of a part (增减额 under 基本支出) is none of these.
    """
    words = "/".join(headings)
    if not _CHANGE.search(words) or re.search(r"原因|说明|备注|占|比重", words):
        return None
    leaf = re.sub(r"^.*比.*?(?=增|变|\(|%|$)", "", headings[-1]) or headings[-1]
    kind = _CHANGE_LEAF.fullmatch(leaf)
    if not kind or not all("比" in word or _CHANGE.search(word) for word in headings[:-1]):
        return None
    _, _, base = words.partition("比")
    base = re.split(r"/|增减|增长", base)[0]
    if set(re.findall(r"20\d\d(?=年)", base)) - {str(fiscal_year - 1)}:
        return NOTHING  # against a year before the last
    period = period_in(base, stage, fiscal_year) or ""
    own = period if period.startswith("prior") else None
    return Column("change", period=own, is_percent=bool(kind["percent"]))


def _revenue_column(named: list[str], period: str | None) -> Column:
    """Read a column of 收入总表: a bare 小计 is the whole of the group that it stands under."""
    groups = [revenue_label(heading) for heading in named[:-1]]
    above = next((group for group in reversed(groups) if group), None)
    leaf = named[-1]
    if BARE_TOTAL.fullmatch(bare(leaf)) or (revenue_label(leaf) is None and _is_neutral(leaf)):
        if above:
            return Column("amount", above[0], above[1], None, period)
        if all(map(_is_neutral, named[:-1])):
            return Column("amount", "revenue.current", None, None, period, is_whole=True)
        return NOTHING
    carried = any(group and group[0] == "revenue.carried_forward" for group in groups)
    found = revenue_label(leaf, "revenue.carried_forward" if carried else None)
    if not found or (carried and found[0] != "revenue.carried_forward"):
        return NOTHING
    return Column("amount", *found, None, period)


def _is_neutral(heading: str) -> bool:
    return bool(_NEUTRAL.fullmatch(bare(heading)))


def _expenditure_column(kind: str, named: list[str], period: str | None, title: str) -> Column:
    """Read a column of an expenditure table along the words from top to bottom."""
    flow = _flow_column(fund_of_table(kind, title), named, period)
    if flow:
        return flow
    own = "expenditure.basic" if kind == "general_public_basic" else "expenditure.current"
    part_of_title = narrows(title)
    if part_of_title is not None:
        if not part_of_title or own != "expenditure.basic":
            return NOTHING
        own = part_of_title
    column = Column("amount", own, fund_of_table(kind, title), None, period)
    concept, fund, origin, economic = column.concept, column.fund, None, None
    for heading in named:
        plain = bare(heading)
        if (named_fund := fund_in(plain)) and not fund_only(plain):
            fund, plain = named_fund, without_fund(plain)
        part = expenditure_label(plain)
        if part and not (own.startswith(f"{part}.") or part == "expenditure.current" != own):
            concept = part
        elif re.fullmatch(r"上年(?:财政拨款)?(?:结转|结余)(?:结余)?(?:资金|安排)?", plain):
            origin = "carried"
        elif fund_only(plain):
            fund = fund_in(plain)
        elif re.fullmatch(r"财政拨款(?:资金|收入|支出)?", plain):
            fund = fund or "appropriation"
        elif found := _economic(plain, "/".join(named) + title):
            economic = found
        elif not BARE_TOTAL.fullmatch(plain) and not _is_neutral(plain):
            return NOTHING
        if re.search(r"(?:当年|本年)(?:财政)?拨款|当年预算", plain):
            origin = "current"
    return Column("amount", concept, fund, origin, period, economic)


def _economic(plain: str, context: str) -> str | None:
    is_government = plain.startswith("机关") or "政府预算" in context
    return economic_class(plain, "government" if is_government else "department")


def _flow_column(fund: str | None, named: list[str], period: str | None) -> Column | None:
    """Read 年初结转, 收入 and 年末结转 beside 支出; of their own parts nothing is known."""
    words = "/".join(named)
    for pattern, concept in (
        (r"年初.*(?:结转|结余)", "revenue.carried_forward"),
        (r"年末.*(?:结转|结余)|年终.*(?:结转|结余)|结转下年", "expenditure.carried_over"),
        (r"(?:^|/)(?:本年)?收入(?:合计)?(?:/|$)", "revenue.current"),
    ):
        if not re.search(pattern, words):
            continue
        leaf = bare(named[-1])
        if BARE_TOTAL.fullmatch(leaf) or re.search(pattern, leaf):
            return Column("amount", concept, fund, None, period)
        return NOTHING
    return None
