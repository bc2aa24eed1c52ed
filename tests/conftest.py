"""What every test stands on: plain static file names, and which database is under test."""

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# Fixtures of a database test are shared by the examples of one property, and that is meant.
hypothesis_settings.register_profile(
    "mingzhang",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("mingzhang")


def pytest_configure() -> None:
    # Hashed names need collectstatic first; `make run` uses them, tests read the files themselves.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE']}"


@pytest.fixture(autouse=True)
def _same_hosts(settings):
    """Tests do not depend on the .env file of the machine they run on."""
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
    settings.SECURE_SSL_REDIRECT = False
