"""Writes small PDF files for tests: text, lines and clips at given places of a page.

Places are in points from the top left of the page, as the reader gives them. The font is one of
those that every PDF program brings along; ideographs are one em wide, ASCII half an em.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595, 842
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
    b"[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/W[1 95 500]"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/Ascent 880"
    b"/Descent -120/CapHeight 880/ItalicAngle 0/StemV 80/FontBBox[-25 -254 1000 880]>>>>]>>"
)


@dataclass
class PdfPage:
    """One page; `extra` is put into its dictionary as it is (``/Rotate 90``)."""

    width: float = WIDTH
    height: float = HEIGHT
    extra: str = ""
    operators: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 12) -> PdfPage:
        """Write a text; `y` is its baseline."""
        code = text.encode("utf-16-be").hex()
        self.operators.append(f"BT /F1 {size} Tf {x} {self.height - y} Td <{code}> Tj ET")
        return self

    def lines(self, x: float, y: float, texts: Iterable[str], step: float = 20) -> PdfPage:
        for number, text in enumerate(texts):
            self.text(x, y + number * step, text)
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> PdfPage:
        self.operators.append(f"{x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def raw(self, operators: str) -> PdfPage:
        """Add operators as they are; their y runs upwards."""
        self.operators.append(operators)
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> PdfPage:
        """Draw every line of a table."""
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        return self

    def cells(
        self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]
    ) -> PdfPage:
        """Write one text into each cell, at its left and two thirds down."""
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if text:
                    self.text(xs[column] + 3, ys[row] + (ys[row + 1] - ys[row]) * 0.7, text, 10)
        return self

    def content(self) -> bytes:
        return "\n".join(self.operators).encode()


def pdf_file(*pages: PdfPage, forms: Sequence[bytes] = ()) -> bytes:
    """Return the bytes of a file; `forms` are complete XObject bodies named /X0, /X1 …"""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _FONT, *forms]
    names = b"".join(b"/X%d %d 0 R" % (number, 4 + number) for number in range(len(forms)))
    resources = b"/Resources<</Font<</F1 3 0 R>>/XObject<<%s>>>>" % names
    kids = []
    for page in pages:
        objects.append(stream(page.content()))
        box = f"/MediaBox[0 0 {page.width} {page.height}]{page.extra}".encode()
        objects.append(
            b"<</Type/Page/Parent 2 0 R%s%s/Contents %d 0 R>>" % (box, resources, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _assemble(objects)


def stream(content: bytes, dictionary: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), dictionary, content)


def _assemble(objects: list[bytes]) -> bytes:
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(data)
