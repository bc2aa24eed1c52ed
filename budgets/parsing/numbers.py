"""Numbers in text: amounts with their units, labels that are no amounts, and the account of all.

Every group of digits ends in one of five classes (READING): figure, item, operand, label or
unread. Nothing is dropped and nothing is guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from budgets.statement import NUMBER_CLASSES, Unread, canonical

from .lines import Line, fold

NUMBER = re.compile(r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?(?!\d)")
MONEY = {
    "亿元": 10**8,
    "万元": 10**4,
    "千元": 10**3,
    "百元": 100,
    "元": 1,
    "亿": 10**8,
    "万": 10**4,
}
_COUNTS = {
    "%": "%",
    "％": "%",
    "个百分点": "百分点",
    "个": "个",
    "项": "项",
    "辆": "辆",
    "台(套)": "台",
    "台/套": "台",
    "台套": "台",
    "台": "台",
    "套": "台",
    "人次": "人",
    "人": "人",
    "名": "人",
    "批次": "批次",
    "批": "批次",
    "家": "家",
    "平方米": "平方米",
    "㎡": "平方米",
    "分": "分",
}
_UNITS = "|".join(map(re.escape, sorted([*MONEY, *_COUNTS], key=len, reverse=True)))
# 万 and 亿 alone are money only where nothing is counted: “0.39万（含…”, not “5万人”.
QUANTITY = re.compile(
    rf"(?P<sign>(?<![\d~～至])[-−])?(?P<number>{NUMBER.pattern})"
    rf"(?P<unit>(?:{_UNITS}))(?!(?<=[万亿])[\u4e00-\u9fff])"
)
# “…支出为0。”: nothing is nothing in every unit; a reader that knows what is meant gives it one.
_BARE_ZERO = re.compile(r"(?<=[为是])(?P<number>0(?:\.0{1,2})?)(?=[，。；;、)]|$)")
# What stands before a number that is a piece of another: “1 234.5”, “3，208.5”, “10-20”.
_BROKEN = re.compile(r"\d[，,. ~～至\-−]{1,2}$")
_MAX_DIGITS, _MAX_DECIMALS = 15, 4

# What digits are when they measure nothing. Order does not matter: a place is a label when any
# of these covers it and no reader has claimed it.
LABELS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d{4}\s?年(?:度)?(?:\d{1,2}月(?:\d{1,2}日)?)?",
        r"\d{4}\s?[-—~至到]\s?\d{4}年?",
        r"(?<!\d)\d{1,2}月(?:\d{1,2}日)?",
        r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}",
        r"^[(\[]?\d{1,3}[)\].、,:](?=[^\d.%])",
        r"^\d{1,3}(?=[^\d.,)\].、:%亿万千百元个项辆台套人名批家分年月])",
        r"(?<=[。；;:])[(]?\d{1,2}[).、](?=\D)",
        r"^\d{1,2}\.20\d\d年",
        r"第\d+[次号条款项届批期章节季]",
        r"[〔\[(（]\d{4}[〕\])）]\s?\d+\s?号",
        r"(?<!\d)\d++号(?=[文令])",
        r"(?:单位价值|单价|价值|金额)?(?:在)?(?<!\d)\d++(?:\.\d+)?万?元(?:\(含\d*万?元?\))?(?:及)?以[上下]",
        r"(?<![\d.])12[0-9]{3}(?=[^\d元万%]{0,12}(?:热线|平台|专线))",
        r"(?:电话|传真|邮编|热线)[:：]?[\d\-()转]+",
        r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)",
        r"(?<!\d)1[3-9]\d{9}(?!\d)",
        r"《[^《》]{0,200}》",
        r"[A-Za-z_]\d+",
    )
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in a line; `amount` in 元 for money, else as printed.

    `unit` is empty for a zero without one.
    """

    start: int
    end: int
    amount: Decimal
    unit: str
    stated: str

    @property
    def is_money(self) -> bool:
        return self.unit == "元"


def parse_number(text: str) -> Decimal:
    """Return the exact value of “1,234.50”; ValueError when it is no number."""
    if not NUMBER.fullmatch(text):
        raise ValueError(f"not a number: {text!r}")
    return Decimal(text.replace(",", ""))


