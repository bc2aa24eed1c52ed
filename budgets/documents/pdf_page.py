"""One page of a PDF into what a person sees on it: words with positions, and ruled lines.

Positions are in points (1/72 inch) from the top left of the page as it is shown, y downwards,
whatever the page's rotation and boxes. Text that is clipped away, lies off the page or is
painted invisibly (the text layer of a scan) is left out.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

# A path this thin is a line, however it was drawn: stroked, or filled as a narrow rectangle.
_THIN = 3.0
# Drawings with more pieces than this are pictures, not tables.
_MAX_SEGMENTS = 20_000
_MAX_OBJECTS = 200_000
_MAX_CHARACTERS = 200_000
_MAX_FORM_DEPTH = 5
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
# PDFium's own signs for a hyphen at a line's end.
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-"}

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(slots=True)
class Word:
    """Characters that touch: `lefts` and `rights` give each one's edges; `em` the font size."""

    text: str
    base: float
    em: float
    lefts: list[float]
    rights: list[float]

    @property
    def left(self) -> float:
        return self.lefts[0]

    @property
    def right(self) -> float:
        return self.rights[-1]

    @property
    def middle(self) -> float:
        """The height of the middle of a character."""
        return self.base - 0.36 * self.em

    def split(self, at: int) -> tuple[Word, Word]:
        """Return the word's two parts, the second beginning with character `at`."""
        return (
            Word(self.text[:at], self.base, self.em, self.lefts[:at], self.rights[:at]),
            Word(self.text[at:], self.base, self.em, self.lefts[at:], self.rights[at:]),
        )


@dataclass(slots=True)
class Rule:
    """A straight line: `at` is its y (horizontal) or x (vertical), `start` to `end` its length."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """What is seen on one page; `has_picture` tells a scan from an empty page."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    horizontal: list[Rule] = field(default_factory=list)
    vertical: list[Rule] = field(default_factory=list)
    has_picture: bool = False
    has_invisible_text: bool = False


def read_page(handle: Any, number: int) -> Page:
    """Return what is seen on a loaded page (an `FPDF_PAGE`); `number` counts from 1."""
    text_page = pdfium.FPDFText_LoadPage(handle)
    try:
        return _PageReader(handle, text_page, number).read()
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)


@dataclass(slots=True)
class _Glyph:
    index: int
    text: str
    left: float
    right: float
    base: float


