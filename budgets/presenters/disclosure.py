"""A Statement → the whole readable page, ready for its template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from budgets import vocabulary
from budgets.statement import ProjectStatement, Section, Statement

from .amounts import Amount, money, show, show_optional
from .answer import Answer, write_answer
from .figures import RowGroup, find, group_rows, is_amount
from .findings import Finding, write_findings
from .outcomes import Rulebook, ShownOutcome, beside_sections, show_outcomes, sum_up
from .spending import Spending, read_spending

OUTCOMES_SHOWN = 20  # of the checks, findings first; the others open
FOLDED_FROM = 40  # figures, from which on each table of them opens on its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One of the small answers beside the big one."""

    title: str
    amount: Amount
    text: str = ""
    href: str = ""
    is_warning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownProject:
    anchor: str
    project: ProjectStatement
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSection:
    anchor: str
    section: Section
    heading: str
    paragraphs: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosurePage:
    """Everything the disclosure page says; `terms` are names with their slugs."""

    title: str
    answer: Answer
    spending: Spending
    cards: list[Card]
    findings: list[Finding]
    projects: list[ShownProject]
    projects_heading: str
    units: list[tuple[str, str]]
    figures: list[RowGroup]
    figures_folded: bool
    figures_told: str
    sections: list[ShownSection]
    outcomes: list[ShownOutcome]
    outcomes_more: list[ShownOutcome]
    outcomes_beside: dict[str, list[ShownOutcome]]
    checks_told: str
    contents: list[tuple[str, str]]
    projects_after: str
    citation: str


def present(
    statement: Statement, *, short_name: str, explanations: list[str], rules: Rulebook
) -> DisclosurePage:
    """Return the page of a Statement; `explanations` follow the order of its checks."""
    spending = read_spending(statement)
    findings = write_findings(statement)
    outcomes = show_outcomes(statement.checks, explanations=explanations, rules=rules)
    beside = beside_sections(outcomes)
    compared = [shown for shown in outcomes if shown.outcome.result != "not_checkable"]
    return DisclosurePage(
        title=f"{short_name} {statement.fiscal_year} 年{stage_name(statement)}",
        answer=write_answer(statement, spending),
        spending=spending,
        cards=write_cards(statement, beside),
        findings=findings,
        projects=[
            ShownProject(
                anchor=f"project-{n}", project=project, amount=show_optional(project.amount)
            )
            for n, project in enumerate(statement.projects, 1)
        ],
        projects_heading=_projects_heading(statement),
        units=[
            (unit.name, vocabulary.UNIT_KIND_NAMES.get(unit.kind or "", "未说明"))
            for unit in statement.units
        ],
        figures=group_rows(statement),
        figures_folded=len(statement.figures) > FOLDED_FROM,
        figures_told=_figures_told(statement),
        sections=_sections(statement),
        outcomes=compared[:OUTCOMES_SHOWN],
        outcomes_more=compared[OUTCOMES_SHOWN:],
        outcomes_beside=beside,
        checks_told=sum_up(outcomes),
        contents=_contents(statement, findings),
        projects_after=_projects_after(findings),
        citation=cite(statement),
    )


def stage_name(statement: Statement) -> str:
    """Return 部门预算, 部门决算, or 单位预算, 单位决算 for a unit's own."""
    name = vocabulary.STAGE_NAMES[statement.stage]
    return name.replace("部门", "单位") if statement.level == "unit" else name


def _sections(statement: Statement) -> list[ShownSection]:
    return [
        ShownSection(
            anchor=f"section-{n}",
            section=section,
            heading=_heading(section),
            paragraphs=[line for line in section.text.split("\n") if line.strip()],
        )
        for n, section in enumerate(statement.sections, 1)
    ]


def _figures_told(statement: Statement) -> str:
    """Say how many figures there are of each state: ``12 个数字，另有 5 项写明没有``."""
    counts = Counter(figure.state for figure in statement.figures)
    others = [
        f"{counts[state]} 项{name}"
        for state, name in (("nil", "写明没有"), ("blank", "留空"), ("illegible", "认不清"))
        if counts[state]
    ]
    told = f"文件里的 {counts['value']} 个数字"
    return f"{told}，另有 {'、'.join(others)}" if others else told


