"""The words of the field: concepts with their names and aliases, how they add up, codes by year.

The tree is that of the standard tables of 部门预算 and 部门决算 (财预〔2016〕143号). A name
that documents use and this file lacks is added here once, with its Chinese name.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that is measured; `aliases` are other printed names of the same thing."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: str = "元"


@dataclass(frozen=True, slots=True)
class RollUp:
    """`total` = sum of `parts` (or, for `of_which`, each part ≤ total), under check `code`."""

    code: str
    total: str
    parts: tuple[str, ...]
    of_which: bool = False


def _concepts(*rows: tuple[str, str, str] | tuple[str, str, str, str]) -> dict[str, Concept]:
    return {row[0]: Concept(row[0], row[1], tuple(row[2].split()), *row[3:]) for row in rows}


CONCEPTS: dict[str, Concept] = _concepts(
    ("revenue.total", "收入总计", "收入预算总额 收入预算总计 总收入"),
    ("revenue.current", "本年收入合计", "本年收入"),
    (
        "revenue.appropriation",
        "财政拨款收入",
        "财政拨款 财政补助收入 公共财政预算拨款 财政拨款预算收入",
    ),
    ("revenue.appropriation.funding", "经费拨款", ""),
    ("revenue.appropriation.nontax", "纳入预算管理的非税收入", ""),
    (
        "revenue.special_account",
        "财政专户管理资金收入",
        "财政专户拨款 财政专户拨款收入 财政专户管理资金 纳入专户管理的非税收入",
    ),
    ("revenue.unit_funds", "单位资金收入", "单位资金"),
    ("revenue.institution", "事业收入", ""),
    ("revenue.institution.education_fees", "教育收费", ""),
    ("revenue.business", "事业单位经营收入", "经营收入"),
    ("revenue.superior_subsidy", "上级补助收入", ""),
    ("revenue.affiliate_remittance", "附属单位上缴收入", ""),
    ("revenue.other", "其他收入", ""),
    (
        "revenue.surplus_used",
        "使用非财政拨款结余（含专用结余）",
        "使用非财政拨款结余 用事业基金弥补收支差额",
    ),
    (
        "revenue.carried_forward",
        "上年结转和结余",
        "年初结转和结余 年初财政拨款结转和结余 上年结转 上年结转结余 上年结转收入",
    ),
    ("expenditure.total", "支出总计", "支出预算总额 支出预算总计 总支出"),
    ("expenditure.current", "本年支出合计", "本年支出"),
    ("expenditure.basic", "基本支出", "基本支出预算"),
    ("expenditure.basic.personnel", "人员经费", "人员支出"),
    (
        "expenditure.basic.operating",
        "公用经费",
        "日常公用经费 定额公用经费 日常公用支出 公用支出",
    ),
    ("expenditure.project", "项目支出", "项目支出预算"),
    ("expenditure.superior_remittance", "上缴上级支出", ""),
    ("expenditure.business", "事业单位经营支出", "经营支出"),
    ("expenditure.affiliate_subsidy", "对附属单位补助支出", ""),
    ("expenditure.transfer", "对下转移支付", ""),
    ("expenditure.carried_over", "结转下年", "年末结转和结余 年末财政拨款结转和结余 年终结转结余"),
    ("expenditure.surplus_distribution", "结余分配", ""),
    ("three_public.total", "“三公”经费合计", "“三公”经费 “三公”经费支出"),
    ("three_public.abroad", "因公出国（境）费", "因公出国（境）费用 因公出国（境）经费"),
    ("three_public.abroad.groups", "因公出国（境）团组数", "", "个"),
    ("three_public.abroad.persons", "因公出国（境）人次", "", "人"),
    (
        "three_public.vehicles",
        "公务用车购置及运行费",
        "公务用车购置及运行维护费 公务车购置及运行费 公务车购置及运行维护费 公务用车费",
    ),
    ("three_public.vehicles.purchase", "公务用车购置费", "公务车购置费"),
    ("three_public.vehicles.purchased", "公务用车购置数", "", "辆"),
    (
        "three_public.vehicles.operation",
        "公务用车运行费",
        "公务用车运行维护费 公务车运行费 公务车运行维护费",
    ),
    ("three_public.vehicles.held", "公务用车保有量", "", "辆"),
    ("three_public.reception", "公务接待费", ""),
    ("three_public.reception.domestic", "国内公务接待费", "国内接待费"),
    ("three_public.reception.foreign", "外事接待费", "国（境）外接待费"),
    ("three_public.reception.batches", "公务接待批次", "", "批次"),
    ("three_public.reception.persons", "公务接待人次", "", "人"),
    ("three_public.reception.foreign.batches", "外事接待批次", "", "批次"),
    ("three_public.reception.foreign.persons", "外事接待人次", "", "人"),
    ("agency_operation", "机关运行经费", "行政运行经费"),
    # How many units a sentence says its amount is of. It occurs in claims only.
    ("agency_operation.units", "机关运行经费涉及的单位", "", "个"),
    ("meetings", "会议费", ""),
    ("training", "培训费", ""),
    ("travel", "差旅费", ""),
    ("general_expenses", "一般性支出", ""),
    (
        "procurement.total",
        "政府采购",
        "政府采购总额 政府采购预算 政府采购经费 政府采购支出 政府采购预算总额",
    ),
    ("procurement.goods", "政府采购货物", "货物采购 政府采购货物预算 政府采购货物支出"),
    ("procurement.works", "政府采购工程", "工程采购 政府采购工程预算 政府采购工程支出"),
    ("procurement.services", "政府采购服务", "服务采购 政府采购服务预算 政府采购服务支出"),
    ("procurement.centralised", "集中采购", "政府集中采购"),
    ("procurement.decentralised", "分散采购", "部门集中采购和分散采购"),
    ("procurement.sme_reserved", "面向中小企业预留", ""),
    ("procurement.small_micro_reserved", "面向小型和微型企业预留", ""),
    ("procurement.sme_reserved.awarded", "授予中小企业合同金额", ""),
    ("procurement.small_micro_reserved.awarded", "授予小微企业合同金额", ""),
    ("procurement.other.sme_awarded", "其他采购中授予中小企业合同金额", ""),
    ("purchased_services", "政府购买服务", ""),
    ("performance.goals", "绩效目标", "", "个"),
    ("performance.projects", "编报绩效目标的项目", "", "个"),
    ("performance.units", "编报绩效目标的单位", "", "个"),
    ("performance.amount", "绩效目标涉及金额", "涉及预算金额"),
    ("performance.share", "绩效目标占项目支出比重", "", "%"),
    ("performance.monitored.projects", "绩效监控的项目", "绩效跟踪评价的项目", "个"),
    ("performance.monitored.amount", "绩效监控涉及金额", ""),
    ("performance.self_evaluated.projects", "绩效自评的项目", "", "个"),
    ("performance.self_evaluated.amount", "绩效自评涉及金额", ""),
    ("performance.average_score", "绩效自评平均得分", "平均得分", "分"),
    ("performance.rated.excellent", "评为“优”的项目", "", "个"),
    ("performance.rated.good", "评为“良”的项目", "", "个"),
    ("performance.rated.qualified", "评为“合格”的项目", "", "个"),
    ("performance.rated.unqualified", "评为“不合格”的项目", "", "个"),
    ("performance.problems.found", "绩效自评发现的问题", "", "个"),
    ("performance.problems.rectified", "完成整改的问题", "", "个"),
    ("performance.problems.rectifying", "正在整改的问题", "", "个"),
    ("assets.vehicles", "车辆", "公务用车", "辆"),
    ("assets.vehicles.ministerial", "副部（省）级以上领导用车", "部级领导干部用车", "辆"),
    ("assets.vehicles.principal", "主要负责人用车", "主要领导干部用车", "辆"),
    ("assets.vehicles.confidential", "机要通信用车", "", "辆"),
    ("assets.vehicles.emergency", "应急保障用车", "", "辆"),
    ("assets.vehicles.enforcement", "执法执勤用车", "", "辆"),
    ("assets.vehicles.special_technical", "特种专业技术用车", "", "辆"),
    ("assets.vehicles.retired_cadres", "离退休干部用车", "离退休干部服务用车", "辆"),
    ("assets.vehicles.other", "其他用车", "", "辆"),
    ("assets.vehicles.general_official", "一般公务用车", "", "辆"),
    ("assets.vehicles_to_buy", "拟购置车辆", "购置车辆", "辆"),
    *(
        (f"assets.vehicles_to_buy.{kind}", f"拟购置{name}", "", "辆")
        for kind, name in (
            ("ministerial", "副部（省）级以上领导用车"),
            ("principal", "主要负责人用车"),
            ("confidential", "机要通信用车"),
            ("emergency", "应急保障用车"),
            ("enforcement", "执法执勤用车"),
            ("special_technical", "特种专业技术用车"),
            ("retired_cadres", "离退休干部用车"),
            ("other", "其他用车"),
        )
    ),
    ("assets.equipment_1m", "单价100万元（含）以上设备", "", "台"),
    ("assets.equipment_1m_to_buy", "拟购置单价100万元（含）以上设备", "", "台"),
    ("assets.general_equipment_500k", "单位价值50万元以上通用设备", "", "台"),
    ("assets.special_equipment_1m", "单位价值100万元以上专用设备", "", "台"),
    ("assets.equipment_2m", "单位价值200万元以上大型设备", "", "台"),
    ("assets.total", "资产总额", ""),
    ("assets.current", "流动资产", ""),
    ("assets.fixed", "固定资产", ""),
    ("assets.fixed.other", "其他固定资产", ""),
    ("assets.buildings", "房屋", "房屋建筑面积 房屋面积", "平方米"),
    ("assets.general_equipment", "通用设备", "", "台"),
    ("assets.special_equipment", "专用设备", "", "台"),
    ("assets.long_term_investment", "长期投资", "对外投资"),
    ("assets.long_term_investment.items", "长期投资项数", "", "项"),
    ("assets.construction", "在建工程", ""),
    ("assets.construction.items", "在建工程项数", "", "项"),
    ("assets.intangible", "无形资产", ""),
    ("assets.intangible.items", "无形资产项数", "", "项"),
    ("staff.posts", "编制", "", "人"),
    ("staff.actual", "实有", "", "人"),
    ("staff.retired", "离退休", "", "人"),
    # Counts of the list of units. They occur in claims only: the list itself is the figure.
    ("units.total", "预算单位", "下属单位", "个"),
    ("units.administrative", "行政单位", "", "个"),
    ("units.civil_service_managed", "参公事业单位", "参照公务员法管理的事业单位", "个"),
    ("units.public_institution", "事业单位", "", "个"),
    ("units.offices", "内设机构", "", "个"),
    ("units.subordinate", "下级预算单位", "下属预算单位 所属预算单位", "个"),
)

ROLL_UPS: tuple[RollUp, ...] = (
    RollUp(
        "R01",
        "revenue.total",
        ("revenue.current", "revenue.surplus_used", "revenue.carried_forward"),
    ),
    RollUp(
        "R02",
        "revenue.current",
        (
            "revenue.appropriation",
            "revenue.special_account",
            "revenue.unit_funds",
        ),
    ),
    # A level that some forms print over the five and others leave out.
    RollUp(
        "R02",
        "revenue.unit_funds",
        (
            "revenue.institution",
            "revenue.business",
            "revenue.superior_subsidy",
            "revenue.affiliate_remittance",
            "revenue.other",
        ),
    ),
    RollUp(
        "R03",
        "expenditure.total",
        ("expenditure.current", "expenditure.carried_over", "expenditure.surplus_distribution"),
    ),
    RollUp(
        "R04",
        "expenditure.current",
        (
            "expenditure.basic",
            "expenditure.project",
            "expenditure.superior_remittance",
            "expenditure.business",
            "expenditure.affiliate_subsidy",
            "expenditure.transfer",
        ),
    ),
    RollUp(
        "R05", "expenditure.basic", ("expenditure.basic.personnel", "expenditure.basic.operating")
    ),
    RollUp(
        "R08",
        "three_public.total",
        ("three_public.abroad", "three_public.vehicles", "three_public.reception"),
    ),
    RollUp(
        "R08",
        "three_public.vehicles",
        ("three_public.vehicles.purchase", "three_public.vehicles.operation"),
    ),
    RollUp(
        "R09",
        "procurement.total",
        ("procurement.goods", "procurement.works", "procurement.services"),
    ),
    RollUp("R09", "procurement.total", ("procurement.centralised", "procurement.decentralised")),
)


def leaf_parts(total: str) -> tuple[str, ...]:
    """Return the parts of a total with each level between replaced by its own parts."""
    rule = next((rule for rule in ROLL_UPS if rule.total == total), None)
    if rule is None:
        return (total,)
    between = {"revenue.unit_funds"}  # printed by some forms only
    return tuple(
        leaf for part in rule.parts for leaf in (leaf_parts(part) if part in between else (part,))
    )


FUND_NAMES = {
    "appropriation": "财政拨款",
    "general_public": "一般公共预算",
    "government_fund": "政府性基金预算",
    "state_capital": "国有资本经营预算",
    "special_account": "财政专户管理资金",
    "unit_funds": "单位资金",
    "social_insurance": "社会保险基金",
}
APPROPRIATION_FUNDS = ("general_public", "government_fund", "state_capital")

PERIOD_NAMES = {
    "budget": "本年预算",
    "budget_adjusted": "全年预算",
    "prior_budget": "上年预算",
    "prior_execution": "上年执行",
    "final": "决算",
    "prior_final": "上年决算",
}
STAGE_NAMES = {"budget": "部门预算", "final_accounts": "部门决算"}
UNIT_KIND_NAMES = {
    "administrative": "行政单位",
    "civil_service_managed": "参公事业单位",
    "public_institution": "事业单位",
}
STATE_NAMES = {"value": "数值", "nil": "无", "blank": "空白", "illegible": "无法辨认"}
PROJECT_PARTS = {
    "overview": "项目概述",
    "basis": "立项依据",
    "implementer": "实施主体",
    "plan": "实施方案",
    "period": "实施周期",
    "budget": "年度预算安排",
    "goals": "绩效目标",
}


def concept_name(concept: str) -> str:
    """Return the Chinese name of a concept; an unknown id stands for itself."""
    known = CONCEPTS.get(concept)
    return known.name if known else concept


@dataclass(frozen=True, slots=True)
class FunctionalCode:
    """One name of a 支出功能分类 code, and the name that holds now, where it changed."""

    code: str
    name: str
    current_name: str
    kind: str
    confidence: str
    years_known: bool

    @property
    def is_outdated(self) -> bool:
        return self.kind != "current"


@cache
def functional_codes() -> dict[str, list[FunctionalCode]]:
    """Return every known 功能分类 code with its names, the current one first."""
    codes: dict[str, list[FunctionalCode]] = defaultdict(list)
    with (DATA / "functional_codes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = FunctionalCode(
                code=row["code"],
                name=row["name"],
                current_name=row["current_name"] or row["name"],
                kind=row["kind"],
                confidence=row["confidence"],
                years_known=row["year_confidence"] == "high",
            )
            codes[known.code].append(known)
    for names in codes.values():
        names.sort(key=lambda known: known.is_outdated)
    return dict(codes)
