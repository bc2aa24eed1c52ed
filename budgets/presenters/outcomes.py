"""Outcomes of the checks as the public sees them: named, grouped, beside what they concern."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from budgets.statement import Outcome

# What each code asks, in a reader's words (CHECKS).
NAMES = {
    "B01": "收入总计与支出总计相等",
    "R01": "收入总计等于各项之和",
    "R02": "本年收入等于各来源之和",
    "R03": "支出总计等于各项之和",
    "R04": "支出合计等于基本支出加项目支出等",
    "R05": "基本支出等于人员经费加公用经费",
    "R06": "类、款、项逐级相加",
    "R07": "财政拨款等于三本预算之和",
    "R08": "“三公”经费等于各分项之和",
    "R09": "政府采购等于各分项之和",
    "R10": "项目合计等于各项目之和",
    "R11": "部门数等于各单位之和",
    "R12": "财政拨款不超过全部资金",
    "R13": "年初结转加收入等于支出加年末结转",
    "S01": "各表中的同一个数一致",
    "S02": "文字与表格一致",
    "S03": "上年数与上年公开的一致",
    "S04": "项目说明与项目清单一致",
    "S05": "年初结转与上年年末结转一致",
    "S06": "分表合计与财政拨款表一致",
    "S07": "句中所列各数等于句中的合计",
    "G01": "增减额等于两年之差",
    "G02": "增减百分比重新计算",
    "G03": "增减的说法与数字一致",
    "G04": "基数为零不计百分比",
    "G05": "占比重新计算",
    "G06": "增减超过三成说明了原因",
    "G07": "完成率重新计算",
    "G08": "收支增减一致",
    "P01": "政府采购不超过项目支出加公用经费",
    "P02": "机关运行经费不超过公用经费",
    "P03": "绩效目标金额与项目支出",
    "P04": "经济分类科目与“三公”经费",
    "P05": "人员与公用经费等于经济分类之和",
    "P07": "预留小微企业不超过采购合计",
    "P08": "决算中的部分不超过整体",
    "A01": "车辆数等于各类之和",
    "A02": "有运行费而无车辆",
    "A03": "车辆保有量一致",
    "A04": "文字里的个数与所列一致",
    "C01": "科目名称与编码相符",
    "C02": "年份前后一致",
    "C04": "没有留下模板文字",
    "C05": "“部门”与“单位”用语一致",
    "C06": "空表附有说明",
    "C07": "应有的表和章节",
    "C09": "科目编码的位数和层级",
    "C10": "部门名称一致",
    "T01": "表下说明与表相符",
    "T02": "用途或原因重复套用",
    "T03": "层级用语与所在地区相符",
    "T04": "原因与增减方向相符",
    "D01": "批复后二十日内公开",
}
RESULT_NAMES = {"fail": "不符", "warning": "提示", "pass": "通过", "not_checkable": "无法核对"}
RESULT_ORDER = tuple(RESULT_NAMES)

# Beside figures stand arithmetic findings only: which section each kind belongs to.
SECTIONS = {
    "spending": {"R03", "R04", "R05", "R06", "R07", "B01", "P04", "P05"},
    "revenue": {"R01", "R02", "R12", "R13", "S05", "S06"},
    "procurement": {"R09", "P01", "P07", "P08"},
    "projects": {"R10", "S04"},
    "three-public": {"R08"},
    "operation": {"P02"},
    "performance": {"P03"},
    "assets": {"A01", "A02", "A03"},
    "units": {"A04", "R11"},
    "figures": {"S01", "S02", "S03", "S07", *(f"G0{n}" for n in range(1, 9))},
}


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """One public outcome with its name and the department's explanation."""

    outcome: Outcome
    explanation: str = ""
    is_first: bool = True

    @property
    def name(self) -> str:
        return NAMES.get(self.outcome.code, self.outcome.code)

    @property
    def result_name(self) -> str:
        return RESULT_NAMES[self.outcome.result]

    @property
    def needs_attention(self) -> bool:
        return self.outcome.result in ("fail", "warning")


def show_outcomes(outcomes: list[Outcome], explanations: list[str] | None = None) -> list[ShownOutcome]:
    """Return the public outcomes (never a note), findings first, in the order of their codes.

    `is_first` marks the one of each code that its address leads to.
    """
    explained = explanations or [""] * len(outcomes)
    public = [
        (outcome, explanation)
        for outcome, explanation in zip(outcomes, explained, strict=True)
        if outcome.result in RESULT_NAMES
    ]
    public.sort(key=lambda pair: (RESULT_ORDER.index(pair[0].result), pair[0].code))
    codes = [outcome.code for outcome, _ in public]
    return [
        ShownOutcome(outcome, explanation, is_first=codes.index(outcome.code) == place)
        for place, (outcome, explanation) in enumerate(public)
    ]


def beside_sections(shown: list[ShownOutcome]) -> dict[str, list[ShownOutcome]]:
    """Return the outcomes that stand beside each section; what cannot be checked does not."""
    return {
        section: [
            s for s in shown if s.outcome.code in codes and s.outcome.result != "not_checkable"
        ]
        for section, codes in SECTIONS.items()
    }


def count_results(shown: list[ShownOutcome]) -> list[tuple[str, str, int]]:
    """Return (result, name, how many) for every result, none left out."""
    counts = Counter(s.outcome.result for s in shown)
    return [(result, name, counts[result]) for result, name in RESULT_NAMES.items()]


def sum_up(shown: list[ShownOutcome]) -> str:
    """Say how the checks went: ``核对 5 项通过，3 项提示，12 项无法核对``."""
    told = [
        f"{counted} 项{name}" for result, name, counted in _told_order(count_results(shown)) if counted
    ]
    return f"核对 {'，'.join(told)}" if told else "还没有核对结果"


def _told_order(counts: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    first = ("pass", "fail", "warning", "not_checkable")
    return sorted(counts, key=lambda count: first.index(count[0]))
