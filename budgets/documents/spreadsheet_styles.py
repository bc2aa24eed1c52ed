"""What python-calamine does not tell of an .xlsx file: number formats, formulas without a result.

Reads the parts of the package that a person's view depends on. Nothing here is needed to get
at the values: a package of another make simply has no formats.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from .blocks import UnreadableDocument
from .number_formats import BUILT_IN

# A cell ends before the next one or the end of its row, even where its own end is missing.
_CELL = re.compile(
    rb"<(?:\w+:)?(?:row\b([^<>]*)"
    rb"|c\b([^<>]*?)(?:/>|>((?:[^<]|<(?!(?:\w+:)?(?:c|row)\b|/(?:\w+:)?(?:c|row)>))*+)</(?:\w+:)?c>))"
)
_ROW = re.compile(rb'\br="([0-9]+)"')
_REFERENCE = re.compile(rb'\br="([A-Za-z]+)([0-9]+)"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_KIND = re.compile(rb'\bt="(\w+)"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)\b[^<>]*>([^<]+)<")
_HIDDEN = re.compile(rb'<(?:\w+:)?(?:row|col)\b[^<>]*\bhidden="(?:1|true)"')


@dataclass(slots=True)
class SheetStyles:
    """By reference (“B7”): the format of numbers, the text of errors; what else is to be told."""

    formats: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    without_result: list[str] = field(default_factory=list)
    has_hidden_parts: bool = False
    last_row: int = 0
    last_column: int = 0

    def note_extent(self, row: int, column: int) -> None:
        """Note a cell that holds something, counted from 1."""
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)


def read_styles(data: bytes) -> dict[str, SheetStyles]:
    """Return what is found by sheet name; empty for files that are no .xlsx package."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return {}
            codes = _format_codes(archive)
            return {
                name: _read_sheet(archive.read(part), codes)
                for name, part in _sheet_parts(archive).items()
                if part in archive.namelist()
            }
    except (
        zipfile.BadZipFile,
        zlib.error,
        etree.LxmlError,
        LookupError,
        ValueError,
        OSError,
    ) as error:
        raise UnreadableDocument(
            "Excel 文件已损坏，打不开。请在 Excel 中打开并另存一份 .xlsx 再上传。"
        ) from error
    except (RuntimeError, NotImplementedError) as error:
        raise UnreadableDocument("Excel 文件设有密码，不能读取。请去掉密码后再上传。") from error


def _xml(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(data, parser)


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    relations = {
        relation.get("Id"): relation.get("Target") or ""
        for relation in _elements(_xml(archive.read("xl/_rels/workbook.xml.rels")))
    }
    parts = {}
    for sheet in _elements(_xml(archive.read("xl/workbook.xml")), "sheet"):
        key = next((v for k, v in sheet.attrib.items() if str(k).endswith("}id")), None)
        target = relations.get(key, "")
        parts[sheet.get("name") or ""] = posixpath.normpath(
            target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        )
    return parts


def _elements(root: etree._Element, name: str | None = None) -> list[etree._Element]:
    return [
        element
        for element in root.iter()
        if isinstance(element.tag, str) and name in (None, etree.QName(element).localname)
    ]


def _format_codes(archive: zipfile.ZipFile) -> list[str | None]:
    """Return the number format of every cell style."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = _xml(archive.read("xl/styles.xml"))
    own = {
        int(element.get("numFmtId") or -1): element.get("formatCode")
        for element in _elements(root, "numFmt")
    }
    styles: list[str | None] = []
    for group in _elements(root, "cellXfs"):
        for element in group:
            number = int(element.get("numFmtId") or 0) if isinstance(element.tag, str) else 0
            styles.append(own.get(number) or BUILT_IN.get(number))
    return styles


def _read_sheet(xml: bytes, codes: list[str | None]) -> SheetStyles:
    sheet = SheetStyles(has_hidden_parts=_HIDDEN.search(xml) is not None)
    row = 0
    for match in _CELL.finditer(xml):
        of_row, attributes, content = match.groups()
        if of_row is not None:
            number = _ROW.search(of_row)
            row = int(number[1][:12]) if number else row + 1
            continue
        if content is None:
            continue
        reference = _REFERENCE.search(attributes)
        if reference is None:
            sheet.note_extent(row, 0)
            continue
        sheet.note_extent(int(reference[2][:12]), _column(reference[1]))
        _read_cell(sheet, (reference[1] + reference[2]).decode(), attributes, content, codes)
    return sheet


def _column(letters: bytes) -> int:
    """Return the number of a column, counted from 1; some number beyond all for odd letters."""
    number = 0
    for letter in letters[:6].upper():
        number = 26 * number + letter - ord("A") + 1
    return number


def _read_cell(
    sheet: SheetStyles, place: str, attributes: bytes, content: bytes, codes: list[str | None]
) -> None:
    value = _VALUE.search(content)
    if value is None:
        if b"<f" in content or b":f>" in content:
            sheet.without_result.append(place)
        return
    kind = _KIND.search(attributes)
    if kind and kind[1] == b"e":
        sheet.errors[place] = value[1].decode("utf-8", "replace")
    style = _STYLE.search(attributes)
    number = int(style[1][:9]) if style else len(codes)
    code = codes[number] if number < len(codes) else None
    if code:
        sheet.formats[place] = code
