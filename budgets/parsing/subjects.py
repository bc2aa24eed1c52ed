"""What a number in a sentence measures: the concept, fund and code named right before it.

Concept words count only in sections that may speak of them, so that “车辆” in a list of duties
is no figure. Words that are not understood name nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from budgets.statement import CodeName
from budgets.vocabulary import CONCEPTS, functional_codes

from .lines import fold

# Words that may stand between a concept and its number without changing the meaning.
FILLER = re.compile(
    r"(?:年初|全年|预算|财政拨款|支出|收入|经费|费用|资金|数量|总额|总计|合计|共计|金额|计划|安排|拟|共有|共|计|有|数|额|"
    r'决算|科目|总数|项目|涉及|的|为|是|约|达|:|,|"|\(以合同签订为准\))*+'
)
# Words of a section that mean a concept only there.
_SECTION_WORDS: dict[str, dict[str, str]] = {
    "performance": {
        "预算金额": "performance.amount",
        "涉及预算金额": "performance.amount",
        "涉及金额": "performance.amount",
        "涉及预算资金": "performance.amount",
        "涉及项目预算资金": "performance.amount",
        "涉及资金": "performance.amount",
        "涉及一般公共预算拨款": "performance.amount",
        "涉及一般公共预算当年拨款": "performance.amount",
        "实行绩效目标管理的项目": "performance.projects",
        "占项目支出预算比重": "performance.share",
        "占项目支出比重": "performance.share",
        "占项目支出预算的比重": "performance.share",
        "占项目支出预算总额比重": "performance.share",
        "占项目支出的比重": "performance.share",
        "占项目支出预算": "performance.share",
        "编制绩效目标的项目": "performance.projects",
        "编报绩效目标的20年度项目": "performance.projects",
        "绩效跟踪评价的20年度项目": "performance.monitored.projects",
        "绩效自评的20年度项目": "performance.self_evaluated.projects",
        '绩效评级为"优"的项目': "performance.rated.excellent",
        '绩效评级为"良"的项目': "performance.rated.good",
        '绩效评级为"合格"的项目': "performance.rated.qualified",
        '绩效评级为"不合格"的项目': "performance.rated.unqualified",
        '评为"优"的项目': "performance.rated.excellent",
        '评为"良"的项目': "performance.rated.good",
        '评为"合格"的项目': "performance.rated.qualified",
        '评为"不合格"的项目': "performance.rated.unqualified",
        '评为"优"的': "performance.rated.excellent",
        '评为"良"的': "performance.rated.good",
        "涉及项目": "performance.self_evaluated.projects",
        "发现问题": "performance.problems.found",
        "完成整改的": "performance.problems.rectified",
        "已经完成整改的": "performance.problems.rectified",
        "正在整改的": "performance.problems.rectifying",
    },
    "assets": {
        "副部（省）级及以上领导用车": "assets.vehicles.ministerial",
        "部（省）级及以上领导用车": "assets.vehicles.ministerial",
        "车辆": "assets.vehicles",
        "单价50万元（含）以上通用设备": "assets.general_equipment_500k",
        "单位价值50万元（含）以上通用设备": "assets.general_equipment_500k",
        "单价50万元（含）以上的通用设备": "assets.general_equipment_500k",
        "单价100万元（含）以上专用设备": "assets.special_equipment_1m",
        "单位价值100万元（含）以上专用设备": "assets.special_equipment_1m",
        "单价100万元（含）以上的专用设备": "assets.special_equipment_1m",
        "单位价值200万元（含）以上大型设备": "assets.equipment_2m",
        "单价100万元（含）以上设备": "assets.equipment_1m",
        "单位价值100万元（含）以上设备": "assets.equipment_1m",
        "单价100万元（含）以上设备（不含车辆）": "assets.equipment_1m",
        "单价100万元（含）以上的设备": "assets.equipment_1m",
        "购置单价100万元（含）以上设备": "assets.equipment_1m_to_buy",
        "购置单价100万元（含）以上设备（不含车辆）": "assets.equipment_1m_to_buy",
    },
    "procurement": {
        "面向中小企业预留政府采购项目预算金额": "procurement.sme_reserved",
        "面向中小企业预留政府采购项目": "procurement.sme_reserved",
        "面向小微企业预留": "procurement.small_micro_reserved",
        "预留给小型和微型企业的政府采购项目": "procurement.small_micro_reserved",
        "面向小微企业预留政府采购项目": "procurement.small_micro_reserved",
        "货物支出": "procurement.goods",
        "工程支出": "procurement.works",
        "服务支出": "procurement.services",
        "货物类": "procurement.goods",
        "工程类": "procurement.works",
        "服务类": "procurement.services",
        "货物预算": "procurement.goods",
        "工程预算": "procurement.works",
        "服务预算": "procurement.services",
        "货物采购金额": "procurement.goods",
        "工程采购金额": "procurement.works",
        "服务采购金额": "procurement.services",
        "政府采购金额": "procurement.total",
    },
    "three_public": {
        "公务车用车运行费": "three_public.vehicles.operation",
        "公务用车运行费用": "three_public.vehicles.operation",
        "公务用车运行维护费用": "three_public.vehicles.operation",
        "因公出国（境）支出": "three_public.abroad",
        "公务用车购置及运行支出": "three_public.vehicles",
        "公务用车购置及运行维护支出": "three_public.vehicles",
        "公务用车购置支出": "three_public.vehicles.purchase",
        "公务用车运行支出": "three_public.vehicles.operation",
        "公务用车运行维护支出": "three_public.vehicles.operation",
        "公务接待支出": "three_public.reception",
        "国内公务接待支出": "three_public.reception.domestic",
        "外宾接待支出": "three_public.reception.foreign",
        "外事接待支出": "three_public.reception.foreign",
        "公务用车保有量": "three_public.vehicles.held",
        "车辆保有量": "three_public.vehicles.held",
        "更新公务用车": "three_public.vehicles.purchased",
        "购置公务用车": "three_public.vehicles.purchased",
        "新购公务用车": "three_public.vehicles.purchased",
        "公务用车购置数": "three_public.vehicles.purchased",
        "因公出国（境）团组": "three_public.abroad.groups",
        "出国（境）团组": "three_public.abroad.groups",
        "国内公务接待": "three_public.reception.batches",
        "公务接待": "three_public.reception.batches",
        "国内公务接待批次": "three_public.reception.batches",
        "国内公务接待人次": "three_public.reception.persons",
        "接待外宾": "three_public.reception.foreign.batches",
        "外宾接待": "three_public.reception.foreign.batches",
        "外事接待": "three_public.reception.foreign.batches",
    },
}
_REVENUE_AND_EXPENDITURE = {
    "收入预算": "revenue.total",
    "支出预算": "expenditure.total",
    "收入总预算": "revenue.total",
    "支出总预算": "expenditure.total",
}
for _section in ("overview", "part", "other"):
    _SECTION_WORDS[_section] = _REVENUE_AND_EXPENDITURE
# What may stand between a clause mark and the concept: the document's own year and owner.
_BEFORE = (
    r"(?:\([一二三四五六七八九十]+\)|\d{1,2}[.、]|绩效自评中|20\d\d年(?:度)?|本年度?|今年|全年|年初|当年|本部门|本单位|我局|我委|部门|单位|\(部门\)|\(单位\)|"
    r"所属各预算单位|开支财政拨款的|全部|列明|其中|包括|含|分别为|编制|编报|开展|共计|共有|共|拟|预算|决算|安排|使用|的|和|及|与|为|\")*+"
)
# Which concepts a section may speak of; a section not named here is not prose about figures.
SCOPES: dict[str, tuple[str, ...]] = {
    "overview": ("revenue.", "expenditure."),
    "part": ("revenue.", "expenditure."),
    "other": ("revenue.", "expenditure.", "three_public.", "agency_operation", "procurement."),
    "three_public": ("three_public.",),
    "agency_operation": ("agency_operation",),
    "procurement": ("procurement.",),
    "government_fund": ("revenue.", "expenditure."),
    "state_capital": ("revenue.", "expenditure."),
    "assets": ("assets.",),
    "performance": ("performance.",),
}
FUND_WORDS = {
    "一般公共预算": "general_public",
    "政府性基金": "government_fund",
    "国有资本经营": "state_capital",
    "财政拨款": "appropriation",
}
_FUND_NAMES = "一般公共预算|政府性基金|国有资本经营"
FUND_SIDE = re.compile(
    rf"(?P<fund>{_FUND_NAMES}|财政拨款)(?:预算)?(?:财政)?(?:拨款)?(?:当年)?(?:安排)?(?:的)?"
    r"(?P<side>收支|收入和支出|收入支出|收入|支出|预算)?"
)
_FUND_BEFORE = re.compile(rf"(?P<fund>{_FUND_NAMES})(?:预算)?(?:财政)?(?:拨款)?(?:安排)?(?:的)?$")
_PAID_BY = re.compile(r"(?:开支)?财政拨款(?:安排|开支)?(?:的)?$")
CLASS_IN_PROSE = re.compile(
    r'"?(?P<c>[\u4e00-\u9fff]{2,20})\((?:2[0-3]\d)?类\)"?(?![^，。；]{0,40}\(\d*款\))'
)
_AWARDED = (
    (r"面向中小企业预留的[^。]*由中小企业", "procurement.sme_reserved.awarded"),
    (r"面向小微企业预留[^。]*由小微企业", "procurement.small_micro_reserved.awarded"),
    (r"其他政府采购项目[^。]*由中小企业", "procurement.other.sme_awarded"),
)
CODE_IN_PROSE = re.compile(
    r'"?(?P<c>[\u4e00-\u9fff]{2,20}?)(?:\((?:20\d|2[123]\d)?类\)|-)'
    r"(?P<g>[\u4e00-\u9fff()、]{2,30}?)(?:\((?:\d\d)?款\)|-)"
    r'(?P<i>[\u4e00-\u9fff()、]{2,40}?)(?:\((?:\d\d)?项\)|"|(?=科目))"?'
)


@dataclass(slots=True)
class Subject:
    """What a number measures, and where its words begin."""

    concept: str
    begin: int
    fund: str | None = None
    functional: str | None = None


@dataclass(slots=True)
class Codes:
    """Names of 支出功能分类 to codes: those printed in this document first, then the known ones."""

    printed: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, code_names: Iterable[CodeName]) -> Codes:
        return cls({c.code: fold(c.name) for c in code_names if c.kind == "functional"})

    def find(self, top: str, group: str, item: str) -> str | None:
        """Return the one 7-digit code whose three names these are, or None if not exactly one."""
        for names in (self.printed, _known_names()):
            found = [
                code
                for code, name in names.items()
                if len(code) == 7
                and _same(name, item)
                and _same(names.get(code[:5], ""), group)
                and _same(names.get(code[:3], ""), top)
            ]
            if len(found) == 1:
                return found[0]
        return _find_former(top, group, item) or self._find_in_class(top, group, item)

    def _find_in_class(self, top: str, group: str, item: str) -> str | None:
        """Return the code of “住房保障支出（类）住房保障支出（款）住房公积金（项）”.

        Where the name of the 类 stands in place of the 款, the 项 alone must be the one of its
        class, among all codes known and printed.
        """
        if group != top or self.find_class(top) is None:
            return None
        names = _known_names() | self.printed
        top_code = self.find_class(top) or ""
        inside = {code: name for code, name in names.items() if code.startswith(top_code)}
        if any(len(code) == 5 and _same(name, group) for code, name in inside.items()):
            return None
        found = [c for c, name in inside.items() if len(c) == 7 and _same(name, item)]
        return found[0] if len(found) == 1 else None

    def find_class(self, top: str) -> str | None:
        """Return the one 3-digit code of a 类 by its name, or None."""
        for names in (self.printed, _known_names()):
            found = [code for code, name in names.items() if len(code) == 3 and _same(name, top)]
            if len(found) == 1:
                return found[0]
        return None


def _same(name: str, written: str) -> bool:
    return name == written or name == written + "支出"


def _find_former(top: str, group: str, item: str) -> str | None:
    """Return the one 7-digit code that had these names in some year, or None."""
    known = functional_codes()

    def had(code: str, written: str) -> bool:
        return any(_same(fold(names.name), written) for names in known.get(code, ()))

    found = [
        code
        for code in known
        if len(code) == 7 and had(code, item) and had(code[:5], group) and had(code[:3], top)
    ]
    return found[0] if len(found) == 1 else None


@cache
def _known_names() -> dict[str, str]:
    return {code: fold(names[0].name) for code, names in functional_codes().items()}


@cache
def concept_words(section: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Compile the words of a section's concepts, longest first, to their concept ids.

    “（含）” may be missing, quotes may be missing or of any kind, “20” stands for a year.
    """
    words: dict[str, str] = {}
    for concept in CONCEPTS.values():
        if concept.id.startswith(SCOPES.get(section, ())):
            for word in (concept.name, *concept.aliases):
                words.setdefault(fold(word), concept.id)
    for word, concept_id in _SECTION_WORDS.get(section, {}).items():
        words[fold(word)] = concept_id
    patterns = [
        re.escape(word)
        .replace(r"\(含\)", r"(?:\(含\))?")
        .replace('"', '"?')
        .replace("20年度", r"(?:20\d\d年度?)?")
        for word in sorted(words, key=len, reverse=True)
    ]
    return re.compile("|".join(patterns) or r"(?!)"), {_bare(w): c for w, c in words.items()}


