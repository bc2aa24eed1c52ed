"""Files into blocks: text and Word, what is refused and how, and the child process."""

import hashlib
import io
import json
import sys
import zipfile
from html import escape

import docx
import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from budgets.documents import read_document
from budgets.documents import sandbox as sandbox_module
from budgets.documents.blocks import Cell, Document, Paragraph, Table, UnreadableDocument
from budgets.documents.media_types import TEXT
from budgets.documents.reading import MAX_BYTES
from budgets.documents.sandbox import Limits, read_in_sandbox
from budgets.parsing import parse_disclosure
from budgets.statement import Statement, encode
from tests.texts import SAMPLE


def word(build) -> bytes:
    document = docx.Document()
    build(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    return [(b.locator, b.text) for b in read_document("x.docx", data).blocks]


def test_text_keeps_every_line():
    data = "第一行\r\n\n  第三行 \n".encode()
    assert read_document("预算.txt", data) == Document(
        name="预算.txt",
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=TEXT,
        blocks=[
            Paragraph(locator="¶1", text="第一行"),
            Paragraph(locator="¶2", text=""),
            Paragraph(locator="¶3", text="  第三行 "),
            Paragraph(locator="¶4", text=""),
        ],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_is_read_in_every_encoding(encoding):
    text = SAMPLE.read_text(encoding="utf-8")
    read = read_document("x.txt", text.encode(encoding))
    assert [block.text for block in read.blocks] == text.split("\n")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Co", "Cn"]), min_size=1))
def test_text_round_trip(text):
    text = "预算" + text
    read = read_document("x.txt", text.encode())
    assert "\n".join(block.text for block in read.blocks) == text


def test_word_reads_paragraphs_and_tables_in_order():
    def build(document):
        document.add_heading("总体说明", level=2)
        document.add_paragraph("")
        table = document.add_table(rows=3, cols=3)
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(0, 0).merge(table.cell(0, 1)).text = "合并"
        table.cell(1, 2).merge(table.cell(2, 2)).text = "跨行"
        document.add_paragraph("表后一行\n换行之后")

    assert read_document("x.docx", word(build)).blocks == [
        Paragraph(locator="¶1", text="总体说明", level=2),
        Paragraph(locator="¶2", text=""),
        Table(
            locator="t1",
            cells=[
                Cell(locator="t1 r1 c1", text="合并", row=0, column=0, column_span=2),
                Cell(locator="t1 r1 c3", text="02", row=0, column=2),
                Cell(locator="t1 r2 c1", text="10", row=1, column=0),
                Cell(locator="t1 r2 c2", text="11", row=1, column=1),
                Cell(locator="t1 r2 c3", text="跨行", row=1, column=2, row_span=2),
                Cell(locator="t1 r3 c1", text="20", row=2, column=0),
                Cell(locator="t1 r3 c2", text="21", row=2, column=1),
            ],
        ),
        Paragraph(locator="¶3", text="表后一行\n换行之后"),
    ]


def test_word_does_not_read_deleted_or_hidden_text_nor_headers():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "页眉"
        paragraph = document.add_paragraph("收入")
        run = paragraph.add_run("隐藏")
        run.font.hidden = True
        paragraph._p.append(
            parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>99</w:delText></w:r></w:del>")
        )
        paragraph._p.append(
            parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>100万元</w:t></w:r></w:ins>")
        )

    assert paragraphs(word(build)) == [("¶1", "收入100万元")]


NUMBERING = f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="77">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
    <w:lvlText w:val="%1、"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
    <w:lvlText w:val="%2."/></w:lvl></w:abstractNum>"""


def add_lists(document):
    """List 77 with two levels, and 78, which is the same list started anew."""
    part = document.part.numbering_part.element
    part.insert(0, parse_xml(NUMBERING))
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for number, override in [(77, ""), (78, anew)]:
        part.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="77"/>'
                f"{override}</w:num>"
            )
        )


def number(element, level, list_id=None):
    """Make a paragraph, or a style, one of a list."""
    chosen = "" if list_id is None else f'<w:numId w:val="{list_id}"/>'
    element.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/>{chosen}</w:numPr>')
    )


def test_word_shows_the_numbers_of_its_lists():
    def build(document):
        add_lists(document)
        for text, level in [("甲", 0), ("子", 1), ("丑", 1), ("乙", 0), ("寅", 1)]:
            number(document.add_paragraph(text)._p, level, 77)
        number(document.add_paragraph("另起")._p, 0, 78)
        number(document.add_paragraph("续")._p, 0, 78)

    texts = [text for _, text in paragraphs(word(build))]
    assert texts == ["一、甲", "1.子", "2.丑", "二、乙", "1.寅", "一、另起", "二、续"]


def test_word_takes_a_list_from_the_style_unless_the_paragraph_says_none():
    def build(document):
        add_lists(document)
        base = document.styles.add_style("条", WD_STYLE_TYPE.PARAGRAPH)
        number(base.element, 0, 77)
        derived = document.styles.add_style("款", WD_STYLE_TYPE.PARAGRAPH)
        derived.base_style = base
        document.add_paragraph("甲", style=base)
        number(document.add_paragraph("子", style=derived)._p, 1)
        number(document.add_paragraph("无", style=derived)._p, 0, 0)
        document.add_paragraph("乙", style=derived)

    texts = [text for _, text in paragraphs(word(build))]
    assert texts == ["一、甲", "1.子", "无", "二、乙"]


def page(lines):
    return "".join(["<!doctype html>", *(f"<p>{escape(line)}</p>" for line in lines)]).encode()


def workbook(lines):
    book = openpyxl.Workbook()
    for number, line in enumerate(lines, start=1):
        book.active.cell(number, 1).value = line
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "write",
    [
        lambda lines: word(lambda document: [document.add_paragraph(line) for line in lines]),
        page,
        workbook,
    ],
    ids=["word", "web page", "workbook"],
)
def test_the_sample_says_the_same_in_every_format(write):
    text = SAMPLE.read_text(encoding="utf-8")
    # Web pages show no blanks before a line; a workbook has places of its own.
    from_file = without_places(parse_disclosure([read_document("x", write(text.split("\n")))]))
    assert from_file == without_places(parse_disclosure([read_document("x", text.encode())]))


def without_places(value):
    """Return a Statement as JSON without documents and sources."""
    if isinstance(value, Statement):
        value = {**value.to_json(), "documents": []}
    if isinstance(value, dict):
        return {key: without_places(item) for key, item in value.items() if key != "sources"}
    return [without_places(item) for item in value] if isinstance(value, list) else value


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(stream: str) -> bytes:
    return OLE + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 600


REFUSED = {
    "empty": (b"", "是空文件"),
    "blank": (b" \n\0\n", "是空文件"),
    "unknown": (b"\x7fELF" + bytes(range(256)) * 9, "不是能读取的文本"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "是图片"),
    "broken pdf": (b"%PDF-1.7\n", "PDF 文件已损坏"),
    "old office": (ole("PowerPoint Document"), "旧版 Office"),
    "encrypted office": (ole("EncryptedPackage"), "加密的 Office"),
    "broken doc": (ole("WordDocument"), "旧版 Word 文件"),
    "broken xls": (ole("Workbook"), "Excel 文件已损坏"),
    "broken zip": (b"PK\x03\x04 cut off", "已损坏"),
    "broken workbook": (zipped(**{"xl/workbook.xml": b"<x/>"}), "Excel 文件已损坏"),
    "slides": (zipped(**{"ppt/presentation.xml": b"<x/>"}), "是演示文稿"),
    "OFD": (zipped(**{"OFD.xml": b"<x/>"}), "另存为 PDF"),
    "archive": (zipped(a=b"b"), "是压缩包"),
    "rar": (b"Rar!\x1a\x07\0" + b"x" * 99, "是压缩包"),
    "xml": (b"<?xml version='1.0'?><Workbook/>", "是XML 文件"),
    "no word": (zipped(**{"word/document.xml": b"<broken"}), "已损坏"),
    "bomb": (zipped(**{"word/document.xml": b"0" * (301 << 20)}), "解开后超过"),
    "many members": (zipped(**{f"word/{n}": b"" for n in range(10_001)}), "10000 个文件"),
    "huge": (b"x" * (MAX_BYTES + 1), "超过 30 MB"),
    "empty page": (b"<!DOCTYPE html><p>", "网页里没有文字"),
}


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_one_sentence(data, sentence):
    with pytest.raises(UnreadableDocument, match=sentence) as refused:
        read_in_sandbox("预算.docx", data)
    assert str(refused.value).startswith("“预算.docx”")


def test_word_tells_outline_levels():
    def build(document):
        paragraph = document.add_paragraph("二级")._p
        paragraph.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))
        document.add_heading("三级", level=3)
        document.add_paragraph("正文")

    assert [block.level for block in read_document("x.docx", word(build)).blocks] == [2, 3, None]


def boxed(document):
    """A table whose cell holds a text box, stored twice as Word does."""
    cell = document.add_table(rows=1, cols=2).cell(0, 0)
    box = "<w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent>"
    office = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    cell.paragraphs[0]._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')} {office}><mc:AlternateContent><mc:Choice Requires='wps'>{box}"
            f"</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )


def test_word_reads_a_text_box_once():
    def build(document):
        boxed(document)
        document.add_paragraph("文")

    table, _ = read_document("x.docx", word(build)).blocks
    assert [cell.text for cell in table.cells] == ["\n框", ""]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("样本.txt", SAMPLE.read_bytes()),
        ("样本.docx", word(boxed)),
        ("样本.html", "<!doctype html><table><tr><td>项目<td>数<tr><td>收入<td>1".encode()),
    ],
)
def test_sandbox_gives_what_the_reader_gives(name, data):
    assert read_in_sandbox(name, data) == read_document(name, data)


def test_the_child_does_not_get_the_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "sentinel")
    assert "sentinel" not in sandbox_module._environment().values()


def test_document_survives_json():
    data = word(lambda document: document.add_table(rows=2, cols=2))
    document = read_document("x.docx", data)
    assert Document.from_json(json.loads(json.dumps(encode(document)))) == document


@pytest.mark.parametrize(
    "crime",
    [
        "import os; os.kill(os.getpid(), 9)",
        "while True: pass",
        "x = bytearray(1 << 40)",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import subprocess; subprocess.run(['true'])",
        "raise RuntimeError",
    ],
)
def test_a_reader_that_dies_takes_nothing_with_it(crime, monkeypatch, tmp_path):
    (tmp_path / "reader.py").write_text(
        "import sys\nfrom budgets.documents import sandbox\n"
        f"def read_document(name, data):\n    {crime}\n"
        "sandbox.read_document = read_document\n"
        "sys.exit(sandbox._main(*sys.argv[2:]))\n"
    )
    run = sandbox_module.subprocess.run

    def run_criminal(command, **options):
        script = [sys.executable, str(tmp_path / "reader.py"), *command[2:]]
        environment = {"PYTHONPATH": str(sandbox_module._ROOT)}
        return run(script, **{**options, "env": environment})

    monkeypatch.setattr(sandbox_module.subprocess, "run", run_criminal)
    with pytest.raises(UnreadableDocument, match="读取失败"):
        read_in_sandbox("坏.txt", b"text", Limits(seconds=1, memory=1 << 30))


def test_a_name_that_no_program_takes_is_refused():
    with pytest.raises(UnreadableDocument, match="文件名"):
        read_in_sandbox("a\0b.txt", b"text")
