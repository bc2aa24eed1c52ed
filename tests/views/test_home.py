"""The home page: a search box, what is new, totals, the way to every department."""

from tests.factories import DEPARTMENT, JURISDICTION


def test_an_empty_site_says_so(page, db) -> None:
    assert "还没有公开的内容" in page("/")


def test_what_is_new_and_the_way_on(page, url) -> None:
    text = page("/")
    assert url in text
    assert f"{DEPARTMENT}" in text
    assert JURISDICTION in text
    assert 'name="q"' in text
    assert "160.00" in text


def test_queries_are_constant(client, version, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(15):
        client.get("/")