def concept_of(section: str, words: str) -> str:
    """Return the concept of words that `concept_words` has matched."""
    return concept_words(section)[1][_bare(words)]


def _bare(words: str) -> str:
    return re.sub(r'20(?:\d\d)?年度?|\(含\)|"', "", words)


@dataclass(frozen=True, slots=True)
class Owners:
    """The names under which a document speaks of itself: department, short name."""

    names: tuple[str, ...] = ()

    def lead_to(self, words: str) -> bool:
        """Whether words before a concept name nothing but the document's year and owner.

        “离退休人员经费” is not 人员经费, “市图书馆基本支出” is not this department's.
        """
        words, names = words.replace("与", "和"), [n.replace("与", "和") for n in self.names]
        own = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        return bool(re.fullmatch(rf"{_BEFORE}(?:{own or '(?!)'})?{_BEFORE}", words))


def find_subject(
    text: str,
    start: int,
    number: int,
    section: str,
    fund: str | None,
    sentence: int,
    owners: Owners,
) -> Subject | None:
    """Return what the words between `start` and a number name, if they end right before it.

    `sentence` is where the sentence begins: what it lists may be told there (“购置车辆…其中”).
    """
    if section == "procurement" and (awarded := _awarded(text[start:number])):
        return Subject(awarded, start)
    words = list(concept_words(section)[0].finditer(text, start, number))
    if words and _leads_to(text, words[-1], number, section):
        last = words[-1]
        clause = max(start, *(text.rfind(mark, start, last.start()) + 1 for mark in _CLAUSE_MARKS))
        prefix = _FUND_BEFORE.search(text[clause : last.start()])
        begin = clause + prefix.start() if prefix else last.start()
        is_told = last[0] != "涉及项目" or "绩效自评" in text[sentence:clause]
        lead = text[clause:begin]
        if section == "three_public":
            # Only 财政拨款 is counted as “三公”; elsewhere the word tells one money of many.
            lead = _PAID_BY.sub("", lead)
        if is_told and owners.lead_to(lead):
            named = FUND_WORDS[prefix["fund"]] if prefix else fund
            concept = concept_of(section, last[0])
            side = _side_of_fund(text, start, number, owners) if concept in _WHOLES else None
            return side or Subject(_bought(concept, text[sentence:number]), begin, named)
    return _side_of_fund(text, start, number, owners) if _may_speak_of_funds(section) else None


