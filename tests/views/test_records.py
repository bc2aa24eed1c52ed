"""Versions forever, corrections with their reason, a ledger that anybody can verify."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from budgets.ledger import content_sha256
from budgets.models import DisclosureVersion, Figure
from tests import factories


@pytest.fixture
def published(db) -> DisclosureVersion:
    """Return the second version of a disclosure; another one is withdrawn."""
    factories.withdraw(
        factories.publish(factories.make_statement(fiscal_year=2022)), by=factories.make_reviewer()
    )
    factories.publish()
    return factories.publish(factories.make_statement(duties=["改正后的职责"]))


def test_a_version_stays_as_it_was_published(client, published) -> None:
    address = published.disclosure.get_absolute_url()
    old = client.get(f"{address}v1/").content.decode()
    assert "这是第 1 版，已被更正。" in old
    assert f'href="{address}"' in old
    assert "改正后的职责" not in old
    new = client.get(f"{address}v2/").content.decode()
    assert "已被更正" not in new
    assert "改正后的职责" in new
    for page in ("source/", "checks/", "source/0/", "statement.json"):
        assert client.get(f"{address}v1/{page}").status_code == 200


def test_a_version_that_never_was_public_is_not_there(client, published) -> None:
    address = published.disclosure.get_absolute_url()
    draft = factories.draft(factories.make_statement(duties=["草稿"]))
    assert client.get(f"{address}v{draft.number}/").status_code == 404
    assert client.get(f"{address}v{draft.number}/statement.json").status_code == 404


def test_a_withdrawn_version_answers_410_everywhere(client, published) -> None:
    withdrawn = DisclosureVersion.objects.get(status="withdrawn")
    for page in ("", "source/", "checks/", "source/0/", "statement.json"):
        response = client.get(withdrawn.get_absolute_url() + page)
        assert response.status_code == 410
        assert "文件有误" in response.content.decode()


def test_the_data_of_a_version_has_its_hash(client, published) -> None:
    data = client.get(published.get_absolute_url() + "statement.json").content
    assert content_sha256(json.loads(data)) == published.content_sha256
    assert "unread" not in json.loads(data)


def test_corrections_are_told_with_their_reason(client, published) -> None:
    page = client.get("/corrections/").content.decode()
    assert "登记时部门没有说明原因" in page
    assert "文件有误" in page
    assert page.count("<li>\n          <p>") == 2


def test_the_ledger_lists_every_act(client, published) -> None:
    page = client.get("/ledger/").content.decode()
    assert page.count('id="entry-') == 4
    response = client.get("/ledger.jsonl")
    lines = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
    assert [line["number"] for line in lines] == [1, 2, 3, 4]


def test_queries_of_the_records_do_not_grow(client, published, django_assert_max_num_queries):
    for year in range(2010, 2020):
        factories.publish(factories.make_statement(fiscal_year=year))
        factories.publish(factories.make_statement(fiscal_year=year, duties=["改"]))
    for address in ("/ledger/", "/corrections/"):
        with django_assert_max_num_queries(3):
            client.get(address)


def run_as_told(client, site: str) -> subprocess.CompletedProcess[str]:
    """Run the lines that the page shows, and nothing else."""
    program = client.get("/ledger/").context["verify"]
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.django_db(transaction=True)
def test_anybody_verifies_with_the_lines_on_the_page(client, live_server, settings) -> None:
    settings.SITE_URL = live_server.url
    published = factories.publish()
    factories.withdraw(
        factories.publish(factories.make_statement(fiscal_year=2022)), by=factories.make_reviewer()
    )
    told = run_as_told(client, live_server.url)
    assert told.stdout.startswith("2 versions verified"), told.stderr
    Figure.objects.filter(version=published).update(stated="改")
    assert run_as_told(client, live_server.url).stderr.startswith("changed: ")
