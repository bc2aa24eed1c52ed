"""The list of what a department will buy: one item a line, or several in one sentence."""

from __future__ import annotations

import re

from budgets.statement import ProcurementItem

from .lines import Line, fold
from .numbers import Quantity, quantities
from .sections import numbering

_ENTRY = re.compile(r"[^；;。]+")
# Words that make an entry a total, a split or a comparison. Each is a whole expression: “共”
# alone would drop 公共区域保洁 from the list, and the sum of the rest would be wrong unseen.
_TOTALS = re.compile(
    r"金额|合计|小计|总计|总额|总量|总规模|总计划|共计|以上共|^(?:\([^)]*\))?(?:共|总|本级)$|"
    r"(?<!公)共$|规模$|计划采购$|拟采购$|安排$|中标|同比|(?:资金|经费)来源|一般公共预算|政府性基金|采购资金$|上年|去年|其中|"
    r"货物|工程(?:类|采购)?(?:预算|支出)|服务(?:类|采购)?(?:预算|支出)|集中采购|分散采购|中小企业|小微|"
    r"小型和微型|增加|减少|政府采购(?:预算|经费|支出)"
)
_INTRODUCTION = re.compile(r"^.*(?:包括|如下|分别为|分别是|为):")


def read_items(line: Line, purchasers: list[str]) -> list[ProcurementItem]:
    """Return the items of a line of the procurement section; marks their numbers.

    An entry is a name followed by one amount and nothing more. A name may begin with the
    purchaser (department or unit), which is told apart. Totals and splits are no items.
    """
    items = []
    for entry in _ENTRY.finditer(line.text):
        start = entry.start()
        introduction = _INTRODUCTION.match(entry[0])
        if introduction:
            start += introduction.end()
        amounts = [q for q in quantities(line, start, entry.end()) if q.is_money]
        if len(amounts) == 1 and _is_item(line, start, entry.end(), amounts[0]):
            items.append(_item(line, start, amounts[0], purchasers))
    return items


def _is_item(line: Line, start: int, end: int, amount: Quantity) -> bool:
    name, rest = line.text[start : amount.start], line.text[amount.end : end]
    return len(name) >= 2 and not rest and not _TOTALS.search(name)


def _item(line: Line, start: int, amount: Quantity, purchasers: list[str]) -> ProcurementItem:
    if line.text[start : amount.start] and start == 0:
        start = numbering(line).start
    purchaser = _purchaser(line.text[start : amount.start], purchasers)
    begin = start + len(fold(purchaser)) if purchaser else start
    end = amount.start
    while line.text[begin] in ":,，的-—":
        begin += 1
    while line.text[end - 1] in ":,，为约":
        end -= 1
    line.mark(amount.start, amount.end, "item")
    return ProcurementItem(
        name=line.printed(begin, end),
        amount=amount.amount,
        purchaser=purchaser,
        sources=[line.source(start, amount.end, stated=amount.stated, amount=amount.amount)],
    )


def _purchaser(name: str, purchasers: list[str]) -> str | None:
    """Return the longest purchaser that the name begins with, if words are left after it."""
    found = [p for p in purchasers if name.startswith(fold(p)) and len(name) > len(fold(p)) + 1]
    return max(found, key=len, default=None)