def _leads_to(text: str, words: re.Match[str], number: int, section: str) -> bool:
    """Whether nothing but filler stands between concept words and a number.

    “财政拨款支出” is no revenue, although “财政拨款” is: the other side's noun is no filler.
    """
    # “公务接待费2024年预算数为”: whether that is the document's year, its reader says.
    between = re.sub(r"^20\d\d年度?", "", text[words.end() : number])
    side = concept_of(section, words[0]).split(".")[0]
    other = {"revenue": "支出", "expenditure": "收入"}.get(side)
    return bool(FILLER.fullmatch(between)) and not (other and other in between)


_CLAUSE_MARKS = "，。；;:、,"
_WHOLES = ("revenue.total", "expenditure.total", "expenditure.current", "revenue.current")


def _may_speak_of_funds(section: str) -> bool:
    return any(scope.startswith("revenue") for scope in SCOPES[section])


def _side_of_fund(text: str, start: int, number: int, owners: Owners) -> Subject | None:
    """“一般公共预算拨款支出预算 100 万元”: the fund names the concept."""
    for match in FUND_SIDE.finditer(text, start, number):
        marks = (text.rfind(mark, start, match.start()) + 1 for mark in _CLAUSE_MARKS)
        if not owners.lead_to(text[max(start, *marks) : match.start()]):
            continue
        if match["side"] in ("收入", "支出") and FILLER.fullmatch(text, match.end(), number):
            fund = FUND_WORDS[match["fund"]]
            if match["side"] == "支出":
                return Subject("expenditure.current", match.start(), fund)
            fund_of_revenue = None if fund == "appropriation" else fund
            return Subject("revenue.appropriation", match.start(), fund_of_revenue)
    return None


