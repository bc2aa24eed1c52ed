"""Lines into an outline: the parts and sections of a disclosure with their own lines.

Headings are known by their words first and by their numbering second, because numbering in
real documents is unreliable (“1、” where “一、” was meant, gaps, missing dots).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from budgets.statement import Section

from .lines import Line

# What a section is about, by the words of its heading; the first that occurs in it counts.
KEYS: tuple[tuple[str, str], ...] = (
    ("glossary", r"名词解释|名词说明|专业名词|专业性?较强的名词|名词术语"),
    (
        "duties",
        r"主要职责|主要职能|部门职责|单位职责|部门职能|单位职能|职能简介|基本职能|职责和机构",
    ),
    (
        "units",
        r"预算单位构成|单位构成|机构设置|机构构成|机构情况|部门基本情况|单位基本情况|人员情况",
    ),
    ("three_public", r'"?三公"?经费'),
    ("agency_operation", r"机关(?:\(.{1,8}\))?运行经费|行政运行经费"),
    ("procurement", r"政府采购"),
    ("government_fund", r"政府性基金"),
    ("state_capital", r"国有资本经营"),
    ("assets", r"国有资产|资产占有|资产占用|资产情况"),
    ("performance", r"绩效"),
    ("other", r"其他(?:相关|重要)?(?:事项|情况)(?:的)?(?:情况)?说明|项目经费情况说明"),
    (
        "overview",
        r"总体说明|总体情况|收支(?:预算)?情况|预算编制说明|收支说明|编制说明|收支预算说明",
    ),
)
PART_WORDS = {
    "overview": r"项目概述|项目概况|项目基本情况",
    "basis": r"立项依据|项目依据|设立依据",
    "implementer": r"实施主体|实施单位|项目单位",
    "plan": r"实施方案|实施内容|项目内容",
    "period": r"实施周期|实施期限|项目周期|起止时间",
    "budget": r"年度预算安排|预算安排(?:情况)?|年度预算|资金安排",
    "goals": r"绩效目标(?:情况)?|项目绩效目标|年度绩效目标",
}

CHINESE = "一二三四五六七八九十百"
_NUMBERING = re.compile(
    rf"^(?:(?P<part>第[{CHINESE}]+(?:部分|章)):?"
    rf"|(?P<chinese>[{CHINESE}]{{1,4}})[、.:，,．]"
    rf"|\((?P<bracket>[{CHINESE}]{{1,4}})\)[、.]?"
    r"|(?P<digit>\d{1,2})[、.．)](?!\d)|\((?P<digits>\d{1,2})\)[、.]?|(?P<circle>[①-⑳]))?"
)
_HEADING_AT_END = re.compile(rf"(?P<heading>[{CHINESE}]{{1,3}}、(?P<title>[^，。；、:]{{4,24}}))$")
_MAX_TITLE = 50


@dataclass(slots=True)
class Numbered:
    """A line taken apart: its number (一, 1, 第一部分), its style, and where its words begin."""

    style: str
    number: str
    start: int


@dataclass(slots=True)
class Outline:
    """A heading with the lines under it, up to the next heading of any level."""

    key: str
    level: int
    number: str
    title: str
    heading: Line | None
    lines: list[Line] = field(default_factory=list)

    def to_section(self) -> Section:
        """Return the section as printed; its sources are the heading and then each line of text."""
        printed = [line for line in self.lines if line.text]
        places = ([self.heading] if self.heading else []) + printed
        return Section(
            key=self.key,
            level=self.level,
            number=self.number,
            title=self.title,
            text="\n".join(line.printed() for line in printed),
            sources=[place.source() for place in places],
        )


def numbering(line: Line) -> Numbered:
    """Return the numbering at the start of a line; style `none` when it has none."""
    match = _NUMBERING.match(line.text)
    if not match or not match.lastgroup:
        return Numbered("none", "", 0)
    return Numbered(match.lastgroup, match[match.lastgroup], match.end())


def section_key(title: str) -> str | None:
    """Return what a heading with these (folded) words is about, or None."""
    found = [
        (match.start(), order, key)
        for order, (key, pattern) in enumerate(KEYS)
        if (match := re.search(pattern, title))
    ]
    if not found:
        return None
    return found[0][2] if found[0][2] == "glossary" else min(found)[2]


def project_part(line: Line) -> str | None:
    """Return which part of a project statement a line heads (`overview` … `goals`), or None."""
    start = numbering(line).start
    title = line.text[start:].rstrip(":。")
    for key, pattern in PART_WORDS.items():
        if re.fullmatch(pattern, title):
            return key
    return None


def outline(lines: list[Line]) -> tuple[list[Line], list[Outline]]:
    """Split lines into what stands before the first heading and the outline after it."""
    front: list[Line] = []
    parts: list[Outline] = []
    for line in _at_headings(without_contents(lines)):
        heading = _heading(line, parts)
        if heading:
            parts.append(heading)
        elif not parts:
            front.append(line)
        elif _titles_part(line, parts[-1]):
            parts[-1].title = line.printed()
            parts[-1].key = section_key(line.text) or parts[-1].key
        else:
            parts[-1].lines.append(line)
    return front, parts


def _at_headings(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines; one that ends in the next heading (a lost full stop) as two."""
    for line in lines:
        match = _HEADING_AT_END.search(line.text)
        title = match["title"] if match else ""
        key = section_key(title) if match and match.start("heading") else None
        if match and key and _only_heading_words(title, key, named=False):
            yield from line.split(match.start("heading"))
        else:
            yield line


