"""Word documents (.docx) into paragraphs and tables, in the order in which they are read.

Paragraphs of the body are counted from 1, empty ones too; those inside tables belong to their
cell. The number that Word draws before a list paragraph is put into its text, because people
see it. Headers, footers, comments and deleted text are not read; inserted text is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn

from .blocks import Block, Cell, Paragraph, Table, UnreadableDocument
from .docx_numbering import Numbering

_DAMAGED = "Word 文件已损坏，打不开。请在 Word 中打开并另存一份 .docx 再上传。"
_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
# Containers whose paragraphs belong to the body as if they stood there themselves.
_TRANSPARENT = tuple(map(qn, ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml")))
_MAX_BLOCKS = 100_000
_MAX_COLUMNS = 500


def read_docx(data: bytes) -> list[Block]:
    """Return the body's blocks; UnreadableDocument when the file is damaged."""
    try:
        body = _Body(docx.Document(io.BytesIO(data)))
    except Exception as error:
        # The library meets damage with whatever exception comes of it (found by fuzzing).
        raise UnreadableDocument(_DAMAGED) from error
    return body.read()


class _Body:
    def __init__(self, document: Any) -> None:
        self.body = document.element.body
        self.numbering = Numbering(document)
        self.levels = {style.style_id: _heading_level(style) for style in document.styles}
        self.blocks: list[Block] = []
        self.paragraphs = 0
        self.tables = 0

    def read(self) -> list[Block]:
        for element in _flow(self.body):
            if len(self.blocks) > _MAX_BLOCKS:
                raise UnreadableDocument(
                    f"Word 文件超过 {_MAX_BLOCKS} 段，不能读取。请拆成几个文件再上传。"
                )
            if element.tag == qn("w:p"):
                self._read_paragraph(element)
            else:
                self._read_table(element)
        return self.blocks

    def _read_paragraph(self, element: Any) -> None:
        self.paragraphs += 1
        self.blocks.append(
            Paragraph(
                locator=f"¶{self.paragraphs}",
                text=self.numbering.label(element) + paragraph_text(element),
                level=_outline_level(element) or self.levels.get(_style_id(element)),
            )
        )
        for box in element.iter(qn("w:txbxContent")):
            # A box inside a box is met again when the paragraphs of the outer one are read.
            if not _is_fallback(box) and _is_outermost(box, element):
                for inner in _flow(box):
                    if inner.tag == qn("w:p"):
                        self._read_paragraph(inner)
                    else:
                        self._read_table(inner)

    def _read_table(self, element: Any) -> None:
        self.tables += 1
        table = Table(locator=f"t{self.tables}")
        open_cells: dict[int, Cell] = {}
        for row_number, row in enumerate(element.iterchildren(qn("w:tr"))):
            column = _skipped_columns(row)
            for cell in _cells(row):
                span = _span(cell)
                above = open_cells.get(column)
                if _continues(cell) and above:
                    above.row_span = row_number - above.row + 1
                else:
                    open_cells[column] = Cell(
                        locator=f"t{self.tables} r{row_number + 1} c{column + 1}",
                        text=self._cell_text(cell),
                        row=row_number,
                        column=column,
                        column_span=span,
                    )
                    table.cells.append(open_cells[column])
                column += span
        self.blocks.append(table)

    def _cell_text(self, cell: Any) -> str:
        return "\n".join(
            self.numbering.label(paragraph) + paragraph_text(paragraph)
            for paragraph in cell.iter(qn("w:p"))
            if not _is_fallback(paragraph)
        )


def _flow(container: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables of a container in order, through transparent wrappers."""
    for child in container.iterchildren():
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _flow(child)


def paragraph_text(element: Any) -> str:
    """Return a paragraph's visible text: no deletions, no hidden runs, no text boxes."""
    pieces: list[str] = []
    _collect(element, pieces)
    return "".join(pieces)


def _collect(element: Any, pieces: list[str]) -> None:
    for child in element.iterchildren():
        if child.tag in _NOT_TEXT or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:r") and _is_hidden(child):
            continue
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag == qn("w:tab"):
            pieces.append("\t")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n")
        elif child.tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        else:
            _collect(child, pieces)


_NOT_TEXT = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    *map(qn, ("w:pPr", "w:rPr", "w:del", "w:moveFrom", "w:drawing", "w:pict", "w:instrText")),
)


def _is_hidden(run: Any) -> bool:
    properties = run.find(qn("w:rPr"))
    vanish = None if properties is None else properties.find(qn("w:vanish"))
    return vanish is not None and vanish.get(qn("w:val")) not in ("0", "false")


def _is_fallback(element: Any) -> bool:
    """Whether an element is the second copy of a drawing, for older programs."""
    return any(parent.tag.endswith("}Fallback") for parent in element.iterancestors())


def _is_outermost(box: Any, paragraph: Any) -> bool:
    """Whether no other text box of the paragraph holds this one."""
    for parent in box.iterancestors():
        if parent is paragraph:
            return True
        if parent.tag == qn("w:txbxContent"):
            return False
    return True


def _style_id(paragraph: Any) -> str | None:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return None if style is None else style.get(qn("w:val"))


def _heading_level(style: Any) -> int | None:
    """Return the level that a paragraph style gives by its name or as its outline level."""
    match = _HEADING_STYLE.match(style.name or "")
    return int(match[1]) if match else _outline_level(style.element)


def _outline_level(element: Any) -> int | None:
    """Return the outline level from 1; Word counts from 0, and 9 is text."""
    level = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    value = None if level is None else level.get(qn("w:val"))
    return int(value) + 1 if value and value in "012345678" else None


def _cells(row: Any) -> Iterator[Any]:
    for child in row.iterchildren():
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from _cells(child)


def _span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if span is None else max(1, _small(span.get(qn("w:val"))))


def _continues(cell: Any) -> bool:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def _skipped_columns(row: Any) -> int:
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return 0 if before is None else _small(before.get(qn("w:val")))


def _small(number: str | None) -> int:
    """Return a number of columns: Word allows 63, damaged files say anything."""
    return min(int(number), _MAX_COLUMNS) if number and number.isdecimal() else 0