# The same thing in another unit: groups and their persons, batches and guests, items and money.
_COMPANIONS = {
    ("three_public.abroad.groups", "人"): "three_public.abroad.persons",
    ("three_public.reception.batches", "人"): "three_public.reception.persons",
    ("three_public.reception.foreign.batches", "人"): "three_public.reception.foreign.persons",
    ("three_public.reception", "批次"): "three_public.reception.batches",
    ("three_public.reception.domestic", "批次"): "three_public.reception.batches",
    ("three_public.reception.foreign", "批次"): "three_public.reception.foreign.batches",
    ("performance.self_evaluated.projects", "元"): "performance.self_evaluated.amount",
    **{
        (concept + first, unit): concept + second
        for concept in ("assets.long_term_investment", "assets.construction", "assets.intangible")
        for first, unit, second in (("", "项", ".items"), (".items", "元", ""))
    },
}


def companion(concept: str, unit: str) -> str:
    """Return the concept that measures the same thing in this unit, or the concept itself."""
    return _COMPANIONS.get((concept, unit), concept)


def _awarded(words: str) -> str | None:
    """“在面向中小企业预留的…中，由中小企业…中标…采购金额”: what was awarded to whom."""
    if not words.endswith("采购金额"):
        return None
    return next((concept for pattern, concept in _AWARDED if re.search(pattern, words)), None)


def _bought(concept: str, words: str) -> str:
    """A vehicle that is to be bought is another concept than one that is there."""
    if concept.startswith("assets.vehicles") and re.search(r"购置", words):
        return concept.replace("assets.vehicles", "assets.vehicles_to_buy").replace(
            "to_buy_to_buy", "to_buy"
        )
    return concept
