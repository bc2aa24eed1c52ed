"""The glossary: terms, search that says why, definitions folded."""

import re

import pytest


@pytest.mark.parametrize(
    "query", ["三公经费", "“三公”经费", "三公經費", "sangong", "SGJF", "三公 经费"]
)
def test_the_first_link_is_the_first_hit(client, version, query) -> None:
    text = client.get("/glossary/", {"q": query}).content.decode()
    main = text[text.index("<main") :]
    assert re.findall(r'href="(/glossary/[\w-]+/)"', main)[0] == "/glossary/sangongjingfei/"


def test_a_hit_says_why(client, version) -> None:
    text = client.get("/glossary/", {"q": "办公"}).content.decode()
    assert "释义中提到" in text
    assert "<mark>办公</mark>" in text


def test_no_hit_helps_on(client, version) -> None:
    text = client.get("/glossary/", {"q": "机关食堂"}).content.decode()
    assert "没有找到“机关食堂”" in text
    assert "/search/?q=" in text


def test_all_terms(page, version) -> None:
    text = page("/glossary/")
    assert "机关运行经费" in text


def test_a_term(page, version, url) -> None:
    text = page("/glossary/sangongjingfei/")
    assert "指因公出国（境）费" in text
    assert url in text
    page("/glossary/nothing/", status=404)


def test_queries_are_constant(client, version, django_assert_max_num_queries) -> None:
    for address in ("/glossary/", "/glossary/?q=sgjf", "/glossary/sangongjingfei/"):
        with django_assert_max_num_queries(15):
            client.get(address)
