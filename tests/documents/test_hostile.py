"""Files made to hurt: each is read without what does not belong, or refused with one sentence.

All go through the child process, which may open no connection. Files of one format that are
damaged, encrypted or too large are with the tests of that format.
"""

from __future__ import annotations

import io
import zipfile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from budgets.documents.blocks import Paragraph, UnreadableDocument
from budgets.documents.media_types import DOCX, PDF, XLSX
from budgets.documents.sandbox import Limits, read_in_sandbox

from .pdf_files import PdfPage, pdf_file
from .test_reading import word, zipped
from .test_spreadsheet import budget_table, edited, old_workbook, workbook

TEXT = "收入预算100.00万元"
LIMITS = Limits(seconds=15)


def read(name: str, data: bytes) -> list[str]:
    return [
        block.text
        for block in read_in_sandbox(name, data, LIMITS).blocks
        if isinstance(block, Paragraph)
    ]


DAMAGED = "Word 文件已损坏，打不开。请在 Word 中打开并另存一份 .docx 再上传。"
LINES = "2024年部门收支总表\n编制部门：某局\n单位：万元\n注：本表由预算系统生成。"


def outcome(name: str, data: bytes) -> str:
    """Return the paragraphs, or the sentence of the refusal."""
    try:
        return "\n".join(read(name, data))
    except UnreadableDocument as refused:
        return str(refused)


def document(inside: str = "") -> bytes:
    """A Word file with one paragraph and whatever XML beside it."""

    def build(target):
        target.add_paragraph(TEXT)
        if inside:
            target.element.body.insert(1, parse_xml(inside.replace(">", f" {nsdecls('w')}>", 1)))

    return word(build)


def with_members(data: bytes, **members: bytes) -> bytes:
    file = io.BytesIO(data)
    with zipfile.ZipFile(file, "a") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("预算.pdf", document(), DOCX),
        ("预算.docx", pdf_file(PdfPage().text(80, 100, TEXT)), PDF),
        ("预算.doc", workbook(budget_table), XLSX),
        ("预算", document(), DOCX),
    ],
)
def test_a_renamed_file_is_read_for_what_it_is(name, data, media_type):
    document = read_in_sandbox(name, data, LIMITS)
    assert (document.media_type, document.name) == (media_type, name)
    assert document.blocks


MACRO = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub AutoOpen()"}
OBJECT = {"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + b"x" * 9999}


@pytest.mark.parametrize("members", [MACRO, OBJECT], ids=["macros", "objects"])
def test_macros_and_embedded_objects_are_left_alone(members):
    assert read("预算.docx", with_members(document(), **members)) == [TEXT]


def test_a_workbook_with_macros_gives_what_it_gives_without():
    data = workbook(budget_table)
    macro = with_members(data, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub Workbook_Open()"})
    assert read_in_sandbox("x.xlsm", macro).blocks == read_in_sandbox("x.xlsx", data).blocks


def test_an_external_entity_of_a_word_file_is_not_read(tmp_path):
    (tmp_path / "secret.txt").write_text("机密")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]><w:document'
    data = edited(
        document(),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:document", entity.encode(), 1).replace(
            TEXT.encode(), TEXT.encode() + b"&x;"
        ),
    )
    assert read("预算.docx", data) == [TEXT]


def test_entities_that_double_are_not_unfolded():
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "哈" * 10}">' for n in range(12)
    )
    data = edited(
        document(),
        "word/document.xml",
        lambda xml: xml.replace(
            b"<w:document", f"<!DOCTYPE w [{entities}]><w:document".encode(), 1
        ).replace(TEXT.encode(), TEXT.encode() + b"&e11;"),
    )
    assert outcome("预算.docx", data) == f"“预算.docx”：{DAMAGED}"


def test_links_of_a_page_are_not_followed():
    page = f"""<!doctype html><html><head><base href="http://127.0.0.1:9/">
        <link rel="stylesheet" href="style.css"><script src="http://127.0.0.1:9/x.js"></script>
        <meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"></head><body>
        <p>{TEXT}<img src="http://127.0.0.1:9/x.png" onerror="alert(1)"></p>
        <iframe src="file:///etc/hostname"></iframe>
        <object data="http://127.0.0.1:9/"></object></body></html>"""
    assert read("预算.html", page.encode()) == [TEXT]


