"""名词解释: entries of number, term and definition, whatever their numbering looks like."""

from __future__ import annotations

import re

from budgets.statement import GlossaryEntry

from .lines import Line
from .numbers import NUMBER
from .sections import CHINESE

_NUMBER = re.compile(
    rf"^(?:\((?P<bracket>\d{{1,2}}|[{CHINESE}]{{1,4}})\)[、.]?"
    rf"|(?P<digit>\d{{1,2}})[.、)]?(?=\D)"
    rf"|(?P<chinese>[{CHINESE}]{{1,4}})[、.:，,]"
    r"|(?P<circle>[①-⑳]))"
)
# The end of a term, tried in this order: a colon; a stop before “是指…”; the bare verb.
_SPLITS = (
    re.compile(r"(?P<mark>:)"),
    re.compile(r"(?P<mark>[。，,])(?=是?指|反映)"),
    re.compile(r"(?P<mark>)(?=是指|指|主要反映|反映|是)"),
)
_MAX_TERM = 60


def read_glossary(lines: list[Line]) -> list[GlossaryEntry]:
    """Return the entries in order. A line that begins none continues the definition above."""
    entries: list[GlossaryEntry] = []
    has_numbers = any(_NUMBER.match(line.text) for line in lines)
    for line in lines:
        _mark_labels(line)
        entry = _entry(line, has_numbers)
        if entry:
            entries.append(entry)
        elif entries and line.text:
            entries[-1].definition += "\n" + line.printed()
            entries[-1].sources.append(line.source())
    return entries


def _entry(line: Line, has_numbers: bool) -> GlossaryEntry | None:
    match = _NUMBER.match(line.text)
    if has_numbers and not match:
        return None
    start = match.end() if match else 0
    for split in _SPLITS:
        found = split.search(line.text, start + 1, start + _MAX_TERM + 1)
        if found and found.end() < len(line.text):
            return GlossaryEntry(
                number=match[match.lastgroup or 0] if match else "",
                term=line.printed(start, found.start()),
                definition=line.printed(found.end()),
                sources=[line.source()],
            )
    return None


def _mark_labels(line: Line) -> None:
    """Numbers in a definition are part of its words, not of this budget."""
    for number in NUMBER.finditer(line.text):
        line.mark(*number.span(), "label")
