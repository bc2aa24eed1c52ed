"""Who and when: the title of a disclosure, its date, its duties and its list of units."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.documents.blocks import UnreadableDocument
from budgets.statement import BudgetUnit, Claim, Dimensions

from .lines import Line
from .sections import CHINESE, numbering

NOT_A_BUDGET = (
    "这不像一份部门预算或决算：开头没有找到“××年部门预算”“××年部门决算”这样的标题。"
    "请确认上传的是预算公开文件；标题应写明部门名称和年度。"
)
_TITLE = re.compile(
    r"^(?P<before>.*)(?P<year>20\d\d)(?:年度|年)(?:度)?(?P<between>[^:。，]*?)"
    r"(?P<level>部门|单位)?(?:综合|收支)?(?P<stage>预算|决算)"
    r"(?:信息)?(?:公开|说明|报告|草案|编制|情况|文本|目录|及|和|\"?三公\"?经费|表|\([^()]*\)|的)*+$"
)
_MAX_TITLE = 120
_NO_TITLE = re.compile(r"日期|时间|来源|索引号|文号|主管部门|发布|关于印发")
_LABELLED = re.compile(
    r"(?:预算主管部门|主管部门|部门名称|单位名称|预算单位|部门|单位):(?P<name>[^\n:]{3,60})"
)
_ORGANISATION = re.compile(r"[\u4e00-\u9fff()]{3,60}")
_ORGANISATION_END = re.compile(
    r"(?:局|委|委员会|办|办公室|办事处|处|院|所|站|中心|厅|部|会|府|政府|室|学校|小学|中学|大学|幼儿园|馆|"
    r"队|支队|大队|社|团|分局|机关|台|校|协会|联合会|\(本级\)|\(本部\))$"
)
_JURISDICTION = re.compile(
    r"^(?P<jurisdiction>"
    r"(?:[\u4e00-\u9fff]{2,7}?(?:省|自治区|特别行政区))?"
    r"(?:[\u4e00-\u9fff]{2,8}?(?:市(?![场政容民直监])|自治州|盟(?!员)))?"
    r"(?:[\u4e00-\u9fff]{1,14}?(?:(?<![社地分])区(?!域)|县|旗|市(?![场政容民直监])))?"
    r")(?P<name>[\u4e00-\u9fff()]{2,})$"
)
_DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日")
_KIND_WORDS = (
    ("civil_service_managed", r"参公(?:管理)?(?:事业)?单位|参照公务员法管理(?:的)?(?:事业)?单位"),
    ("administrative", r"行政单位|行政机关"),
    ("public_institution", r"(?:公益[一二]类)?(?:财政补助)?事业单位"),
)
_COUNT_OF_KIND = re.compile(
    "|".join(
        rf"(?<!其中)(?<!其中:)(?:{words})(?:共|有|为|是|:)?(?P<after_{kind}>\d{{1,3}})(?:个|家)(?!处|科|内设)"
        rf"|(?P<before_{kind}>\d{{1,3}})(?:个|家)(?:{words})"
        for kind, words in _KIND_WORDS
    )
)
_SUBORDINATES = re.compile(r"(?:下属|所属|下级)(?P<count>\d+)(?:个|家)(?:预算)?单位")
_NO_SUBORDINATE = re.compile(r"(?:无|没有)(?:下级|下属|所属)(?:预算)?单位")
_UNIT_LIST = re.compile(
    r"单位(?:(?!内设|科室|处室|股室|单位)[^。])*?(?:包括|分别(?:为|是)|如下|名单):"
)
_OFFICES = re.compile(
    r"(?:内设|设有?|设置|下设)(?P<count>\d{1,3})个(?:内设(?:机构|科室|处室)|职能(?:科室|处室)|科室|处室)"
)
_SPENDING_UNIT = re.compile(
    r"(?P<count>\d{1,4})(?:家|个)(?:行政(?:单位|机关)|机关|(?:参公|参照公务员法)?(?:管理的?)?(?:事业)?单位)"
)
_SPENDING_UNITS = re.compile(
    rf"(?:{_SPENDING_UNIT.pattern.replace('?P<count>', '?:')}[和、及以]*)+"
    r"(?:财政拨款)?的?(?=(?:机关|行政)运行经费)"
)
_INSTITUTION = re.compile(r"(?:中心|站|所|院|馆|学校|小学|中学|幼儿园|医院|大队|支队)$")
_HEAD_OFFICE = re.compile(r"\(?(?:本级|机关|局本级|本部)\)?$")


@dataclass(slots=True)
class Title:
    department: str
    fiscal_year: int
    stage: str
    level: str


def split_jurisdiction(name: str) -> tuple[str | None, str]:
    """Split “上海市普陀区财政局” into (“上海市普陀区”, “财政局”); (None, name) when it has none."""
    match = _JURISDICTION.match(name.removeprefix("中共"))
    if not match or not match["jurisdiction"]:
        return None, name
    return match["jurisdiction"], match["name"]


def parse_title(front: list[Line]) -> Title:
    """Read department, year, stage and level from the lines before the first heading.

    The title is one line (“XX局2024年部门预算”) or two that follow each other.
    UnreadableDocument when no title of a budget stands there.
    """
    texts = [line.text for line in front if line.text][:15]
    for index, text in enumerate(texts):
        for words in (text, "".join(texts[index : index + 2])):
            is_short = len(words) <= _MAX_TITLE and not _NO_TITLE.search(words)
            title = _TITLE.match(words) if is_short else None
            department = _department(texts, index, title) if title else None
            if title and department:
                return Title(
                    department=department,
                    fiscal_year=int(title["year"]),
                    stage="final_accounts" if title["stage"] == "决算" else "budget",
                    level="unit" if title["level"] == "单位" else "department",
                )
    raise UnreadableDocument(NOT_A_BUDGET)


def _department(texts: list[str], index: int, title: re.Match[str]) -> str | None:
    """Find the name: after a label, inside the title, or on the lines before or after it."""
    labelled = _LABELLED.search("\n".join(texts))
    candidates = (
        labelled["name"] if labelled else "",
        title["between"],
        title["before"],
        "".join(texts[:index]),
        texts[index - 1] if index else "",
        *texts[index + 1 : index + 2],
    )
    return next((name for name in map(_clean_name, candidates) if name), None)


def _clean_name(candidate: str) -> str | None:
    """Return an organisation's name without what titles put around it, or None."""
    own = re.split(r"20\d\d年", candidate)[0]
    name = re.sub(r"^(?:附件\d*:?|关于|公开)+|(?:关于|\(部门\)|\(单位\)|区级|市级|县级)$", "", own)
    return name if _ORGANISATION.fullmatch(name) and _ORGANISATION_END.search(name) else None


