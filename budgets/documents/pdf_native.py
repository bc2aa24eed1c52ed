"""The PDFium functions that are called once for each character or object, without conversions.

pypdfium2 declares every argument's type, and ctypes then spends more time on checking them than
PDFium on answering. Here the same functions take plain pointers and integers and cost a third.
All arguments must have the right type by themselves: `Pointer`, int, or `ctypes.byref(…)`.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium


class Pointer(ctypes.c_void_p):
    """An opaque PDFium handle; as a subclass it is returned as it is, not turned into an int."""


def pointer(handle: Any) -> Pointer:
    """Return the plain pointer of one of pypdfium2's typed handles."""
    return Pointer(ctypes.cast(handle, ctypes.c_void_p).value)


def _plain(function: Any, result: Any) -> Any:
    # A prototype without argument types: ctypes passes on what it is given.
    return ctypes.CFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


char_origin = _plain(pdfium.FPDFText_GetCharOrigin, ctypes.c_int)
loose_char_box = _plain(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int)
char_size = _plain(pdfium.FPDFText_GetFontSize, ctypes.c_double)
char_matrix = _plain(pdfium.FPDFText_GetMatrix, ctypes.c_int)
text_object = _plain(pdfium.FPDFText_GetTextObject, Pointer)
render_mode = _plain(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
page_object = _plain(pdfium.FPDFPage_GetObject, Pointer)
form_object = _plain(pdfium.FPDFFormObj_GetObject, Pointer)
count_form_objects = _plain(pdfium.FPDFFormObj_CountObjects, ctypes.c_int)
object_type = _plain(pdfium.FPDFPageObj_GetType, ctypes.c_int)
object_bounds = _plain(pdfium.FPDFPageObj_GetBounds, ctypes.c_int)
object_matrix = _plain(pdfium.FPDFPageObj_GetMatrix, ctypes.c_int)
clip_path = _plain(pdfium.FPDFPageObj_GetClipPath, Pointer)
count_clip_paths = _plain(pdfium.FPDFClipPath_CountPaths, ctypes.c_int)
count_clip_segments = _plain(pdfium.FPDFClipPath_CountPathSegments, ctypes.c_int)
clip_segment = _plain(pdfium.FPDFClipPath_GetPathSegment, Pointer)
count_segments = _plain(pdfium.FPDFPath_CountSegments, ctypes.c_int)
path_segment = _plain(pdfium.FPDFPath_GetPathSegment, Pointer)
draw_mode = _plain(pdfium.FPDFPath_GetDrawMode, ctypes.c_int)
segment_type = _plain(pdfium.FPDFPathSegment_GetType, ctypes.c_int)
segment_closes = _plain(pdfium.FPDFPathSegment_GetClose, ctypes.c_int)
segment_point = _plain(pdfium.FPDFPathSegment_GetPoint, ctypes.c_int)
