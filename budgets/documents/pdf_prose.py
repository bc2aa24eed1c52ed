"""Lines of text into paragraphs, as a person sees them, across pages where they run on.

A paragraph ends where its last line leaves room for the next word, where the next line is
indented or numbered, and where the size of the letters or the distance changes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from .pdf_page import Word
from .pdf_text import Line, group_lines, make_line

_LEADER = re.compile(r"(?<![.…·‥．。])[.…·‥．。]{3,}+\s*\d*$|\t\d+$")
_SENTENCE_END = re.compile(r"[。；：！？;:!?][”’）)]*$")
_CHINESE = "一二三四五六七八九十百"
_NUMBERED = re.compile(
    rf"(?:第[{_CHINESE}]+[部章条]|[{_CHINESE}]{{1,4}}[、.．:：]|[（(][{_CHINESE}\d]{{1,4}}[）)]"
    r"|\d{1,2}[、.．](?!\d)|[①-⑳])"
)
_PAGE_MARK = re.compile(
    r"[-—–－―~～·\s]*+(?:第?\s*+\d{1,4}\s*+页?|[ivxⅰ-ⅿ]{1,6})[-—–－―~～·\s]*+"
    r"|第?\s*+\d{1,4}\s*+页?\s*+[/／，,]?\s*+共?\s*+\d{1,4}\s*+页?",
    re.IGNORECASE,
)
_HEADING = re.compile(rf"第[{_CHINESE}]+部分|[{_CHINESE}]{{1,4}}、")
# The part of the page's height, above and below, in which page furniture stands.
_MARGIN = 0.12
# The share of the page's width that a line has at least if it shows where the margins are.
_LONG = 0.4
_LABEL = re.compile(r"[:：](?!\d)")
# A text at the edge of this share of the pages, and of at least three, is furniture.
_RUNNING_SHARE = 0.6
_RUNNING_PAGES = 3


@dataclass(slots=True)
class PageLines:
    """The lines of one page that stand outside tables, from top to bottom."""

    number: int
    width: float
    height: float
    lines: list[Line]
    has_table: bool = False


@dataclass(slots=True)
class Margins:
    """Where lines of running text begin and end, in points."""

    left: float
    right: float


def page_lines(number: int, width: float, height: float, words: list[Word]) -> PageLines:
    """Return the lines of a page; what stands far apart on one height is two lines."""
    lines = [make_line(part) for group in group_lines(words) for part in _split_far_apart(group)]
    return PageLines(number, width, height, lines)


def _split_far_apart(words: list[Word]) -> list[list[Word]]:
    """Split a line at wide gaps (部门：… 单位：元), but not between the letters of 目　录."""
    parts = [[words[0]]]
    for before, word in pairwise(words):
        is_wide = word.left - before.right > 4 * max(word.em, before.em)
        is_spaced = len(word.text) == 1 or len(before.text) == 1
        is_page_number = word is words[-1] and word.text.isdigit() and len(word.text) <= 3
        if is_wide and not is_spaced and not is_page_number:
            parts.append([])
        parts[-1].append(word)
    return parts


def drop_furniture(pages: list[PageLines]) -> None:
    """Take away page numbers, and running headers and footers, in place.

    What stands at the top of pages with tables only may be the title of a table that goes on.
    Where it heads every page it is left on the first.
    """
    texts = Counter(text for page in pages for text in {line.text for line in _at_edges(page)})
    no_titles = {
        line.text
        for page in pages
        for line in _at_edges(page)
        if not page.has_table or line.base > page.height / 2
    }
    often = max(_RUNNING_PAGES, _RUNNING_SHARE * len(pages))
    running = {text for text in no_titles if texts[text] >= often}
    heading = _heading_every_page(pages)
    for number, page in enumerate(pages):
        furniture = {
            id(line)
            for line in _at_edges(page)
            if _PAGE_MARK.fullmatch(line.text) or line.text in running
        }
        if number and heading and heading not in running:
            furniture.add(id(page.lines[0]))
        page.lines = [line for line in page.lines if id(line) not in furniture]


def _heading_every_page(pages: list[PageLines]) -> str | None:
    """Return the text that is the first line of every page, if there is one.

    A label (单位：元) is none: it belongs to the table below it.
    """
    first = {page.lines[0].text if page.lines else "" for page in pages}
    text = next(iter(first))
    is_heading = len(first) == 1 and len(pages) >= _RUNNING_PAGES and not _LABEL.search(text)
    return text if is_heading else None


def _at_edges(page: PageLines) -> list[Line]:
    """Return the first and last two lines of a page that stand in its outer margins."""
    top, bottom = _MARGIN * page.height, (1 - _MARGIN) * page.height
    return [line for line in page.lines[:2] if line.base < top] + [
        line for line in page.lines[-2:] if line.middle > bottom
    ]


def find_margins(pages: list[PageLines]) -> dict[int, Margins]:
    """Return the margins of running text on each page, by page number.

    Pages of one size share their margins; a page whose lines show others has its own.
    """
    by_size: dict[tuple[int, int], list[PageLines]] = {}
    for page in pages:
        by_size.setdefault((round(page.width), round(page.height)), []).append(page)
    margins: dict[int, Margins] = {}
    for group in by_size.values():
        common = _margins([line for page in group for line in page.lines], group[0].width)
        common.right = common.right or 0.88 * group[0].width
        for page in group:
            margins[page.number] = _own_margins(page, common)
    return margins


def _own_margins(page: PageLines, common: Margins) -> Margins:
    """Return a page's own margins where its lines show them, else those of its like.

    Lines of a list end anywhere; only a margin that several reach and none exceeds counts.
    """
    own = _margins(page.lines, page.width)
    long = [line for line in page.lines if line.right - line.left > _LONG * page.width]
    if len(long) < 3:
        return common
    furthest = max(line.right for line in page.lines)
    em = median(line.em for line in page.lines)
    is_shown = own.right > common.right or furthest - own.right <= 1.5 * em
    left = own.left if own.left > common.left + 60 else min(own.left, common.left)
    return Margins(left, own.right if is_shown else common.right)


def _margins(lines: list[Line], width: float) -> Margins:
    """Return the margins that lines of some length show; `right` is 0 where none do."""
    long = [line for line in lines if line.right - line.left > _LONG * width]
    if not long:
        return Margins(min((line.left for line in lines), default=0.12 * width), 0.0)
    em = median(line.em for line in long)
    lefts = sorted(line.left for line in long)
    rights = sorted((line.right for line in long), reverse=True)
    return Margins(_confirmed(lefts, em, 1), _confirmed(rights, em, 2))


def _confirmed(values: list[float], em: float, others: int) -> float:
    """Return the first value beside which that many others stand; the first of all if none."""
    for value, other in zip(values, values[others:], strict=False):
        if abs(value - other) <= 0.6 * em:
            return value
    return values[0]


def starts_paragraph(before: Line, line: Line, margins: Margins, reach: float | None) -> bool:
    """Whether a line begins a paragraph after the line before it.

    `reach` is how far below it (in em) its sentence may go on, None across a page's end.
    """
    if line.small > 1.15 * before.large or line.large < 0.85 * before.small:
        return True
    if _LEADER.search(before.text):
        return True
    if reach is not None and not 0 < line.base - before.base <= reach * line.em:
        return True
    is_indented = line.left - margins.left > 1.2 * line.em
    has_ended = bool(_SENTENCE_END.search(before.text))
    is_wide = before.right - margins.left > 0.6 * (margins.right - margins.left)
    # Programs break lines differently; amid a sentence a line is full somewhat earlier, the more
    # so where the sentence began with an indent and this line has none.
    grace = 0.7
    if is_wide and not has_ended and not is_indented:
        grace = 12 if 1.2 < (before.left - margins.left) / line.em < 3.5 else 5
    if margins.right - before.right > line.token + grace * line.em:
        return True
    if is_indented and not has_ended and _is_title(before, line, margins):
        return False
    is_numbered = bool(_NUMBERED.match(line.text))
    if is_numbered and (_NUMBERED.match(before.text) or _HEADING.match(line.text)):
        return True
    if is_indented:
        is_hanging = bool(_NUMBERED.match(before.text)) and line.left > before.left + 0.8 * line.em
        return is_numbered or not is_hanging
    return is_numbered and has_ended


def _is_title(before: Line, line: Line, margins: Margins) -> bool:
    """Whether two lines are one title, set in the middle, whose next word did not fit."""
    middle = (margins.left + margins.right) / 2
    is_centred = all(abs((a.left + a.right) / 2 - middle) < a.em for a in (before, line))
    width = before.right - before.left + line.token
    return is_centred and width > margins.right - margins.left


def line_steps(lines: list[Line]) -> list[float]:
    """Return the distances from line to line, in em, in ascending order."""
    return sorted(
        (b.base - a.base) / b.em
        for a, b in pairwise(lines)
        if 0.5 * b.em < b.base - a.base < 8 * b.em
    )


def find_reach(pages: list[PageLines]) -> dict[int, float]:
    """Return for each page how far apart (in em) two lines of one paragraph may stand.

    The nearer quarter of the distances is that within paragraphs; a page of its own spacing
    counts as well, unless it has but a few scattered titles.
    """
    by_page = {page.number: line_steps(page.lines) for page in pages}
    common = _quarter(sorted(step for steps in by_page.values() for step in steps))
    return {
        number: max(1.8 * common, 1.3 * min(_quarter(steps), 3.0))
        for number, steps in by_page.items()
    }


def _quarter(values: list[float]) -> float:
    return values[len(values) // 4] if values else 1.5
