"""Numbers of a workbook as they are printed: ``1234.5`` under ``#,##0.00`` is “1,234.50”.

Follows the number formats of ECMA-376 (18.8.30) as far as amounts need them: sections for
negatives and zeros, separators, decimals, percentages, literals. Whatever else a format holds
(fractions, exponents) is written like “General”.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal, localcontext

GENERAL = "General"
# Formats that have a number and no text in the file.
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-",
    42: "#,##0;-#,##0;-",
    43: "#,##0.00;-#,##0.00;-",
    44: "#,##0.00;-#,##0.00;-",
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[[^\]]*\]|(?P<plain>.)', re.DOTALL
)
_PLACES = re.compile(r"[0#?,.]*[0#?][0#?,.]*")
_ODD = re.compile(r"[EeAadhmsyGg/]")
_MAX_DECIMALS = 15


def write_number(value: float, code: str | None = None) -> str:
    """Write a number as its format prints it; without a format as Excel's “General” does."""
    number = _exact(value)
    if not code or code.strip().lower() in ("general", "@"):
        return _plain(number)
    sections = _sections(code)
    section = _section(sections, number)
    # A format of one section puts the sign before the number, one for negatives holds its own.
    sign = "-" if number < 0 and len(sections) < 2 else ""
    written = _write(abs(number), section)
    if written is None:
        return _plain(number)
    return sign + written if re.search(r"[1-9]", written) else written


def write_date(value: datetime.date, code: str | None = None) -> str:
    """Write a date in Chinese when its format does so, else as 2024-02-05."""
    text = code or ""
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return value.strftime("%Y-%m-%d %H:%M")
    if "年" in text:
        day = f"{value.day}日" if "日" in text else ""
        return f"{value.year}年{value.month}月{day}"
    return f"{value.year}-{value.month:02d}-{value.day:02d}"


def _exact(value: float) -> Decimal:
    """Return the fifteen digits that Excel keeps: 0.30000000000000004 is 0.3."""
    return Decimal(f"{value:.15g}")


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sections(code: str) -> list[list[tuple[str, bool]]]:
    """Split a format at its semicolons into (text, is literal) pieces."""
    sections: list[list[tuple[str, bool]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["plain"] == ";":
            sections.append([])
        elif match["plain"] is not None:
            sections[-1].append((match["plain"], False))
        elif match["quoted"] is not None or match["escaped"] is not None:
            sections[-1].append((match["quoted"] or match["escaped"] or "", True))
    return sections


def _section(sections: list[list[tuple[str, bool]]], number: Decimal) -> list[tuple[str, bool]]:
    if number < 0 and len(sections) > 1:
        return sections[1]
    if number == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _write(number: Decimal, section: list[tuple[str, bool]]) -> str | None:
    """Write a number that is not negative; None for a format that is not known here."""
    plain = "".join(text for text, is_literal in section if not is_literal)
    if _ODD.search(plain):
        return None
    places = _PLACES.search(plain)
    if places is None:  # a fixed text, or nothing: “-” for zero
        return "".join(text for text, _ in section).strip()
    digits = _digits(number * 100 if "%" in plain else number, places[0])
    # Every place stands for one character of the format: the first brings the whole number.
    pieces: list[str] = []
    seen = 0
    start = places.start()
    for text, is_literal in section:
        if is_literal:
            pieces.append(text)
            continue
        if seen == start:
            pieces.append(digits)
        if not start <= seen < places.end():
            pieces.append(text)
        seen += 1
    return "".join(pieces).strip()


def _digits(number: Decimal, places: str) -> str:
    """Write the digits for a run of places such as “#,##0.00”; commas at its end are thousands."""
    scale = len(places) - len(places.rstrip(","))
    whole, _, decimals = places.rstrip(",").partition(".")
    with localcontext(prec=400):
        rounded = (number / 1000**scale).quantize(
            Decimal(1).scaleb(-min(len(decimals), _MAX_DECIMALS)), rounding=ROUND_HALF_UP
        )
        integer, _, fraction = f"{rounded:f}".partition(".")
    integer = integer.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        integer = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", integer)
    optional = len(decimals) - len(decimals.rstrip("#?"))
    while optional and fraction.endswith("0"):
        fraction, optional = fraction[:-1], optional - 1
    return f"{integer}.{fraction}" if fraction else integer