def parse_date(lines: list[Line]) -> datetime.date | None:
    """Return the date under the text (落款): the last line that is a date and nothing else."""
    for line in reversed(lines):
        match = _DATE.fullmatch(line.text)
        if match:
            return _date(*map(int, match.groups()))
    return None


def date_in(text: str) -> datetime.date | None:
    """Return the first full date in a text, e.g. after 截至."""
    match = _DATE.search(text)
    return _date(*map(int, match.groups())) if match else None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def parse_duties(lines: list[Line]) -> list[str]:
    """Return the duties: numbered entries, or paragraphs where nothing is numbered.

    A line without a number continues the duty above it; an introduction that ends in “：”
    is no duty.
    """
    printed = [line for line in lines if line.text]
    is_numbered = any(numbering(line).style != "none" for line in printed)
    duties: list[str] = []
    for line in printed:
        start = numbering(line).start
        if start or not is_numbered:
            duties.append(line.printed(start))
        elif duties:
            duties[-1] += line.printed()
    return [duty for duty in duties if not duty.endswith(("：", ":"))]


def parse_units(lines: list[Line]) -> tuple[list[BudgetUnit], list[Claim]]:
    """Return the units listed, and the counts that the text announces for them."""
    claims = [claim for line in lines for claim in _count_claims(line)]
    others = [claim for line in lines for claim in _subordinate_claims(line)]
    others += [claim for line in lines for claim in _office_claims(line)]
    names = _listed_names(lines)
    return [
        BudgetUnit(name=name, kind=kind)
        for name, kind in zip(names, _kinds(names, claims), strict=True)
    ], claims + others


def _count_claims(line: Line) -> list[Claim]:
    claims = []
    for match in _COUNT_OF_KIND.finditer(line.text):
        group = match.lastgroup or ""
        line.mark(*match.span(group), "operand")
        amount = Decimal(match[group])
        claims.append(
            Claim(
                kind="count",
                figure=Dimensions(concept=f"units.{group.split('_', 1)[1]}"),
                amount=amount,
                sources=[line.source(*match.span(), stated=match[0], amount=amount)],
            )
        )
    return claims


