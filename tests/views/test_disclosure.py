"""The disclosure page: what it says, where its anchors are, what it never shows."""

import re

import pytest
from django.utils import timezone

from budgets import vocabulary
from budgets.statement import PrintedTable
from tests.factories import (
    draft,
    make_figure,
    make_item,
    make_outcome,
    make_reviewer,
    make_statement,
    make_term,
    publish,
    source,
    withdraw,
)


def test_the_answer_comes_first(page, url) -> None:
    text = page(url)
    main = text[text.index("<main") :]
    assert main.index("160.00") < main.index("钱花在哪里")
    assert "落款日期" in text
    assert "公开于" not in text
    assert text.count("<h1") == 1


def test_every_anchor_of_search_is_there(page, version, url) -> None:
    text = page(url)
    for entry in version.search_entries.all():
        anchor = entry.url.partition("#")[2]
        assert f'id="{anchor}"' in text, entry.url


def test_every_source_mark_leads_to_a_mark(page, url) -> None:
    anchors = set(re.findall(rf'href="{url}source/#([^"]+)"', page(url)))
    source = page(f"{url}source/")
    assert anchors
    assert {a for a in anchors if f'id="{a}"' not in source} == set()


def test_ids_are_unique(page, url) -> None:
    for address in (url, f"{url}source/", f"{url}checks/"):
        ids = re.findall(r'\sid="([^"]+)"', page(address))
        assert len(ids) == len(set(ids)), address


def test_hostile_text_is_escaped(page, db) -> None:
    hostile = "</script><img src=x onerror=alert(1)>"
    version = publish(
        make_statement(
            procurement=[make_item(hostile, "1"), make_item("b", "2")],
            duties=[hostile],
            glossary=[make_term(hostile, hostile)],
            checks=[make_outcome(message=hostile)],
        )
    )
    url = version.disclosure.get_absolute_url()
    for address in (url, f"{url}source/", f"{url}checks/", "/glossary/", "/search/?q=onerror"):
        assert "<img" not in page(address)


def test_no_inline_style_or_script(page, url) -> None:
    text = page(url)
    assert not re.search(r"\sstyle=|\son\w+=|<style", text)
    scripts = re.findall(r"<script([^>]*)>", text)
    assert all("src=" in s or 'type="application/json"' in s for s in scripts)


def test_no_cookie_and_no_token(client, url) -> None:
    response = client.get(url)
    assert response.cookies == {}
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrf" not in response.content.decode()


def test_without_chart_js_the_page_says_so(page, url, settings) -> None:
    settings.CHARTS_AVAILABLE = False
    publish(make_statement(fiscal_year=2023))
    for address in (url, url.rpartition("2024/")[0]):
        text = page(address)
        assert text.count("图表都以表格代替") == 1
        assert "<canvas" not in text
        assert "<table" in text
    settings.CHARTS_AVAILABLE = True
    assert "图表都以表格代替" not in page(url)


def test_rows_of_one_check_are_told_apart(page, db) -> None:
    checks = [
        make_outcome("A04", "pass", message="列出 2 个，写明 2 个。"),
        make_outcome("A04", "warning", message="写明没有下级单位。"),
    ]
    text = page(publish(make_statement(checks=checks)).disclosure.get_absolute_url())
    summary = text[text.index('id="checks"') :]
    assert summary.count("文字中的个数与所列清单一致？") >= 2
    assert summary.index("写明没有下级单位。") < summary.index("列出 2 个，写明 2 个。")


def test_figures_are_counted_by_their_state(page, url) -> None:
    plain = re.sub(r"<[^>]+>", "", page(url))
    assert "文件里的 6 个数字，另有 2 项写明没有" in plain


@pytest.fixture
def large(db):
    """A disclosure whose three tables print 900 figures, with a check for each of 60."""
    tables = [PrintedTable(title=f"表{n}") for n in range(3)]
    codes = list(vocabulary.functional_codes())[:300]
    figures = [
        make_figure(
            "expenditure.current",
            f"{number}.25",
            functional=code,
            fund=fund,
            sources=[source(f"{number}.25", table=table)],
        )
        for table, fund in enumerate((None, "appropriation", "general_public"))
        for number, code in enumerate(codes, 1)
    ]
    checks = [make_outcome("S01", "pass", message=f"第 {n} 个数字一致。") for n in range(60)]
    return publish(make_statement(figures=figures, tables=tables, checks=checks))


def test_many_figures_are_folded_by_table(page, large) -> None:
    text = page(large.disclosure.get_absolute_url())
    assert text.count('<details class="figure-group">') == 3
    assert re.search(r"<summary>\s*表0 <span[^>]*>300 个数字", text)
    for entry in large.search_entries.filter(kind="figure"):
        assert f'id="{entry.url.partition("#")[2]}"' in text
    beside = text[text.index('id="figures"') : text.index('<details class="figure-group">')]
    assert "其余核对 56 项通过" in beside


def test_many_figures_cost_no_more_queries(client, large, django_assert_max_num_queries) -> None:
    for ending in ("", "source/", "checks/"):
        with django_assert_max_num_queries(15):
            client.get(large.disclosure.get_absolute_url() + ending)


def test_few_figures_are_open(page, url) -> None:
    assert "figure-group" not in page(url)


def test_a_citation_has_the_day_of_this_page(page, version, url) -> None:
    day = timezone.localdate(version.published_at).isoformat()
    assert f"[EB/OL]. ({day})[引用日期]. " in page(url)


def test_an_editors_note_is_never_public(page, db) -> None:
    statement = make_statement(checks=[make_outcome(result="note", message="只给编辑")])
    url = publish(statement).disclosure.get_absolute_url()
    assert "只给编辑" not in page(url) + page(f"{url}checks/")


def test_a_draft_does_not_exist(page, db) -> None:
    url = draft().disclosure.get_absolute_url()
    for ending in ("", "source/", "source/0/", "checks/"):
        page(url + ending, status=404)


def test_a_withdrawn_version_gives_its_reason_and_hash(page, version, url) -> None:
    withdraw(version, by=make_reviewer(), reason="数字有误，重新公开")
    for ending in ("", "source/", "source/0/", "checks/"):
        text = page(url + ending, status=410)
        assert "数字有误，重新公开" in text
        assert version.content_sha256 in text
        assert "160.00" not in text


def test_final_accounts_and_units_have_their_own_address(page, db) -> None:
    final = publish(
        make_statement(
            stage="final_accounts",
            figures=[make_figure("expenditure.total", "7", period="final")],
        )
    )
    assert final.disclosure.get_absolute_url().endswith("/2024/final/")
    assert "部门决算" in page(final.disclosure.get_absolute_url())
    unit = publish(make_statement(level="unit", unit="海东市少年儿童图书馆"))
    assert "/units/" in unit.disclosure.get_absolute_url()
    assert "单位预算" in page(unit.disclosure.get_absolute_url())


def test_only_reading_is_allowed(client, url) -> None:
    assert client.post(url).status_code == 405
    assert client.head(url).status_code == 200


def test_queries_are_constant(client, db, django_assert_max_num_queries) -> None:
    items = [make_item(f"采购{n}", "1") for n in range(60)]
    url = publish(make_statement(procurement=items)).disclosure.get_absolute_url()
    for ending in ("", "source/", "checks/"):
        with django_assert_max_num_queries(15):
            client.get(url + ending)
