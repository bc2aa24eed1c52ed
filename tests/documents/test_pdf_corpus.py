"""Published PDF files: every figure verified by people is found, and found where it stands."""

import json
import re
import time
from decimal import Decimal

import pytest

from budgets.documents.blocks import Table
from budgets.documents.pdf import read_pdf
from tests.texts import SHARED

DOCUMENTS = SHARED / "corpus" / "documents"
PDFS = sorted(SHARED.glob("corpus/*/*.pdf"))
EXPECTED = sorted(DOCUMENTS.glob("*.expected.json"))
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")

pytestmark = pytest.mark.skipif(not PDFS, reason="../shared/corpus is not on this machine")


def numbers_in(texts):
    return {Decimal(n.replace(",", "")) for text in texts for n in NUMBER.findall(text)}


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.name)
def test_every_verified_amount_is_in_a_cell_of_its_page_or_in_a_sentence(path):
    file = path.with_name(path.name.replace(".expected.json", ".pdf"))
    blocks = read_pdf(file.read_bytes()).blocks
    cells = {}
    sentences = numbers_in(block.text for block in blocks if not isinstance(block, Table))
    for block in blocks:
        if isinstance(block, Table):
            cells[block.page] = numbers_in(cell.text for cell in block.cells)
    expected = json.loads(path.read_text())
    missing = []
    for figure in expected["figures"] + expected["figures_proposed_concepts"]:
        amount = Decimal(figure["amount"] or 0)
        page = re.search(r"第(\d+)页", figure.get("where") or "")
        found = cells.get(int(page[1]), set()) if page else sentences.union(*cells.values())
        if not {amount, amount / 10_000} & found:
            missing.append((figure["where"], figure["amount"]))
    assert missing == []


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_blocks_are_whole(path):
    data = path.read_bytes()
    content = read_pdf(data)
    blocks = content.blocks
    assert content.warnings == []
    places = [block.locator for block in blocks]
    assert len(set(places)) == len(places)
    assert [block.page for block in blocks] == sorted(block.page for block in blocks)
    assert all(1 <= block.page <= content.pages for block in blocks)
    for table in (block for block in blocks if isinstance(block, Table)):
        covered = [
            (row, column)
            for cell in table.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(set(covered)) == len(covered)
        assert len(covered) == (max(covered)[0] + 1) * (max(column for _, column in covered) + 1)
    assert read_pdf(data) == content


def test_a_page_takes_a_few_milliseconds():
    """About six, warm; slack for a machine that has other things to do."""
    data = [path.read_bytes() for path in PDFS]
    pages = sum(read_pdf(one).pages for one in data)
    start = time.process_time()
    for one in data:
        read_pdf(one)
    assert (time.process_time() - start) / pages < 0.030
