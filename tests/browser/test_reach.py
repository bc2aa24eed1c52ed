"""Every page for everybody: axe, dark, narrow, without JavaScript, by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from budgets.vocabulary import functional_codes
from tests.browser.conftest import ROOT, missing
from tests.factories import make_figure, make_statement, publish

AXE = ROOT / "node_modules/axe-core/axe.min.js"
PHONE = {"width": 390, "height": 844}
NARROW = {"width": 320, "height": 640}


@pytest.fixture
def addresses(site, disclosure) -> list[str]:
    department = disclosure.rpartition("/2024/")[0] + "/"
    own = ["/", "/departments/", "/glossary/", "/glossary/?q=公用", "/glossary/sangongjingfei/",
           "/search/", "/search/?q=物业", "/search/?q=zzzz", "/about/"]  # fmt: skip
    return [
        *(site + place for place in own),
        department,
        disclosure,
        f"{disclosure}source/",
        f"{disclosure}checks/",
        f"{disclosure}v1/",
        *(site + place for place in ("/ledger/", "/corrections/", "/staff/login/")),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page, addresses, scheme) -> None:
    if not AXE.exists():
        missing("axe-core（npm ci）")
    page = open_page("about:blank", color_scheme=scheme, viewport=PHONE)
    found = {}
    for address in addresses:
        page.goto(address)
        page.evaluate(Path(AXE).read_text(encoding="utf-8"))
        report = page.evaluate("axe.run({resultTypes: ['violations']})")
        if report["violations"]:
            found[address] = [
                (v["id"], [node["html"][:160] for node in v["nodes"][:3]])
                for v in report["violations"]
            ]
    assert found == {}


def test_nothing_runs_off_a_narrow_screen(open_page, addresses) -> None:
    page = open_page("about:blank", viewport=NARROW)
    wide = {}
    for address in addresses:
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW["width"]:
            wide[address] = width
    assert wide == {}


def test_lists_of_departments_and_years_fit_a_phone(open_page, addresses) -> None:
    page = open_page("about:blank", viewport=PHONE)
    for address in (addresses[1], addresses[9]):
        page.goto(address)
        hidden = page.eval_on_selector_all(
            ".table-scroll", "boxes => boxes.map(box => box.scrollWidth - box.clientWidth)"
        )
        assert hidden, address
        assert max(hidden) <= 0, address


def test_every_page_reads_without_javascript(open_page, addresses) -> None:
    page = open_page("about:blank", java_script_enabled=False)
    for address in addresses:
        page.goto(address)
        expect(page.locator("h1")).to_have_count(1)
        expect(page.locator("main")).not_to_be_empty()


def test_without_javascript_nothing_but_the_drawing_is_lost(open_page, disclosure) -> None:
    page = open_page(disclosure, java_script_enabled=False)
    expect(page.locator("canvas").first).to_be_hidden()
    expect(page.locator("#procurement table")).to_contain_text("356.55")
    page.locator("#spending .term").first.click()
    expect(page.locator("h1")).to_have_text("基本支出")


def test_a_term_opens_in_place_by_mouse_touch_and_keyboard(open_page, disclosure) -> None:
    page = open_page(disclosure, viewport={"width": 1280, "height": 900})
    term, box = page.locator(".answer .term").first, page.locator("[data-term-popover]")
    term.hover()
    expect(box).to_be_visible()
    expect(box).to_contain_text("指市财政当年拨付的资金")
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    page.mouse.move(5, 5)
    term.focus()
    page.keyboard.press("Enter")
    expect(box).to_be_visible()
    assert page.url == disclosure
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(term).to_be_focused()


def test_a_touch_opens_a_term(open_page, disclosure) -> None:
    page = open_page(disclosure, viewport=PHONE, has_touch=True)
    page.locator(".answer .term").first.tap()
    expect(page.locator("[data-term-popover]")).to_be_visible()


def test_the_first_tab_leads_past_the_header(open_page, site) -> None:
    page = open_page(site)
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_what_the_home_page_suggests_is_found(open_page, site) -> None:
    page = open_page(site)
    tried = [link.get_attribute("href") for link in page.locator(".try a").all()]
    for address in filter(lambda address: "q=" in address, tried):
        page.goto(site + address)
        expect(page.locator(".hit").first).to_be_visible()


def test_from_the_home_page_to_the_term(open_page, site) -> None:
    page = open_page(site)
    page.get_by_role("searchbox").fill("sgjf")
    page.keyboard.press("Enter")
    page.locator(".hit-title a").first.click()
    expect(page.locator("h1")).to_have_text("“三公”经费")


def test_an_address_opens_the_folded_table_it_leads_into(open_page, site) -> None:
    figures = [
        make_figure("expenditure.current", f"{n}.25", functional=code)
        for n, code in enumerate(list(functional_codes())[:60], 1)
    ]
    url = publish(make_statement(figures=figures)).disclosure.get_absolute_url()
    page = open_page(f"{site}{url}#figure-50", viewport=PHONE)
    expect(page.locator("#figure-50")).to_be_visible()
    expect(page.locator("#figure-50")).to_be_in_viewport()
