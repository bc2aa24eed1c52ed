"""From a PDF page's own coordinates to the page as it is shown: boxes, turns, forms."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]  # left, top, right, bottom


class View:
    """From the page's own coordinates (y upwards) to the page as it is shown (y downwards)."""

    def __init__(self, handle: Any) -> None:
        self.left, self.bottom, self.right, self.top = _visible_box(handle)
        self.turns = -pdfium.FPDFPage_GetRotation(handle) % 4
        self._measure()

    def turn(self, quarters: int) -> None:
        """Turn the page so that text running in that direction comes to stand upright."""
        self.turns = (self.turns - quarters) % 4
        self._measure()

    def _measure(self) -> None:
        width, height = self.right - self.left, self.top - self.bottom
        self.width, self.height = (width, height) if self.turns % 2 == 0 else (height, width)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:  # quarter turn to the left
            return self.top - y, self.right - x
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return y - self.bottom, x - self.left

    def span(self, left: float, right: float, bottom: float, top: float) -> tuple[float, float]:
        """Return a character's left and right edge as shown."""
        if self.turns == 0:
            return left - self.left, right - self.left
        first, second = self.point(left, bottom)[0], self.point(right, top)[0]
        return (first, second) if first <= second else (second, first)

    def box(self, points: list[tuple[float, float]]) -> Box:
        if self.turns == 0 and len(points) == 2:
            (x0, y0), (x1, y1) = points
            x0, x1 = (x0, x1) if x0 <= x1 else (x1, x0)
            y0, y1 = (y0, y1) if y0 <= y1 else (y1, y0)
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        xs, ys = zip(*(self.point(x, y) for x, y in points), strict=True)
        return min(xs), min(ys), max(xs), max(ys)


def _visible_box(handle: Any) -> Box:
    """Return the page's crop box, or its media box, as (left, bottom, right, top)."""
    edges = [ctypes.c_float() for _ in range(4)]
    for read in (pdfium.FPDFPage_GetCropBox, pdfium.FPDFPage_GetMediaBox):
        if read(handle, *edges):
            left, bottom, right, top = (edge.value for edge in edges)
            if right > left and top > bottom:
                return left, bottom, right, top
    return 0.0, 0.0, pdfium.FPDF_GetPageWidthF(handle), pdfium.FPDF_GetPageHeightF(handle)


@dataclass(slots=True, frozen=True)
class Matrix:
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: Matrix) -> Matrix:
        """Return the matrix that applies this one first and `outer` after it."""
        return Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)
