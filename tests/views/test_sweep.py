"""Every public address: it answers, and nothing of a draft is in it."""

import re

import pytest

from tests.factories import (
    draft,
    make_item,
    make_reviewer,
    make_statement,
    make_term,
    publish,
    withdraw,
)

SENTINEL = "绝密草稿金丝雀"


def crawl(client, start: str = "/") -> dict[str, str]:
    """Return every page that can be reached by links, with its text."""
    pages: dict[str, str] = {}
    waiting = [
        start,
        "/about/",
        "/search/?q=金丝雀",
        "/glossary/?q=金丝雀",
        "/departments/?q=金丝雀",
    ]
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address)
        # What was withdrawn is still linked from the record, and answers with its reason.
        assert response.status_code in (200, 410), address
        content = b"".join(response.streaming_content) if response.streaming else response.content
        pages[address] = content.decode(errors="replace")
        links = re.findall(r'href="(/[^"#]*)', pages[address])
        waiting += [link for link in links if not link.startswith("/static/")]
    return pages


def marked(**changes):
    return make_statement(
        procurement=[make_item(SENTINEL, "1")],
        duties=[SENTINEL],
        glossary=[make_term(f"{SENTINEL}词", SENTINEL)],
        **changes,
    )


@pytest.mark.django_db
def test_nothing_of_a_draft_is_public(client) -> None:
    publish()
    draft(marked())
    draft(marked(fiscal_year=2025))
    draft(marked(department=f"{SENTINEL}局"))
    withdraw(publish(marked(fiscal_year=2023)), by=make_reviewer())
    pages = crawl(client)
    # What is asked for stands in the search box; nothing else may.
    leaks = [a for a, text in pages.items() if SENTINEL in text]
    assert leaks == []
    assert len(pages) > 20
