"""Saved web pages into blocks: the article without the site, tables, encodings, web archives."""

import email.mime.multipart
import email.mime.text

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.documents import read_document
from budgets.documents.blocks import Cell, Paragraph, Table, UnreadableDocument
from budgets.documents.html import read_html
from budgets.documents.media_types import HTML, MHTML

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>某局2024年部门预算</title>
<script>document.write("<p>不读</p>")</script></head><body>
<div class="top-nav"><a href="1">首页</a> <a href="2">机构</a></div>
<table width="100%"><tr><td><ul><li><a href="a">公开</a><li><a href="b">互动</a><li><a href="c">办事
</a></ul></td></tr><tr><td><h1>某局2024年部门预算</h1>
<div id="zoom">第一部分 概况<br/>一、主要职责<br><br>
负责&nbsp;财政。
<p>收入<b>100.00</b>万元，<span style="display: none">999</span>其中：</p><p></p>
<ol><li>甲<li>乙</ol>
<table border="1"><caption>收支总表</caption>
<thead><tr><th colspan="2">收入</th><th rowspan="2">支出</th></tr></thead>
<tfoot><tr><td>合计</td><td>5</td><td>6</td></tr></tfoot>
<tr><td>项目</td><td>预算数</td></tr>
<tr style="display:none"><td>底稿</td><td>7</td><td>8</td></tr>
<tr><td>合 计</td><td><p>1,234.50</p><p>（增加）</p></td><td></td></tr></table>
尾 <!-- 注释 --> 巴</div></td></tr></table><div id="footer">备案 12345</div></body></html>"""


def paragraph(number, text, **more):
    return Paragraph(locator=f"¶{number}", text=text, **more)


BLOCKS = [
    paragraph(1, "某局2024年部门预算", level=1),
    paragraph(2, "第一部分 概况"),
    paragraph(3, "一、主要职责"),
    paragraph(4, "负责\xa0财政。"),
    paragraph(5, "收入100.00万元，其中："),
    paragraph(6, ""),
    paragraph(7, "1. 甲"),
    paragraph(8, "2. 乙"),
    Table(
        locator="t1",
        title="收支总表",
        cells=[
            Cell(locator="t1 r1 c1", text="收入", row=0, column=0, column_span=2),
            Cell(locator="t1 r1 c3", text="支出", row=0, column=2, row_span=2),
            Cell(locator="t1 r2 c1", text="项目", row=1, column=0),
            Cell(locator="t1 r2 c2", text="预算数", row=1, column=1),
            Cell(locator="t1 r3 c1", text="合 计", row=2, column=0),
            Cell(locator="t1 r3 c2", text="1,234.50\n（增加）", row=2, column=1),
            Cell(locator="t1 r3 c3", text="", row=2, column=2),
            Cell(locator="t1 r4 c1", text="合计", row=3, column=0),
            Cell(locator="t1 r4 c2", text="5", row=3, column=1),
            Cell(locator="t1 r4 c3", text="6", row=3, column=2),
        ],
    ),
    paragraph(9, "尾 巴"),
]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "utf-16"), ("nonsense", "gb18030")],
)
def test_a_page_gives_its_article_in_every_encoding(charset, encoding):
    document = read_document("预算.html", PAGE.format(charset=charset).encode(encoding))
    assert document.media_type == HTML
    assert document.blocks == BLOCKS


def archive(*pages: str) -> bytes:
    message = email.mime.multipart.MIMEMultipart("related")
    for page in pages:
        message.attach(email.mime.text.MIMEText(page, "html", "gb18030"))
    return message.as_bytes()


def test_a_web_archive_named_doc_is_read():
    document = read_document("预算.doc", archive(PAGE.format(charset="gb2312")))
    assert document.media_type == MHTML
    assert document.blocks == BLOCKS


def test_a_web_archive_gives_all_its_sheets():
    sheet = "<html><body><table><tr><td>项目</td><td>{}</td></tr><tr><td>a</td><td>b</td></tr>"
    data = archive("<html><frameset></frameset></html>", sheet.format("一"), sheet.format("二"))
    tables = read_document("x.xls", data).blocks
    assert [table.cells[1].text for table in tables] == ["一", "二"]


def test_the_title_of_the_page_stands_first_when_the_article_lacks_it():
    page = "<!doctype html><title>某局2024年部门预算</title><p>一、收入</p>"
    assert read_html(page.encode()) == [
        Paragraph(locator="¶0", text="某局2024年部门预算", level=1),
        Paragraph(locator="¶1", text="一、收入"),
    ]


def test_a_menu_inside_a_list_does_not_end_it():
    menu = '<ul class="menu"><li>首页</ul>'
    page = f"<html><p>正文</p><ol><li>甲{menu}<li>乙</ol>"
    assert [block.text for block in read_html(page.encode())] == ["正文", "1. 甲", "2. 乙"]


def test_a_table_that_holds_the_article_is_read_through():
    lines = "".join(f"<p>第{number}段</p>" for number in range(1, 9))
    page = f"<html><table><tr><td>甲<td>乙<tr><td>左<td>{lines}</table>"
    assert [block.text for block in read_html(page.encode())] == [
        *("甲", "乙", "左"),
        *(f"第{number}段" for number in range(1, 9)),
    ]


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ("<html><body><script>render()</script></body></html>", "网页里没有文字"),
        ("<html>" + "<div>" * 100_000 + "x", "层次过深"),
        ("<html>" + "<table><tr><td>" * 5000 + "x", "层次过深"),
        (
            "<html><table><tr><td>a<td>b<tr>"
            + "<td rowspan=60000 colspan=1000>x" * 9
            + "<tr><td>" * 200,
            "超过 100000 格",
        ),
    ],
)
def test_hostile_pages_are_refused(page, sentence):
    with pytest.raises(UnreadableDocument, match=sentence):
        read_document("x.html", page.encode())


@given(st.text(st.sampled_from("<>/=\"' abptdrhl1!-[]&#;表\n"), max_size=80))
def test_no_tag_soup_is_too_thin(soup):
    try:
        blocks = read_html(f"<html>{soup}".encode())
    except UnreadableDocument:
        return
    assert blocks
