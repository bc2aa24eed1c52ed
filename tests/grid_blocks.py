"""Tables for tests, drawn as text: one line a row, “|” between cells, “<” and “^” for merged.

``<`` belongs to the cell at its left, ``^`` to the one above it.
"""

from budgets.documents.blocks import Block, Cell, Document, Paragraph, Table


def table(drawing: str, *, number: int = 1, **attributes) -> Table:
    """Return a drawn table as a reader gives it: merged cells once, with their spans."""
    rows = [
        [text.strip() for text in line.strip().split("|")] for line in drawing.strip().splitlines()
    ]
    return table_of(rows, number=number, **attributes)


def table_of(rows: list[list[str]], *, number: int = 1, **attributes) -> Table:
    """Return rows of cell texts (with ``<`` and ``^``) as a table block."""
    owners: dict[tuple[int, int], Cell] = {}
    cells: list[Cell] = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text == "<":
                owner = owners[row, column - 1]
                owner.column_span = max(owner.column_span, column - owner.column + 1)
            elif text == "^":
                owner = owners[row - 1, column]
                owner.row_span = max(owner.row_span, row - owner.row + 1)
            else:
                locator = f"t{number} r{row + 1} c{column + 1}"
                owner = Cell(locator=locator, text=text, row=row, column=column)
                cells.append(owner)
            owners[row, column] = owner
    return Table(locator=f"t{number}", cells=cells, **attributes)


def document_of(*blocks: str | Table, title: str) -> Document:
    """Return a document: its title, then paragraphs and tables in order."""
    placed: list[Block] = []
    for block in (*title.split("\n"), *blocks):
        if isinstance(block, str):
            for line in block.split("\n"):
                placed.append(Paragraph(locator=f"¶{len(placed) + 1}", text=line))
        else:
            placed.append(block)
    return Document(name="表.docx", sha256="0" * 64, media_type="x", blocks=placed)