def _office_claims(line: Line) -> Iterator[Claim]:
    """“机关设9个内设机构”: offices are no budget units, and counted apart from them."""
    for match in _OFFICES.finditer(line.text):
        line.mark(*match.span("count"), "operand")
        amount = Decimal(match["count"])
        yield Claim(
            kind="count",
            figure=Dimensions(concept="units.offices"),
            amount=amount,
            sources=[line.source(*match.span(), stated=match[0], amount=amount)],
        )


def unit_counts(line: Line, start: int, end: int) -> Iterator[Claim]:
    """“下属1家机关和1家参公事业单位…的机关运行经费”: of how many units an amount is.

    These need not be all units of the department, so they are not held against its list.
    """
    spent = _SPENDING_UNITS.search(line.text, start, end)
    for match in _SPENDING_UNIT.finditer(spent[0]) if spent else ():
        first = spent.start() if spent else 0
        number = first + match.start("count"), first + match.end("count")
        line.mark(*number, "operand")
        amount = Decimal(match["count"])
        yield Claim(
            kind="count",
            figure=Dimensions(concept="agency_operation.units"),
            amount=amount,
            sources=[
                line.source(
                    first + match.start(), first + match.end(), stated=match[0], amount=amount
                )
            ],
        )


def _subordinate_claims(line: Line) -> Iterator[Claim]:
    for match in _SUBORDINATES.finditer(line.text):
        line.mark(*match.span("count"), "operand")
        amount = Decimal(match["count"])
        yield Claim(
            kind="count",
            figure=Dimensions(concept="units.subordinate"),
            amount=amount,
            sources=[line.source(*match.span(), stated=match[0], amount=amount)],
        )


def no_subordinate_claim(line: Line) -> Claim | None:
    """Return “无下级预算单位” as a count of none, wherever it stands."""
    match = _NO_SUBORDINATE.search(line.text)
    if not match:
        return None
    return Claim(
        kind="count",
        figure=Dimensions(concept="units.subordinate"),
        amount=Decimal(0),
        sources=[line.source(*match.span(), stated=match[0], amount=Decimal(0))],
    )


def _listed_names(lines: list[Line]) -> list[str]:
    """Names after “…单位…包括：”, in the sentence or one a line; never 内设机构 (offices)."""
    names: list[str] = []
    listing = False
    for line in lines:
        start = _UNIT_LIST.search(line.text)
        if start:
            listing = True
            names += _names(line, start.end())
        elif listing:
            numbered = numbering(line)
            # A numbered line names one unit; what follows its name tells of it.
            names += _names(line, numbered.start)[: 1 if numbered.start else None]
    return names


def _names(line: Line, start: int) -> list[str]:
    names = []
    for match in re.finditer(r"[^，,、；;。]+", line.text[start:]):
        offset = start + match.start()
        numbered = re.match(rf"\d+[.、]|\([{CHINESE}]+\)", match[0])
        if numbered:
            offset += numbered.end()
        name = line.printed(offset, start + match.end())
        folded = line.text[offset : start + match.end()]
        if _ORGANISATION.fullmatch(folded) and not re.fullmatch(
            r".{1,8}[科股]|.{1,4}[处室]", folded
        ):
            names.append(name)
    return names


def _kinds(names: list[str], claims: list[Claim]) -> list[str | None]:
    """Give each unit the kind that the text announces, in the order of the text.

    Only where the announced counts add up to the list, and no name contradicts its kind.
    """
    announced = [
        claim.figure.concept.removeprefix("units.")
        for claim in claims
        for _ in range(int(claim.amount or 0))
    ]
    if len(announced) != len(names):
        return [None] * len(names)
    return [
        kind if _may_be(name, kind) else None for name, kind in zip(names, announced, strict=True)
    ]


def _may_be(name: str, kind: str) -> bool:
    if _HEAD_OFFICE.search(name.replace("（", "(").replace("）", ")")):
        return kind == "administrative"
    if _INSTITUTION.search(name):
        return kind != "administrative"
    return not (re.search(r"(?:局|委员会|政府)$", name) and kind == "public_institution")
