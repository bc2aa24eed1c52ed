"""The files of one disclosure: a narrative in Word and its tables in a workbook, one Statement."""

from decimal import Decimal

from budgets.documents.blocks import Document
from budgets.parsing import parse_disclosure
from budgets.statement import Statement
from tests.grid_blocks import document_of, table
from tests.house_styles import figures_of
from tests.table_files import as_word, as_workbook

NARRATIVE = """东港市民政局2024年部门预算
第一部分 部门概况
一、主要职责
（一）负责社会救助工作。
第二部分 2024年部门预算情况说明
一、收入支出预算总体情况
2024年收入总计500.00万元，支出总计500.00万元。
二、基本支出情况
2024年基本支出320.00万元，其中：人员经费300.00万元，公用经费20.00万元。
三、机关运行经费安排情况
2024年机关运行经费20.00万元。"""
SUMMARY = """
    收入 | < | 支出 | <
    项目 | 预算数 | 项目 | 预算数
    一、财政拨款收入 | 5,000,000.00 | 一、社会保障和就业支出 | 5,000,000.00
    收入总计 | 5,000,000.00 | 支出总计 | 5,000,000.00
"""
EXPENDITURE = """
    科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
    208 | 社会保障和就业支出 | 5,000,000.00 | 3,100,000.00 | 1,900,000.00
    合计 | | 5,000,000.00 | 3,100,000.00 | 1,900,000.00
"""


def files() -> tuple[Document, Document]:
    narrative = as_word(document_of(title=NARRATIVE).blocks)
    tables = document_of(
        "部门收支总表",
        "单位：元",
        table(SUMMARY),
        "部门支出总表",
        "单位：元",
        table(EXPENDITURE, number=2),
        title="东港市民政局2024年部门预算公开表",
    )
    return narrative, as_workbook(tables.blocks)


def places(statement: Statement, concept: str, code: str | None = None) -> list[tuple]:
    """Return (document, cell or paragraph, what it says) of each source of one figure."""
    (figure,) = (f for f in statement.figures if (f.concept, f.functional) == (concept, code))
    return [(s.document, s.locator.partition("!")[2], s.stated, s.amount) for s in figure.sources]


def test_narrative_and_workbook_are_one_statement():
    statement = parse_disclosure(list(files()))
    assert [document.name for document in statement.documents] == ["说明.docx", "附表.xlsx"]
    assert (statement.department, statement.fiscal_year, statement.stage) == (
        "东港市民政局",
        2024,
        "budget",
    )
    assert statement.duties == ["负责社会救助工作。"]
    assert [(t.title, t.kind, t.unit, t.sources[0].document) for t in statement.tables] == [
        ("部门收支总表", "department_summary", "元", 1),
        ("部门支出总表", "department_expenditure", "元", 1),
    ]
    found = {(k[0], k[1]): v for k, v in figures_of(statement.figures).items()}
    assert found == {
        ("revenue.appropriation", ""): "5000000.00",
        ("revenue.total", ""): "5000000.00",
        ("expenditure.total", ""): "5000000.00",
        ("expenditure.current", ""): "5000000.00",
        ("expenditure.current", "208"): "5000000.00",
        ("expenditure.basic", ""): "3100000.00",
        ("expenditure.basic", "208"): "3100000.00",
        ("expenditure.project", ""): "1900000.00",
        ("expenditure.project", "208"): "1900000.00",
        ("expenditure.basic.personnel", ""): "3000000.00",
        ("expenditure.basic.operating", ""): "200000.00",
        ("agency_operation", ""): "200000.00",
    }
    assert statement.unread == []


def test_sentence_and_cell_are_two_places_of_one_figure():
    statement = parse_disclosure(list(files()))
    assert places(statement, "revenue.total") == [
        (1, "B6", "5,000,000.00元", Decimal("5000000.00")),
        (0, "", "500.00万元", Decimal("5000000.00")),
    ]


def test_table_stands_before_prose_and_both_amounts_are_kept():
    for order in (files(), files()[::-1]):
        statement = parse_disclosure(list(order))
        (basic,) = (
            f for f in statement.figures if (f.concept, f.functional) == ("expenditure.basic", None)
        )
        assert basic.amount == Decimal("3100000.00")
        assert [source.amount for source in basic.sources] == [
            Decimal("3100000.00"),
            Decimal("3200000.00"),
        ]