def test_a_template_of_a_word_file_is_not_loaded():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="http://127.0.0.1:9/evil.dotm"'
        ' TargetMode="External"/></Relationships>'
    )
    data = with_members(document(), **{"word/_rels/settings.xml.rels": relation.encode()})
    assert read("预算.docx", data) == [TEXT]


def test_null_characters_make_a_text_unreadable_and_a_page_not():
    page = f"<!doctype html><meta charset=utf-8><p>{TEXT[:4]}\0{TEXT[4:]}"
    assert read("预算.html", page.encode()) == [TEXT]
    with pytest.raises(UnreadableDocument, match="文件不是能读取的文本"):
        read("预算.txt", f"{TEXT[:4]}\0{TEXT[4:]}".encode())


def nested(start: str, inside: str, end: str, depth: int) -> str:
    return start * depth + inside + end * depth


PARAGRAPH = "<w:p><w:r><w:t>底</w:t></w:r></w:p>"
BOX = ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>")
CELL = ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")


def test_a_box_in_a_box_is_read_once():
    boxes = nested(BOX[0], PARAGRAPH, BOX[1], 40)
    assert read("预算.docx", document(boxes)) == [TEXT, *[""] * 40, "底"]


def sheet(edit) -> bytes:
    return edited(workbook(budget_table), "xl/worksheets/sheet1.xml", edit)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (document(nested(CELL[0], PARAGRAPH, CELL[1], 40)), TEXT),
        (
            edited(
                document(),
                "word/document.xml",
                lambda xml: xml.replace(b"<w:p>", b"<w:ins>" * 5000 + b"<w:p>", 1),
            ),
            f"“深.docx”：{DAMAGED}",
        ),
        (sheet(lambda xml: xml.replace(b"<sheetData>", b"<x>" * 100_000 + b"<sheetData>")), LINES),
        (pdf_file(PdfPage().text(80, 100, TEXT).raw("q " * 100_000 + "Q " * 100_000)), TEXT),
        (pdf_file(PdfPage().text(80, 100, TEXT).raw("[" * 100_000)), TEXT),
    ],
    ids=["tables in Word", "marks in Word", "sheet", "states of PDF", "arrays of PDF"],
)
def test_deep_nesting_ends_in_blocks_or_in_a_sentence(data, told):
    assert outcome("深.docx", data) == told


def test_comments_before_a_text_do_not_make_it_hang():
    assert read("预算.txt", b"<!---->" * 400 + TEXT.encode()) == ["<!---->" * 400 + TEXT]


def lying_bomb() -> bytes:
    """A Word file that says it is small and unpacks to 400 MB."""
    data = zipped(**{"word/document.xml": b"<a>" + b" " * (400 << 20)})
    true = (3 + (400 << 20)).to_bytes(4, "little")
    return data.replace(true, (1000).to_bytes(4, "little"))


def ends_before_it_begins() -> bytes:
    """An old workbook with a sheet from row 154 to row 2: its library makes room for -152 rows."""
    data = bytearray(old_workbook())
    dimensions = data.index(b"\x00\x02\x0e\x00", 512)
    data[dimensions + 4] = 154
    return bytes(data)


def merged_over_and_over(xml: bytes) -> bytes:
    merges = b"".join(b'<mergeCell ref="A%d:Z9000"/>' % row for row in range(20, 3000))
    far = b'<row r="9000"><c r="AA9000"><v>1</v></c></row></sheetData>'
    return xml.replace(b"</sheetData>", far).replace(b"</mergeCells>", merges + b"</mergeCells>")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lying_bomb(), "已损坏"),
        (ends_before_it_begins(), "Excel 文件已损坏"),
        (sheet(merged_over_and_over), "Excel 文件已损坏"),
        (
            sheet(lambda xml: xml.replace(b"</sheetData>", b'<c r="A1">' * 300_000)),
            "Excel 文件已损坏",
        ),
        ("一行\n".encode() * 100_001, "文本超过 100000 行"),
    ],
    ids=[
        "bomb that lies",
        "sheet that ends first",
        "merged cells",
        "cells without an end",
        "lines",
    ],
)
def test_what_would_take_for_ever_is_refused_soon(data, sentence):
    with pytest.raises(UnreadableDocument, match=sentence) as refused:
        read_in_sandbox("坏.xlsx", data, LIMITS)
    assert str(refused.value).startswith("“坏.xlsx”")
