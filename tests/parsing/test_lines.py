from hypothesis import given
from hypothesis import strategies as st

from budgets.documents.blocks import Paragraph
from budgets.parsing.lines import Line, clean


def line(text):
    return Line.of(Paragraph(locator="¶1", text=text))


def test_line_folds_what_damages_reading():
    read = line("[bookmark: OLE_LINK1]第 一 部 分　Ａ１２．５万元“三公”⼊")
    assert read.text == '第一部分A12.5万元"三公"入'
    assert read.printed() == "第一部分Ａ１２．５万元“三公”⼊"


def test_line_keeps_a_blank_between_two_numbers():
    assert line("12.50 34.00 万元").text == "12.50 34.00万元"


def test_line_does_not_make_one_number_of_two_clauses():
    assert line("车辆1，200台设备").text == "车辆1，200台设备"


def test_line_does_not_make_a_number_of_a_list_mark():
    assert line("①办公费").text == "①办公费"


def test_source_quotes_the_original():
    read = line("  公用 经费１４.35 万元。")
    start = read.text.index("公用")
    source = read.source(start, read.text.index("。"))
    assert source.quote == "公用 经费１４.35 万元"
    assert read.original[source.start : source.end] == source.quote


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_span_quotes_the_original(text):
    read = line(text)
    assert len(read.text) == len(read.offsets)
    for start in range(len(read.text)):
        source = read.source(start, len(read.text))
        assert text[source.start : source.end] == source.quote
    assert clean(read.printed()) == read.printed()
