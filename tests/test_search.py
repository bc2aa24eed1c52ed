"""Finding: every way of writing finds the same thing, first, and says why."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.actions.intake import take_in
from budgets.actions.publishing import register
from budgets.models import SearchEntry
from budgets.search import Hit, glossary_search, normalise, search
from budgets.search import text as folding
from tests import factories
from tests.texts import SAMPLE


@pytest.fixture
def sample(db):
    files = [(SAMPLE.name, SAMPLE.read_bytes())]
    return register(
        version=take_in(files=files, by="system", origin="registered").version, by="system"
    )


def titles(query: str, **fields) -> list[str]:
    return [hit.entry.title for hit in search(query, **fields).hits]


def marked(pieces) -> list[str]:
    return [piece.text for piece in pieces if piece.is_marked]


def first(query: str, **fields) -> Hit:
    return search(query, **fields).hits[0]


# ── one folded form ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“三公”经费", "三公经费"),
        ("三公經費", "三公经费"),
        ("三公 经费\n", "三公经费"),
        ("ＳＧＪＦ", "sgjf"),
        ("⼀般公共预算", "一般公共预算"),  # a Kangxi radical
        ("⺠政⻔", "民政门"),
        ("行政運行（項）", "行政运行项"),
        ("2,093.26万元", "2093.26万元"),
        ("２０９３．２６", "2093.26"),
        ("1.财政拨款", "1财政拨款"),
        ("100%_\0😀", "100"),
        ("葛\U000e0100城", "葛城"),
        ("乾安县", "乾安县"),
        ("ÉCOLE", "école"),
        ("…", ""),
    ],
)
def test_normalise(text: str, folded: str) -> None:
    assert normalise(text) == folded


@given(st.text())
def test_normalise_twice_is_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_every_folded_character_has_its_place(text: str) -> None:
    folded, places = folding.fold(text)
    assert len(folded) == len(places)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


@pytest.mark.parametrize(
    ("text", "pinyin", "initials"),
    [
        ("“三公”经费", "sangongjingfei", "sgjf"),
        ("行政运行", "xingzhengyunxing", "xzyx"),
        ("银行会计", "yinhangkuaiji", "yhkj"),
        ("重庆市", "chongqingshi", "cqs"),
        ("绿化2024年A类", "lvhua2024nianalei", "lh2024nal"),
    ],
)
def test_pinyin(text: str, pinyin: str, initials: str) -> None:
    assert (folding.pinyin(text), folding.initials(text)) == (pinyin, initials)


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [("sāngōng", "sangong"), ("lǜhuà", "lvhua"), ("lü", "lv"), ("三gong", None), ("a1", None)],
)
def test_as_typed_pinyin(typed: str, spelled: str | None) -> None:
    assert folding.as_typed_pinyin(typed) == spelled


def test_pinyin_tokens_are_bounded() -> None:
    assert len(folding.pinyin_tokens("长行会重" * 50)) < 10_000


# ── the glossary of the sample ────────────────────────────────────────────────


@pytest.mark.parametrize(
    "query",
    [
        "三公经费",
        "“三公”经费",
        "三公經費",
        "三公",
        "三公 经费",
        "sangong",
        "sangongjingfei",
        "sgjf",
        "SGJF",
        "ＳＧＪＦ",
        "san gong",
        "sāngōng",
        "gongjing",
        "“三公”經费 ",
    ],
)
def test_glossary_search_puts_the_term_first(sample, query: str) -> None:
    assert glossary_search(query).hits[0].entry.title == "“三公”经费"


def test_glossary_search_by_definition_says_why(sample) -> None:
    hits = {hit.entry.title: hit for hit in glossary_search("公用").hits}
    hit = hits["机关运行经费"]
    assert (hit.reason, hit.reason_text) == ("text", "释义中提到")
    assert set(marked(hit.excerpt)) == {"公用"}
    assert hit.entry.url == "/glossary/jiguanyunxingjingfei/"


@pytest.mark.parametrize(
    ("query", "reason", "mark"),
    [
        ("三公经费", "title", "三公”经费"),
        ("sangong", "pinyin", "三公"),
        ("sgj", "initials", "三公”经"),
        ("gjf", "initials", "公”经费"),
    ],
)
def test_hit_marks_what_matched(sample, query: str, reason: str, mark: str) -> None:
    hit = glossary_search(query).hits[0]
    assert (hit.reason, marked(hit.title)) == (reason, [mark])
    assert "".join(piece.text for piece in hit.title) == hit.entry.title


@pytest.mark.parametrize("query", ["三工经费", "sangongx", "运行的经费是什么", "经济"])
def test_glossary_search_without_hits_helps_on(sample, query: str) -> None:
    results = glossary_search(query)
    assert results.hits == []
    assert results.suggestions


def test_suggestions_are_the_nearest_first(sample) -> None:
    assert glossary_search("三公费用").suggestions[0].title == "“三公”经费"


# ── the whole site ────────────────────────────────────────────────────────────


def test_search_order_is_title_then_pinyin_then_text(db) -> None:
    terms = [
        factories.make_term("公用经费", "甲。"),
        factories.make_term("公用", "乙。"),
        factories.make_term("日常公用", "丙。"),
        factories.make_term("其他", "不含公用。"),
    ]
    factories.publish(factories.make_statement(glossary=terms))
    assert [h.entry.title for h in glossary_search("公用").hits] == [
        "公用",
        "公用经费",
        "日常公用",
        "其他",
    ]
    assert [h.entry.title for h in glossary_search("gongyong").hits] == [
        "公用",
        "公用经费",
        "日常公用",
    ]


def test_search_finds_each_kind(sample) -> None:
    place = "/departments/yshjjsj/2024/"
    assert first("营商环境建设局", kind="department").entry.url == "/departments/yshjjsj/"
    assert first("yshjjsj").entry.kind == "department"
    assert first("物业服务", kind="procurement").entry.url == f"{place}#item-2"
    assert first("物业服务", kind="procurement").entry.amount == "356.55 万元"
    assert first("wyfw", kind="procurement").reason == "initials"
    assert first("综合窗口", kind="project").entry.url == f"{place}#project-1"
    assert first("机关运行经费", kind="figure").entry.amount == "14.35万元"
    assert first("三公", kind="figure").entry.amount == "无"
    assert first("先有绩效", kind="section").reason_text == "原文中提到"


def test_search_by_amount(sample) -> None:
    assert "项目支出" in titles("1597.07", kind="figure")
    assert titles("1,597.07万元", kind="figure") == titles("1597.07万元", kind="figure")


@pytest.mark.parametrize(
    ("query", "kind", "title"),
    [
        ("306.01", "procurement", "政务服务大厅窗口建设服务采购"),
        ("306.01", "project", "政务服务大厅窗口建设服务采购"),
        ("物业服务 356.55", "procurement", "政务服务中心物业服务"),
        ("356.55万元", "procurement", "政务服务中心物业服务"),
    ],
)
def test_search_by_the_amount_of_anything(sample, query: str, kind: str, title: str) -> None:
    assert titles(query, kind=kind) == [title]


def test_search_by_an_amount_as_printed_and_as_shown(db) -> None:
    printed = factories.source("1,234,500.00", stated="1,234,500.00")
    item = factories.make_item("阅览桌椅", "123.45", sources=[printed])
    figure = factories.make_figure("expenditure.project", "98.76", stated="987,600.00")
    factories.publish(factories.make_statement(procurement=[item], figures=[figure]))
    for query in ("1234500", "1,234,500.00", "123.45", "123.45万元"):
        assert titles(query, kind="procurement") == ["阅览桌椅"]
    for query in ("987600", "987,600.00", "98.76", "98.76 万元"):
        assert titles(query, kind="figure") == ["项目支出"]


def test_an_amount_says_that_it_was_found(sample) -> None:
    assert first("356.55", kind="procurement").reason_text == "数额相符"


def test_a_department_is_found_by_its_abbreviation(sample) -> None:
    hit = first("营商局", kind="department")
    assert (hit.reason_text, marked(hit.title)) == ("简称相符", ["营商", "局"])
    assert search("局商营", kind="department").total == 0


@pytest.mark.parametrize(
    "query", ["公用经费", "公用经费是什么", "什么是公用经费？", "公用经费 是多少", "公用经费怎么算"]
)
def test_a_question_finds_what_it_asks_about(sample, query: str) -> None:
    assert titles(query) == titles("公用经费") != []
    assert search("是什么").query == "是什么"


def test_search_needs_every_word_and_one_of_them_in_the_entry(sample) -> None:
    assert first("营商环境 公用经费", kind="figure").entry.title == "公用经费"
    assert titles("2024 公用经费", kind="figure")
    assert search("2023年度 公用经费", kind="figure").total == 0
    # What only tells where an entry stands is no reason to find all that stands there.
    assert search("大连高新技术产业园区营商环境建设局2024年部门预算", kind="figure").total == 0


def test_search_other_reading_of_a_character(db) -> None:
    factories.publish(factories.make_statement(department="海东市长白乐山馆"))
    assert first("leshan", kind="department")
    assert first("yueshan", kind="department")


def test_search_counts_by_kind_whichever_is_shown(sample) -> None:
    results = search("三公", kind="term")
    assert results.total == results.counts["term"] == 1
    assert results.counts["section"] >= 1


def test_search_pages_do_not_overlap(sample) -> None:
    all_hits = [hit.entry.pk for hit in search("服务", limit=100).hits]
    paged = [
        hit.entry.pk
        for offset in range(0, 12, 3)
        for hit in search("服务", offset=offset, limit=3).hits
    ]
    assert paged == all_hits[:12]


@pytest.mark.parametrize(
    "query",
    ["", "  ", "“”", "%", "_", "%%%", "\\", "\0", "😀", "'; DROP TABLE x; --", "。" * 10_000],
)
def test_search_of_nothing_finds_nothing(sample, query: str) -> None:
    assert search(query).hits == []
    assert SearchEntry.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "三公经费" * 2_500,
        "a" * 10_000,
        "三 " * 5_000,
        "sangong " * 1_000,
        "三\0公",
        "\ud83d三公",
        "p:sangong",
    ],
)
def test_search_of_anything_answers(sample, query: str) -> None:
    began = time.perf_counter()
    search(query)
    glossary_search(query)
    assert time.perf_counter() - began < 5


@pytest.mark.django_db
@given(st.text(max_size=40))
def test_search_never_fails(query: str) -> None:
    search(query)


@pytest.mark.parametrize("query", ["100%", "1597_07", "三%费"])
def test_wildcards_are_no_wildcards(sample, query: str) -> None:
    for hit in search(query, limit=100).hits:
        assert normalise(query) in normalise(hit.entry.title + hit.entry.text + hit.entry.context)


def test_search_costs_three_queries(sample, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):
        search("服务", limit=50)
    with django_assert_max_num_queries(4):
        search("没有这样的词语")


def test_tokens_hold_words_whole(db) -> None:
    factories.publish()
    held = SearchEntry.objects.filter(kind="term")
    assert held.filter(tokens__holds=["三公", "公经"]).count() == 1
    assert held.filter(tokens__holds=["三公", "没有"]).count() == 0
    assert held.filter(tokens__holds=["p:sangong"]).count() == 1
    assert held.filter(tokens__holds=["三_"]).count() == 0
    assert held.filter(tokens__holds=[]).count() == held.count()
