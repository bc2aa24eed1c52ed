"""Workbooks (.xlsx, .xls and their kin) into paragraphs and tables, sheet by sheet.

A sheet's lines of text around its grid (title, unit line, notes) become paragraphs, the grid a
table; a sheet with one column of text is prose. Cells are located as ``Sheet!B7``; a cell of
prose with several lines gives a paragraph each: ``Sheet!A3 ¶2``. Numbers are written as they are
printed where the file tells their format. Macros and links are not followed, formulas not computed.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

import python_calamine as calamine

from .blocks import Block, Cell, Content, Paragraph, Table, UnreadableDocument
from .number_formats import write_date, write_number
from .spreadsheet_styles import SheetStyles, read_styles
from .spreadsheet_xls import read_xls_styles, reference

MAX_SHEETS = 200
MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELLS = 300_000
_DAMAGED = "Excel 文件已损坏，打不开。请在 Excel 中打开并另存一份 .xlsx 再上传。"
_LABELLED = re.compile(r"[：:]")
_NOTE = re.compile(r"^\s*(?:备?注|说明)\s*[：:\d]")
# A line of text above a grid has at most this many cells.
_LABELS = 3

Rows = list[list[str]]


def read_spreadsheet(data: bytes) -> Content:
    """Read a workbook; UnreadableDocument when it is encrypted, damaged or too large.

    The warnings tell what is hidden and which formulas have no result.
    """
    styles = read_styles(data) if data.startswith(b"PK") else read_xls_styles(data)
    for name, sheet_styles in styles.items():
        _refuse_too_large(name, sheet_styles.last_row, sheet_styles.last_column)
    content = Content()
    with _open(data) as workbook:
        sheets = [s for s in workbook.sheets_metadata if s.typ == calamine.SheetTypeEnum.WorkSheet]
        if len(sheets) > MAX_SHEETS:
            raise UnreadableDocument(
                f"Excel 文件有 {len(sheets)} 张工作表，超过 {MAX_SHEETS} 张的上限。"
                "请删去无关的工作表再上传。"
            )
        cells = 0
        for index, metadata in enumerate(workbook.sheets_metadata):
            if metadata.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = _Sheet(metadata.name, styles.get(metadata.name) or SheetStyles())
            sheet.hidden = metadata.visible != calamine.SheetVisibleEnum.Visible
            with _faults_of_the_file():
                library_sheet = workbook.get_sheet_by_index(index)
            sheet.load(library_sheet)
            cells += sum(map(len, sheet.rows))
            if cells > MAX_CELLS:
                raise UnreadableDocument(
                    f"Excel 文件超过 {MAX_CELLS} 个单元格，不能读取。请删去无关的数据再上传。"
                )
            blocks = sheet.blocks()
            content.blocks += blocks
            content.warnings += sheet.warnings(bool(blocks))
    if not content.blocks:
        raise UnreadableDocument("Excel 文件里没有内容。请检查后再上传。")
    return content


def _open(data: bytes) -> Any:
    with _faults_of_the_file():
        return calamine.load_workbook(io.BytesIO(data))


@contextlib.contextmanager
def _faults_of_the_file() -> Iterator[None]:
    """Turn what the library raises into a refusal: several exceptions, and panics of its code."""
    try:
        yield
    except calamine.PasswordError as error:
        raise UnreadableDocument("Excel 文件设有密码，不能读取。请去掉密码后再上传。") from error
    except Exception as error:
        raise UnreadableDocument(_DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # an interrupt, an exit
            raise
        raise UnreadableDocument(_DAMAGED) from error


def _refuse_too_large(name: str, rows: int, columns: int) -> None:
    """Refuse before the library makes room for every cell between the first and the last."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise UnreadableDocument(
            f"工作表“{name}”用到第 {rows} 行、第 {columns} 列，超过 {MAX_ROWS} 行、{MAX_COLUMNS} 列"
            "的上限。请删去表格以外的内容再上传。"
        )


