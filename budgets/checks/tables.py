"""What stands around and inside printed tables: notes that fit them, codes of the right width."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from budgets.statement import CodeName, Outcome, PrintedTable, Statement
from budgets.vocabulary import functional_codes

from .completeness import TABLE_NAMES, completeness
from .registry import RULES, register

_FUND_TABLES = ("government_fund_expenditure", "state_capital_expenditure")
_MONEY_TABLE = re.compile(r"(?:收入|支出|收支|经费).*表")
_WIDTHS = (3, 5, 7)
_EMPTY_NOTE = re.compile(r"空表|无此项|无.{0,30}(?:收支|支出|预算)(?:安排)?，?故")


def _notes(statement: Statement) -> Iterator[Outcome]:
    """T01: a note that calls a table empty stands under an empty one."""
    for table in statement.tables:
        if table.note and _EMPTY_NOTE.search(table.note):
            yield _note(table)


def _note(table: PrintedTable) -> Outcome:
    return Outcome(
        code="T01",
        result="pass" if table.empty else RULES["T01"].result,
        left=f"“{table.title}”{'没有' if table.empty else '有'}数字",
        right=f"表注：{table.note}",
        tolerance="说空表的表应当没有数字",
        message=f"“{table.title}”的表注说是空表，表中{'没有' if table.empty else '有'}数字。",
        advice="" if table.empty else "请删去表注，或核对表中数字。",
        sources=list(table.sources),
    )


def _codes(statement: Statement) -> Iterator[Outcome]:
    """C09: 款 and 项 are printed with two digits, 类 with three, below their own 类 and 款."""
    if not statement.code_names:
        return
    short = [code for code in statement.code_names if _is_short(code)]
    for code in short:
        printed = " ".join(source.quote for source in code.sources[:-1])
        yield Outcome(
            code="C09",
            result=RULES["C09"].result,
            left=f"{printed} {code.name}",
            right=code.code,
            tolerance="款、项编码为两位",
            message=f"科目“{code.name}”的编码印作“{printed}”，应为“{code.code}”。",
            advice="请补上编码前的 0。",
            sources=list(code.sources),
        )
    wrong = [code for code in statement.code_names if len(code.code) not in _WIDTHS]
    strays = list(_strays(statement))
    yield from (_misprinted(code, "应为三位、五位或七位") for code in wrong)
    yield from (_misprinted(code, f"同名科目的编码是“{own}”") for code, own in strays)
    if not short and not wrong and not strays:
        yield Outcome(
            code="C09",
            result="pass",
            message=f"表中 {len(statement.code_names)} 个科目编码的位数都正确。",
        )


def _misprinted(code: CodeName, why: str) -> Outcome:
    return Outcome(
        code="C09",
        result=RULES["C09"].result,
        left=f"{code.code} {code.name}",
        right=why,
        tolerance="项的编码以它的款开头，款的编码以它的类开头",
        message=f"科目“{code.name}”的编码印作“{code.code}”，{why}。",
        advice="请核对编码。",
        sources=list(code.sources),
    )


def _strays(statement: Statement) -> Iterator[tuple[CodeName, str]]:
    """Yield the codes known of nothing, with the printed code of the very same name."""
    known = functional_codes()
    by_name: dict[tuple[int, str], set[str]] = defaultdict(set)
    for code in statement.code_names:
        if code.code in known:
            by_name[len(code.code), code.name].add(code.code)
    for code in statement.code_names:
        own = by_name.get((len(code.code), code.name), set())
        if code.kind == "functional" and code.code not in known and len(own) == 1:
            yield code, next(iter(own))


def _is_short(code: CodeName) -> bool:
    return any(
        source.quote.strip().isdecimal() and len(source.quote.strip()) == 1
        for source in code.sources
    )


def _empty_tables(statement: Statement) -> Iterator[Outcome]:
    """C06: a table without a number carries a note, or the text says that there is none."""
    for table in statement.tables:
        if not table.empty or table.kind not in TABLE_NAMES:
            continue
        is_explained = bool(table.note) or _says_none(statement, table.kind)
        yield Outcome(
            code="C06",
            result="pass" if is_explained else RULES["C06"].result,
            left=f"“{table.title}”没有数字",
            right=f"说明：{table.note}" if table.note else "没有表注",
            tolerance="空表应当附有说明",
            message=f"“{table.title}”没有数字，"
            + ("附有说明。" if is_explained else "表下和正文都没有说明。"),
            advice="" if is_explained else "请在表下注明没有此项收支。",
            sources=list(table.sources),
        )


def _says_none(statement: Statement, kind: str) -> bool:
    """Whether a figure of the table's fund, or of its concept, is stated to be nothing."""
    fund = kind.removesuffix("_expenditure") if kind in _FUND_TABLES else None
    return any(
        figure.amount == 0 and (figure.fund == fund if fund else figure.concept == f"{kind}.total")
        for figure in statement.figures
    )


def _required_tables(statement: Statement) -> Iterator[Outcome]:
    """C07: one finding for all required tables that are not there (财预〔2016〕143号).

    A disclosure without any known table publishes prose only, and completeness tells it. Where a
    table could not be told, or most are not there, the missing ones may be that or stand apart.
    """
    known = [table for table in statement.tables if table.kind in TABLE_NAMES]
    if not known:
        return
    required = [part for part in completeness(statement) if part.key.startswith("table.")]
    missing = [
        part.name
        for part in required
        if part.state == "missing" and not _says_none(statement, part.key.removeprefix("table."))
    ]
    untold = [t.title for t in statement.tables if t.kind is None and _MONEY_TABLE.search(t.title)]
    names = "、".join(missing)
    is_unsure = bool(untold) or len(missing) * 3 > len(required)
    result = "pass" if not missing else "not_checkable" if is_unsure else RULES["C07"].result
    yield Outcome(
        code="C07",
        result=result,
        left=f"应有 {len(required)} 张表",
        right=f"缺少 {names}" if missing else "都有",
        tolerance="空表也应公开，并附说明",
        message={
            "pass": f"应公开的 {len(required)} 张表都有。",
            "not_checkable": f"没有认出 {names}，可能在别的文件里；{len(untold)} 张表没有认出。",
        }.get(result, f"没有找到 {names}。"),
        advice="请核对表格是否齐全。" if result == RULES["C07"].result else "",
        sources=[source for table in known for source in table.sources[:1]],
    )


register("T01", "E", "表注与表相符", _notes, needs="没有表注说明空表的表。")
register("C09", "E", "科目编码的位数正确", _codes, needs="文件没有带科目编码的表。")
register("C06", "W", "空表附有说明", _empty_tables, needs="没有空表。")
register("C07", "W", "应公开的表都有", _required_tables, needs="文件没有表格，见“公开完整度”。")
