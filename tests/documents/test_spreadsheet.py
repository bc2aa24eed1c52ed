"""Workbooks into blocks: grids and the text around them, numbers as printed, what is refused."""

import datetime
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from budgets.documents import read_document
from budgets.documents.blocks import Cell, Paragraph, Table, UnreadableDocument
from budgets.documents.media_types import XLS, XLSX
from budgets.documents.number_formats import write_date, write_number

TEMPLATES = Path(__file__).parents[3] / "shared" / "corpus" / "templates"


def workbook(build) -> bytes:
    book = openpyxl.Workbook()
    build(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def budget_table(book):
    sheet = book.active
    sheet.title = "收支 总表"
    sheet["A1"] = "2024年部门收支总表"
    sheet.merge_cells("A1:D1")
    sheet["A2"], sheet["D2"] = "编制部门：某局", "单位：万元"
    for row in [["收入", None, "支出", None], ["项目", "预算数", "项目", "预算数"]]:
        sheet.append(row)
    sheet.merge_cells("A3:B3")
    sheet.merge_cells("C3:D3")
    sheet.append(["一、财政拨款", 1234.5, "一、教育", 0.1 + 0.2])
    sheet["B5"].number_format = "#,##0.00"
    sheet.append(["二、其他", None, None, 0])
    sheet["D6"].number_format = '#,##0.00;-#,##0.00;"-"'
    sheet.append([None] * 4)
    sheet["A8"] = "注：本表由预算系统生成。"
    sheet.merge_cells("A8:D8")


def cell(place, text, row, column, **spans):
    return Cell(locator=f"收支 总表!{place}", text=text, row=row, column=column, **spans)


def test_a_sheet_gives_its_grid_and_the_text_around_it():
    document = read_document("预算.xlsx", workbook(budget_table))
    assert document.media_type == XLSX
    assert document.blocks == [
        Paragraph(locator="收支 总表!A1", text="2024年部门收支总表"),
        Paragraph(locator="收支 总表!A2", text="编制部门：某局"),
        Paragraph(locator="收支 总表!D2", text="单位：万元"),
        Table(
            locator="收支 总表!A3:D6",
            title="收支 总表",
            cells=[
                cell("A3", "收入", 0, 0, column_span=2),
                cell("C3", "支出", 0, 2, column_span=2),
                cell("A4", "项目", 1, 0),
                cell("B4", "预算数", 1, 1),
                cell("C4", "项目", 1, 2),
                cell("D4", "预算数", 1, 3),
                cell("A5", "一、财政拨款", 2, 0),
                cell("B5", "1,234.50", 2, 1),
                cell("C5", "一、教育", 2, 2),
                cell("D5", "0.3", 2, 3),
                cell("A6", "二、其他", 3, 0),
                cell("B6", "", 3, 1),
                cell("C6", "", 3, 2),
                cell("D6", "-", 3, 3),
            ],
        ),
        Paragraph(locator="收支 总表!A8", text="注：本表由预算系统生成。"),
    ]
    assert document.warnings == []


def test_a_sheet_of_text_is_prose_line_by_line():
    def build(book):
        book.active.title = "说明"
        book.active["A1"] = "编制说明"
        book.active["A3"] = "一、收入。\n二、支出。"

    assert read_document("x.xlsx", workbook(build)).blocks == [
        Paragraph(locator="说明!A1", text="编制说明"),
        Paragraph(locator="说明!A3 ¶1", text="一、收入。"),
        Paragraph(locator="说明!A3 ¶2", text="二、支出。"),
    ]


def test_hidden_sheets_and_formulas_without_result_are_told():
    def build(book):
        book.active.title = "总表"
        book.active.append(["项目", "数"])
        book.active.append(["收入", "=1+1"])
        hidden = book.create_sheet("底稿")
        hidden.sheet_state = "hidden"
        hidden.append(["标题"])

    document = read_document("x.xlsx", workbook(build))
    assert document.warnings == [
        "工作表“总表”的 B2是公式，没有保存计算结果。请在 Excel 中打开、保存后再上传。",
        "工作表“底稿”是隐藏的，公众看不到。",
    ]
    assert document.blocks[-1] == Table(
        locator="底稿!A1:A1",
        title="底稿",
        hidden=True,
        cells=[Cell(locator="底稿!A1", text="标题", row=0, column=0)],
    )


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("收支 表")
    rows = [
        [("项目", None), ("数", None), ("占比", None)],
        [("收入", None), (1234.5, "#,##0.00"), (0.1234, "0.00%")],
        [(1, "00"), (2, "General"), (0, '#,##0;-#,##0;"-"')],
    ]
    for row, values in enumerate(rows):
        for column, (value, code) in enumerate(values):
            sheet.write(row, column, value, xlwt.easyxf(num_format_str=code or "General"))
    sheet.row(2).hidden = True
    book.add_sheet("底稿").write(0, 0, "x")
    book.get_sheet(1).visibility = 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_an_old_workbook_is_written_as_printed_too():
    document = read_document("预算.xls", old_workbook())
    assert document.media_type == XLS
    assert [(table.title, table.hidden) for table in document.blocks] == [
        ("收支 表", False),
        ("底稿", True),
    ]
    assert [cell.text for cell in document.blocks[0].cells] == [
        *("项目", "数", "占比"),
        *("收入", "1,234.50", "12.34%"),
        *("01", "2", "-"),
    ]
    assert document.warnings == [
        "工作表“收支 表”有隐藏的行或列，其中的内容也读取了。",
        "工作表“底稿”是隐藏的，公众看不到。",
    ]


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (1234.5, None, "1234.5"),
        (0.1 + 0.2, None, "0.3"),
        (371514655.0, "General", "371514655"),
        (1234.5, "#,##0.00", "1,234.50"),
        (37151470.5, "#,##0_ ", "37,151,471"),
        (-12.345, "0.00", "-12.35"),
        (-12.345, "#,##0.00;(#,##0.00)", "(12.35)"),
        (-0.001, "0.00", "0.00"),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (-1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-1,234.50"),
        (0, "0.00;-0.00;;@", ""),
        (0.1234, "0.00%", "12.34%"),
        (12.5, '0.00"万元"', "12.50万元"),
        (12.5, "#.##", "12.5"),
        (5, "000", "005"),
        (1234567, "#,##0,", "1,235"),
        (1.5, "[Red]0.0", "1.5"),
        (1.5, "# ?/?", "1.5"),
        (208.0, "@", "208"),
    ],
)
def test_numbers_are_written_as_printed(value, code, printed):
    assert write_number(value, code) == printed


