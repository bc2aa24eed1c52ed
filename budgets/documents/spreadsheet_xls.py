"""What python-calamine does not tell of an .xls file: number formats, errors, hidden rows.

Walks the records of the Workbook stream ([MS-XLS] 2.4) inside its compound file ([MS-CFB]).
Only formats are taken from here, never values: whatever is not understood is left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .blocks import UnreadableDocument
from .number_formats import BUILT_IN
from .spreadsheet_styles import SheetStyles

_BOUNDSHEET, _FORMAT, _XF = 0x85, 0x41E, 0xE0
_FORMULA, _MULRK, _NUMBER, _BOOLERR, _RK = 0x6, 0xBD, 0x203, 0x205, 0x27E
_LABELS = (0xD6, 0xFD, 0x204)  # RSTRING, LABELSST, LABEL
_ROW, _COLINFO, _EOF, _FILEPASS = 0x208, 0x7D, 0xA, 0x2F
_DIMENSIONS = 0x200
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_END_OF_CHAIN = 0xFFFFFFFA

Record = tuple[int, bytes]


def read_xls_styles(data: bytes) -> dict[str, SheetStyles]:
    """Return what is found by sheet name; empty for another kind of file.

    UnreadableDocument when its sectors run in a circle, or a sheet begins below its end:
    python-calamine would fill the memory (found by fuzzing).
    """
    try:
        stream = _workbook_stream(data)
        return _read(stream) if stream else {}
    except (struct.error, IndexError, ValueError):
        return {}


def _read(stream: bytes) -> dict[str, SheetStyles]:
    codes: dict[int, str] = dict(BUILT_IN)
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            return {}
        if kind == _FORMAT:
            number, length = struct.unpack_from("<HH", body)
            codes[number] = _string(body[4:], length)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _BOUNDSHEET:
            sheets.append((_string(body[7:], body[6]), struct.unpack_from("<I", body)[0]))
    by_style = [codes.get(number) for number in styles]
    return {name: _read_sheet(stream, start, by_style) for name, start in sheets}


def _string(body: bytes, length: int) -> str:
    """Decode a string that begins with its flags."""
    if body[0] & 1:
        return body[1 : 1 + 2 * length].decode("utf-16-le")
    return body[1 : 1 + length].decode("latin-1")


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """Yield the records from `start` to the end of that part of the stream."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == _EOF:
            return
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _read_sheet(stream: bytes, start: int, codes: list[str | None]) -> SheetStyles:
    sheet = SheetStyles()
    for kind, body in _records(stream, start):
        if len(body) < 4:
            continue
        if kind in (_NUMBER, _RK, _FORMULA, _BOOLERR):
            row, column, style = struct.unpack_from("<HHH", body)
            _add(sheet, row, column, style, codes)
            if kind == _BOOLERR and body[7]:
                sheet.errors[reference(row, column)] = _ERRORS.get(body[6], "#ERR!")
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + 6 * number)[0]
                _add(sheet, row, first + number, style, codes)
        elif kind == _DIMENSIONS and len(body) >= 12:
            top, bottom, left, right = struct.unpack_from("<IIHH", body)
            if top > bottom or left > right:
                raise _damaged()
        elif kind in _LABELS:
            row, column = struct.unpack_from("<HH", body)
            sheet.note_extent(row + 1, column + 1)
        elif (kind == _ROW and body[12] & 0x20) or (kind == _COLINFO and body[8] & 1):
            sheet.has_hidden_parts = True
    return sheet


def _add(sheet: SheetStyles, row: int, column: int, style: int, codes: list[str | None]) -> None:
    sheet.note_extent(row + 1, column + 1)
    code = codes[style] if style < len(codes) else None
    if code:
        sheet.formats[reference(row, column)] = code


def reference(row: int, column: int) -> str:
    """Return a cell's name, “B7”, for a row and a column counted from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


# The compound file: sectors chained by a table, small streams inside one of its own.


def _workbook_stream(data: bytes) -> bytes | None:
    size = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
    directory_start, cutoff, mini_start = struct.unpack_from("<I4xII", data, 48)
    table = _table(data, size)
    directory = _chain(data, table, directory_start, size)
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    found = next((e for e in entries if _name(e) in ("Workbook", "Book")), None)
    if found is None:
        return None
    start, length = struct.unpack_from("<II", found, 116)
    if length >= cutoff:
        return _chain(data, table, start, size)[:length]
    small = _chain(data, table, struct.unpack_from("<I", entries[0], 116)[0], size)
    small_table = _numbers(_chain(data, table, mini_start, size))
    pieces = [small[64 * at : 64 * at + 64] for at in _walk(small_table, start)]
    return b"".join(pieces)[:length]


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))


def _table(data: bytes, size: int) -> list[int]:
    """Return the allocation table: for each sector the next one of its chain."""
    sectors = [number for number in _numbers(data[76:512]) if number < _END_OF_CHAIN]
    following = struct.unpack_from("<I", data, 68)[0]
    for _ in range(len(data) // size + 1):
        if following >= _END_OF_CHAIN:
            break
        more = _numbers(_sector(data, following, size))
        sectors += [number for number in more[:-1] if number < _END_OF_CHAIN]
        following = more[-1]
    else:
        raise _damaged()
    return _numbers(b"".join(_sector(data, number, size) for number in sectors))


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _walk(table: list[int], start: int) -> Iterator[int]:
    """Yield the sectors of a chain."""
    for _ in range(len(table)):
        if start >= len(table):
            return
        yield start
        start = table[start]
    if start < len(table):
        raise _damaged()


def _damaged() -> UnreadableDocument:
    return UnreadableDocument(
        "Excel 文件已损坏，打不开。请在 Excel 中打开并另存一份 .xlsx 再上传。"
    )


def _chain(data: bytes, table: list[int], start: int, size: int) -> bytes:
    return b"".join(_sector(data, number, size) for number in _walk(table, start))
