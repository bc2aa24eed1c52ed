"""The running text of a Statement, line by line, with the place of any words in it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from budgets.statement import Section, Source, Statement

_MARKS = str.maketrans("（），：；【】", "(),:;[]")
_BLANKS = re.compile(r"\s")


def lines_of(section: Section) -> list[Source]:
    """Return the lines of a section's own text, without its heading."""
    return section.sources[1:] if section.title else section.sources


def lines(statement: Statement, *, without: tuple[str, ...] = ()) -> Iterator[Source]:
    """Yield every line of text outside the named sections (by their keys)."""
    for section in statement.sections:
        if section.key not in without:
            yield from lines_of(section)


def part_of(line: Source, start: int, end: int) -> Source:
    """Return the place of ``line.quote[start:end]``."""
    return dataclasses.replace(
        line,
        start=line.start + start,
        end=line.start + end,
        quote=line.quote[start:end],
        stated=None,
        amount=None,
    )


def fold_marks(text: str) -> str:
    """Write marks in one width; the length stays, so that positions hold."""
    return text.translate(_MARKS)


def plain(text: str) -> str:
    """Return words to compare: no blanks, no brackets, no quotation marks."""
    return re.sub(r"[\s()（）“”\"'‘’、,，:：.．]", "", text)


def without_blanks(text: str) -> str:
    return _BLANKS.sub("", text)
