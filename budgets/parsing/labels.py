"""The words of a table's lines and columns into what they measure.

A label is understood only as a whole: “非财政拨款收入” holds “财政拨款收入” and is another
thing. What is not in these lists stays unread.
"""

from __future__ import annotations

import csv
import re
from functools import cache

from budgets.vocabulary import DATA, functional_codes

from .lines import fold
from .sections import CHINESE

_NUMBER = re.compile(
    rf"^(?:[{CHINESE}]+[、.．]|\([{CHINESE}]+\)|\(\d+\)|\d{{1,2}}[、.．](?!\d)|其中:|[减加]:|[①-⑳])*"
)
_YEAR = re.compile(r"^20\d\d年度?")
_FOOTNOTE = re.compile(r"(?:[*※①-⑳]+|\(?注\d{1,2}\)?)$")
_ASIDE = re.compile(r"\((?:含专用结余|不含.*?|类|款|项|亿元|万元|元|单位:.*?)\)|[=＝][\d+\-]+$")
_FUNDS: tuple[tuple[str, str], ...] = (
    (r"一般公共预算|公共财政预算", "general_public"),
    (r"政府性基金", "government_fund"),
    (r"国有资本经营", "state_capital"),
    (r"财政专户", "special_account"),
    (r"单位资金", "unit_funds"),
)
_MONEY = r"(?:(?:财政)?(?:拨款|补助|资金)?(?:收入|支出|资金|拨款|补助)?(?:预算)?(?:安排)?)"
_FUND_ONLY = re.compile(
    rf"(?:本年|当年)?(?:纳入)?(?:财政拨款)?-?(?:一般公共预算|公共财政预算|政府性基金(?:预算)?|"
    rf"国有资本经营(?:预算)?|财政专户(?:管理)?的?|单位资金){_MONEY}"
)
_APPROPRIATION_FUNDS = ("general_public", "government_fund", "state_capital")
_LEFT_OVER = r"(?:结转|结余)(?:(?:和|及|与|、)?(?:结转|结余))?(?:资金|收入|支出|数)?"
_REVENUE: tuple[tuple[str, str], ...] = (
    ("revenue.total", r"(?:部门|单位)?收入(?:预算)?总(?:计|额)|总收入"),
    (
        "revenue.current",
        r"(?:部门|单位)?(?:本年|当年)收入(?:预算)?(?:合计|小计)?|收入(?:合计|小计)",
    ),
    ("revenue.appropriation.funding", r"经费拨款(?:收入|补助)?"),
    ("revenue.appropriation.nontax", r"纳入(?:一般公共)?预算管理的?非税收入(?:拨款)?"),
    (
        "revenue.appropriation",
        r"(?:本年|当年)?财政拨款(?:预算|补助)?(?:收入|资金)?(?:合计|小计)?|财政补助收入",
    ),
    (
        "revenue.special_account",
        r"(?:纳入)?(?:财政)?专户(?:管理)?(?:的?非税收入|资金|(?:核拨|拨款))*(?:收入)?",
    ),
    ("revenue.unit_funds", r"单位资金(?:收入)?(?:合计|小计)?"),
    ("revenue.institution", r"事业收入(?:资金)?"),
    ("revenue.institution.education_fees", r"教育收费(?:收入)?"),
    ("revenue.business", r"(?:事业单位)?经营收入"),
    ("revenue.superior_subsidy", r"上级(?:单位)?补助收入"),
    ("revenue.affiliate_remittance", r"附属单位(?:上缴|缴款)收入"),
    ("revenue.other", r"其他收入"),
    (
        "revenue.surplus_used",
        r"(?:使用|动用)非财政拨款结余(?:和专用结余)?|用?事业基金弥补收支差额",
    ),
)
_EXPENDITURE: tuple[tuple[str, str], ...] = (
    ("expenditure.total", r"(?:部门|单位)?支出(?:预算)?总(?:计|额)|总支出"),
    (
        "expenditure.current",
        r"(?:部门|单位)?(?:本年|当年)支出(?:预算)?(?:合计|小计)?|支出(?:合计|小计)",
    ),
    ("expenditure.basic", r"(?:本年|当年)?基本支出(?:预算)?(?:合计|小计)?"),
    ("expenditure.basic.personnel", r"(?:基本支出)?人员(?:经费|支出)(?:合计|小计)?"),
    (
        "expenditure.basic.operating",
        r"(?:基本支出)?(?:日常|定额)?公用(?:经费|支出)(?:合计|小计)?",
    ),
    ("expenditure.project", r"(?:本年|当年)?项目支出(?:预算)?(?:合计|小计)?"),
    ("expenditure.superior_remittance", r"上缴上级(?:单位)?支出"),
    ("expenditure.business", r"(?:事业单位)?经营支出"),
    ("expenditure.affiliate_subsidy", r"对?附属单位的?补助(?:支出)?"),
    ("expenditure.transfer", r"对下(?:级)?(?:转移支付|补助)(?:支出)?"),
    ("expenditure.surplus_distribution", r"结余分配"),
    (
        "expenditure.carried_over",
        rf"结转下年(?:支出|使用)?|(?:年末|年终)(?:财政拨款)?{_LEFT_OVER}",
    ),
)
BARE_TOTAL = re.compile(r"合计|总计|小计|共计")


