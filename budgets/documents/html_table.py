"""One table of a web page into a `Table`: rows, columns and spans as a browser lays them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from .blocks import Cell, Table, UnreadableDocument

MAX_CELLS = 100_000
# What browsers allow (HTML, 4.9.11).
_MAX_COLUMN_SPAN = 1000
_MAX_ROW_SPAN = 65_534
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINES = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre"}
_NEVER_READ = {"script", "style", "noscript", "template", "input", "select", "button", "textarea"}
_HIDDEN = re.compile(r"display:none|mso-hide:all", re.IGNORECASE)


def read_table(element: Any, locator: str) -> Table:
    """Read a table element; hidden rows are left out, `caption` becomes the title."""
    rows = [row for row in _rows(element) if not _is_hidden(row)]
    caption = element.find("caption")
    title = cell_text(caption) if caption is not None else None
    table = Table(locator=locator, title=title or None)
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th") or _is_hidden(cell):
                continue
            while (number, column) in taken:
                column += 1
            height = _span(cell, "rowspan", _MAX_ROW_SPAN) or len(rows)
            height = min(height, len(rows) - number)
            width = max(1, _span(cell, "colspan", _MAX_COLUMN_SPAN))
            if len(taken) + height * width > MAX_CELLS:
                raise UnreadableDocument(
                    f"网页里的表格超过 {MAX_CELLS} 格，不能读取。请拆开再上传。"
                )
            taken.update(
                (at_row, at_column)
                for at_row in range(number, number + height)
                for at_column in range(column, column + width)
            )
            table.cells.append(
                Cell(
                    locator=f"{locator} r{number + 1} c{column + 1}",
                    text=cell_text(cell),
                    row=number,
                    column=column,
                    row_span=height,
                    column_span=width,
                )
            )
            column += width
    return table


def _rows(table: Any) -> Iterator[Any]:
    """Yield the rows in the order in which they are shown: head, bodies, foot."""
    parts = {"thead": 0, "tr": 1, "tbody": 1, "tfoot": 2}
    for part in sorted(
        (child for child in table if child.tag in parts), key=lambda child: parts[child.tag]
    ):
        if part.tag == "tr":
            yield part
        else:
            yield from part.iterchildren("tr")


def _span(cell: Any, name: str, most: int) -> int:
    text = (cell.get(name) or "1").strip()
    return min(int(text), most) if re.fullmatch(r"\d{1,9}", text) else 1


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (
        style is not None and _HIDDEN.search(style.replace(" ", "")) is not None
    )


def cell_text(cell: Any) -> str:
    """Return what stands in a cell, with its lines apart."""
    lines: list[list[str]] = [[]]
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        is_line = element.tag in _LINES
        if event == "end":
            if is_line and lines[-1]:
                lines.append([])
            if element is not cell and element.tail:
                lines[-1].append(element.tail)
            continue
        if element is not cell and (
            not isinstance(element.tag, str) or element.tag in _NEVER_READ or _is_hidden(element)
        ):
            walk.skip_subtree()
            continue
        if is_line and lines[-1]:
            lines.append([])
        lines[-1].append(element.text or "")
    texts = (_BLANKS.sub(" ", "".join(line)).strip(" ") for line in lines)
    return "\n".join(text for text in texts if text)