def _titles_part(line: Line, part: Outline) -> bool:
    """Whether a line is the title of a part whose label (第一部分) stood on a line of its own."""
    return bool(line.text) and not part.title and len(line.text) <= _MAX_TITLE


def _heading(line: Line, before: list[Outline]) -> Outline | None:
    text = line.text
    if not text or len(text) > _MAX_TITLE or text[-1] in "。；;，,":
        return None
    number = numbering(line)
    title = text[number.start :]
    key = section_key(title)
    if number.style == "part":
        return Outline(key or "part", 1, number.number, line.printed(number.start), line)
    if not title or (project_part(line) and before):
        return None
    in_glossary = bool(before) and before[-1].key == "glossary"
    if number.style == "chinese" and not (in_glossary and re.search(r"[:：]|。?是?指", title)):
        return Outline(key or "other", 2, number.number, line.printed(number.start), line)
    # Without the right numbering only a heading whose words say so: “1、主要职责”, “名词解释”.
    is_part = number.style in ("bracket", "digits") and bool(before) and _may_divide(before[-1])
    if key and is_part and _only_heading_words(title, key, named=False):
        return Outline(key, 3, number.number, line.printed(number.start), line)
    if number.style == "none" and re.fullmatch(r"[^，。；:]{2,40}情况说明", title):
        return Outline(key or "other", 2, "", line.printed(), line)
    is_bare = number.style in ("digit", "none")
    if key and is_bare and _only_heading_words(title, key, named=number.style == "none"):
        if in_glossary and not title.endswith(("说明", "情况")):
            return None  # a term on a line of its own
        return Outline(key, 2, number.number, line.printed(number.start), line)
    return None


def _may_divide(section: Outline) -> bool:
    """Whether “（三）国有资产情况说明” may head a part of a section: not in a list of entries."""
    return section.key not in ("glossary", "duties", "units")


def _only_heading_words(title: str, key: str, *, named: bool) -> bool:
    """Whether a title says nothing but its subject; a department's name may stand before it."""
    pattern = dict(KEYS)[key]
    extra = (
        r"(?:本?部门|本?单位|20\d\d年度?|预算|决算|支出|收支|安排|占[有用]使?用?|管理|情况|说明|"
        r"及|和|的|:|\(部门\)|\(单位\))*"
    )
    name = (
        r"(?:[\u4e00-\u9fff]{4,40}(?:\(部门\)|\(单位\)|局|委员会|办公室|办事处))?" if named else ""
    )
    return bool(re.fullmatch(rf"{name}{extra}(?:{pattern}){extra}", title))


def without_contents(lines: list[Line]) -> list[Line]:
    """Drop the table of contents and take its numbers as labels.

    Its entries have leaders, or stand after 目录 until the first of them comes again as a
    heading, or come again themselves.
    """
    kept: list[Line] = []
    texts = [_contents_words(line.text) for line in lines]
    end = _end_of_contents(texts)
    in_contents = False
    for position, line in enumerate(lines):
        if line.text in _CONTENTS:
            in_contents = True
            continue
        is_entry = in_contents and bool(line.text) and texts[position] in texts[position + 1 :]
        if (in_contents and position < end) or is_entry or _has_leader(line.text):
            line.mark(0, len(line.text), "label")
            continue
        if line.text:
            in_contents = False
        kept.append(line)
    return kept


_CONTENTS = ("目录", "目次")


def _end_of_contents(texts: list[str]) -> int:
    """Return where the body begins: the place at which the first entry comes again, or 0."""
    start = next((i for i, text in enumerate(texts) if text in _CONTENTS), None)
    if start is None:
        return 0
    first = next((i for i in range(start + 1, len(texts)) if texts[i]), None)
    if first is None or texts[first] not in texts[first + 1 :]:
        return 0
    return texts.index(texts[first], first + 1)


def _contents_words(text: str) -> str:
    return text.rstrip(" \t.…·0123456789")


def _has_leader(text: str) -> bool:
    """Whether a line ends in a dotted leader, with a page number or without."""
    tail = text[len(_contents_words(text)) :]
    return any(leader in tail for leader in ("...", "…", "···")) or "PAGEREF" in text