def _contents(statement: Statement, findings: list[Finding]) -> list[tuple[str, str]]:
    there = []
    projects = [("projects", "项目说明")] if statement.projects else []
    after = _projects_after(findings)
    for finding in findings:
        there.append((finding.key, finding.nav))
        if finding.key == after:
            there += projects
    if not after:
        there += projects
    there += [
        (key, nav)
        for key, nav, content in (
            ("duties", "部门职责", statement.duties),
            ("units", "预算单位", statement.units),
            ("checks", "核对结果", True),
            ("figures", "全部数字", statement.figures),
            ("text", "原文全文", statement.sections),
            ("glossary", "名词解释", statement.glossary),
            ("take-along", "下载与引用", True),
        )
        if content
    ]
    return there


def _projects_after(findings: list[Finding]) -> str:
    """Projects stand after what is to be bought; without procurement, after all findings."""
    return next((finding.key for finding in findings if finding.key == "procurement"), "")


def _projects_heading(statement: Statement) -> str:
    if len(statement.projects) != 1:
        return f"文件逐项说明了 {len(statement.projects)} 个项目"
    (project,) = statement.projects
    amount = f"，{money(project.amount)}" if project.amount is not None else ""
    return f"专门说明的项目：{project.name}{amount}"


def _heading(section: Section) -> str:
    """Return a heading as printed; its number and title where the place does not show them."""
    printed = section.sources[0].quote.strip() if section.sources else ""
    if section.title and section.title in printed and len(printed) <= len(section.title) + 16:
        return printed
    return f"{section.number} {section.title}".strip()


def cite(statement: Statement) -> str:
    """Return the entry of GB/T 7714—2015 up to the days of this page and of reading it.

    The date at the end of the document is neither.
    """
    author = statement.unit or statement.department
    title = f"{statement.fiscal_year} 年{stage_name(statement)}"
    return f"{author}. {title}[EB/OL]. "


# ── cards ─────────────────────────────────────────────────────────────────────


def write_cards(statement: Statement, beside: dict[str, list[ShownOutcome]]) -> list[Card]:
    """Return the four small answers: 三公, procurement, performance, vehicles."""
    return [
        _three_public_card(statement),
        _procurement_card(statement, beside),
        _performance_card(statement),
        _vehicles_card(statement),
    ]


def _three_public_card(statement: Statement) -> Card:
    total = find(statement, "three_public.total")
    text = {"nil": "文件写明没有"}.get(total.state, "") if total else "文件没有写合计"
    return Card(title="“三公”经费", amount=show(total), text=text, href="three-public")


def _procurement_card(statement: Statement, beside: dict[str, list[ShownOutcome]]) -> Card:
    printed = find(statement, "procurement.total")
    stated = [item.amount for item in statement.procurement if item.amount is not None]
    is_warning = any(shown.needs_attention for shown in beside["procurement"])
    count = f"{len(statement.procurement)} 项" if statement.procurement else ""
    text = f"{count}{'，' if count and is_warning else ''}{'有核对提示' if is_warning else ''}"
    if printed or not stated:
        amount = show(printed)
    else:
        amount, text = money(sum(stated)), f"合计由本站相加，{text}"  # type: ignore[arg-type]
        if statement.has_unread("procurement"):
            text += "，清单可能不全"
    return Card(
        title="政府采购",
        amount=amount,
        text=text,
        href="procurement" if stated or printed else "",
        is_warning=is_warning,
    )


def _performance_card(statement: Statement) -> Card:
    """Count the goals, or where a document counts only the projects that have them, those."""
    goals, projects, amount = (
        find(statement, f"performance.{name}") for name in ("goals", "projects", "amount")
    )
    text = f"涉及 {show(amount)}" if is_amount(amount) else ""
    return Card(
        title="绩效目标" if goals or not projects else "有绩效目标的项目",
        amount=show(goals or projects),
        text=text,
        href="performance" if goals or projects else "",
    )


def _vehicles_card(statement: Statement) -> Card:
    vehicles = find(statement, "assets.vehicles")
    day = vehicles.as_of if vehicles else None
    text = f"截至 {day.year} 年 {day.month} 月 {day.day} 日" if day else ""
    return Card(title="车辆", amount=show(vehicles), text=text, href="assets" if vehicles else "")


def missing_years(years: list[int]) -> list[int]:
    """Return the years between the first and the last of which nothing is there."""
    return [year for year in range(min(years), max(years)) if year not in years] if years else []


def tell_stages(stages: Iterable[str]) -> str:
    """Say how many disclosures of each stage there are: ``2 份部门预算、1 份部门决算``."""
    counts = Counter(stages)
    return "、".join(
        f"{counts[stage]} 份{name}"
        for stage, name in vocabulary.STAGE_NAMES.items()
        if counts[stage]
    )
