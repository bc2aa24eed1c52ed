"""What a document calls itself: years (C02), 部门 or 单位 (C05), its own name (C10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgets.statement import Claim, Outcome, Source, Statement

from .passages import fold_marks, lines, part_of, plain
from .registry import RULES, register

_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
# Titles about other years: what was done with earlier money, documents quoted by name.
_HISTORY = re.compile(
    r"《|截[至止]|执行|完成|回顾|总结|上年|以前|绩效|评价|工作|对比|比较|增减|变动|结转"
    r"|项目(?!支出)|专项|工程"
)
_STAGE_WORD = {"budget": "预算", "final_accounts": "决算"}
_OTHER_STAGE = {"budget": "决算", "final_accounts": "年初预算"}
_NAMED = re.compile(
    r"^(?P<name>[\u4e00-\u9fff]{4,40}(?:局|委员会|办公室|办事处|厅))(?:\((?:部门|单位|本部|本级)\))?"
    r"(?:20\d\d年度?)?(?:部门|单位)?(?P<about>主要职能|主要职责|职能|概况|机构设置|预算|决算)"
)
_MAKER = re.compile(r"^\s*(?:编制|填报|公开)部门:(?P<name>[\u4e00-\u9fff]{4,40})$")
_ORGANISATION = re.compile(r"(?:局|委员会|办公室|办事处|厅)$")
_OWN_WORD = {"department": "本部门", "unit": "本单位"}
_OF_EACH = re.compile(r"各.{0,6}(?:部门|单位)")
_BOTH_WORDS = re.compile(r"(?:本?部门|单位)(?:\(本?(?:单位|部门)\)|[/、和及或]本?(?:单位|部门))")


def _titles(statement: Statement) -> Iterator[tuple[str, Source]]:
    """Yield the titles of parts, sections and tables that have a place."""
    for section in statement.sections:
        if section.title and section.sources:
            yield section.title, section.sources[0]
    for table in statement.tables:
        if table.title and table.sources:
            yield table.title, table.sources[0]


# ── years ─────────────────────────────────────────────────────────────────────


def _years_of_titles(statement: Statement) -> Iterator[Outcome]:
    """C02: a title of this document's own figures names its own year."""
    own: list[Source] = []
    strange: list[tuple[str, Source]] = []
    for title, place in _titles(statement):
        years = _YEAR.findall(title)
        if len(years) != 1 or _HISTORY.search(title):
            continue
        if _STAGE_WORD[statement.stage] not in title or _OTHER_STAGE[statement.stage] in title:
            continue
        if int(years[0]) == statement.fiscal_year:
            own.append(place)
        else:
            strange.append((title, place))
    # The cover gave the document its year; so do the bases of its changes.
    before = statement.fiscal_year - 1
    is_backed = any(claim.base_year == before for claim in statement.claims)
    if strange and len(strange) > len(own) + is_backed:
        yield Outcome(
            code="C02",
            result="not_checkable",
            message="标题中的年度多数与文件年度不同，不能判断哪一个有误。",
            sources=[place for _, place in strange],
        )
        return
    for title, place in strange:
        yield _wrong_year(statement, title, place)
    if own and not strange:
        yield Outcome(
            code="C02",
            result="pass",
            message=f"{len(own)} 个写有年度的标题都是 {statement.fiscal_year} 年。",
            sources=own,
        )


def _wrong_year(statement: Statement, title: str, place: Source) -> Outcome:
    return Outcome(
        code="C02",
        result=RULES["C02"].result,
        left=f"标题“{title}”",
        right=f"本文件的年度 {statement.fiscal_year} 年",
        tolerance="本文件各标题的年度应当相同",
        message=f"标题“{title}”的年度与本文件的年度（{statement.fiscal_year} 年）不同。",
        advice="请改正标题中的年度。",
        sources=[place],
    )


def _base_years(statement: Statement) -> Iterator[Outcome]:
    """C02: “比YYYY年” names the year before.

    Told only where most changes of the document do: an older base may be meant. In final
    accounts “比YYYY年预算” compares with the year's own budget.
    """
    before = statement.fiscal_year - 1
    based = [claim for claim in statement.claims if claim.kind == "change" and claim.base_year]
    usual = [claim for claim in based if claim.base_year == before]
    strange = [
        claim
        for claim in based
        if claim.base_year != before
        and f"{claim.base_year}年" in claim.sources[0].quote
        and not (statement.stage == "final_accounts" and "预算" in claim.sources[0].quote)
    ]
    if len(usual) > 2 * len(strange):
        for claim in strange:
            yield _wrong_base(claim, before)
    if usual and not strange:
        yield Outcome(
            code="C02",
            result="pass",
            message=f"{len(usual)} 处增减都以 {before} 年为基数。",
            sources=[claim.sources[0] for claim in usual],
        )


