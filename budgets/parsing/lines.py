"""Paragraphs made ready for matching, with every span traced back to the text as printed.

A `Line` folds what damages reading (full width, compatibility ideographs, blanks inside
words, converter traces such as ``[bookmark: …]``) and keeps the way back: any span of
`Line.text` gives a `Source` that quotes the original exactly.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from budgets.documents.blocks import Paragraph
from budgets.statement import Source

TRACE = re.compile(r"\[bookmark:[^\]]*\]|\[endif\]|\[if [^\]]*\]", re.IGNORECASE)
_QUOTES = dict.fromkeys(map(ord, "“”„‟〝〞＂"), '"') | dict.fromkeys(map(ord, "‘’‚‛＇"), "'")
# Compatibility forms that stand for one ordinary character each; NFKC as a whole would also
# turn ① into 1 and so make a number out of a list mark.
_COMPATIBLE = re.compile("[\uf900-\ufaff\u2e80-\u2fdf\uff01-\uff5e\U0002f800-\U0002fa1f]")


@lru_cache(8192)
def fold_character(character: str) -> str:
    """Return the one character that this one stands for (“５” → “5”, “⼊” → “入”)."""
    if character == "，":
        return character  # a clause mark; as “,” it would join two numbers into one
    quote = _QUOTES.get(ord(character))
    if quote:
        return quote
    if _COMPATIBLE.match(character):
        folded = unicodedata.normalize("NFKC", character)
        return folded if len(folded) == 1 else character
    return " " if character.isspace() else character


def _kept(original: str) -> list[int]:
    """Return the positions that are read: no traces, and blanks only between ASCII words."""
    dropped: set[int] = set()
    for trace in TRACE.finditer(original):
        dropped.update(range(*trace.span()))
    kept: list[int] = []
    blank: int | None = None
    for position, character in enumerate(original):
        if position in dropped or (
            unicodedata.category(character) in ("Cf", "Cc") and character != "\t"
        ):
            continue
        if character.isspace():
            blank = position
            continue
        if (
            blank is not None
            and kept
            and _is_ascii_word(original[kept[-1]])
            and _is_ascii_word(character)
        ):
            kept.append(blank)
        blank = None
        kept.append(position)
    return kept


def _is_ascii_word(character: str) -> bool:
    folded = fold_character(character)
    return folded.isascii() and (folded.isalnum() or folded in ".,")


def clean(original: str) -> str:
    """Return the text for people: printed characters, without traces and stray blanks."""
    return "".join(" " if original[i].isspace() else original[i] for i in _kept(original))


def fold(text: str) -> str:
    """Return the text for matching, as `Line.text` has it."""
    return "".join(fold_character(text[i]) for i in _kept(text))


@dataclass(slots=True)
class Line:
    """One paragraph: `text` for matching, `original` as printed, `offsets` from one to the other.

    `marks` says what each number in it was read as: (start, end, class).
    """

    document: int
    locator: str
    original: str
    text: str
    offsets: list[int]
    traces: list[str] = field(default_factory=list)
    labels: list[tuple[int, int]] | None = None
    marks: list[tuple[int, int, str]] = field(default_factory=list)

    @classmethod
    def of(
        cls, paragraph: Paragraph, document: int = 0, start: int = 0, end: int | None = None
    ) -> Line:
        """Fold a paragraph, or the part of it from `start` to `end`."""
        part = paragraph.text[start:end]
        kept = _kept(part)
        return cls(
            document=document,
            locator=paragraph.locator,
            original=paragraph.text,
            text="".join(fold_character(part[i]) for i in kept),
            offsets=[start + i for i in kept],
            traces=TRACE.findall(part),
        )

    @classmethod
    def all_of(cls, paragraph: Paragraph, document: int = 0) -> Iterator[Line]:
        """Yield the lines of a paragraph: a break inside one (Shift+Enter) ends a line."""
        start = 0
        for part in paragraph.text.split("\n"):
            yield cls.of(paragraph, document, start, start + len(part))
            start += len(part) + 1

    def split(self, position: int) -> tuple[Line, Line]:
        """Return the line as two, divided before a character of `text`."""
        return (
            replace(
                self,
                text=self.text[:position],
                offsets=self.offsets[:position],
                labels=None,
                marks=[],
            ),
            replace(
                self,
                text=self.text[position:],
                offsets=self.offsets[position:],
                traces=[],
                labels=None,
                marks=[],
            ),
        )

    def source(
        self,
        start: int = 0,
        end: int | None = None,
        *,
        stated: str | None = None,
        amount: Decimal | None = None,
    ) -> Source:
        """Return the place of ``text[start:end]`` in the original; the whole line by default."""
        end = len(self.text) if end is None else end
        if start >= end:
            return Source(document=self.document, locator=self.locator, start=0, end=0, quote="")
        first, last = self.offsets[start], self.offsets[end - 1] + 1
        return Source(
            document=self.document,
            locator=self.locator,
            start=first,
            end=last,
            quote=self.original[first:last],
            stated=stated,
            amount=amount,
        )

    def printed(self, start: int = 0, end: int | None = None) -> str:
        """Return a span as printed, cleaned for people."""
        return clean(self.source(start, end).quote)

    def mark(self, start: int, end: int, kind: str) -> None:
        """Say what the numbers in a span were read as; the first mark of a place stands."""
        self.marks.append((start, end, kind))
