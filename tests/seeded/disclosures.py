"""Two clean disclosures of invented departments, and the same with one fault seeded into them.

The clean texts are in ``tests/samples/seeded``: paragraphs, and tables drawn with “|”. A fault
is told as edits of that text; its place is every paragraph and cell that then differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from budgets.documents.blocks import Block, Document, Paragraph, Table
from tests.grid_blocks import document_of
from tests.house_styles import read_blocks
from tests.texts import ROOT

BUDGET = ROOT / "tests" / "samples" / "seeded" / "commerce-2025-budget.txt"
FINAL_ACCOUNTS = ROOT / "tests" / "samples" / "seeded" / "water-2024-final-accounts.txt"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the text and what stands in their place; `after` is the line they follow.

    Without `after` the words occur once in the whole text.
    """

    old: str
    new: str
    after: str = ""

    def apply(self, text: str) -> str:
        start = 0
        if self.after:
            line = f"\n{self.after}\n"
            assert text.count(line) == 1, f"{self.after!r} is not one line of the text"
            start = text.index(line) + len(line) - 1
        else:
            assert text.count(self.old) == 1, f"{self.old!r} does not stand once in the text"
        place = text.index(self.old, start)
        return text[:place] + self.new + text[place + len(self.old) :]


@cache
def clean_text(path: Path) -> str:
    """Return a sample without the lines that explain it."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def document(text: str) -> Document:
    """Return the document of a text: its first line is the title."""
    title, *lines = text.split("\n")
    return document_of(*read_blocks(lines), title=title)


def without_table(whole: Document, title: str) -> Document:
    """Return the document without a table and its title; what is left keeps its locators."""
    kept: list[Block] = []
    is_dropping = False
    for block in whole.blocks:
        if isinstance(block, Paragraph) and block.text == title:
            is_dropping = True
        if not is_dropping:
            kept.append(block)
        elif isinstance(block, Table):
            is_dropping = False
    assert len(kept) < len(whole.blocks), f"no table is titled {title!r}"
    return Document(name="表.docx", sha256="0" * 64, media_type="x", blocks=kept)


def texts_of(whole: Document) -> dict[str, str]:
    """Return the text of every paragraph and cell by its locator."""
    return {
        piece.locator: piece.text
        for block in whole.blocks
        for piece in (block.cells if isinstance(block, Table) else [block])
    }


def places_of(whole: Document, words: str, title: str) -> set[str]:
    """Return where words stand: paragraphs; with the title of a table, its rows that hold them."""
    places: set[str] = set()
    is_next = False
    for block in whole.blocks:
        if isinstance(block, Paragraph):
            is_next = is_next or block.text == title
            if not title and words in block.text:
                places.add(block.locator)
        elif is_next:
            rows = {cell.row for cell in block.cells if words in cell.text}
            places |= {cell.locator for cell in block.cells if cell.row in rows}
            is_next = False
    return places
