"""Site search: kinds, why, no hits, strange input."""

import pytest


def test_hits_with_their_place(client, version, url) -> None:
    text = client.get("/search/", {"q": "物业"}).content.decode()
    assert f"{url}#item-2" in text
    assert "名称相符" in text
    assert "12.00 万元" in text


def test_one_kind(client, version) -> None:
    text = client.get("/search/", {"q": "图书", "kind": "department"}).content.decode()
    assert 'aria-current="page"' in text
    assert "馆藏图书采购" not in text[text.index("<main") :]


def test_a_page_too_far_is_the_last_page(client, version) -> None:
    text = client.get("/search/", {"q": "图书", "page": "99"}).content.decode()
    assert 'class="hit"' in text
    assert "没有找到" not in text


def test_no_hit_leads_to_every_list(client, version) -> None:
    for address in ("/search/", "/glossary/"):
        text = client.get(address, {"q": "zzzz"}).content.decode()
        empty = text[text.index('class="empty"') :]
        assert 'href="/departments/"' in empty
        assert 'href="/glossary/"' in empty


@pytest.mark.parametrize(
    "query",
    ["", "”“", "😀", "%00", "'; drop", "a" * 5000, "<script>", "物业&page=x", "物业&page=99999"],
)
def test_strange_input(client, version, query) -> None:
    assert client.get(f"/search/?q={query}").status_code == 200
    assert client.get(f"/glossary/?q={query}").status_code == 200
    assert client.get(f"/departments/?q={query}&jurisdiction={query}").status_code == 200


@pytest.mark.parametrize("year", ["0", "02024", "99999999999999999999"])
def test_strange_years(client, version, year) -> None:
    place = version.disclosure.department.get_absolute_url()
    assert client.get(f"{place}{year}/").status_code == 404
    assert client.get(f"{place}2024/source/{year}{year}9/").status_code == 404
