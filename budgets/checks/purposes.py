"""What prose says money was spent on, against the kinds of expenditure in the tables (S08)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from budgets.statement import Figure, Outcome, Source, Statement

from .amounts import name_of, written
from .passages import fold_marks, lines, part_of, without_blanks
from .registry import RULES, register

_PURPOSE = re.compile(r"主要用于:?(?P<words>[^。;]+)")
_NAMED_KIND = re.compile(r"等?(?:的|各项)?(?P<kind>基本|项目)支出$")
_LIST = re.compile(r"主要包括:?(?P<names>[^。;]+)")
_PARTS = {"基本": "expenditure.basic", "项目": "expenditure.project"}
# So many entries of a list must be names of the economic classification for it to be one of them.
_MOST = 4


def _kinds_fit(statement: Statement) -> Iterator[Outcome]:
    """“主要用于…等基本支出” of an item that the table prints as 项目支出 only, or the other way."""
    for line in lines(statement, without=("glossary", "duties", "project")):
        purpose = _PURPOSE.search(fold_marks(line.quote))
        kind = _NAMED_KIND.search(purpose["words"]) if purpose else None
        if not purpose or not kind or _names_both(purpose["words"]):
            continue
        codes = {
            (figure.functional, figure.fund, figure.period)
            for figure in statement.figures
            if figure.functional and _stands_in(figure, line)
        }
        for code in sorted(code for code, _, _ in codes if code and len(code) == 7):
            if len({own for own, _, _ in codes}) == 1:
                place = part_of(line, *purpose.span())
                yield from _kind_of(statement, code, kind["kind"], place)
                break


def _names_both(words: str) -> bool:
    return "基本支出" in words and "项目支出" in words


def _stands_in(figure: Figure, line: Source) -> bool:
    return any(
        (s.document, s.locator) == (line.document, line.locator) and s.table is None
        for s in figure.sources
    )


def _kind_of(statement: Statement, code: str, said: str, place: Source) -> Iterator[Outcome]:
    """Hold the kind said against the tables: told where all they print is of the other kind."""
    period = "final" if statement.stage == "final_accounts" else "budget"
    printed: dict[str, list[Figure]] = defaultdict(list)
    for figure in statement.figures:
        in_table = any(source.table is not None for source in figure.sources)
        if figure.functional == code and figure.period == period and in_table and figure.amount:
            printed[figure.concept].append(figure)
    own = printed[_PARTS[said]]
    others = printed[_PARTS["项目" if said == "基本" else "基本"]]
    if not own and not others:
        return
    shown = (own or others)[0]
    yield Outcome(
        code="S08",
        result="pass" if own else RULES["S08"].result,
        left=f"文中写“{place.quote}”",
        right=f"表中{name_of(shown)} {written(shown)}",
        tolerance="文中所说的支出类别，表中应有数额",
        message=f"科目 {code} 的用途写的是{said}支出，表中{said}支出"
        + ("有数额。" if own else f"没有数额，{name_of(shown)}为 {written(shown)}。"),
        advice="" if own else "请核对用途的说法或表中的类别。",
        sources=[place, shown.sources[0]],
    )


def _listed_names_have_amounts(statement: Statement) -> Iterator[Outcome]:
    """“主要包括：…、…” names 经济分类 that the tables print without any amount.

    “主要” leaves parts out: an amount that is not named is no fault.
    """
    codes: dict[str, set[str]] = defaultdict(set)
    for known in statement.code_names:
        if known.kind == "economic" and len(known.code) == 5:
            codes[without_blanks(fold_marks(known.name))].add(known.code)
    paid = {f.economic for f in statement.figures if f.economic and f.amount}
    for line in lines(statement, without=("glossary", "duties", "project")):
        for match in _LIST.finditer(fold_marks(line.quote)):
            names = [without_blanks(name) for name in match["names"].split("、")]
            known_names = [name for name in names if name in codes]
            if len(known_names) < _MOST or len(known_names) * 2 < len(names):
                continue
            unpaid = [name for name in known_names if not codes[name] & paid]
            yield _listed(known_names, unpaid, part_of(line, *match.span()))


def _listed(names: list[str], unpaid: list[str], place: Source) -> Outcome:
    shown = "、".join(unpaid)
    return Outcome(
        code="S08",
        result=RULES["S08"].result if unpaid else "pass",
        left=f"文中列出 {len(names)} 个支出科目" + (f"，其中有“{shown}”" if unpaid else ""),
        right=f"表中“{shown}”没有数额" if unpaid else "表中都有数额",
        tolerance="文中列出的科目，表中应有数额",
        message=f"文中列为主要支出的“{shown}”，表中没有数额。"
        if unpaid
        else f"文中列出的 {len(names)} 个支出科目，表中都有数额。",
        advice="请核对所列科目。" if unpaid else "",
        sources=[place],
    )


register(
    "S08",
    "W",
    "文中所说的支出类别在表中有数额",
    _kinds_fit,
    _listed_names_have_amounts,
    needs="正文没有逐项写支出类别，或没有带科目的表。",
)
