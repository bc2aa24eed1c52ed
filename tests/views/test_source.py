"""The original as text with every place marked, and the file itself."""

import hashlib
import re

from budgets.actions.intake import take_in
from budgets.actions.publishing import register
from tests.texts import SAMPLE


def test_the_text_is_marked(page, url) -> None:
    text = page(f"{url}source/")
    assert '<mark id="s-2-0">' in text
    assert 'id="p2"' in text
    assert "SHA-256" in text


def test_the_file_is_handed_out_byte_for_byte(client, version, url) -> None:
    response = client.get(f"{url}source/0/")
    stored = version.documents.get().document
    assert hashlib.sha256(response.content).hexdigest() == stored.sha256
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"


def test_a_file_that_is_not_there(client, url) -> None:
    assert client.get(f"{url}source/7/").status_code == 404


def test_every_link_into_the_original_has_its_place(page, db) -> None:
    """Crawl the sample: figures, checks, completeness, terms; each fragment is an id."""
    files = [(SAMPLE.name, SAMPLE.read_bytes())]
    version = take_in(files=files, by="system", origin="registered").version
    url = register(version=version, by="system").disclosure.get_absolute_url()
    terms = re.findall(r'href="(/glossary/[\w-]+/)"', page("/glossary/"))
    links = set()
    for address in (url, f"{url}source/", f"{url}checks/", *terms):
        found = re.findall(r'href="([^"#]*)#([^"]+)"', page(address))
        links |= {(target or address, anchor) for target, anchor in found}
    assert len({anchor for target, anchor in links if target.endswith("source/")}) > 40
    ids = {target: set(re.findall(r'\sid="([^"]+)"', page(target))) for target, _ in links}
    assert {(target, anchor) for target, anchor in links if anchor not in ids[target]} == set()