def parse_quantity(printed: str, unit: str) -> Quantity:
    """Return the number that a person points at, with its place in the folded text.

    `unit` is meant where none is printed: “496.19” in a table of 万元. A minus, （25） and △25
    are negative. ValueError when there is not exactly one number.
    """
    text = fold(printed)
    numbers = list(NUMBER.finditer(text))
    if len(numbers) != 1 or not _is_plausible(numbers[0][0]):
        raise ValueError(f"not one number: {printed!r}")
    found = numbers[0]
    stated = QUANTITY.match(text, found.start())
    unit = stated["unit"] if stated else unit
    end = stated.end() if stated else found.end()
    amount = parse_number(found[0])
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    if before in tuple("-−△▲") or (before == "(" and after == ")"):
        amount = -amount
    if unit in MONEY:
        amount, unit = amount * MONEY[unit], "元"
    unit = _COUNTS.get(unit, unit)
    return Quantity(found.start(), end, canonical(amount, unit), unit, text[found.start() : end])


def quantities(line: Line, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Yield the numbers with units in a span, thresholds and other labels left out."""
    labels = label_spans(line)
    end = len(line.text) if end is None else end
    zeros = [
        Quantity(*match.span(), Decimal(0), "", match[0])
        for match in _BARE_ZERO.finditer(line.text, start, end)
    ]
    yield from sorted([*zeros, *_with_unit(line, start, end, labels)], key=lambda q: q.start)


def _with_unit(
    line: Line, start: int, end: int, labels: list[tuple[int, int]]
) -> Iterator[Quantity]:
    for match in QUANTITY.finditer(line.text, start, end):
        if any(a <= match.start("number") < b for a, b in labels):
            continue
        if _BROKEN.search(line.text[max(match.start() - 3, 0) : match.start()]):
            continue
        if not _is_plausible(match["number"]):
            continue
        amount = parse_number(match["number"])
        if match["sign"]:
            amount = -amount
        unit = match["unit"]
        if unit in MONEY:
            amount, unit = canonical(amount * MONEY[unit], "元"), "元"
        else:
            unit = _COUNTS[unit]
            amount = canonical(amount, unit)
        yield Quantity(match.start(), match.end(), amount, unit, line.printed(*match.span()))


def _is_plausible(number: str) -> bool:
    """Whether a number is one that a budget can hold exactly; longer ones stay unread."""
    whole, _, decimals = number.replace(",", "").partition(".")
    return len(whole) <= _MAX_DIGITS and len(decimals) <= _MAX_DECIMALS


def label_spans(line: Line) -> list[tuple[int, int]]:
    """Return the spans in which digits are dates, ordinals, thresholds, names and the like."""
    if line.labels is None:
        line.labels = [m.span() for pattern in LABELS for m in pattern.finditer(line.text)]
    return line.labels


def account(lines: Iterable[Line]) -> tuple[dict[str, int], list[Unread]]:
    """Count every number of the lines by class and list the unread ones with their place."""
    counts: Counter[str] = Counter()
    unread: list[Unread] = []
    for line in lines:
        for trace in line.traces:
            counts["label"] += len(NUMBER.findall(trace))
        labels = label_spans(line)
        for number in NUMBER.finditer(line.text):
            kind = _class_of(line, number.start(), labels)
            counts[kind] += 1
            if kind == "unread":
                unread.append(_unread(line, number))
    return {kind: counts[kind] for kind in NUMBER_CLASSES}, unread


def _class_of(line: Line, start: int, labels: list[tuple[int, int]]) -> str:
    for first, last, kind in line.marks:
        if first <= start < last:
            return kind
    if any(first <= start < last for first, last in labels):
        return "label"
    return "unread"


def _unread(line: Line, number: re.Match[str]) -> Unread:
    """Quote the clause around a number, so that a person sees what it may mean."""
    start = max(line.text.rfind(mark, 0, number.start()) for mark in "。；;，,") + 1
    ends = [line.text.find(mark, number.end()) for mark in "。；;，"]
    end = min((position for position in ends if position >= 0), default=len(line.text))
    if line.text[start : number.start()].isdigit():
        start = number.start()
    source = line.source(start, end, stated=number[0])
    return Unread(quote=source.quote, why="没有认出这个数字说的是什么", sources=[source])
