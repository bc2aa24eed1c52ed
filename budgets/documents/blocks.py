"""What a reader makes of a file: blocks in reading order, each with its locator.

Blocks know formats' structure (paragraphs, tables) and nothing of budgets. Their text is
kept exactly as the file has it, because sources quote it: ``block.text[start:end]``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Self


class UnreadableDocument(Exception):
    """The file cannot be read; the message is one Chinese sentence: what, where, what to do."""


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """A line of text, a word processor's paragraph, or a heading (`level` 1…9 when styled so).

    `page` is the page it begins on, counted from 1, where the format has pages.
    """

    locator: str
    text: str
    level: int | None = None
    page: int | None = None


@dataclass(slots=True, kw_only=True)
class Cell:
    r"""One cell as printed. Merged cells stand once, at their top left, with their spans.

    Lines that were broken for want of room are joined; `\n` is left where a line was ended on
    purpose, or where two numbers stand one below the other.
    """

    locator: str
    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True, kw_only=True)
class Table:
    """A grid of cells, rows and columns counted from 0; `cells` in reading order.

    `title` is what the format itself attaches to the table (a sheet's name); titles that
    stand as paragraphs above are found by parsing.

    A table that runs over several pages is one Table on each. All but the first have
    `continues`: nothing stands between it and the table before, and its columns are counted as
    in that one (a last row 合计 across four columns has `column_span` 4 and goes on in the
    fifth). Its first rows may repeat the header; its first row with text in some cells only may
    be the rest of a row that the page's end broke.
    """

    locator: str
    cells: list[Cell] = field(default_factory=list)
    title: str | None = None
    page: int | None = None
    hidden: bool = False
    continues: bool = False


Block = Paragraph | Table


@dataclass(slots=True, kw_only=True)
class Content:
    """What a reader makes of the bytes; see `Document`."""

    blocks: list[Block] = field(default_factory=list)
    pages: int | None = None
    warnings: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Document:
    """One file as read: its identity and its blocks in reading order.

    `warnings` are Chinese sentences for the person who uploads: what could not be read, and
    what the public does not see (hidden sheets, formulas without a result, pages of pictures).
    """

    name: str
    sha256: str
    media_type: str
    pages: int | None = None
    blocks: list[Block] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Rebuild a document from the JSON values that `statement.encode` makes of it."""
        return cls(**{**data, "blocks": [block_from_json(block) for block in data["blocks"]]})


def block_from_json(data: dict[str, Any]) -> Block:
    if "cells" in data:
        return Table(**{**data, "cells": [Cell(**cell) for cell in data["cells"]]})
    return Paragraph(**data)
