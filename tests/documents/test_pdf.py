"""PDF files into blocks: whole values, on pages written here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.documents.blocks import Cell, Paragraph, Table
from budgets.documents.pdf import read_pdf

from .pdf_files import HEIGHT, WIDTH, PdfPage, pdf_file, stream

XS, YS = (80, 200, 320, 440), (150, 170, 190, 210)
ROWS = (("项目", "预算数", "决算数"), ("基本支出", "1,234.50", ""), ("项目支出", "", "0.00"))
# A line of 36 ideographs from 80 fills the text's width up to 512.
FULL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃辰宿"


def read(*pages, **options):
    return read_pdf(pdf_file(*pages, **options)).blocks


def texts(*pages, **options):
    return [block.text for block in read(*pages, **options) if isinstance(block, Paragraph)]


def tables(*pages, **options):
    return [rows(block) for block in read(*pages, **options) if isinstance(block, Table)]


def rows(table):
    """Return a table as one list of (text) or (text, rows, columns) for each row."""
    found = {}
    for cell in table.cells:
        spans = (cell.row_span, cell.column_span)
        found.setdefault(cell.row, []).append(cell.text if spans == (1, 1) else (cell.text, *spans))
    return list(found.values())


def test_a_page_gives_titles_unit_and_table_in_reading_order():
    page = PdfPage().grid(XS, YS).cells(XS, YS, ROWS)  # the table first: the file's order is not
    page.text(380, 140, "单位：万元").text(200, 100, "收支总表", 16)
    page.text(80, 140, "部门：东港区财政局")
    content = read_pdf(pdf_file(page, PdfPage()))
    blocks = content.blocks
    assert (content.pages, content.warnings) == (2, [])
    assert blocks[:3] == [
        Paragraph(locator="p1 ¶1", text="收支总表", page=1),
        Paragraph(locator="p1 ¶2", text="部门：东港区财政局", page=1),
        Paragraph(locator="p1 ¶3", text="单位：万元", page=1),
    ]
    assert blocks[3] == Table(
        locator="p1 t1",
        page=1,
        cells=[
            Cell(locator=f"p1 t1 r{row + 1} c{column + 1}", text=text, row=row, column=column)
            for row, texts in enumerate(ROWS)
            for column, text in enumerate(texts)
        ],
    )


def test_missing_lines_merge_cells():
    page = PdfPage()
    for x in (80, 440):
        page.line(x, 150, x, 210)
    page.line(200, 150, 200, 210).line(320, 170, 320, 210)
    for y in (150, 190, 210):
        page.line(80, y, 440, y)
    page.line(200, 170, 440, 170)
    page.text(100, 173, "项目").text(300, 163, "支出").text(210, 183, "基本").text(330, 183, "项目")
    page.text(100, 203, "合计").text(210, 203, "3.00").text(330, 203, "4.00")
    assert tables(page) == [
        [[("项目", 2, 1), ("支出", 1, 2)], ["基本", "项目"], ["合计", "3.00", "4.00"]]
    ]


@pytest.mark.parametrize("style", ["rectangles", "pieces", "double", "dots", "open sides"])
def test_lines_may_be_drawn_in_any_manner(style):
    page = PdfPage().cells(XS, YS, ROWS)
    across = [(XS[0], y, XS[-1], y) for y in YS]
    down = [(x, YS[0], x, YS[-1]) for x in XS]
    if style == "open sides":
        down = down[1:-1]
    for x0, y0, x1, y1 in across + down:
        if style == "rectangles":
            page.raw(f"{x0} {HEIGHT - y1} {x1 - x0 or 0.5} {y1 - y0 or 0.5} re f")
        elif style == "pieces":
            middle = (x0 + x1) / 2, (y0 + y1) / 2
            page.line(x0, y0, *middle).line(*middle, x1, y1)
        elif style == "double":
            page.line(x0, y0, x1, y1)
            page.line(x0 + 1, y0 + 1, x1 + 1, y1 + 1)
        elif style == "dots":
            steps = range(0, int(max(x1 - x0, y1 - y0)), 2)
            for step in steps:
                x, y = (x0 + step, y0) if x1 > x0 else (x0, y0 + step)
                page.raw(f"{x} {HEIGHT - y} 0.8 0.8 re f")
        else:
            page.line(x0, y0, x1, y1)
    assert tables(page) == [[list(row) for row in ROWS]]


def test_texts_of_several_lines_are_joined_where_the_next_word_did_not_fit():
    xs, ys = (80, 130, 250), (100, 150, 200)
    page = PdfPage().grid(xs, ys)
    page.lines(83, 115, ("财政拨款", "收入"), 14)  # the column is four ideographs wide
    page.lines(133, 115, ("事业单位", "经营收入"), 14)
    page.lines(83, 165, ("1234567", "8.90"), 14)
    page.lines(133, 165, ("100.00", "200.00"), 14)
    assert tables(page) == [
        [["财政拨款收入", "事业单位\n经营收入"], ["12345678.90", "100.00\n200.00"]]
    ]


def test_a_text_that_runs_over_an_edge_belongs_to_one_cell():
    xs, ys = (80, 140, 170, 260), (100, 120, 140)
    page = PdfPage().grid(xs, ys)
    page.text(83, 115, "很长的项目名称", 10).text(173, 115, "甲", 10)
    page.text(168 - 60, 135, "1,234,567.00", 10).text(83, 135, "乙", 10).text(173, 135, "5%", 10)
    assert tables(page) == [[["很长的项目名称", "", "甲"], ["乙", "1,234,567.00", "5%"]]]


def test_a_table_that_goes_on_keeps_the_columns_of_its_beginning():
    first = PdfPage().text(80, 100, "收入总表").grid(XS, YS).cells(XS, YS, ROWS)
    last_xs = (XS[0], XS[2], XS[3])
    last = PdfPage().grid(last_xs, (80, 100)).cells(last_xs, (80, 100), [("合计", "9.00")])
    last.text(80, 130, "注：单位为万元。")
    blocks = read(first, last)
    assert [type(block).__name__ for block in blocks] == [
        "Paragraph",
        "Table",
        "Table",
        "Paragraph",
    ]
    assert not blocks[1].continues
    assert blocks[2] == Table(
        locator="p2 t1",
        page=2,
        continues=True,
        cells=[
            Cell(locator="p2 t1 r1 c1", text="合计", row=0, column=0, column_span=2),
            Cell(locator="p2 t1 r1 c3", text="9.00", row=0, column=2),
        ],
    )


def test_a_table_under_a_title_of_its_own_does_not_go_on():
    first = PdfPage().grid(XS, YS).cells(XS, YS, ROWS)
    second = PdfPage().text(80, 100, "支出总表").grid(XS, YS).cells(XS, YS, ROWS)
    assert [block.continues for block in read(first, second) if isinstance(block, Table)] == [
        False,
        False,
    ]


def test_rows_without_a_line_between_them_are_parted_by_their_amounts():
    page = PdfPage()
    for x in XS:
        page.line(x, 150, x, 230)
    for y in (150, 170, 230):
        page.line(80, y, 440, y)
    page.cells(XS, (150, 170), ROWS[:1])
    page.lines(83, 185, ("工资福利支出", "住房公积金"), 30)
    page.lines(203, 185, ("1.00", "2.00"), 30)
    page.lines(323, 185, ("3.00", "4.00"), 30)
    page.text(83, 227, "（含补贴）", 10)
    assert tables(page) == [
        [
            list(ROWS[0]),
            ["工资福利支出", "1.00", "3.00"],
            ["住房公积金\n（含补贴）", "2.00", "4.00"],
        ]
    ]


OPEN = (
    ("201", "一般公共服务支出", "2,932.70", "1,932.70"),
    ("2010301", "行政运行", "1,932.70", "1,932.70"),
    ("2010302", "一般行政管理事务", "1,000.00", ""),
    ("", "合计", "2,932.70", "1,932.70"),
)


def open_table(page, top=160):
    xs = (80, 160, 300, 400)
    page.text(200, 110, "支出总表", 16).text(80, 135, "部门：东港区财政局").text(
        400, 135, "单位：元"
    )
    for x, text in zip(xs, ("科目编码", "科目名称", "合计", "基本支出"), strict=True):
        page.text(x, top, text)
    for number, row in enumerate(OPEN, start=1):
        for x, text in zip(xs, row, strict=True):
            page.text(x, top + 20 * number, text)
    return page.text(104, top + 120, FULL[:34]).text(80, top + 140, "为空。")


def test_a_table_without_lines_is_seen_by_its_columns():
    page = open_table(PdfPage())
    header = ["科目编码", "科目名称", "合计", "基本支出"]
    assert tables(page) == [[header, *(list(row) for row in OPEN)]]
    assert texts(page) == ["支出总表", "部门：东港区财政局", "单位：元", FULL[:34] + "为空。"]


def test_a_table_without_lines_begins_below_its_labels_and_holds_long_names():
    page = PdfPage().text(80, 80, "注：上表。").text(80, 110, "单位：万元")
    page.text(80, 140, "编码").text(180, 140, "名称").text(340, 140, "合计").text(440, 140, "基本")
    page.text(80, 170, "201").text(180, 170, "一般公共服务").text(340, 170, "5.00")
    page.lines(180, 186, ("支出其他", "政府办公", "及机构", "事务"), 16)
    for n, y in enumerate((250, 266, 282)):
        page.text(80, y, f"20{n}").text(180, y, "行政").text(340, y, "1.00").text(440, y, "0.50")
    page.text(280, 800, "—").text(296, 800, "1").text(310, 800, "—")
    *labels, table = read(page)
    assert [label.text for label in labels] == ["注：上表。", "单位：万元"]
    assert [
        [cell.text.replace("\n", "") for cell in table.cells if cell.row == row] for row in range(5)
    ] == [
        ["编码", "名称", "合计", "基本"],
        ["201", "一般公共服务支出其他政府办公及机构事务", "5.00", ""],
        *[[f"20{n}", "行政", "1.00", "0.50"] for n in range(3)],
    ]


def test_a_table_without_lines_goes_on_over_a_page():
    second = PdfPage()
    for number, row in enumerate(OPEN[1:]):
        for x, text in zip((80, 160, 300, 400), row, strict=True):
            second.text(x, 80 + 20 * number, text)
    first = PdfPage()
    first.operators = open_table(PdfPage()).operators[:-2]
    found = [block for block in read(first, second) if isinstance(block, Table)]
    assert [(table.continues, rows(table)[-1]) for table in found] == [
        (False, list(OPEN[-1])),
        (True, list(OPEN[-1])),
    ]


def test_a_table_of_three_lines_has_the_header_between_the_upper_two():
    page = open_table(PdfPage())
    for y in (145, 168, 252):
        page.line(78, y, 470, y)
    assert tables(page)[0][0] == ["科目编码", "科目名称", "合计", "基本支出"]
    assert len(tables(page)[0]) == 5


def test_contents_with_page_numbers_are_no_table():
    page = PdfPage().text(280, 80, "目 录", 16)
    for number, title in enumerate(("一、部门职责", "二、收支总表", "三、名词解释"), start=1):
        page.text(80, 80 + 30 * number, title).text(500, 80 + 30 * number, str(number * 2))
    assert tables(page) == []
    assert texts(page) == ["目 录", "一、部门职责 2", "二、收支总表 4", "三、名词解释 6"]


def test_a_title_of_two_lines_is_one_where_it_did_not_fit():
    cover = PdfPage().text(87, 250, "滨海市东港区规划和自然", 38).text(239, 300, "资源局", 38)
    cover.text(195, 350, "2024年部门预算", 28)
    body = PdfPage().lines(80, 100, (FULL, FULL, FULL, "完。"))
    assert texts(cover, body)[:2] == ["滨海市东港区规划和自然资源局", "2024年部门预算"]


def test_contents_with_numbers_apart_from_their_titles_are_no_table():
    page = PdfPage().text(280, 80, "目录", 16)
    for number, title in enumerate(("部门职责", "收支总表", "名词解释"), start=1):
        page.text(80, 80 + 30 * number, f"{number}.").text(110, 80 + 30 * number, title)
        page.text(500, 80 + 30 * number, str(number * 2))
    assert tables(page) == []


def test_lines_of_a_paragraph_are_joined_and_headings_stay_alone():
    page = PdfPage().text(230, 80, "收支预算说明", 18)
    page.lines(
        104,
        120,
        ("一、收入预算", FULL[:34]),
    )
    page.lines(80, 160, (FULL, "收入预算12345", FULL[:5]), 20)
    page.text(104, 220, FULL[:34]).text(80, 240, "第二段。")
    assert texts(page) == [
        "收支预算说明",
        "一、收入预算",
        FULL[:34] + FULL + "收入预算12345",
        FULL[:5],
        FULL[:34] + "第二段。",
    ]


def test_a_number_that_did_not_fit_goes_on_with_its_sentence():
    page = PdfPage()
    page.text(104, 100, FULL[:34]).text(80, 120, FULL[:33]).text(80, 140, "12345678.90元，增长3%。")
    page.text(104, 160, FULL[:34])
    assert texts(page) == [FULL[:34] + FULL[:33] + "12345678.90元，增长3%。", FULL[:34]]


def test_paragraphs_without_indent_end_at_numbers_and_gaps():
    page = PdfPage().lines(80, 100, (FULL, FULL[:35] + "。", "2. " + FULL[:33], "完。"))
    page.lines(80, 220, (FULL[:35] + "。", FULL[:35] + "。"), 20)
    assert texts(page) == [
        FULL + FULL[:35] + "。",
        "2. " + FULL[:33] + "完。",
        FULL[:35] + "。" + FULL[:35] + "。",
    ]


def test_a_paragraph_runs_on_over_the_end_of_a_page():
    first = PdfPage().text(104, 100, FULL[:34]).lines(80, 120, (FULL, FULL))
    second = PdfPage().lines(80, 80, (FULL, "完。")).text(104, 120, "下一段。")
    assert read(first, second) == [
        Paragraph(locator="p1 ¶1", text=FULL[:34] + FULL * 3 + "完。", page=1),
        Paragraph(locator="p2 ¶1", text="下一段。", page=2),
    ]


def test_page_numbers_and_running_headers_are_dropped_and_repeated_titles_are_not():
    pages = [
        PdfPage()
        .text(200, 50, "东港区财政局2024年部门预算", 9)
        .text(240, 110, "支出总表")
        .lines(104, 140, ("正文甲。", "正文乙。"))
        .text(280, 800, mark, 9)
        for mark in ("— 1 —", "-2-", "第3页 共4页", "4")
    ]
    assert texts(*pages) == ["支出总表", "正文甲。", "正文乙。"] * 4


def table_pages(count):
    return [
        PdfPage().text(240, 60, "支出总表").grid(XS, YS).cells(XS, YS, ROWS).text(290, 800, str(n))
        for n in range(1, count + 1)
    ]


def test_a_title_repeated_over_each_page_of_a_table_is_kept():
    assert texts(*table_pages(3), PdfPage().text(240, 300, "完")) == [*["支出总表"] * 3, "完"]


def test_a_line_that_heads_every_page_is_kept_once_and_tables_go_on_below_it():
    blocks = read(*table_pages(3))
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["支出总表"]
    assert [b.continues for b in blocks if isinstance(b, Table)] == [False, True, True]


def test_labels_that_head_every_page_stay_with_their_tables():
    pages = [PdfPage().text(240, 60, "单位：元").grid(XS, YS).cells(XS, YS, ROWS) for _ in range(3)]
    assert texts(*pages) == ["单位：元"] * 3


def test_a_row_without_upright_lines_between_ruled_rows_keeps_its_columns():
    page = PdfPage()
    xs, ys = [80, 160, 320, 420, 520], [80, 104, 128, 152]
    for y in ys:
        page.line(xs[0], y, xs[-1], y)
    for x in (xs[0], xs[-1]):
        page.line(x, ys[0], x, ys[-1])
    for x in xs[1:-1]:  # the middle row has none
        page.line(x, ys[0], x, ys[1]).line(x, ys[2], x, ys[3])
    rows = [["编码", "名称", "合计", "基本"], ["201", "行政", "5.00", ""], ["202", "", "", "3.00"]]
    (table,) = read(page.cells(xs, ys, rows))
    assert [(cell.text, cell.row, cell.column, cell.column_span) for cell in table.cells] == [
        (text, row, column, 1) for row, line in enumerate(rows) for column, text in enumerate(line)
    ]


def test_digits_on_a_shifted_baseline_stay_in_their_place():
    page = PdfPage().text(80, 100, "支出").text(104, 97, "1234.56").text(146, 100, "万元，增长")
    page.text(206, 103, "3.5%").text(230, 100, "。")
    assert texts(page) == ["支出1234.56万元，增长3.5%。"]


def test_text_painted_twice_is_read_once():
    assert texts(PdfPage().text(80, 100, "合计").text(80.4, 100, "合计")) == ["合计"]


def test_what_is_not_seen_is_not_read():
    page = PdfPage().text(80, 100, "看得见")
    page.raw("q 80 700 60 20 re W n").text(80, 130, "裁去一半的文字").raw("Q")
    page.raw("q 300 700 60 20 re W n").text(80, 160, "全部裁去").raw("Q")
    page.text(80, HEIGHT + 30, "页面之外").text(WIDTH + 20, 100, "页面之外")
    page.raw("3 Tr").text(80, 190, "隐形文字").raw("0 Tr")
    assert texts(page) == ["看得见", "裁去一半的"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_are_read_as_they_are_shown(turn):
    """The same page, drawn so that it looks the same after the viewer has turned it."""
    page = PdfPage().text(200, 100, "收支总表").grid(XS, YS).cells(XS, YS, ROWS)
    matrix = {
        0: "1 0 0 1 0 0",
        90: f"0 1 -1 0 {HEIGHT} 0",
        180: f"-1 0 0 -1 {WIDTH} {HEIGHT}",
        270: f"0 -1 1 0 0 {WIDTH}",
    }[turn]
    width, height = (WIDTH, HEIGHT) if turn % 180 == 0 else (HEIGHT, WIDTH)
    turned = PdfPage(width, height, f"/Rotate {turn}").raw(f"{matrix} cm")
    turned.operators += page.operators
    assert read(turned) == read(page)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_table_drawn_sideways_is_read_from_its_side(turn):
    page = PdfPage().text(200, 100, "收支总表").grid(XS, YS).cells(XS, YS, ROWS)
    matrix = {
        90: f"0 1 -1 0 {HEIGHT} 0",
        180: f"-1 0 0 -1 {WIDTH} {HEIGHT}",
        270: f"0 -1 1 0 0 {WIDTH}",
    }[turn]
    width, height = (WIDTH, HEIGHT) if turn % 180 == 0 else (HEIGHT, WIDTH)
    turned = PdfPage(width, height).raw(f"{matrix} cm")
    turned.operators += page.operators
    assert read(turned) == read(page)


def test_places_count_from_the_crop_box():
    page = PdfPage(extra="/CropBox[50 50 500 800]").text(100, 100, "看得见").text(10, 200, "裁去")
    assert texts(page) == ["看得见"]


def test_forms_are_drawn_where_they_are_placed():
    inner = PdfPage().grid(XS, YS).cells(XS, YS, ROWS)
    inner.raw("q 80 700 26 20 re W n").text(80, 130, "表名裁去").raw("Q")
    resources = b"/Type/XObject/Subtype/Form/BBox[0 0 2000 2000]/Resources<</Font<</F1 3 0 R>>>>"
    form = stream(inner.content(), resources)
    page = PdfPage().text(80, 60, "题").raw("q 0.8 0 0 0.8 20 -100 cm /X0 Do Q")
    assert tables(page, forms=[form]) == [[list(row) for row in ROWS]]
    assert texts(page, forms=[form]) == ["题", "表名"]


def test_letter_spaced_titles_stay_one_paragraph():
    page = PdfPage()
    for number, letter in enumerate("第一部分"):
        page.text(150 + 60 * number, 100, letter)
    assert texts(page) == ["第 一 部 分"]


def test_the_digits_of_a_letter_spaced_year_are_one_number():
    page = PdfPage()
    for number, letter in enumerate("2024年度部门决算"):
        page.text(120 + 30 * number, 100, letter)
    assert texts(page) == ["2024 年 度 部 门 决 算"]


@pytest.mark.parametrize("matrix", ["0 1 -1 0 102 590", "0 -1 1 0 98 670"])
def test_a_text_set_sideways_stands_in_its_cell_and_a_watermark_nowhere(matrix):
    xs, ys = (80, 120, 240, 360), (150, 200, 250)
    page = PdfPage()
    for x in xs:
        page.line(x, 150, x, 250)
    page.line(80, 150, 360, 150).line(120, 200, 360, 200).line(80, 250, 360, 250)
    page.cells(xs[1:], ys, [("财政拨款", "1.00"), ("其他收入", "2.00")])
    code = "本年收入".encode("utf-16-be").hex()
    page.raw(f"BT /F1 12 Tf {matrix} Tm <{code}> Tj ET")
    page.raw(f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm <{code}> Tj ET")
    assert tables(page) == [
        [[("本年收入", 2, 1), "财政拨款", "1.00"], ["其他收入", "2.00"]],
    ]
    assert texts(page) == []


@given(st.data())
def test_any_grid_of_merged_cells_is_read_as_drawn(data):
    """Cells are merged at random; only the lines between cells are drawn, some twice."""
    columns, row_count = data.draw(st.integers(2, 6)), data.draw(st.integers(2, 6))
    xs, ys = [60 + 80 * i for i in range(columns + 1)], [100 + 30 * i for i in range(row_count + 1)]
    owner, regions = {}, []
    for row in range(row_count):
        for column in range(columns):
            if (row, column) in owner:
                continue
            width = data.draw(st.integers(1, columns - column))
            while any((row, column + extra) in owner for extra in range(width)):
                width -= 1
            height = data.draw(st.integers(1, row_count - row))
            regions.append((row, column, height, width))
            for r in range(row, row + height):
                for c in range(column, column + width):
                    owner[r, c] = len(regions) - 1
    page = PdfPage()
    for number, (row, column, height, width) in enumerate(regions):
        left, right, top, bottom = xs[column], xs[column + width], ys[row], ys[row + height]
        page.grid((left, right), (top, bottom))
        page.text(left + 5, (top + bottom) / 2 + 3, f"甲{number}", 9)
    found = [block for block in read(page) if isinstance(block, Table)]
    drawn_xs = sorted({x for _, c, _, w in regions for x in (xs[c], xs[c + w])})
    drawn_ys = sorted({y for r, _, h, _ in regions for y in (ys[r], ys[r + h])})
    expected = [
        (
            f"甲{number}",
            drawn_ys.index(ys[row]),
            drawn_xs.index(xs[column]),
            drawn_ys.index(ys[row + height]) - drawn_ys.index(ys[row]),
            drawn_xs.index(xs[column + width]) - drawn_xs.index(xs[column]),
        )
        for number, (row, column, height, width) in enumerate(regions)
    ]
    if len(drawn_xs) < 3:
        assert found == []
    else:
        assert [
            (cell.text, cell.row, cell.column, cell.row_span, cell.column_span)
            for cell in found[0].cells
        ] == expected
