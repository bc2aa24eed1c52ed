"""Words, names and numbering: level words, names of 科目, gaps in numbering, text left over.

Level N outcomes are for the editor only. They block nothing and are never public.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from budgets.statement import CodeName, GlossaryEntry, Outcome, Section, Source, Statement
from budgets.vocabulary import FunctionalCode, functional_codes

from .registry import RULES, register

_DISTRICT = re.compile(r"(?<!自治)区$|县$|旗$")
_CITY_FINANCE = re.compile(r"(?:指|由|从|与|使用)市(?:级|本级)?财政|市级预算主管部门")
_CODE_TERM = re.compile(
    r"^(?P<class>[^（(]+)[（(]类[）)](?P<group>[^（(]+)[（(]款[）)](?P<item>.+)[（(]项[）)]$"
)
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_PLACEHOLDER = re.compile(
    r"(?<![XxＸ×╳])[XxＸ×╳]{2,}+(?=[年月日万元部门单位局委办项个%）)])|[XＸ×╳]{4,}|待填写|此处填写|（请填写"
    r"|仍保留该表格式|[在并]本表下方(?:作|注明|说明|备注)|作下述说明|作持平表述"
    r"|请(?:根据|结合|按照?)(?:实际|本单位|本部门|各部门)[^。；]{0,20}(?:填写|填列|修改|删除)"
    r"|[如若](?:无|没有)[^。；，]{0,20}，?请(?:删除|注明|说明|填写)|。{3,}"
)


def _level_words(statement: Statement) -> Iterator[Outcome]:
    """市财政 in a district's own document: whose money is it?"""
    if not statement.jurisdiction or not _DISTRICT.search(statement.jurisdiction):
        return
    found = [source for source in _texts(statement) if _CITY_FINANCE.search(source.quote)]
    if not found:
        yield Outcome(
            code="T03",
            result="pass",
            left=f"区县级的文件：{statement.jurisdiction}",
            right="没有发现别级财政的用语",
            message=f"{statement.jurisdiction}的文件，没有把本级财政写成市财政。",
        )
        return
    words = _CITY_FINANCE.search(found[0].quote)
    quote = found[0].quote[words.start() : words.start() + 14] if words else found[0].quote
    quote = quote.rstrip("。；，")
    yield Outcome(
        code="T03",
        result=RULES["T03"].result,
        left=f"区县级的文件：{statement.jurisdiction}",
        right=f"文中写“{quote}”",
        tolerance="级别用语应与所属地区一致",
        message=f"这是{statement.jurisdiction}的文件，文中（{len(found)} 处）写“{quote}”。",
        advice="请核实是否应为本级财政。",
        sources=found,
    )


def _texts(statement: Statement) -> Iterator[Source]:
    for entry in statement.glossary:
        yield from entry.sources
    for section in statement.sections:
        if section.key != "glossary":
            yield from section.sources


def _code_names(statement: Statement) -> Iterator[Outcome]:
    """Names of 科目 in the glossary: a note for each that has changed, one outcome for the rest."""
    unchanged: list[GlossaryEntry] = []
    unknown: list[GlossaryEntry] = []
    for entry in statement.glossary:
        printed = _CODE_TERM.match(entry.term)
        if not printed:
            continue
        current = _current_name(printed)
        if current is None:
            unknown.append(entry)
        elif current == entry.term.replace("(", "（").replace(")", "）"):
            unchanged.append(entry)
        else:
            yield _changed_name(entry, current)
    if unchanged:
        yield _names_of(unchanged, "pass", f"{len(unchanged)} 条科目名称与现行名称一致。")
    if unknown:
        message = f"{len(unknown)} 条科目不在本站有把握的科目表中，不能核对名称。"
        yield _names_of(unknown, "not_checkable", message)


def _table_names(statement: Statement) -> Iterator[Outcome]:
    """Names of 支出功能分类 in tables: told where a code bears the name of another one.

    A name that is known of no code may be new, or cut by the layout: it is not judged.
    """
    known = functional_codes()
    by_name: dict[tuple[int, str], set[str]] = defaultdict(set)
    for code, names in known.items():
        for each in names:
            if each.confidence == "high":
                by_name[len(code), each.name.removesuffix("支出")].add(code)
    agreeing = 0
    for printed in statement.code_names:
        names = known.get(printed.code, [])
        if printed.kind != "functional" or not names or names[0].confidence != "high":
            continue
        name = re.sub(r"\s", "", printed.name).removesuffix("支出")
        bearers = by_name.get((len(printed.code), name), set())
        if printed.code in bearers or any(name == n.name.removesuffix("支出") for n in names):
            agreeing += 1
        elif bearers:
            yield _contradicting_name(printed, names[0].current_name, min(bearers))
    if agreeing:
        message = f"表中 {agreeing} 个支出功能科目的名称与编码相符。"
        yield Outcome(code="C01", result="pass", message=message)


def _contradicting_name(printed: CodeName, name: str, bearer: str) -> Outcome:
    return Outcome(
        code="C01",
        result="warning",
        left=f"{printed.code} {printed.name}",
        right=f"{printed.code} {name}",
        tolerance="编码与名称应当是同一科目",
        message=f"表中编码 {printed.code} 的名称写作“{printed.name}”，"
        f"这个编码的科目是“{name}”，“{printed.name}”是 {bearer} 等科目的名称。",
        advice="请核对编码和名称。",
        sources=list(printed.sources),
    )


