"""Text with places in it: sources marked in the original, terms explained where they stand."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from budgets.statement import Source, Statement


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `slug` names the term it is, `anchor` the source that begins here."""

    text: str
    slug: str = ""
    anchor: str = ""
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """Places of an original that pages link to: `marked` ones stand out, `quiet` ones do not.

    A heading or a definition is a whole line: it is found by its address, and not painted.
    """

    marked: list[Source] = field(default_factory=list)
    quiet: list[Source] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedCell:
    row_span: int
    column_span: int
    anchor: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedBlock:
    """A paragraph (`pieces`) or a table (`rows`) of the original with its places."""

    anchor: str
    locator: str
    pieces: list[Piece] = field(default_factory=list)
    rows: list[list[MarkedCell]] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return not self.rows and not "".join(piece.text for piece in self.pieces).strip()


# ── addresses ─────────────────────────────────────────────────────────────────


def block_anchor(document: int, locator: str) -> str:
    """Return the id of a block: ``p23`` for ¶23, ``p3-t2-r5-c4``; ``d1-…`` in a second file."""
    plain = re.sub(r"[^\w]+", "-", locator.replace("¶", "p")).strip("-")
    return f"d{document}-{plain}" if document else plain


def source_anchor(source: Source) -> str:
    """Return the id of a source on the source page: ``s-23-64`` for ¶23 from character 64."""
    if source.start == source.end:
        return block_anchor(source.document, source.locator)
    plain = block_anchor(source.document, source.locator)
    plain = re.sub(r"^(d\d+-)?p(?=\d+$)", r"\1", plain)
    return f"s-{plain}-{source.start}"


# ── sources in the original ───────────────────────────────────────────────────


def linked_places(statement: Statement) -> Places:
    """Return every place that a public page may link to."""
    marked = (
        statement.figures,
        statement.procurement,
        statement.projects,
        [claim for claim in statement.claims if claim.kind == "reason"],
        [outcome for outcome in statement.checks if outcome.result != "note"],
    )
    quiet = (statement.sections, statement.tables, statement.glossary)
    return Places(marked=_all_sources(marked), quiet=_all_sources(quiet))


def _all_sources(groups: Iterable[Iterable[Any]]) -> list[Source]:
    return [source for group in groups for item in group for source in item.sources]


def mark_document(blocks: list[dict[str, Any]], document: int, places: Places) -> list[MarkedBlock]:
    """Return the blocks of one document (JSON of ``documents.blocks``) with marked places."""
    by_locator: dict[str, Places] = defaultdict(Places)
    for source in places.marked:
        if source.document == document:
            by_locator[source.locator].marked.append(source)
    for source in places.quiet:
        if source.document == document:
            by_locator[source.locator].quiet.append(source)
    return [_mark_block(block, document, by_locator) for block in blocks]


def _mark_block(block: dict[str, Any], document: int, places: dict[str, Places]) -> MarkedBlock:
    locator = block["locator"]
    anchor = block_anchor(document, locator)
    if "cells" not in block:
        pieces = mark_text(block["text"], places.get(locator, Places()))
        return MarkedBlock(anchor=anchor, locator=locator, pieces=pieces)
    rows: dict[int, list[MarkedCell]] = defaultdict(list)
    for cell in block["cells"]:
        rows[cell["row"]].append(
            MarkedCell(
                row_span=cell["row_span"],
                column_span=cell["column_span"],
                anchor=block_anchor(document, cell["locator"]),
                pieces=mark_text(cell["text"], places.get(cell["locator"], Places())),
            )
        )
    return MarkedBlock(anchor=anchor, locator=locator, rows=[rows[row] for row in sorted(rows)])


def text_at(blocks: list[dict[str, Any]], locator: str) -> str:
    """Return the text of the paragraph or cell at a locator; nothing where there is none."""
    for block in blocks:
        for place in block.get("cells", [block]):
            if place["locator"] == locator:
                return str(place["text"])
    return ""


def mark_text(text: str, places: Places) -> list[Piece]:
    """Cut a text at every edge of a place; what a marked one covers is marked."""
    spans = [s for s in (*places.marked, *places.quiet) if s.end > s.start]
    anchors = {source.start: source_anchor(source) for source in spans}
    edges = {0, len(text)} | {e for s in spans for e in (s.start, s.end) if e <= len(text)}
    return [
        Piece(
            text[start:end],
            anchor=anchors.get(start, ""),
            is_marked=any(s.start <= start and end <= s.end for s in places.marked),
        )
        for start, end in itertools.pairwise(sorted(edges))
    ]


# ── terms explained in place ──────────────────────────────────────────────────


def explain_terms(text: str, terms: dict[str, str]) -> list[Piece]:
    """Cut a text at the first place of each term (`terms`: name → slug); the longest name wins."""
    if not terms:
        return [Piece(text)]
    names = sorted(terms, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, names)))
    pieces, position, seen = [], 0, set()
    for match in pattern.finditer(text):
        if match[0] in seen:
            continue
        seen.add(match[0])
        pieces += [Piece(text[position : match.start()]), Piece(match[0], slug=terms[match[0]])]
        position = match.end()
    return [piece for piece in (*pieces, Piece(text[position:])) if piece.text]
