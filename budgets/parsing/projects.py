"""Project statements: a name, its parts (项目概述 … 绩效目标) and the year's amount."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from budgets.statement import ProjectPart, ProjectStatement, Source

from .lines import Line
from .numbers import NUMBER, label_spans, quantities
from .sections import Outline, numbering, project_part

_NAME_TAIL = re.compile(r"(?:项目)?(?:经费)?(?:支出)?(?:预算)?(?:情况)?(?:的)?说明$")
# Before an amount: another year's, one share of many, a number broken over two lines.
_UNSURE = re.compile(r"每|上年|去年|人均|标准|已(?:安排|下达|支出)")
_NAME_HEAD = re.compile(r"^(?:重点)?项目(?:名称)?[:：]")


@dataclass(slots=True)
class _Part:
    key: str
    title: str
    lines: list[Line] = field(default_factory=list)

    def to_part(self) -> ProjectPart:
        text = "\n".join(line.printed() for line in self.lines if line.text)
        return ProjectPart(key=self.key, title=self.title, text=text)


def read_projects(parts: list[Outline]) -> list[ProjectStatement]:
    """Return the project statements of an outline; their sections get the key `project`."""
    projects = []
    for section in parts:
        if section.key in ("glossary", "duties", "units"):
            continue
        headed = [line for line in section.lines if project_part(line)]
        if len(headed) >= 2:
            section.key = "project"
            projects += _split(section)
    return projects


def _split(section: Outline) -> list[ProjectStatement]:
    """Split a section into its projects: a part that comes again begins the next project."""
    name, name_line = section.title, section.heading
    parts: list[_Part] = []
    projects = []
    for line in section.lines:
        key = project_part(line)
        if not key:
            if parts:
                parts[-1].lines.append(line)
            continue
        if any(part.key == key for part in parts):
            next_name = _pop_name(parts[-1])
            projects.append(_project(name, name_line, parts))
            parts = []
            if next_name:
                name, name_line = next_name.printed(numbering(next_name).start), next_name
        parts.append(_Part(key, line.printed(numbering(line).start)))
    projects.append(_project(name, name_line, parts))
    return projects


def _pop_name(part: _Part) -> Line | None:
    """Take the next project's heading off the end of the part before it."""
    while part.lines and not part.lines[-1].text:
        part.lines.pop()
    if part.lines and part.lines[-1].text[-1] not in "。；;":
        return part.lines.pop()
    return None


def _project(name: str, heading: Line | None, parts: list[_Part]) -> ProjectStatement:
    """Build the statement. Its amount is the one amount of the part 年度预算安排."""
    sources: list[Source] = [heading.source()] if heading else []
    amounts = [
        (line, quantity)
        for part in parts
        if part.key == "budget"
        for line in part.lines
        for quantity in quantities(line)
        if quantity.is_money
    ]
    if any(_UNSURE.search(line.text[: q.start]) or q.start == 0 for line, q in amounts):
        amounts = []
    amount = amounts[0][1].amount if len({q.amount for _, q in amounts}) == 1 else None
    if amount is not None:
        line, quantity = amounts[0]
        sources.insert(
            0,
            line.source(
                quantity.start, quantity.end, stated=quantity.stated, amount=quantity.amount
            ),
        )
    _mark_text(parts)
    return ProjectStatement(
        name=_NAME_HEAD.sub("", _NAME_TAIL.sub("", name)) or name,
        amount=amount,
        parts=[part.to_part() for part in parts],
        sources=sources,
    )


def _mark_text(parts: list[_Part]) -> None:
    """Numbers in a project's words belong to that item: its text carries them whole."""
    for line in (line for part in parts for line in part.lines):
        labels = label_spans(line)
        for number in NUMBER.finditer(line.text):
            if not any(start <= number.start() < end for start, end in labels):
                line.mark(*number.span(), "item")
