"""A Statement written as tables, in many forms, and read back: the same, but for its places.

Equal are figures with their dimensions and exact amounts, project rows and the tables with their
kind; documents, locators, quotes and the printed form of a number are not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.documents.blocks import Block, Document
from budgets.parsing import parse_disclosure
from budgets.statement import Dimensions, Figure, Statement
from tests.grid_blocks import document_of
from tests.statement_tables import TITLES, draw_statement, write_statement
from tests.table_files import as_web_page, as_word, as_workbook

STAGES = {"budget": "北海区民政局2024年部门预算", "final_accounts": "北海区民政局2024年度部门决算"}
Write = Callable[[Sequence[Block]], Document]
SEEDS = st.integers(0, 10**9)


def essence(figures: list[Figure]) -> dict[Dimensions, tuple[Decimal | None, str, str]]:
    valued = [figure for figure in figures if figure.state != "blank"]
    found = {f.dimensions: (f.amount, f.unit, f.state) for f in valued}
    assert len(found) == len(valued)
    return found


def read_back(statement: Statement, seed: int, write: Write | None) -> Statement:
    document = document_of(*write_statement(statement, seed), title=STAGES[statement.stage])
    return parse_disclosure([write(document.blocks) if write else document])


def check(stage: str, seed: int, write: Write | None = None) -> None:
    written = draw_statement(stage, seed)
    found = read_back(written, seed, write)
    figures, expected = essence(found.figures), essence(written.figures)
    assert {k: v for k, v in figures.items() if expected.get(k) != v} == {}
    assert {k: v for k, v in expected.items() if k not in figures} == {}
    assert [(r.name, r.amounts) for r in found.project_rows] == [
        (r.name, r.amounts) for r in written.project_rows
    ]
    kinds = {kind for kind, names in TITLES.items() if names[stage == "final_accounts"]}
    assert {table.kind for table in found.tables} == kinds
    assert (found.department, found.fiscal_year, found.stage) == ("北海区民政局", 2024, stage)
    assert [u.quote for u in found.unread if u.quote != "5"] == []  # 5 printers


@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_statement_written_as_tables_reads_back(stage, seed):
    check(stage, seed)


@pytest.mark.parametrize("write", [as_word, as_workbook, as_web_page])
@pytest.mark.parametrize("stage", STAGES)
@settings(max_examples=6, deadline=None)
@given(seed=SEEDS)
def test_statement_written_as_a_file_reads_back(stage, write, seed):
    check(stage, seed, write)
