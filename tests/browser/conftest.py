"""A real browser on the sample, loaded through the real pipeline.

Debian's chromium drives; without it these tests are skipped out loud, in CI they fail.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command

# Playwright keeps an event loop in this thread; the tests themselves are not asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).parents[2]
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def missing(what: str) -> None:
    """Skip with the reason, or fail where the whole suite must run."""
    reason = f"浏览器测试没有运行：缺少 {what}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    if CHROMIUM is None:
        missing("chromium（apt install chromium fonts-noto-cjk）")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db, live_server, settings) -> str:
    """Return the address of a site with the sample on it."""
    settings.CHARTS_AVAILABLE = (ROOT / "static/vendor/chart.js/chart.umd.js").exists()
    call_command("load_sample", verbosity=0)
    return live_server.url


@pytest.fixture
def disclosure(site) -> str:
    from budgets.models import DisclosureVersion

    return site + DisclosureVersion.objects.published().get().disclosure.get_absolute_url()


@pytest.fixture
def open_page(chromium) -> Iterator:
    """Return a function that opens a page and, at the end, complains of what the console said."""
    contexts, complaints = [], []

    def open_at(address: str, **options):
        options.setdefault("reduced_motion", "reduce")
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if said.type in ("error", "warning") else None
            ),
        )
        page.goto(address)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []
