"""The numbers that Word draws before list paragraphs: 一、 （二） 3. and their like.

Word stores a paragraph's list and level, not the number; people see the number, and texts
refer to it. This follows numbering.xml (ISO/IEC 29500-1, 17.9) for the formats in use.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "零一二三四五六七八九"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "chineseLegalSimplified",
}
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


class Numbering:
    """Counts list paragraphs in document order; `label` is to be asked once for each."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        part = _numbering_element(document)
        if part is not None:
            self._read_levels(part)
        self._read_styles(document.styles.element)

    def _read_levels(self, part: Any) -> None:
        for abstract in part.iterchildren(qn("w:abstractNum")):
            abstract_id = abstract.get(qn("w:abstractNumId"))
            for level in abstract.iterchildren(qn("w:lvl")):
                self._levels[abstract_id, _number(level.get(qn("w:ilvl")), 0)] = (
                    _value(level, "w:numFmt") or "decimal",
                    _value(level, "w:lvlText") or "",
                    _number(_value(level, "w:start"), 1),
                )
        for number in part.iterchildren(qn("w:num")):
            self._abstract[number.get(qn("w:numId"))] = _value(number, "w:abstractNumId") or ""

    def _read_styles(self, styles: Any) -> None:
        for style in styles.iterchildren(qn("w:style")):
            found = _list_of(style)
            if found:
                self._of_style[style.get(qn("w:styleId"))] = found

    def label(self, paragraph: Any) -> str:
        """Return what Word draws before a paragraph, or nothing; bullets are left out."""
        found = _list_of(paragraph) or self._of_style.get(_value_in(paragraph, "w:pStyle") or "")
        if not found:
            return ""
        number_id, level = found
        abstract = self._abstract.get(number_id)
        known = self._levels.get((abstract or "", level))
        if abstract is None or not known:
            return ""
        counts = self._counts[abstract]
        counts[level] = counts.get(level, known[2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if known[0] in ("bullet", "none"):
            return ""
        return re.sub(
            r"%([1-9])", lambda match: self._number(abstract, int(match[1]) - 1), known[1]
        )

    def _number(self, abstract: str, level: int) -> str:
        style, _, start = self._levels.get((abstract, level), ("decimal", "", 1))
        return _written(self._counts[abstract].get(level, start), style)


def _written(number: int, style: str) -> str:
    if style in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        ten = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
        return ten + (_DIGITS[ones] if ones else "")
    if style in _CIRCLED and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if style in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr(ord("a" if style == "lowerLetter" else "A") + number - 1)
    if style == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _list_of(element: Any) -> tuple[str, int] | None:
    """Return (list, level) of a paragraph or style; list “0” means none."""
    properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if properties is None:
        return None
    number_id = _value(properties, "w:numId")
    if not number_id or number_id == "0":
        return None
    return number_id, _number(_value(properties, "w:ilvl"), 0)


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def _value(element: Any, name: str) -> str | None:
    child = element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def _value_in(paragraph: Any, name: str) -> str | None:
    properties = paragraph.find(qn("w:pPr"))
    return None if properties is None else _value(properties, name)


def _numbering_element(document: Any) -> Any:
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/numbering"):
            return relation.target_part.element
    return None
