"""What belongs to an article of a web page, and what to the site around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

_NEVER_READ = set(
    """
    script style noscript template head iframe object embed applet svg math canvas audio video
    button select option input textarea nav aside
    """.split()
)
_AROUND = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|menu|footer|foot|breadcrumbs?|crumbs?|share|sidebar|copyright"
    r"|pagination|toolbar|skip)(?:$|[-_ ])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all", re.IGNORECASE)
# Parts of a page that may be a list of links.
_PARTS = {"div", "ul", "ol", "section", "header", "footer", "td", "table", "tr", "dl"}
_MOSTLY = 0.6
# An article has more lines than a cell of data.
_PARAGRAPHS = 8


@dataclass(slots=True)
class Size:
    """Characters of text inside an element, those of them in links, and the number of links."""

    text: int = 0
    linked: int = 0
    links: int = 0


def measure(start: Any) -> dict[Any, Size]:
    """Measure every element below `start`, itself included."""
    sizes: dict[Any, Size] = {}
    for _, element in etree.iterwalk(start, events=("end",)):
        size = Size()
        if isinstance(element.tag, str) and element.tag not in _NEVER_READ:
            size.text = len((element.text or "").strip())
            for child in element:
                inner = sizes[child]
                size.text += inner.text + len((child.tail or "").strip())
                size.linked += inner.linked
                size.links += inner.links
            if element.tag == "a" and element.get("href"):
                size.linked, size.links = size.text, 1
        sizes[element] = size
    return sizes


def left_out(start: Any, sizes: dict[Any, Size]) -> set[Any]:
    """Return the elements that are not read: scripts, hidden ones, menus, footers."""
    half = sizes[start].text / 2
    return {
        element
        for element, size in sizes.items()
        if isinstance(element.tag, str)
        and element is not start
        and (
            element.tag in _NEVER_READ
            or _is_hidden(element)
            or (size.text <= half and _is_around(element, size))
        )
    }


def _is_hidden(element: Any) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (
        style is not None and _HIDDEN.search(style.replace(" ", "")) is not None
    )


def _is_around(element: Any, size: Size) -> bool:
    if element.tag == "footer":
        return True
    if element.tag not in _PARTS:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _AROUND.search(names):
        return True
    return size.links >= 3 and size.linked > _MOSTLY * size.text


def is_data_table(table: Any, sizes: dict[Any, Size], whole: Size) -> bool:
    """Whether a table holds data: two rows and two columns at least, and no table inside.

    One that holds half of the page's text in paragraphs of one cell arranges the page too.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    return not any(
        2 * sizes[cell].text > whole.text and sum(1 for _ in cell.iter("p", "br")) >= _PARAGRAPHS
        for row in rows
        for cell in row
    )
