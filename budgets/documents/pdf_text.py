"""Words into lines, and lines into one text: what a person reads, without the page's breaks.

A line that ended because the next word did not fit is joined to it without a trace; a line
that ended with room to spare was ended on purpose, and that break is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from .pdf_page import Word

_NUMBER_END = re.compile(r"[\d.,，．]$")
_NUMBER_START = re.compile(r"[\d.,，．%％]")
_ONE_NUMBER = re.compile(r"-?[\d,，]+(?:[.．]\d{1,6})?[%％]?")
_LATIN = re.compile(r"[A-Za-z]")
# What may not begin a line in Chinese typesetting, and what may not end one.
_CLOSING = "，。、；：！？）》〉」』】〕”’％%,.;:!?)]}"
_OPENING = "（《〈「『【〔“‘([{"
_TOKEN = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[\dA-Za-z.,%％]+|.)[{re.escape(_CLOSING)}]*", re.DOTALL
)


@dataclass(slots=True)
class Line:
    """One line of text as seen, with its edges; `token` is the width of its first word.

    `em` is the size of most of its letters, `small` and `large` the range of their sizes.
    """

    text: str
    left: float
    right: float
    base: float
    em: float
    small: float
    large: float
    token: float

    @property
    def middle(self) -> float:
        return self.base - 0.36 * self.em


def group_lines(words: list[Word]) -> list[list[Word]]:
    """Return the words of each line, lines from top to bottom and words from left to right.

    A word belongs to a line when it stands less than half a character higher or lower.
    """
    groups: list[list[Word]] = []
    longest: Word | None = None
    for word in sorted(words, key=lambda word: word.base):
        if longest and word.base - longest.base < 0.5 * min(word.em, longest.em):
            groups[-1].append(word)
        else:
            groups.append([word])
            longest = None
        if not longest or word.right - word.left > longest.right - longest.left:
            longest = word
    for group in groups:
        group.sort(key=lambda word: word.left)
    return groups


def make_line(words: list[Word]) -> Line:
    """Join the words of one line (from left to right); text painted twice is read once."""
    pieces: list[str] = []
    is_spaced = len(words) > 3 and sum(len(word.text) == 1 for word in words) > 0.8 * len(words)
    before: Word | None = None
    sizes: Counter[float] = Counter()
    for word in words:
        if before and _is_copy(before, word):
            continue
        if before and _is_apart(before, word) and not (is_spaced and word.text.isdigit()):
            pieces.append(" ")
        pieces.append(word.text)
        sizes[word.em] += len(word.text)
        before = word
    text = "".join(pieces)
    em = sizes.most_common(1)[0][0]
    return Line(
        text=text,
        left=words[0].left,
        right=max(word.right for word in words),
        base=max(word.base for word in words),
        em=em,
        small=min(sizes),
        large=max(sizes),
        token=_token_width(text, words[0]),
    )


def _is_copy(before: Word, word: Word) -> bool:
    """Whether a word is painted over the one before, as some programs do to make it bold."""
    return before.text == word.text and word.left - before.left < 0.3 * word.em


def _is_apart(before: Word, word: Word) -> bool:
    gap = word.left - before.right
    is_ascii = before.text[-1].isascii() and word.text[0].isascii()
    return gap > (0.22 if is_ascii else 0.4) * min(before.em, word.em)


def _token_width(text: str, first: Word) -> float:
    match = _TOKEN.match(text)
    length = match.end() if match else 1
    last = min(length, len(first.text)) - 1
    return first.rights[last] - first.left


def join_lines(before: str, after: str) -> str:
    """Join two lines of one sentence: words of letters get their blank back, nothing else does."""
    if before and after and _LATIN.match(before[-1]) and _LATIN.match(after[0]):
        return f"{before} {after}"
    return before + after


def cell_text(lines: list[Line], left: float, right: float) -> str:
    r"""Return the text of a cell from `left` to `right`, `\n` where a line was ended early."""
    if not lines:
        return ""
    if all(len(line.text) == 1 for line in lines):  # written downwards
        return "".join(line.text for line in lines)
    margin = min(min(line.left - left, right - line.right) for line in lines)
    padding = min(max(margin, 0), 0.6 * lines[0].em)
    text = lines[0].text
    for before, line in pairwise(lines):
        if _wraps(text, before, line, right - left - 2 * padding):
            text = join_lines(text, line.text)
        else:
            text += "\n" + line.text
    return text


def _wraps(text: str, before: Line, line: Line, width: float) -> bool:
    """Whether the line before ended because this one's first word did not fit beside it."""
    if _NUMBER_END.search(text) and _NUMBER_START.match(line.text):
        # Two amounts in one cell must not become one.
        last = text.rsplit("\n", 1)[-1]
        if not _ONE_NUMBER.fullmatch(last + line.text):
            return False
    return before.right - before.left + line.token > width
