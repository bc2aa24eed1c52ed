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
# Styles stand on styles; damaged files let them stand in a circle.
_MAX_STYLES = 20
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


class Numbering:
    """Counts list paragraphs in document order; `label` is to be asked once for each."""

    def __init__(self, document: Any) -> None:
        # Format, text and start of each (abstract list, level).
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._abstract: dict[str, str] = {}
        # Levels at which a list starts anew, until it is met for the first time.
        self._restarts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles: dict[str, Any] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        part = _numbering_element(document)
        if part is not None:
            self._read_levels(part)
        for style in document.styles.element.iterchildren(qn("w:style")):
            self._styles[style.get(qn("w:styleId"))] = style

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
            number_id = number.get(qn("w:numId"))
            self._abstract[number_id] = _value(number, "w:abstractNumId") or ""
            for override in number.iterchildren(qn("w:lvlOverride")):
                start = _value(override, "w:startOverride")
                if start is not None:
                    level = _number(override.get(qn("w:ilvl")), 0)
                    self._restarts[number_id][level] = _number(start, 1)

    def label(self, paragraph: Any) -> str:
        """Return what Word draws before a paragraph, or nothing; bullets are left out."""
        number_id, level = self._list_of(paragraph)
        abstract = self._abstract.get(number_id)
        known = self._levels.get((abstract or "", level))
        if abstract is None or not known:
            return ""
        counts = self._counts[abstract]
        for at, start in self._restarts.pop(number_id, {}).items():
            counts[at] = start - 1
        counts[level] = counts.get(level, known[2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if known[0] in ("bullet", "none"):
            return ""
        return re.sub(
            r"%([1-9])", lambda match: self._number(abstract, int(match[1]) - 1), known[1]
        )

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        """Return (list, level), each from the paragraph, else from its style; list “0” is none."""
        number_id: str | None = None
        level: str | None = None
        element = paragraph
        seen = 0
        while element is not None and seen < _MAX_STYLES:
            properties = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if properties is not None:
                number_id = number_id or _value(properties, "w:numId")
                level = level or _value(properties, "w:ilvl")
            if element is paragraph:
                above = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            else:
                above = element.find(qn("w:basedOn"))
            element = None if above is None else self._styles.get(above.get(qn("w:val")))
            seen += 1
        return number_id or "0", _number(level, 0)

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


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def _value(element: Any, name: str) -> str | None:
    child = element.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def _numbering_element(document: Any) -> Any:
    for relation in document.part.rels.values():
        if (relation.reltype or "").endswith("/numbering") and not relation.is_external:
            return relation.target_part.element
    return None
