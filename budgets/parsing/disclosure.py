"""The documents of one disclosure into one Statement: the order in which everything is read."""

from __future__ import annotations

from budgets.documents.blocks import Document, Paragraph, Table, UnreadableDocument
from budgets.statement import DocumentInfo, Statement

from .cells import TableReading
from .glossary import read_glossary
from .grids import Grid, grids_of
from .lines import Line, fold
from .numbers import account
from .organisations import (
    no_subordinate_claim,
    parse_date,
    parse_duties,
    parse_title,
    parse_units,
    split_jurisdiction,
)
from .procurement import read_items
from .projects import read_projects
from .prose import Prose
from .sections import Outline, outline
from .sentences import read_sentences
from .subjects import Codes, Owners
from .tables import label_lines, read_tables

MAX_PARAGRAPH = 10_000
MAX_PLACES = 500_000
NOT_A_BUDGET_FIGURES = (
    "文件有预算标题，但正文里没有找到任何收支数字。请确认文件完整；"
    "扫描件、只有标题或只有目录的文件不能读取。"
)


def parse_disclosure(documents: list[Document]) -> Statement:
    """Read the documents of one disclosure; UnreadableDocument when they are no budget."""
    lines, grids = _lines_and_grids(documents)
    front, parts = outline(lines)
    title = parse_title(front)
    projects = read_projects(parts)
    statement = Statement(
        documents=[
            DocumentInfo(name=d.name, sha256=d.sha256, media_type=d.media_type, pages=d.pages)
            for d in documents
        ],
        jurisdiction=split_jurisdiction(title.department)[0],
        department=title.department,
        level=title.level,
        unit=title.department if title.level == "unit" else None,
        fiscal_year=title.fiscal_year,
        stage=title.stage,
        dated_on=parse_date(lines),
        projects=projects,
    )
    _read_organisation(parts, statement)
    tables = read_tables(grids, statement.stage, statement.fiscal_year, _own_names(statement))
    statement.tables, statement.code_names = tables.tables, tables.code_names
    statement.project_rows = tables.project_rows
    _read_figures(parts, statement, tables)
    if not statement.figures and not statement.procurement:
        raise UnreadableDocument(NOT_A_BUDGET_FIGURES)
    statement.sections = [part.to_section() for part in parts]
    statement.numbers, statement.unread = account([*lines, *label_lines(grids)])
    return statement


def _lines_and_grids(documents: list[Document]) -> tuple[list[Line], list[Grid]]:
    """Return the lines of all paragraphs and the printed tables, in the order of the files."""
    lines: list[Line] = []
    grids: list[Grid] = []
    for position, document in enumerate(documents):
        _refuse_overlong(document)
        own = {
            index: list(Line.all_of(block, position))
            for index, block in enumerate(document.blocks)
            if isinstance(block, Paragraph)
        }
        grids += grids_of(document.blocks, position, own)
        lines += [line for block_lines in own.values() for line in block_lines]
    return lines, grids


def _refuse_overlong(document: Document) -> None:
    """No paragraph or cell of a budget is a book, no table a map; such would take minutes."""
    for block in document.blocks:
        texts = [block] if isinstance(block, Paragraph) else block.cells
        for part in texts:
            if len(part.text) > MAX_PARAGRAPH:
                raise UnreadableDocument(
                    f"“{document.name}”的 {part.locator} 有 {len(part.text)} 个字，一段或一格超过 "
                    f"{MAX_PARAGRAPH} 字的文件不能读取。请确认文件分段正常后再上传。"
                )
        if isinstance(block, Table) and _places(block) > MAX_PLACES:
            raise UnreadableDocument(
                f"“{document.name}”的表格 {block.locator} 展开后超过 {MAX_PLACES} 格，不能读取。"
                "请拆开再上传。"
            )


def _places(table: Table) -> int:
    """Return how many places the cells cover, and the grid around them has."""
    covered = sum(cell.row_span * cell.column_span for cell in table.cells)
    height = max((cell.row + cell.row_span for cell in table.cells), default=0)
    width = max((cell.column + cell.column_span for cell in table.cells), default=0)
    return max(covered, height * width)


def _read_organisation(parts: list[Outline], statement: Statement) -> None:
    for part in parts:
        if part.key == "duties":
            statement.duties += parse_duties(part.lines)
        elif part.key == "units":
            units, claims = parse_units(part.lines)
            statement.units += units
            statement.claims += claims
        elif part.key == "glossary":
            statement.glossary += read_glossary(_without_date(part.lines))


def _without_date(lines: list[Line]) -> list[Line]:
    return [line for line in lines if not parse_date([line])]


def _own_names(statement: Statement) -> tuple[str, ...]:
    """Return the names by which a document calls itself: with and without its jurisdiction."""
    name = statement.department
    short = name.removeprefix(statement.jurisdiction or "") or name
    return tuple({fold(name), fold(short)})


def _read_figures(parts: list[Outline], statement: Statement, tables: TableReading) -> None:
    """Read the sentences into what the tables say: a table stands before prose."""
    prose = Prose(
        fiscal_year=statement.fiscal_year,
        period=tables.own_period,
        figures=tables.figures,
        codes=Codes.of(tables.code_names),
        owners=Owners(_own_names(statement)),
    )
    purchasers = [statement.department, *(unit.name for unit in statement.units)]
    for part in parts:
        for line in part.lines:
            claim = no_subordinate_claim(line)
            if claim:
                statement.claims.append(claim)
            if part.key == "procurement":
                items = read_items(line, purchasers)
                statement.procurement += items
                if items:
                    continue
            read_sentences(line, part.key, prose, part.title)
    statement.figures = list((prose.figures | tables.blanks_beside(prose.figures)).values())
    statement.claims += [*tables.changes, *prose.claims]
