"""Places in a text: sources marked in the original, terms explained where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from budgets.presenters.marks import (
    Piece,
    Places,
    block_anchor,
    explain_terms,
    mark_document,
    mark_text,
    source_anchor,
)
from budgets.statement import Source


def place(start: int, end: int, locator: str = "¶23") -> Source:
    return Source(locator=locator, start=start, end=end, quote="x" * (end - start))


def test_anchors_of_every_kind_of_locator() -> None:
    assert block_anchor(0, "¶23") == "p23"
    assert block_anchor(1, "¶23") == "d1-p23"
    assert block_anchor(0, "p3 t2 r5 c4") == "p3-t2-r5-c4"
    assert block_anchor(0, "Sheet!B7") == "Sheet-B7"
    assert source_anchor(place(64, 76)) == "s-23-64"
    assert source_anchor(place(0, 4, "t2 r5 c4")) == "s-t2-r5-c4-0"


def test_overlapping_sources_keep_the_text_and_each_place() -> None:
    assert mark_text("无政府性基金", Places([place(0, 4), place(1, 6)])) == [
        Piece("无", anchor="s-23-0", is_marked=True),
        Piece("政府性", anchor="s-23-1", is_marked=True),
        Piece("基金", is_marked=True),
    ]


def test_a_heading_has_its_place_and_is_not_marked() -> None:
    assert mark_text("一、部门概况 10万元", Places([place(7, 11)], [place(0, 11)])) == [
        Piece("一、部门概况 ", anchor="s-23-0"),
        Piece("10万元", anchor="s-23-7", is_marked=True),
    ]


@given(
    st.text(max_size=40), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6)
)
def test_marking_never_changes_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    sources = [place(min(span), max(span)) for span in spans]
    assert "".join(piece.text for piece in mark_text(text, Places(sources, sources))) == text


def test_a_table_keeps_its_cells_and_spans() -> None:
    cell = {"locator": "t1 r1 c1", "text": "12.00", "row": 0, "column": 0}
    table = {"locator": "t1", "cells": [{**cell, "row_span": 2, "column_span": 1}]}
    (block,) = mark_document([table], 0, Places([place(0, 5, "t1 r1 c1")]))
    ((marked,),) = block.rows
    assert (marked.anchor, marked.row_span, marked.pieces[0].anchor) == (
        "t1-r1-c1",
        2,
        "s-t1-r1-c1-0",
    )


def test_the_longest_term_is_explained_once() -> None:
    terms = {"项目": "xm", "项目支出": "xmzc"}
    assert explain_terms("项目支出和项目支出", terms) == [
        Piece("项目支出", slug="xmzc"),
        Piece("和项目支出"),
    ]
    assert explain_terms("无", {}) == [Piece("无")]
