"""How the staff's desk links a figure with its place in the original and back."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from budgets.presenters import marks
from budgets.statement import Source

register = template.Library()


@register.simple_tag
def desk_mark(source: Source, of: str) -> SafeString:
    """Write a link to a place in the original beside: 原文 ¶23."""
    return format_html(
        '<a class="source-mark" href="#{}"><span class="visually-hidden">{}，原文 </span>{}</a>',
        marks.source_anchor(source),
        of,
        source.locator,
    )


@register.simple_tag
def desk_marks(sources: list[Source], of: str) -> SafeString:
    """Write a link to each place, one for each that differs."""
    places = {marks.source_anchor(source): source for source in reversed(sources)}
    return format_html_join(
        " ", "{}", ((desk_mark(source, of),) for source in reversed(places.values()))
    )


@register.simple_tag
def marked_back(pieces: list[marks.Piece], backs: dict[str, str]) -> SafeString:
    """Write the text of an original in which each place leads back to its row."""
    return format_html_join("", "{}", ((_mark(piece, backs),) for piece in pieces))


def _mark(piece: marks.Piece, backs: dict[str, str]) -> Any:
    row = backs.get(piece.anchor, "")
    if row:
        kind = "unread" if row.startswith("unread") else "read"
        return format_html(
            '<a class="mark" data-kind="{}" id="{}" href="#{}">{}</a>',
            kind,
            piece.anchor,
            row,
            piece.text,
        )
    if piece.anchor:
        return format_html('<span class="place" id="{}">{}</span>', piece.anchor, piece.text)
    return format_html("<mark>{}</mark>", piece.text) if piece.is_marked else piece.text