class _Sheet:
    def __init__(self, name: str, styles: SheetStyles) -> None:
        self.name = name
        self.styles = styles
        self.hidden = False
        self.rows: Rows = []
        # (row, column) → (rows, columns) of merged cells; what they cover has no entry of its own.
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.covered: set[tuple[int, int]] = set()

    def load(self, sheet: Any) -> None:
        """Take over a sheet's cells as text, counted from A1."""
        if sheet.end is None:
            return
        _refuse_too_large(self.name, sheet.end[0] + 1, sheet.end[1] + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
            if bottom > MAX_ROWS or right > 16_384 or (bottom, right) < (top, left):
                continue
            self.spans[top, left] = (bottom - top + 1, right - left + 1)
        values = sheet.to_python(skip_empty_area=False)
        self.rows = [
            [self._text(value, row, column) for column, value in enumerate(line)]
            for row, line in enumerate(values)
        ]
        self._cover()

    def _cover(self) -> None:
        """Note what merged cells cover; UnreadableDocument when they lie on one another."""
        width = max(map(len, self.rows), default=0)
        left_to_cover = width * len(self.rows)
        for (top, left), (rows, columns) in self.spans.items():
            bottom, right = min(top + rows, len(self.rows)), min(left + columns, width)
            left_to_cover -= max(0, bottom - top) * max(0, right - left)
            if left_to_cover < 0:  # Excel never writes such; covering all would take for ever
                raise UnreadableDocument(_DAMAGED)
            for row in range(top, bottom):
                for column in range(left, right):
                    if (row, column) != (top, left):
                        self.covered.add((row, column))

    def _text(self, value: Any, row: int, column: int) -> str:
        place = reference(row, column)
        if value == "":
            return self.styles.errors.get(place, "")
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        code = self.styles.formats.get(place)
        if isinstance(value, int | float):
            return write_number(value, code)
        if isinstance(value, datetime.date):
            return write_date(value, code)
        return str(value)

    def blocks(self) -> list[Block]:
        used = [number for number, row in enumerate(self.rows) if any(map(str.strip, row))]
        if not used:
            return []
        if self.hidden:  # kept apart as a whole: nobody who opens the file sees any of it
            return [self._table(used[0], used[-1])]
        blocks: list[Block] = []
        for group in self._groups(used[0], used[-1]):
            if isinstance(group, int):
                blocks += self._paragraphs(group)
            else:
                blocks.append(self._table(*group))
        return blocks

    def _groups(self, first: int, last: int) -> Iterator[int | tuple[int, int]]:
        """Yield rows of text (their number) and grids (first and last row) from top to bottom."""
        width = self._width()
        start: int | None = None
        for row in range(first, last + 1):
            if self._is_prose(row, width, start is not None):
                if start is not None:
                    yield from self._trimmed(start, row - 1)
                    start = None
                if self._filled(row):
                    yield row
            elif start is None:
                start = row
        if start is not None:
            yield from self._trimmed(start, last)

    def _trimmed(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        while last > first and not self._filled(last) and not self._is_in_span(last):
            last -= 1
        yield first, last

    def _is_in_span(self, row: int) -> bool:
        return any(
            top <= row < top + rows and self.rows[top][left].strip()
            for (top, left), (rows, _) in self.spans.items()
            if rows > 1 and top < len(self.rows) and left < len(self.rows[top])
        )

    def _filled(self, row: int) -> list[int]:
        return [column for column, text in enumerate(self.rows[row]) if text.strip()]

    def _width(self) -> int:
        """Return how many columns the sheet's fullest row uses."""
        return max(
            (
                columns[-1] - columns[0] + 1
                for columns in map(self._filled, range(len(self.rows)))
                if columns
            ),
            default=0,
        )

    def _is_prose(self, row: int, width: int, is_below_grid: bool) -> bool:
        """Whether a row is text around a grid: a title, labels such as 单位：元, a note."""
        filled = self._filled(row)
        if width <= 1 or not filled:
            return width <= 1 or not is_below_grid
        first = filled[0]
        text = self.rows[row][first]
        if len(filled) == 1:
            span = self.spans.get((row, first), (1, 1))
            if not is_below_grid:
                return span[0] == 1
            return (span[1] >= 0.8 * width and span[0] == 1) or _NOTE.match(text) is not None
        return (
            not is_below_grid
            and len(filled) <= _LABELS
            and any(_LABELLED.search(self.rows[row][column]) for column in filled)
        )

    def _paragraphs(self, row: int) -> list[Block]:
        blocks: list[Block] = []
        for column in self._filled(row):
            place = f"{self.name}!{reference(row, column)}"
            lines = self.rows[row][column].replace("\r\n", "\n").replace("\r", "\n").split("\n")
            for number, line in enumerate(lines, start=1):
                locator = place if len(lines) == 1 else f"{place} ¶{number}"
                blocks.append(Paragraph(locator=locator, text=line))
        return blocks

    def _table(self, first: int, last: int) -> Table:
        filled = [column for row in range(first, last + 1) for column in self._filled(row)]
        left, right = min(filled), max(filled)
        right = max(
            [
                right,
                *(
                    at + span[1] - 1
                    for (row, at), span in self.spans.items()
                    if first <= row <= last and at <= right and self.rows[row][at].strip()
                ),
            ]
        )
        place = f"{self.name}!{reference(first, left)}:{reference(last, right)}"
        table = Table(locator=place, title=self.name, hidden=self.hidden)
        for row in range(first, last + 1):
            for column in range(left, right + 1):
                if (row, column) in self.covered:
                    continue
                rows, columns = self.spans.get((row, column), (1, 1))
                line = self.rows[row]
                table.cells.append(
                    Cell(
                        locator=f"{self.name}!{reference(row, column)}",
                        text=line[column] if column < len(line) else "",
                        row=row - first,
                        column=column - left,
                        row_span=min(rows, last - row + 1),
                        column_span=min(columns, right - column + 1),
                    )
                )
        return table

    def warnings(self, has_blocks: bool) -> Iterator[str]:
        if self.hidden and has_blocks:
            yield f"工作表“{self.name}”是隐藏的，公众看不到。"
        if self.styles.has_hidden_parts and has_blocks:
            yield f"工作表“{self.name}”有隐藏的行或列，其中的内容也读取了。"
        missing = self.styles.without_result
        if missing:
            yield (
                f"工作表“{self.name}”的 {'、'.join(missing[:5])}"
                f"{f' 等 {len(missing)} 处' if len(missing) > 5 else ''}是公式，没有保存计算结果。"
                "请在 Excel 中打开、保存后再上传。"
            )
