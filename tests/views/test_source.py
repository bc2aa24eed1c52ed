"""The original as text with every place marked, and the file itself."""

import hashlib


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
