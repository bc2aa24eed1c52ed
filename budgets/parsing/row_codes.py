"""What stands at the head of a table's row: the code of a classification, the unit it is of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .grids import GridCell
from .labels import is_known_name
from .table_kinds import Column

_CODE = re.compile(r"[235]\d\d(?:\d\d){0,2}")
_CODE_AND_NAME = re.compile(r"[\[(]?([235]\d\d(?:\d\d){0,2})[\])]?[-_ ]?(?=[\u4e00-\u9fff])")
_UNIT_CODE = re.compile(r"\d{3}|\d{6}|\d{8,15}|[014-9]\d{6}|[014-9]\d{4}")
_ORGANISATION = re.compile(
    r"(?:局|厅|委|会|办|办公室|中心|院|校|学|园|镇|乡|街道|所|站|馆|队|社|处|政府|机关|本级|\(本级\))$"
)
_WHOLE = re.compile(r"合计|总计|共计")
Row = Sequence[GridCell | None]


def join_codes(cells: Sequence[GridCell | None], above: list[str]) -> str | None:
    """Join 类, 款 and 项 of a row; a blank 类 before a 款 is the one above."""
    if cells and cells[0] and all(cell is cells[0] for cell in cells):
        cells = cells[:1]  # the whole code in one cell merged over 类, 款 and 项
    parts = [cell.text.strip("'") if cell else "" for cell in cells]
    if len(parts) == 1:
        code = re.sub(r"(?<=\d)[-. ](?=\d)", "", parts[0])
        return code if _CODE.fullmatch(code) else None
    # A workbook may keep 款 and 项 as numbers, without their zero in front.
    parts = [part.zfill(2) if len(part) == 1 and part.isdigit() else part for part in parts]
    if len({id(cell) for cell in cells if cell}) < len([cell for cell in cells if cell]):
        return None  # one cell over all of them: 合计
    if not any(parts) or not all(part.isdigit() for part in parts if part):
        return None
    last = max(place for place, part in enumerate(parts) if part)
    for place in range(last):
        parts[place] = parts[place] or (above[place] if place < len(above) else "")
    above[:] = [*parts, "", "", ""][:3]
    if last and len(parts[last]) in (5, 7) and parts[last].startswith(parts[0]):
        return parts[last]  # 类 201, 款 20105: whole codes side by side
    code = "".join(parts)
    return code if len(parts[0]) == 3 and _CODE.fullmatch(code) else None


def code_in_name(text: str) -> str | None:
    """Return the code that stands in one cell with its name: “2010301 行政运行”."""
    match = _CODE_AND_NAME.match(text)
    return match[1] if match else None


def units_of_rows(data: Sequence[Row], columns: Sequence[Column]) -> list[tuple[str | None, bool]]:
    """Return for each row the unit that it is of, and whether the row is the unit's own total.

    A table of one unit only, the row of the department above its units, and 合计 are the whole.
    """
    found = [_unit_of(row, columns) for row in data]
    codes = {code for _, code, _ in found if code}
    top = next((c for c in codes if all(other.startswith(c) for other in codes)), None)
    current: str | None = None
    units: list[tuple[str | None, bool]] = []
    for row, (name, code, heads) in zip(data, found, strict=True):
        if _is_whole(row):
            current = None
        elif name and (heads or not code or name):
            current = None if top and code == top and len(codes) > 1 else name
        units.append((current, heads))
    names = {name for name, _ in units if name}
    return units if len(names) > 1 else [(None, heads) for _, heads in units]


def _is_whole(row: Row) -> bool:
    return any(cell and _WHOLE.fullmatch(cell.text) for cell in row)


def _unit_of(row: Row, columns: Sequence[Column]) -> tuple[str | None, str | None, bool]:
    """Return (name, code, whether the row is of the unit alone) of the unit in a row."""

    def texts(role: str) -> list[str]:
        pairs = zip(row, columns, strict=False)
        found = {id(c): c for c, column in pairs if c and c.text and column.role == role}
        return [cell.line.printed() if role == "unit" else cell.text for cell in found.values()]

    subject = any(_CODE.fullmatch(re.sub(r"[-. ]", "", text)) for text in texts("code"))
    subject = subject or any(code_in_name(text) for text in texts("name"))
    units, codes = texts("unit"), texts("unit_code")
    if units and not _WHOLE.fullmatch(units[0]):
        return units[0], codes[0] if codes else None, not subject and not texts("code")
    if (
        texts("name")
        and len(texts("code")) == 1
        and _is_unit_row(texts("code")[0], texts("name")[0])
    ):
        return texts("name")[0], texts("code")[0], True
    if texts("name") and codes and not texts("code") and _ORGANISATION.search(texts("name")[0]):
        return texts("name")[0], codes[0], True
    return None, None, False


def _is_unit_row(code: str, name: str) -> bool:
    """Whether code and name are a unit's: 301 is 工资福利支出, or the number of a bureau."""
    if _CODE.fullmatch(code):
        return len(code) == 3 and bool(_ORGANISATION.search(name))
    # “20805055 机关事业单位…缴费支出” is a misprinted code, however long.
    return bool(_UNIT_CODE.fullmatch(code)) and not is_known_name(name)