def _wrong_base(claim: Claim, before: int) -> Outcome:
    return Outcome(
        code="C02",
        result=RULES["C02"].result,
        left=f"文中以 {claim.base_year} 年为基数",
        right=f"上年为 {before} 年",
        tolerance="本文件其他增减都与上年比较",
        message=f"一处增减以 {claim.base_year} 年为基数，本文件其他各处以 {before} 年为基数。",
        advice="请核对基数的年度。",
        sources=list(claim.sources),
    )


# ── names ─────────────────────────────────────────────────────────────────────


def _own_words(statement: Statement) -> Iterator[Outcome]:
    """C05: a document that calls itself 本部门 in one place and 本单位 in another.

    The words “部门（单位）” of templates are for both; duties and glossary are taken over.
    """
    own = _OWN_WORD[statement.level]
    other = _OWN_WORD["unit" if statement.level == "department" else "department"]
    found: dict[str, list[Source]] = {own: [], other: []}
    for line in lines(statement, without=("glossary", "duties", "units", "project")):
        if _OF_EACH.search(line.quote):
            continue  # “各单位结合本单位实际”: anybody's own
        text = _BOTH_WORDS.sub(lambda match: " " * len(match[0]), fold_marks(line.quote))
        for word, places in found.items():
            start = text.find(word)
            if start >= 0:
                places.append(part_of(line, start, start + len(word)))
    if not found[own]:
        return
    kind = "部门" if statement.level == "department" else "单位"
    mixed = len(found[other])
    yield Outcome(
        code="C05",
        result=RULES["C05"].result if mixed else "pass",
        left=f"{kind}文件：“{own}”{len(found[own])} 段",
        right=f"“{other}”{mixed} 段",
        tolerance=f"{kind}文件应当自称“{own}”",
        message=f"这是{kind}的文件，"
        + (f"有 {mixed} 段自称“{other}”。" if mixed else f"自称都是“{own}”。"),
        advice=f"请核实是否应为“{own}”。" if mixed else "",
        sources=found[other] or found[own],
    )


def _own_name(statement: Statement) -> Iterator[Outcome]:
    """C10: a heading, or the maker of a table, that names another department.

    Short names (商务委) are the same name: their characters stand in the full one in order.
    """
    names = list(_names(statement))
    own = [place for name, _, place in names if _is_own_name(name, statement)]
    # A document may have a chapter on each of its bodies: then it has one on itself, too.
    own_chapters = {about for name, about, _ in names if about and _is_own_name(name, statement)}
    for name, about, place in names:
        if _is_own_name(name, statement) or about in own_chapters:
            continue
        yield Outcome(
            code="C10",
            result=RULES["C10"].result,
            left=f"文中写“{name}”",
            right=f"本文件的部门“{statement.department}”",
            tolerance="标题和表头应当写本部门的名称",
            message=f"标题或表头写“{name}”，本文件是“{statement.department}”的。",
            advice="请核实名称。",
            sources=[place],
        )
        return
    if own:
        yield Outcome(
            code="C10",
            result="pass",
            message=f"{len(own)} 处标题和表头写的是本部门的名称。",
            sources=own,
        )


def _names(statement: Statement) -> Iterator[tuple[str, str, Source]]:
    """Yield the names of headings with what the heading is about, and of the makers of tables."""
    for section in statement.sections:
        if section.key == "project" or not section.sources:
            continue
        if match := _NAMED.match(plain_title(section.title)):
            yield match["name"], match["about"], section.sources[0]
    for line in lines(statement):
        match = _MAKER.match(fold_marks(line.quote).strip())
        if match and _ORGANISATION.search(match["name"]):
            yield match["name"], "", line


def plain_title(title: str) -> str:
    return re.sub(r"\s", "", fold_marks(title))


def _is_own_name(name: str, statement: Statement) -> bool:
    known = [statement.department, statement.unit or "", *(unit.name for unit in statement.units)]
    return any(
        plain(other) and (_is_within(plain(name), plain(other)) or plain(other) in plain(name))
        for other in known
    )


def _is_within(short: str, long: str) -> bool:
    """Whether the characters of a short name stand in the long one in the same order."""
    rest = iter(long)
    return all(character in rest for character in short)


register(
    "C02",
    "E",
    "标题和基数的年度正确",
    _years_of_titles,
    _base_years,
    needs="文件的标题和增减没有写年度。",
)
register(
    "C05",
    "W",
    "部门文件称本部门，单位文件称本单位",
    _own_words,
    needs="文件没有用“本部门”或“本单位”自称。",
)
register(
    "C10",
    "E",
    "标题和表头写的是本部门的名称",
    _own_name,
    needs="标题和表头没有写部门名称。",
)
