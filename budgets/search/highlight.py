"""Why an entry was found: the field, the way, and the places in the original text."""

from __future__ import annotations

from dataclasses import dataclass

from budgets.models import SearchEntry

from .text import as_typed_pinyin, fold, readings

BEFORE, AFTER = 30, 90  # characters of an excerpt around its first mark
Span = tuple[int, int]

REASONS = {
    "title": "名称相符",
    "pinyin": "拼音相符",
    "initials": "拼音首字母相符",
    "abbreviation": "简称相符",
    "text": "原文中提到",
    "amount": "数额相符",
    "context": "所在相符",
}
TEXT_REASONS = {
    SearchEntry.Kind.TERM: "释义中提到",
    SearchEntry.Kind.DEPARTMENT: "简称、曾用名或所属单位相符",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked where the query was found."""

    text: str
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An entry with the reason it was found (a key of `REASONS`, and in words)."""

    entry: SearchEntry
    reason: str
    reason_text: str
    title: list[Piece]
    excerpt: list[Piece]


def explain(entry: SearchEntry, wanted: list[str]) -> Hit:
    """Mark the words of a query in an entry that it matched."""
    whole = "".join(wanted)
    title, places = fold(entry.title)
    found: dict[str, list[Span]] = {
        "title": _find(title, [whole]) or _find(title, wanted),
        "pinyin": _find_spoken(title, wanted, initials=False),
        "initials": _find_spoken(title, wanted, initials=True),
    }
    if entry.kind == SearchEntry.Kind.DEPARTMENT:
        found["abbreviation"] = _find_in_order(title, whole)
    way = next((way for way, spans in found.items() if spans), None)
    text, text_places = fold(entry.text)
    in_text = _find(text, [whole]) or _find(text, wanted)
    in_amount = any(word in entry.normalised_text for word in wanted)
    reason = way or ("text" if in_text else "amount" if in_amount else "context")
    by_text = TEXT_REASONS.get(entry.kind) if reason == "text" else None
    return Hit(
        entry=entry,
        reason=reason,
        reason_text=by_text or REASONS[reason],
        title=_pieces(entry.title, _original(found[way] if way else [], places)),
        excerpt=_excerpt(entry.text, _original(in_text, text_places)),
    )


def _find(folded: str, wanted: list[str]) -> list[Span]:
    """Return every place of every word in a folded text."""
    spans = []
    for word in wanted:
        start = folded.find(word)
        while start >= 0:
            spans.append((start, start + len(word)))
            start = folded.find(word, start + len(word))
    return spans


def _find_in_order(folded: str, characters: str) -> list[Span]:
    """Return the place of each character, one after the other; nothing where one is missing."""
    spans: list[Span] = []
    for character in characters:
        start = folded.find(character, spans[-1][1] if spans else 0)
        if start < 0:
            return []
        spans.append((start, start + 1))
    return spans


def _find_spoken(folded: str, wanted: list[str], *, initials: bool) -> list[Span]:
    typed = [spelled for word in wanted if (spelled := as_typed_pinyin(word))]
    joined = ["".join(typed)] if len(typed) == len(wanted) and typed else []
    for words in (joined, typed):
        if spans := [s for word in words if (s := _spoken_span(folded, word, initials))]:
            return spans
    return []


def _spoken_span(folded: str, spelled: str, initials: bool) -> Span | None:
    """Return the characters whose syllables (or their first letters) begin with `spelled`."""
    for reading in readings(folded):
        if len(reading) != len(folded):
            return None
        sounds = [syllable[0] for syllable in reading] if initials else list(reading)
        for start in range(len(sounds)):
            said = ""
            for end in range(start, len(sounds)):
                said += sounds[end]
                if said.startswith(spelled):
                    return start, end + 1
                if not spelled.startswith(said):
                    break
    return None


def _original(spans: list[Span], places: list[int]) -> list[Span]:
    """Turn spans of the folded text into spans of the original, joined where they meet."""
    joined: list[Span] = []
    for start, end in sorted((places[s], places[e - 1] + 1) for s, e in spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _excerpt(text: str, spans: list[Span]) -> list[Piece]:
    """Return the text around the first mark; its beginning when nothing is marked."""
    first = max(spans[0][0] - BEFORE, 0) if spans else 0
    last = min(first + BEFORE + AFTER, len(text))
    inside = [(s - first, min(e, last) - first) for s, e in spans if s < last]
    pieces = _pieces(text[first:last], inside)
    return [*([Piece("…")] if first else []), *pieces, *([Piece("…")] if last < len(text) else [])]


def _pieces(text: str, spans: list[Span]) -> list[Piece]:
    pieces, position = [], 0
    for start, end in spans:
        pieces += [Piece(text[position:start]), Piece(text[start:end], is_marked=True)]
        position = end
    return [piece for piece in (*pieces, Piece(text[position:])) if piece.text]
