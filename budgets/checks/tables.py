"""What stands around and inside printed tables: notes that fit them, codes of the right width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from budgets.statement import CodeName, Outcome, PrintedTable, Statement

from .registry import RULES, register

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
    """C09: 款 and 项 are printed with two digits, 类 with three."""
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
    if not short:
        yield Outcome(
            code="C09",
            result="pass",
            message=f"表中 {len(statement.code_names)} 个科目编码的位数都正确。",
        )


def _is_short(code: CodeName) -> bool:
    return any(
        source.quote.strip().isdecimal() and len(source.quote.strip()) == 1
        for source in code.sources
    )


register("T01", "E", "表注与表相符", _notes, needs="没有表注说明空表的表。")
register("C09", "E", "科目编码的位数正确", _codes, needs="文件没有带科目编码的表。")
