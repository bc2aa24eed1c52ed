"""One page of a PDF into what a person sees on it: words with positions, and ruled lines.

Positions are in points (1/72 inch) from the top left of the page as it is shown, y downwards,
whatever the page's rotation and boxes. Text that is clipped away, lies off the page or is
painted invisibly (the text layer of a scan) is left out.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from . import pdf_native as native
from .pdf_view import IDENTITY, Box, Matrix, View

# A path this thin is a line, however it was drawn: stroked, or filled as a narrow rectangle.
_THIN = 3.0
# Drawings with more pieces than this are pictures, not tables.
_MAX_SEGMENTS = 20_000
_MAX_OBJECTS = 200_000
_MAX_CHARACTERS = 200_000
_MAX_FORM_DEPTH = 5
_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_IMAGE, _FORM = pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
# PDFium's own signs for a hyphen at a line's end.
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-"}


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
class _Glyphs:
    """The characters of a page that are no blanks, in the order of the file, as parallel lists."""

    texts: list[str] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    bases: list[float] = field(default_factory=list)
    indexes: list[int] = field(default_factory=list)


class _PageReader:
    def __init__(self, handle: Any, text_page: Any, number: int) -> None:
        self.handle = native.pointer(handle)
        self.count_objects = pdfium.FPDFPage_CountObjects(handle)
        self.text_page = native.pointer(text_page)
        self.count_characters = min(pdfium.FPDFText_CountChars(text_page), _MAX_CHARACTERS)
        self.typed_text_page = text_page
        self.view = View(handle)
        self.page = Page(number, self.view.width, self.view.height)
        # Objects inside forms have coordinates of their own: address → way to the page.
        self.form_matrices: dict[int, Matrix] = {}
        self.clip_owner: int | None = 0
        self.clip: Box = (0, 0, 0, 0)
        self.objects = 0
        self.segments = 0

    def read(self) -> Page:
        self._read_objects(native.page_object, self.handle, self.count_objects)
        runs = list(self._runs())
        turn = _main_turn(runs)
        if turn:
            self._turn(turn)
            runs = list(self._runs())
        self.page.words = [run.word for run in runs if run.turn == 0] + _sideways(runs)
        return self.page

    def _turn(self, turn: int) -> None:
        """Look at the page from another side: its text was drawn sideways."""
        self.view.turn(turn)
        number, picture = self.page.number, self.page.has_picture
        self.page = Page(number, self.view.width, self.view.height, has_picture=picture)
        self.objects = self.segments = self.clip_owner = 0
        self._read_objects(native.page_object, self.handle, self.count_objects)

    # Characters

    def _runs(self) -> Iterator[_Run]:
        """Yield the visible words in the order of the file, each with its direction."""
        glyphs = self._glyphs()
        first, em, turn, ideograph = 0, 1.0, 0, 0.0
        for at, text in enumerate(glyphs.texts):
            width = glyphs.rights[at] - glyphs.lefts[at] if "一" <= text <= "鿿" else 0.0
            # Ideographs of one size are equally wide: only another width needs a closer look.
            looks_resized = width and ideograph and abs(width - ideograph) > 0.1 * ideograph
            if at and not (
                _continues(glyphs, at, em)
                and not (looks_resized and self._is_resized(glyphs.indexes[at], em))
            ):
                yield from self._visible(glyphs, first, at, em, turn)
                first = at
            if first == at:
                em, turn = self._size_and_turn(glyphs.indexes[at])
                ideograph = 0.0
            ideograph = ideograph or width
        if glyphs.texts:
            yield from self._visible(glyphs, first, len(glyphs.texts), em, turn)

    def _glyphs(self) -> _Glyphs:
        """Read the characters' places: the costliest loop of all, so it is kept plain."""
        found = _Glyphs()
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        by_x, by_y, by_box = map(ctypes.byref, (x, y, box))
        text_page, view, is_upright = self.text_page, self.view, self.view.turns == 0
        origin, loose = native.char_origin, native.loose_char_box
        for index, character in enumerate(self._characters()):
            if character.isspace() or character == "\0":
                continue
            origin(text_page, index, by_x, by_y)
            loose(text_page, index, by_box)
            if is_upright:
                start, base = x.value - view.left, view.top - y.value
                left, right = box.left - view.left, box.right - view.left
            else:
                start, base = view.point(x.value, y.value)
                left, right = view.span(box.left, box.right, box.bottom, box.top)
            found.texts.append(character)
            # Some fonts give the box of the ink only; the origin is where the character begins.
            found.lefts.append(start if start < left else left)
            found.rights.append(right)
            found.bases.append(base)
            found.indexes.append(index)
        return found

    def _characters(self) -> list[str]:
        """Return each character by its index, in one call where the indexes agree."""
        count, text_page = self.count_characters, self.typed_text_page
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(text_page, 0, count, buffer) - 1
        if written == count:
            codes = list(buffer[:count])
            if not any(0xD800 <= code <= 0xDFFF for code in codes):
                return [_HYPHENS.get(chr(code), chr(code)) for code in codes]
        unicode = pdfium.FPDFText_GetUnicode
        return [_character(unicode(text_page, index)) for index in range(count)]

    def _size_and_turn(self, index: int) -> tuple[float, int]:
        """Return a character's size in points and its direction: quarter turns, -1 if slanted."""
        matrix = pdfium.FS_MATRIX()
        size = native.char_size(self.text_page, index)
        if not native.char_matrix(self.text_page, index, ctypes.byref(matrix)):
            return max(size, 1.0), 0
        height = math.hypot(matrix.c, matrix.d) * size
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        quarters = round(angle / 90)
        straight = abs(angle - 90 * quarters) < 5
        return max(height, 1.0), (quarters + self.view.turns) % 4 if straight else -1

    def _is_resized(self, index: int, em: float) -> bool:
        return abs(self._size_and_turn(index)[0] - em) > 0.1 * em

    def _visible(
        self, glyphs: _Glyphs, first: int, end: int, em: float, turn: int
    ) -> Iterator[_Run]:
        """Yield what is seen of a word: all of it when both its ends lie in the same clip box."""
        seen: Iterable[int] = range(first, end)
        if not (self._is_seen(glyphs, first, em) and self._is_inside(glyphs, end - 1, em)):
            seen = [at for at in seen if self._is_seen(glyphs, at, em)]
            if not seen:
                return
        word = Word(
            text="".join([glyphs.texts[at] for at in seen]),
            base=glyphs.bases[first],
            em=em,
            lefts=[glyphs.lefts[at] for at in seen],
            rights=[glyphs.rights[at] for at in seen],
        )
        yield _Run(turn, word)

    def _is_seen(self, glyphs: _Glyphs, at: int, em: float) -> bool:
        item = native.text_object(self.text_page, glyphs.indexes[at])
        address = item.value
        if address != self.clip_owner:
            self.clip_owner = address
            self.clip = self._clip(item, address) if address else self._whole_page()
        return self._is_inside(glyphs, at, em)

    def _is_inside(self, glyphs: _Glyphs, at: int, em: float) -> bool:
        """Whether a character stands in the clip box that was read last."""
        x, y = (glyphs.lefts[at] + glyphs.rights[at]) / 2, glyphs.bases[at] - 0.36 * em
        left, top, right, bottom = self.clip
        return left <= x <= right and top <= y <= bottom

    def _whole_page(self) -> Box:
        return 0, 0, self.page.width, self.page.height

    def _clip(self, item: Any, address: int) -> Box:
        """Return the box that an object is cut to, with a point's grace; an empty one if unseen."""
        if native.render_mode(item) in _INVISIBLE:
            self.page.has_invisible_text = True
            return math.inf, math.inf, -math.inf, -math.inf
        path = native.clip_path(item)
        left, top, right, bottom = self._whole_page()
        for number in range(max(0, native.count_clip_paths(path))):
            corners = self._clip_corners(path, number, self.form_matrices.get(address))
            if corners:
                own = self.view.box(corners)
                left, top = max(left, own[0] - 1), max(top, own[1] - 1)
                right, bottom = min(right, own[2] + 1), min(bottom, own[3] + 1)
        return left, top, right, bottom

    def _clip_corners(
        self, path: Any, number: int, matrix: Matrix | None
    ) -> list[tuple[float, float]]:
        """Return the corners of a clip path: two of a rectangle, all of other shapes."""
        count = native.count_clip_segments(path, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        by_x, by_y = ctypes.byref(x), ctypes.byref(y)
        corners = []
        for at in (0, 2) if count in (4, 5) else range(max(0, count)):
            native.segment_point(native.clip_segment(path, number, at), by_x, by_y)
            corners.append(matrix.apply(x.value, y.value) if matrix else (x.value, y.value))
        return corners

    # Lines

    def _read_objects(
        self, child: Any, parent: Any, count: int, matrix: Matrix = IDENTITY, depth: int = 0
    ) -> None:
        """Read the lines among a page's or a form's objects: `child(parent, index)` gives them."""
        kind_of = native.object_type
        self.objects += count
        if self.objects > _MAX_OBJECTS:
            return
        for index in range(count):
            item = child(parent, index)
            kind = kind_of(item)
            if kind == _TEXT:
                if depth:
                    self.form_matrices[item.value] = matrix
            elif kind == _PATH:
                self._read_path(item, matrix)
            elif kind == _FORM and depth < _MAX_FORM_DEPTH:
                inner = _matrix_of(item).then(matrix)
                count_inside = max(0, native.count_form_objects(item))
                self._read_objects(native.form_object, item, count_inside, inner, depth + 1)
            elif kind == _IMAGE:
                self._read_picture(item, matrix)

    def _read_picture(self, item: Any, matrix: Matrix) -> None:
        left, top, right, bottom = self._bounds(item, matrix)
        area = (right - left) * (bottom - top)
        self.page.has_picture |= area > 0.25 * self.page.width * self.page.height
        self._add_thin(left, top, right, bottom)

    def _read_path(self, item: Any, matrix: Matrix) -> None:
        left, top, right, bottom = self._bounds(item, matrix)
        if right - left <= _THIN or bottom - top <= _THIN:
            self._add_thin(left, top, right, bottom)
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        native.draw_mode(item, ctypes.byref(fill), ctypes.byref(stroke))
        for points in self._outlines(item, matrix):
            if stroke.value:
                for (x0, y0), (x1, y1) in pairwise(points):
                    self._add_thin(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            elif fill.value:
                xs, ys = zip(*points, strict=True)
                self._add_thin(min(xs), min(ys), max(xs), max(ys))

    def _bounds(self, item: Any, matrix: Matrix) -> Box:
        left, bottom, right, top = edges = [ctypes.c_float() for _ in range(4)]
        if not native.object_bounds(item, *map(ctypes.byref, edges)):
            return 0, 0, 0, 0
        corners = [(left.value, bottom.value), (right.value, top.value)]
        if matrix is not IDENTITY:
            corners = [matrix.apply(x, y) for x, y in corners]
        return self.view.box(corners)

    def _outlines(self, item: Any, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        """Yield the corners of each outline of a path, closed ones with the first repeated."""
        matrix = _matrix_of(item).then(matrix)
        points: list[tuple[float, float]] = []
        count = native.count_segments(item)
        self.segments += count
        if self.segments > _MAX_SEGMENTS:
            return
        for number in range(count):
            segment = native.path_segment(item, number)
            if native.segment_type(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                if points:
                    yield points
                points = []
            points.append(self.view.point(*_point(segment, matrix)))
            if native.segment_closes(segment):
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


def _continues(glyphs: _Glyphs, at: int, em: float) -> bool:
    """Whether a character touches the one before, on one line and from left to right."""
    left = glyphs.lefts[at]
    return (
        -0.5 * em < left - glyphs.rights[at - 1] < 0.25 * em
        and left >= glyphs.lefts[at - 1]
        and -0.1 * em < glyphs.bases[at] - glyphs.bases[at - 1] < 0.1 * em
    )


def _sideways(runs: list[_Run]) -> list[Word]:
    """Return the texts that run upwards or downwards, each as one word at its middle.

    Slanted texts (watermarks) are left out.
    """
    groups: list[list[_Run]] = []
    for run in runs:
        if run.turn <= 0:
            continue
        last = groups[-1][-1] if groups else None
        if last and last.turn == run.turn and _is_below(last.word, run.word):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_stand_up([run.word for run in group]) for group in groups]


def _is_below(before: Word, word: Word) -> bool:
    """Whether two pieces of sideways text follow one another, upwards or downwards."""
    return abs(word.left - before.left) < 0.5 * word.em > abs(word.base - before.base) - word.em


def _stand_up(words: list[Word]) -> Word:
    text = "".join(word.text for word in words)
    em = words[0].em
    middle = sum(word.base for word in words) / len(words)
    left, right = min(word.left for word in words), max(word.right for word in words)
    return Word(text, middle + 0.36 * em, em, [left] * len(text), [right] * len(text))


def _main_turn(runs: list[_Run]) -> int:
    """Return the direction in which most characters of the page run."""
    turns: Counter[int] = Counter()
    for run in runs:
        if run.turn >= 0:
            turns[run.turn] += len(run.word.text)
    return turns.most_common(1)[0][0] if turns else 0


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not native.object_matrix(item, ctypes.byref(matrix)):
        return IDENTITY
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _point(segment: Any, matrix: Matrix) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    native.segment_point(segment, ctypes.byref(x), ctypes.byref(y))
    return matrix.apply(x.value, y.value)


def _character(code: int) -> str:
    character = chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\0"
    return _HYPHENS.get(character, character)