def _changed_name(entry: GlossaryEntry, current: str) -> Outcome:
    return Outcome(
        code="C01",
        result="note",
        left=entry.term,
        right=current,
        message=f"名词解释第 {entry.number or '—'} 条的科目名称已有变化或不完整，"
        f"现行名称为“{current}”。",
        sources=list(entry.sources),
    )


def _names_of(entries: list[GlossaryEntry], result: str, message: str) -> Outcome:
    return Outcome(
        code="C01",
        result=result,
        left="；".join(entry.term for entry in entries),
        message=f"名词解释中 {message}",
        sources=[source for entry in entries for source in entry.sources[:1]],
    )


def _current_name(printed: re.Match[str]) -> str | None:
    """Return the name in force of a printed 类款项, or None when the codes are not known for sure.

    A 类 may be shortened (一般公共服务): that alone is no change.
    """
    for top in _codes_named("", printed["class"], 3):
        for group in _codes_named(top.code, printed["group"], 5):
            for item in _codes_named(group.code, printed["item"], 7):
                return _join(printed, top, group, item)
    return None


def _join(
    printed: re.Match[str], top: FunctionalCode, group: FunctionalCode, item: FunctionalCode
) -> str:
    """Write the current names; the printed short 类 stays where nothing else changed."""
    group_name, item_name = group.current_name, item.current_name
    unchanged = group_name == printed["group"] and item_name == printed["item"]
    is_short = top.current_name == printed["class"] + "支出"
    class_name = printed["class"] if unchanged and is_short else top.current_name
    return f"{class_name}（类）{group_name}（款）{item_name}（项）"


def _codes_named(prefix: str, name: str, width: int) -> Iterator[FunctionalCode]:
    """Codes of one level under a prefix that bear a name, now, formerly, or short of 支出."""
    for code, names in functional_codes().items():
        if len(code) == width and code.startswith(prefix):
            for known in names:
                if known.confidence == "high" and known.name in (name, name + "支出"):
                    yield known


def _numbering(statement: Statement) -> Iterator[Outcome]:
    """Headings and glossary entries count on without gap, repeat or another style."""
    notes = [*_section_numbering(statement.sections), *_glossary_numbering(statement.glossary)]
    yield from notes
    if not notes and (statement.sections or statement.glossary):
        yield Outcome(code="C03", result="pass", message="标题和名词解释的编号连续。")


def _section_numbering(sections: list[Section]) -> Iterator[Outcome]:
    expected = counted = 1
    for section in sections:
        if section.level != 2:
            expected = counted = 1
            continue
        value = chinese_number(section.number)
        if section.number.isdecimal():
            yield _note(
                f"标题“{section.title}”编作“{section.number}”，同级标题用中文数字。",
                section.sources[:1],
            )
            value = int(section.number)
        elif value is not None and value not in (expected, counted, 1):
            yield _note(
                f"标题“{section.title}”的编号应为第 {expected}，实为第 {value}。",
                section.sources[:1],
            )
        if value is not None:
            # One wrong number is one note: the next may go on from what it should have been.
            counted = value + 1 if value in (expected, counted, 1) else expected + 1
            expected = value + 1


def _glossary_numbering(entries: list[GlossaryEntry]) -> Iterator[Outcome]:
    expected = counted = 1
    for entry in entries:
        value = int(entry.number) if entry.number.isdecimal() else chinese_number(entry.number)
        if value is None:
            continue
        if value not in (expected, counted):
            yield _note(
                f"名词解释“{entry.term}”的编号应为 {expected}，实为 {value}。", entry.sources[:1]
            )
        elif re.match(r"\d+[^\d.．、,，)）:：\s]", entry.sources[0].quote.lstrip()):
            yield _note(f"名词解释第 {entry.number} 条的序号后缺少点号。", entry.sources[:1])
        counted = value + 1 if value in (expected, counted) else expected + 1
        expected = value + 1


def chinese_number(text: str) -> int | None:
    """Read 一 … 九十九 (also the slips 一十一 and 一一); None when it is no such number."""
    if not text or any(c not in "一二三四五六七八九十" for c in text):
        return None
    if "十" not in text:
        return int("".join(str(_CHINESE_DIGITS[c]) for c in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return _CHINESE_DIGITS.get(tens, 1) * 10 + _CHINESE_DIGITS.get(ones, 0)


def _note(message: str, sources: list[Source]) -> Outcome:
    return Outcome(code="C03", result="note", message=message, sources=sources)


def _placeholders(statement: Statement) -> Iterator[Outcome]:
    """Template text left in: ×× where a name or number belongs."""
    found = [source for source in _texts(statement) if _PLACEHOLDER.search(source.quote)]
    for source in found:
        words = _PLACEHOLDER.search(source.quote)
        start = max(words.start() - 6, 0) if words else 0
        excerpt = source.quote[start : start + 20]
        yield Outcome(
            code="C04",
            result=RULES["C04"].result,
            left=f"“{excerpt}”",
            message=f"正文中留有未填写的模板文字“{excerpt}”。",
            advice="请补上或删除。",
            sources=[source],
        )
    if not found:
        yield Outcome(code="C04", result="pass", message="正文中没有留下未填写的模板文字。")


register(
    "C01",
    "N",
    "支出科目的名称与编码相符，用现行名称",
    _code_names,
    _table_names,
    needs="文件没有写出支出科目的名称。",
)
register("C03", "N", "编号连续", _numbering, needs="文件没有带编号的标题或名词解释。")
register("C04", "E", "没有未填写的模板文字", _placeholders, needs="文件没有正文。")
register(
    "T03",
    "W",
    "级别用语与所属地区一致",
    _level_words,
    needs="这条规则只核对区县和开发区的文件，或不知道文件属于哪个地区。",
)
