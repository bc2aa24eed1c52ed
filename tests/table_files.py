"""Paragraphs and tables written as a Word file, a workbook or a web page, and read from it."""

from __future__ import annotations

import html
import io
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

import docx
import openpyxl
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from budgets.documents.blocks import Block, Document, Paragraph, Table
from budgets.documents.docx import read_docx
from budgets.documents.html import read_html
from budgets.documents.spreadsheet import read_spreadsheet


def as_word(blocks: Sequence[Block]) -> Document:
    """Return the blocks as a Word file gives them back."""
    word = docx.Document()
    for block in blocks:
        if isinstance(block, Paragraph):
            word.add_paragraph(block.text)
            continue
        word.add_paragraph()._p.addprevious(parse_xml(_word_table(block)))
    data = io.BytesIO()
    word.save(data)
    return _document("说明.docx", list(read_docx(data.getvalue())))


def _word_table(table: Table) -> str:
    """Return the XML of a table; written plainly, for the library looks every cell up anew."""
    rows: dict[int, str] = defaultdict(str)
    for cell in sorted(table.cells, key=lambda cell: cell.column):
        for row in range(cell.row, cell.row + cell.row_span):
            goes_down = '<w:vMerge w:val="restart"/>' if row == cell.row else "<w:vMerge/>"
            merged = goes_down if cell.row_span > 1 else ""
            text = html.escape(cell.text) if row == cell.row else ""
            rows[row] += (
                f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.column_span}"/>{merged}</w:tcPr>'
                f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
            )
    body = "".join(f"<w:tr>{rows[number]}</w:tr>" for number in sorted(rows))
    return f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid/>{body}</w:tbl>"


def as_workbook(blocks: Sequence[Block]) -> Document:
    """Return the blocks as a workbook gives them back: each table on a sheet, below its lines.

    The first sheet is the cover. Amounts are kept as text, exactly as printed.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "封面"
    sheet.append([blocks[0].text])  # type: ignore[union-attr]
    lines: list[str] = []
    for block in blocks[1:]:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        sheet = book.create_sheet(f"Sheet{len(book.worksheets)}")
        for text in filter(None, lines):
            sheet.append([text])
        top = sheet.max_row if sheet.max_row > 1 or sheet["A1"].value else 0
        _draw(sheet, block, top)
        lines = []
    for text in filter(None, lines):
        sheet.append([text])
    data = io.BytesIO()
    book.save(data)
    return _document("附表.xlsx", read_spreadsheet(data.getvalue()).blocks)


def _draw(sheet, table: Table, top: int) -> None:
    for cell in table.cells:
        row, column = top + cell.row + 1, cell.column + 1
        if cell.text:
            sheet.cell(row, column, cell.text)
        if cell.row_span * cell.column_span > 1:
            sheet.merge_cells(
                start_row=row,
                start_column=column,
                end_row=row + cell.row_span - 1,
                end_column=column + cell.column_span - 1,
            )


def as_web_page(blocks: Sequence[Block]) -> Document:
    """Return the blocks as a web page gives them back."""
    body = "".join(
        f"<p>{html.escape(block.text)}</p>" if isinstance(block, Paragraph) else _tag(block)
        for block in blocks
    )
    page = f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>"
    return _document("公开.html", list(read_html(page.encode())))


def _tag(table: Table) -> str:
    rows = (
        "".join(
            f'<td rowspan="{cell.row_span}" colspan="{cell.column_span}">'
            f"{html.escape(cell.text)}</td>"
            for cell in cells
        )
        for _, cells in groupby(table.cells, key=lambda cell: cell.row)
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _document(name: str, blocks: list[Block]) -> Document:
    return Document(name=name, sha256="0" * 64, media_type="x", blocks=blocks)
