"""PDF files that cannot be read, wholly or in part: one clear sentence each."""

import pytest

from budgets.documents import pdf
from budgets.documents.blocks import UnreadableDocument
from budgets.documents.pdf import MAX_PAGES, read_pdf

from .pdf_files import PdfPage, pdf_file

PICTURE = b"q 500 0 0 700 40 40 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"


def scanned(page: PdfPage) -> PdfPage:
    return page.raw(PICTURE.decode("latin-1"))


def test_pages_that_are_pictures_or_garbled_are_told():
    garbled = PdfPage().text(80, 100, "\ue123\ue124\ue125元")
    picture = scanned(PdfPage()).raw("3 Tr").text(80, 100, "识别文字")
    content = read_pdf(
        pdf_file(PdfPage().text(80, 100, "甲"), scanned(PdfPage()), garbled, picture)
    )
    assert content.warnings == [
        "第 2、4 页是扫描件或图片，里面的内容没有读取。",
        "第 3 页的字体没有文字编码，里面的内容没有读取。",
    ]


def encrypted() -> bytes:
    secret = "<" + "00" * 32 + ">"
    dictionary = f"/Encrypt<</Filter/Standard/V 1/R 2/O{secret}/U{secret}/P -4>>/ID[<00><00>]"
    return pdf_file(PdfPage().text(80, 100, "甲")).replace(
        b"/Root 1 0 R", b"/Root 1 0 R" + dictionary.encode()
    )


def test_too_many_cells_are_refused(monkeypatch):
    ys = (150, 170, 190, 210, 230, 250)
    monkeypatch.setattr(pdf, "MAX_CELLS", 8)
    with pytest.raises(UnreadableDocument, match="表格超过 8 格"):
        read_pdf(pdf_file(PdfPage().grid((80, 200, 320), ys).text(90, 165, "甲")))


REFUSED = {
    "encrypted": (encrypted(), "加了密码"),
    "cut off": (pdf_file(PdfPage().text(80, 100, "甲"))[:60], "已损坏或不完整"),
    "no pages": (pdf_file(), "已损坏或不完整"),
    "scan": (pdf_file(scanned(PdfPage())), "扫描件"),
    "scan with a text layer": (
        pdf_file(scanned(PdfPage()).raw("3 Tr").text(80, 100, "识别文字")),
        "扫描件",
    ),
    "garbled": (pdf_file(PdfPage().text(80, 100, "\ue123\ue124\ue125元")), "乱码"),
    "empty pages": (pdf_file(PdfPage(), PdfPage()), "没有文字"),
    "too long": (
        pdf_file(*[PdfPage().text(80, 100, "甲")] * 3000),
        f"3000 页，超过 {MAX_PAGES} 页",
    ),
}


@pytest.mark.parametrize(("data", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_one_sentence(data, sentence):
    with pytest.raises(UnreadableDocument, match=sentence) as refused:
        read_pdf(data)
    assert str(refused.value).endswith("。")
