"""Numbers compared by their digits, so that “1,234.50 万元” and “12345000.00” are one number."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Fewer significant digits than this meet by chance.
_TELLING = 3


def digits_of(text: str) -> set[str]:
    """Return each number's significant digits: no point, no zeros at either end (0 is ``""``)."""
    return {_significant(number) for number in _numbers(text)}


def telling_digits(text: str) -> set[str]:
    """Return the digits of numbers that point to one place: no years, three digits or more."""
    found = {_significant(number) for number in _numbers(text) if not _YEAR.fullmatch(number)}
    return {digits for digits in found if len(digits) >= _TELLING}


def digits_of_amount(amount: Decimal) -> str:
    """Return an amount's significant digits, whatever its unit."""
    return _significant(format(abs(amount), "f"))


def words_of(text: str) -> str:
    """Return a text without spaces and punctuation, in one width; numbers keep their point."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(char for char in folded if char.isalnum() or char in ".%")


def _numbers(text: str) -> list[str]:
    return _NUMBER.findall(unicodedata.normalize("NFKC", text))


def _significant(number: str) -> str:
    return number.replace(",", "").replace(".", "").strip("0")