@given(st.integers(-(10**13), 10**13))
def test_amounts_keep_their_value(cents):
    value = cents / 100
    printed = write_number(value, "#,##0.00")
    assert Decimal(printed.replace(",", "")) == Decimal(cents).scaleb(-2)
    assert Decimal(write_number(value)) == Decimal(cents).scaleb(-2)


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12))
def test_no_format_is_too_odd(value, code):
    assert isinstance(write_number(value, code), str)


def test_dates_are_written_in_chinese_when_their_format_is():
    day = datetime.date(2024, 2, 5)
    assert write_date(day) == "2024-02-05"
    assert write_date(day, 'yyyy"年"m"月"d"日"') == "2024年2月5日"
    assert write_date(day, "yyyy年m月") == "2024年2月"


def edited(data: bytes, member: str, edit) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, edit(content) if info.filename == member else content)
    return file.getvalue()


def test_a_million_empty_rows_are_no_burden():
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(9, 300_000))

    data = edited(
        workbook(budget_table),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    assert len(read_document("x.xlsx", data).blocks) == 5


def test_a_value_far_down_is_refused():
    data = edited(
        workbook(budget_table),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
        ),
    )
    with pytest.raises(UnreadableDocument, match="用到第 1048576 行"):
        read_document("x.xlsx", data)


@pytest.mark.parametrize(
    ("member", "edit"),
    [
        ("xl/workbook.xml", lambda xml: xml[:50]),
        ("xl/worksheets/sheet1.xml", lambda xml: b"<broken"),
        ("xl/_rels/workbook.xml.rels", lambda xml: b""),
        ("xl/styles.xml", lambda xml: xml[:300]),
    ],
)
def test_a_damaged_workbook_is_refused(member, edit):
    with pytest.raises(UnreadableDocument, match=r"“x\.xlsx”：Excel 文件(已损坏|里没有内容)"):
        read_document("x.xlsx", edited(workbook(budget_table), member, edit))


def test_external_entities_are_not_read():
    entity = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]><workbook'
    data = edited(
        workbook(budget_table),
        "xl/workbook.xml",
        lambda xml: re.sub(rb"^(<\?xml.*?\?>)?\s*<workbook", entity, xml).replace(
            "收支 总表".encode(), b"&x;"
        ),
    )
    with pytest.raises(UnreadableDocument):
        read_document("x.xlsx", data)


@pytest.mark.skipif(not TEMPLATES.is_dir(), reason="the corpus is not beside the project")
@pytest.mark.parametrize(
    ("name", "media_type", "title"),
    [
        ("shanghai-budget-tables.xls", XLS, "单位收入总表"),
        ("shanghai-department-budget-tables.xlsx", XLSX, "部门收入总表"),
    ],
)
def test_the_templates_of_shanghai(name, media_type, title):
    document = read_document(name, (TEMPLATES / name).read_bytes())
    assert document.media_type == media_type
    table = next(b for b in document.blocks if isinstance(b, Table) and b.title == title)
    assert [
        (c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells if c.row < 3
    ] == [
        ("项目", 0, 0, 1, 4),
        ("收入预算", 0, 4, 1, 5),
        ("功能分类科目编码", 1, 0, 1, 3),
        ("功能分类科目名称", 1, 3, 2, 1),
        ("合计", 1, 4, 2, 1),
        ("财政拨款收入", 1, 5, 2, 1),
        ("事业收入", 1, 6, 2, 1),
        ("事业单位\n经营收入", 1, 7, 2, 1),
        ("其他收入", 1, 8, 2, 1),
        ("类", 2, 0, 1, 1),
        ("款", 2, 1, 1, 1),
        ("项", 2, 2, 1, 1),
    ]
