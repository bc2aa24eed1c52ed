"""About, and the pages for what went wrong: 400, 403, 404, 405, 500."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.views.csrf import csrf_failure

PLAIN = {f"/static/css/{name}.css" for name in ("tokens", "base", "lists")}


def test_about(page, db) -> None:
    assert "合计由本站相加" in page("/about/")


def test_404_has_a_search_box(page, db) -> None:
    text = page("/nowhere/", status=404)
    assert "没有这个页面" in text
    assert 'name="q"' in text


def test_500_stands_alone() -> None:
    text = render_to_string("500.html")
    assert "服务器出错了" in text
    assert set(re.findall(r'href="(/static/[^"]*)"', text)) <= PLAIN  # no hash to be looked up


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_are_for_reading(url, method) -> None:
    client = Client(enforce_csrf_checks=True)
    places = ("/", "/departments/", "/search/", "/glossary/", "/about/")
    for address in (*places, url, f"{url}source/", f"{url}source/0/", f"{url}checks/"):
        response = getattr(client, method)(address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD"), address
        assert "只能看" in response.content.decode()


def test_head_is_reading(client, url) -> None:
    assert client.head(url).status_code == 200


def test_a_foreign_host_is_refused_quietly(client, db, caplog) -> None:
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "看不懂这个请求" in response.content.decode()
    assert caplog.text == ""


def test_a_submission_without_token_is_told_in_chinese(rf) -> None:
    response = csrf_failure(rf.post("/"))
    assert response.status_code == 403
    assert "没有被接受" in response.content.decode()


def test_pages_are_kept_for_a_minute_and_asked_for_again(client, url) -> None:
    for address in ("/", url, f"{url}source/"):
        response = client.get(address, headers={"accept-encoding": "gzip"})
        assert response["Cache-Control"] == "public, max-age=60"
        assert response["Content-Encoding"] == "gzip"
        again = client.get(address, headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert "Cache-Control" not in client.get("/nowhere/")


def test_what_programs_ask_for(client, page, db) -> None:
    assert "User-agent: *" in page("/robots.txt")
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/favicon.svg")