class _PageReader:
    def __init__(self, handle: Any, text_page: Any, number: int) -> None:
        self.handle = handle
        self.text_page = text_page
        self.view = _View(handle)
        self.page = Page(number, self.view.width, self.view.height)
        # Objects inside forms have coordinates of their own: address → way to the page.
        self.form_matrices: dict[int, _Matrix] = {}
        self.objects = 0
        self.segments = 0

    def read(self) -> Page:
        self._read_objects(_children_of_page(self.handle), _IDENTITY, 0)
        runs = list(self._runs())
        turn = _main_turn(runs)
        if turn:
            self._turn(turn)
            runs = list(self._runs())
        for run in runs:
            if run.turn == 0:
                self.page.words.append(run.word)
        return self.page

    def _turn(self, turn: int) -> None:
        """Look at the page from another side: its text was drawn sideways."""
        self.view.turn(turn)
        number, picture = self.page.number, self.page.has_picture
        self.page = Page(number, self.view.width, self.view.height, has_picture=picture)
        self.objects = self.segments = 0
        self._read_objects(_children_of_page(self.handle), _IDENTITY, 0)

    # Characters

    def _runs(self) -> Iterator[_Run]:
        """Yield the visible words in the order of the file, each with its direction."""
        glyphs: list[_Glyph] = []
        em = 1.0
        turn = 0
        ideograph = 0.0
        for glyph in self._glyphs():
            width = glyph.right - glyph.left if "一" <= glyph.text <= "鿿" else 0.0
            # Ideographs of one size are equally wide: only another width needs a closer look.
            looks_resized = width and ideograph and abs(width - ideograph) > 0.1 * ideograph
            is_resized = looks_resized and self._is_resized(glyph.index, em)
            if glyphs and (is_resized or not _continues(glyphs[-1], glyph, em)):
                yield from self._visible(glyphs, em, turn)
                glyphs = []
            if not glyphs:
                em, turn = self._size_and_turn(glyph.index)
                ideograph = 0.0
            glyphs.append(glyph)
            ideograph = ideograph or width
        yield from self._visible(glyphs, em, turn)

    def _glyphs(self) -> Iterator[_Glyph]:
        count = min(pdfium.FPDFText_CountChars(self.text_page), _MAX_CHARACTERS)
        x, y = ctypes.c_double(), ctypes.c_double()
        box = pdfium.FS_RECTF()
        by_x, by_y, by_box = map(ctypes.byref, (x, y, box))
        to_point, to_span = self.view.point, self.view.span
        origin, loose = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetLooseCharBox
        for index, character in enumerate(self._characters(count)):
            if character.isspace() or character == "\0":
                continue
            origin(self.text_page, index, by_x, by_y)
            loose(self.text_page, index, by_box)
            left, right = to_span(box.left, box.right, box.bottom, box.top)
            start, base = to_point(x.value, y.value)
            # Some fonts give the box of the ink only; the origin is where the character begins.
            yield _Glyph(index, character, min(start, left), right, base)

    def _characters(self, count: int) -> list[str]:
        """Return each character by its index, in one call where the indexes agree."""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.text_page, 0, count, buffer) - 1
        if written == count:
            codes = list(buffer[:count])
            if not any(0xD800 <= code <= 0xDFFF for code in codes):
                return [_HYPHENS.get(chr(code), chr(code)) for code in codes]
        unicode = pdfium.FPDFText_GetUnicode
        return [_character(unicode(self.text_page, index)) for index in range(count)]

    def _size_and_turn(self, index: int) -> tuple[float, int]:
        """Return a character's size in points and its direction: quarter turns, -1 if slanted."""
        matrix = pdfium.FS_MATRIX()
        size = pdfium.FPDFText_GetFontSize(self.text_page, index)
        if not pdfium.FPDFText_GetMatrix(self.text_page, index, matrix):
            return max(size, 1.0), 0
        height = math.hypot(matrix.c, matrix.d) * size
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        quarters = round(angle / 90)
        straight = abs(angle - 90 * quarters) < 5
        return max(height, 1.0), (quarters + self.view.turns) % 4 if straight else -1

    def _is_resized(self, index: int, em: float) -> bool:
        return abs(self._size_and_turn(index)[0] - em) > 0.1 * em

    def _visible(self, glyphs: list[_Glyph], em: float, turn: int) -> Iterator[_Run]:
        """Yield what is seen of a word: all of it when both its ends are seen."""
        if not glyphs:
            return
        if not (self._is_seen(glyphs[0], em) and self._is_seen(glyphs[-1], em)):
            glyphs = [glyph for glyph in glyphs if self._is_seen(glyph, em)]
        if glyphs:
            yield _Run(
                turn,
                Word(
                    "".join(glyph.text for glyph in glyphs),
                    glyphs[0].base,
                    em,
                    [glyph.left for glyph in glyphs],
                    [glyph.right for glyph in glyphs],
                ),
            )

    def _is_seen(self, glyph: _Glyph, em: float) -> bool:
        x, y = (glyph.left + glyph.right) / 2, glyph.base - 0.36 * em
        if not (0 <= x <= self.page.width and 0 <= y <= self.page.height):
            return False
        item = pdfium.FPDFText_GetTextObject(self.text_page, glyph.index)
        if not item:
            return True
        if pdfium.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE:
            self.page.has_invisible_text = True
            return False
        matrix = self.form_matrices.get(_address(item), _IDENTITY)
        return all(
            left <= x <= right and top <= y <= bottom
            for left, top, right, bottom in self._clips(item, matrix)
        )

    def _clips(self, item: Any, matrix: _Matrix) -> Iterator[Box]:
        """Yield the boxes that an object is cut to, with a point's grace."""
        path = pdfium.FPDFPageObj_GetClipPath(item)
        for number in range(max(0, pdfium.FPDFClipPath_CountPaths(path))):
            count = pdfium.FPDFClipPath_CountPathSegments(path, number)
            # Two opposite corners do for a rectangle; other shapes are taken by their box.
            wanted = (0, 2) if count in (4, 5) else range(max(0, count))
            points = [
                _point(pdfium.FPDFClipPath_GetPathSegment(path, number, at), matrix)
                for at in wanted
            ]
            if points:
                left, top, right, bottom = self.view.box(points)
                yield left - 1, top - 1, right + 1, bottom + 1

    # Lines

    def _read_objects(self, items: Iterator[Any], matrix: _Matrix, depth: int) -> None:
        kind_of = pdfium.FPDFPageObj_GetType
        for item in items:
            self.objects += 1
            if self.objects > _MAX_OBJECTS:
                return
            kind = kind_of(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._read_path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
                inner = _matrix_of(item).then(matrix)
                self._read_objects(_children_of_form(item), inner, depth + 1)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._read_picture(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_TEXT and depth:
                self.form_matrices[_address(item)] = matrix

    def _read_picture(self, item: Any, matrix: _Matrix) -> None:
        left, top, right, bottom = self._bounds(item, matrix)
        area = (right - left) * (bottom - top)
        self.page.has_picture |= area > 0.25 * self.page.width * self.page.height
        self._add_thin(left, top, right, bottom)

    def _read_path(self, item: Any, matrix: _Matrix) -> None:
        left, top, right, bottom = self._bounds(item, matrix)
        if right - left <= _THIN or bottom - top <= _THIN:
            self._add_thin(left, top, right, bottom)
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        for points in self._outlines(item, matrix):
            if stroke.value:
                for (x0, y0), (x1, y1) in pairwise(points):
                    self._add_thin(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            elif fill.value:
                xs, ys = zip(*points, strict=True)
                self._add_thin(min(xs), min(ys), max(xs), max(ys))

    def _bounds(self, item: Any, matrix: _Matrix) -> Box:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            return 0, 0, 0, 0
        return self.view.box(
            [matrix.apply(left.value, bottom.value), matrix.apply(right.value, top.value)]
        )

    def _outlines(self, item: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
        """Yield the corners of each outline of a path, closed ones with the first repeated."""
        matrix = _matrix_of(item).then(matrix)
        points: list[tuple[float, float]] = []
        count = pdfium.FPDFPath_CountSegments(item)
        self.segments += count
        if self.segments > _MAX_SEGMENTS:
            return
        for number in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, number)
            if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                if points:
                    yield points
                points = []
            points.append(self.view.point(*_point(segment, matrix)))
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points

    def _add_thin(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep a thin shape as a line, as far as it lies on the page; a dot may be of either."""
        left, right = max(0.0, left), min(self.page.width, right)
        top, bottom = max(0.0, top), min(self.page.height, bottom)
        width, height = right - left, bottom - top
        if width < 0 or height < 0:
            return
        if height <= _THIN:
            self.page.horizontal.append(Rule((top + bottom) / 2, left, right))
        if width <= _THIN:
            self.page.vertical.append(Rule((left + right) / 2, top, bottom))


@dataclass(slots=True)
class _Run:
    turn: int
    word: Word


def _continues(before: _Glyph, after: _Glyph, em: float) -> bool:
    """Whether two characters touch, on one line and from left to right."""
    gap = after.left - before.right
    return (
        -0.5 * em < gap < 0.25 * em
        and after.left >= before.left
        and abs(after.base - before.base) < 0.1 * em
    )


def _main_turn(runs: list[_Run]) -> int:
    """Return the direction in which most characters of the page run."""
    turns: Counter[int] = Counter()
    for run in runs:
        if run.turn >= 0:
            turns[run.turn] += len(run.word.text)
    return turns.most_common(1)[0][0] if turns else 0


class _View:
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
        shown = [self.point(x, y) for x, y in points]
        xs, ys = zip(*shown, strict=True)
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
class _Matrix:
    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: _Matrix) -> _Matrix:
        """Return the matrix that applies this one first and `outer` after it."""
        return _Matrix(
            self.a * outer.a + self.b * outer.c,
            self.a * outer.b + self.b * outer.d,
            self.c * outer.a + self.d * outer.c,
            self.c * outer.b + self.d * outer.d,
            self.e * outer.a + self.f * outer.c + outer.e,
            self.e * outer.b + self.f * outer.d + outer.f,
        )


_IDENTITY = _Matrix(1, 0, 0, 1, 0, 0)


def _matrix_of(item: Any) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _IDENTITY
    return _Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _point(segment: Any, matrix: _Matrix) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    return matrix.apply(x.value, y.value)


def _children_of_page(handle: Any) -> Iterator[Any]:
    for index in range(pdfium.FPDFPage_CountObjects(handle)):
        yield pdfium.FPDFPage_GetObject(handle, index)


def _children_of_form(form: Any) -> Iterator[Any]:
    for index in range(max(0, pdfium.FPDFFormObj_CountObjects(form))):
        yield pdfium.FPDFFormObj_GetObject(form, index)


def _address(item: Any) -> int:
    return ctypes.addressof(item.contents)


def _character(code: int) -> str:
    character = chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\0"
    return _HYPHENS.get(character, character)