def bare(words: str) -> str:
    """Return a label without its number, year, quotes, asides, footnote mark and “其中：”."""
    plain = _NUMBER.sub("", _FOOTNOTE.sub("", words.replace('"', "")))
    return _ASIDE.sub("", _YEAR.sub("", plain))


def fund_in(words: str) -> str | None:
    """Return the fund that a heading or label names."""
    return next((fund for pattern, fund in _FUNDS if re.search(pattern, words)), None)


def fund_only(words: str) -> str | None:
    """Return the fund of a label that names a fund and nothing else."""
    plain = bare(words)
    return fund_in(plain) if _FUND_ONLY.fullmatch(plain) else None


def without_fund(words: str) -> str:
    """Return a label without the fund that it begins with: “一般公共预算基本支出”."""
    return re.sub(
        r"^(?:财政拨款)?(?:一般公共预算|公共财政预算|政府性基金(?:预算)?|国有资本经营(?:预算)?|"
        r"财政专户(?:管理资金)?|单位资金)(?:财政拨款)?",
        "",
        words,
    )


def revenue_label(words: str, above: str | None = None) -> tuple[str, str | None] | None:
    """Return (concept, fund) of a line or column of revenue.

    A label that names only a fund is a part of what stands `above` it: 上年结转 by fund.
    """
    plain = bare(words)
    carried = _carried_forward(plain)
    if carried:
        return carried
    fund = fund_only(plain)
    if fund and above == "revenue.carried_forward":
        return above, fund
    if fund in _APPROPRIATION_FUNDS:
        return "revenue.appropriation", fund
    concept = next((c for c, pattern in _REVENUE if re.fullmatch(pattern, plain)), None)
    if concept and concept.startswith("revenue.appropriation."):
        return concept, "general_public"
    return (concept, None) if concept else None


def _carried_forward(plain: str) -> tuple[str, str | None] | None:
    if not re.search(r"结转|结余", plain) or re.search(r"使用|动用|年末|年终|下年|非财政", plain):
        return None
    fund = fund_in(plain)
    if fund or re.fullmatch(rf"(?:上年|年初)(?:财政拨款)?{_LEFT_OVER}(?:\(.*\))?", plain):
        return "revenue.carried_forward", fund or ("appropriation" if "财政拨款" in plain else None)
    return None


def expenditure_label(words: str) -> str | None:
    """Return the concept of a line or column of expenditure."""
    plain = bare(words)
    return next((c for c, pattern in _EXPENDITURE if re.fullmatch(pattern, plain)), None)


@cache
def functional_class(words: str) -> str | None:
    """Return the code of a 类 by its name, now or formerly in use, or short of 支出."""
    plain = _without_expenditure(bare(words))
    for code, names in functional_codes().items():
        if len(code) == 3 and any(plain == _without_expenditure(known.name) for known in names):
            return code
    return None


@cache
def is_known_name(words: str) -> bool:
    """Whether words are a whole label of the standard tables or the name of a code."""
    plain = bare(words)
    return bool(
        revenue_label(plain) or expenditure_label(plain) or _without_expenditure(plain) in _names()
    )


@cache
def _names() -> frozenset[str]:
    with (DATA / "economic_codes.csv").open(encoding="utf-8", newline="") as file:
        economic = [row["name"] for row in csv.DictReader(file)]
    functional = [known.name for names in functional_codes().values() for known in names]
    return frozenset(_without_expenditure(fold(name)) for name in (*economic, *functional))


@cache
def economic_class(words: str, scheme: str) -> str | None:
    """Return the code of an economic 类 by its name in the scheme department or government."""
    plain = _without_expenditure(bare(words))
    return _economic_classes(scheme).get(plain) if len(plain) > 2 else None


@cache
def _economic_classes(scheme: str) -> dict[str, str]:
    with (DATA / "economic_codes.csv").open(encoding="utf-8", newline="") as file:
        return {
            _without_expenditure(fold(row["name"])): row["code"]
            for row in csv.DictReader(file)
            # Names given up in 2018 may now stand for another class.
            if row["scheme"] == scheme and row["level"] == "类" and not row["valid_to"]
        }


def _without_expenditure(name: str) -> str:
    return name.removesuffix("支出")
