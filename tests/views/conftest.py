"""What the view tests share."""

import pytest

from tests.factories import publish


@pytest.fixture
def version(db):
    """One published disclosure."""
    return publish()


@pytest.fixture
def url(version) -> str:
    return version.disclosure.get_absolute_url()


@pytest.fixture
def page(client):
    """Return the text of a page that must be there."""

    def get(address: str, status: int = 200) -> str:
        response = client.get(address)
        assert response.status_code == status, address
        return response.content.decode()

    return get
