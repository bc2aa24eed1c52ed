"""Purposes and reasons taken over from another item (T02).

Items of one list often share their words, and may. A copy shows only where the words are the
name of another item that the same document prints, and do not fit the item's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgets.statement import Outcome, ProjectStatement, Source, Statement

from .passages import fold_marks, lines, part_of, plain
from .registry import RULES, register

_ITEM = re.compile(
    r"(?P<group>[^“\"()]{1,40})\(款\)(?P<item>[^()]{1,40}(?:\([^类款项][^()]*\)[^()]*)?)\(项\)"
)
_PURPOSE = re.compile(r"主要用于:?(?P<words>[^。;]+)")
_REASON = re.compile(r"主要原因(?:是|为)?:?(?P<words>[^。;]+)")
_TAIL = re.compile(
    r"(?:等)?(?:方面)?(?:的)?(?:经费|支出|预算|费用)*(?:有所|略有)?"
    r"(?:增加|减少|增长|下降|保持不变|持平|不变|变化)?$"
)
# The names of general items say too little to be anybody's own.
_GENERAL = re.compile(r"(?:一般行政管理事务|行政运行|机关服务|事业运行|其他.*)")
_SHORTEST = 5
_SHORTEST_SENTENCE = 20


@dataclass(frozen=True, slots=True)
class _Item:
    """A 项 that a paragraph is about, with the words it gives as purpose and reason."""

    group: str
    item: str
    line: Source
    parts: dict[str, tuple[str, Source]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """What words may call this item and no other: with its 款 where its name is general."""
        if _GENERAL.fullmatch(self.item):
            return (self.group + self.item,)
        return (self.item, self.group + self.item)


def _items(statement: Statement) -> list[_Item]:
    """Return the paragraphs that are about one 项, with their purpose and reason."""
    items = []
    for line in lines(statement, without=("glossary", "duties", "project")):
        text = fold_marks(line.quote)
        named = list(_ITEM.finditer(text))
        if len(named) != 1:
            continue
        item = _Item(plain(named[0]["group"].split(")")[-1]), plain(named[0]["item"]), line)
        for kind, pattern in (("用途", _PURPOSE), ("原因", _REASON)):
            if match := pattern.search(text, named[0].end()):
                item.parts[kind] = (match["words"], part_of(line, *match.span()))
        items.append(item)
    return items


def _items_copied(statement: Statement) -> Iterator[Outcome]:
    items = _items(statement)
    by_name = {name: item for item in items for name in item.names if len(name) >= _SHORTEST}
    own = 0
    for item in items:
        for kind, (words, place) in item.parts.items():
            said = _TAIL.sub("", plain(words))
            other = by_name.get(said)
            if other and not _fits(said, item):
                yield _copied(kind, said, item, place, other)
            else:
                own += 1
    if own:
        yield Outcome(
            code="T02",
            result="pass",
            message=f"{own} 处用途和原因没有写成另一科目的名称。",
        )


def _fits(said: str, item: _Item) -> bool:
    """Whether the words name the item itself, in whole or in part; a general item pays anything."""
    own = item.group + item.item
    return bool(_GENERAL.fullmatch(item.item)) or said in own or item.item in said


def _copied(kind: str, said: str, item: _Item, place: Source, other: _Item) -> Outcome:
    name = other.names[0]
    return Outcome(
        code="T02",
        result=RULES["T02"].result,
        left=f"“{item.item}”的{kind}：{said}",
        right=f"另一科目：{name}",
        tolerance="用途和原因应当写本科目的",
        message=f"“{item.item}”的{kind}写的是“{said}”，这是另一科目“{name}”的名称。",
        advice=f"请核实{kind}是否从另一科目抄来。",
        sources=[place, other.line],
    )


def _projects_copied(statement: Statement) -> Iterator[Outcome]:
    """A sentence that two project statements share and that names only one of the projects."""
    for project in statement.projects:
        for other in statement.projects:
            if other is project or len(other.name) < _SHORTEST or other.name in project.name:
                continue
            shared = sorted(_sentences(project) & _sentences(other))
            taken = next((s for s in shared if other.name in s and project.name not in s), None)
            if taken:
                yield Outcome(
                    code="T02",
                    result=RULES["T02"].result,
                    left=f"项目“{project.name}”：{taken}",
                    right=f"项目“{other.name}”中的同一句",
                    tolerance="项目说明应当写本项目的",
                    message=f"项目“{project.name}”的说明有一句与项目“{other.name}”完全相同，"
                    f"句中写的是“{other.name}”。",
                    advice="请核实是否从另一项目抄来。",
                    sources=[*project.sources[-1:], *other.sources[-1:]],
                )


def _sentences(project: ProjectStatement) -> set[str]:
    return {
        sentence
        for part in project.parts
        for sentence in re.split(r"[。；\n]", part.text)
        if len(sentence) >= _SHORTEST_SENTENCE
    }


register(
    "T02",
    "W",
    "用途和原因不是从另一项抄来的",
    _items_copied,
    _projects_copied,
    needs="文件没有逐项写支出科目的用途或原因。",
)
