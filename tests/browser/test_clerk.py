"""As a clerk, a reviewer and a citizen: from next year's file to the public page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from budgets.models import DisclosureVersion, Membership
from tests import factories
from tests.browser.conftest import missing
from tests.browser.test_reach import AXE
from tests.views.test_staff_drafts import TEXT

PASSWORD = "春风又绿江南岸-2026"


@pytest.fixture
def people(site: str) -> dict[str, Any]:
    """A clerk of the sample's department and a reviewer, with passwords."""
    department = DisclosureVersion.objects.published().get().disclosure.department
    clerk, reviewer = factories.make_user("王编辑"), factories.make_reviewer("李审核")
    Membership.objects.create(user=clerk, role="editor", department=department)
    for person in (clerk, reviewer):
        person.set_password(PASSWORD)
        person.save()
    return {"clerk": clerk, "reviewer": reviewer}


def log_in(page: Page, name: str) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("口令").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="工作台")).to_be_visible()


def submit(page: Page) -> None:
    page.get_by_role("link", name="提交审核").click()
    page.get_by_label("保密审查人").fill("周保密")
    page.get_by_label("负责人").fill("吴局长")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("待审核")).to_be_visible()


def audit_with_axe(page: Page) -> None:
    if not AXE.exists():
        missing("axe-core（npm ci）")
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    report = page.evaluate("axe.run({resultTypes: ['violations']})")
    assert [
        (v["id"], [node["html"][:160] for node in v["nodes"][:3]]) for v in report["violations"]
    ] == []


def test_from_a_file_to_the_public_page(open_page, site, people, tmp_path) -> None:
    file = tmp_path / "2025年部门预算.txt"
    file.write_text(TEXT, encoding="utf-8")

    # The clerk uploads, sees the broken sum, binds a number, explains, hands in.
    clerk = open_page(f"{site}/staff/")
    audit_with_axe(clerk)
    log_in(clerk, "王编辑")
    audit_with_axe(clerk)
    clerk.get_by_role("link", name="上传一份预算或决算").click()
    audit_with_axe(clerk)
    clerk.get_by_label("文件", exact=True).set_input_files(file)
    clerk.get_by_role("button", name="上传并读入").click()
    expect(clerk.get_by_text("1 项不符待说明")).to_be_visible(timeout=30_000)
    audit_with_axe(clerk)
    expect(clerk.get_by_text("相差 10.00 万元").first).to_be_visible()
    clerk.get_by_role("link", name="认定或排除").click()
    audit_with_axe(clerk)
    clerk.get_by_label("是什么数字").select_option(label="一般性支出")
    clerk.get_by_label("原文怎么印的").fill("77.5万元")
    clerk.get_by_role("button", name="认定", exact=True).click()
    expect(clerk.get_by_text("没有未读的数字。")).to_be_visible()
    clerk.get_by_label("部门说明（必填，会公开）").fill("公用经费含年中追加的 10 万元。")
    clerk.get_by_role("button", name="存下说明").first.click()
    submit(clerk)

    # The reviewer sees the differences and returns once; the clerk hands in again.
    reviewer = open_page(f"{site}/staff/")
    log_in(reviewer, "李审核")
    reviewer.get_by_role("link", name="大连高新技术产业园区营商环境建设局 2025").click()
    reviewer.get_by_role("link", name="看差异").click()
    expect(reviewer.get_by_text("与上年（2024 年）相比")).to_be_visible()
    audit_with_axe(reviewer)
    reviewer.go_back()
    reviewer.get_by_role("link", name="退回修改").click()
    reviewer.get_by_label("意见").fill("请再核对公用经费。")
    reviewer.get_by_role("button", name="退回").click()
    clerk.reload()
    expect(clerk.get_by_text("请再核对公用经费。")).to_be_visible()
    submit(clerk)
    reviewer.reload()
    reviewer.get_by_role("link", name="审核通过并公开").click()
    reviewer.get_by_role("button", name="公开").click()
    expect(reviewer.get_by_role("link", name="看公开页")).to_be_visible()

    # The citizen finds the page, the explanation, and the entry in the ledger.
    version = DisclosureVersion.objects.get(disclosure__fiscal_year=2025)
    citizen = open_page(site + version.disclosure.get_absolute_url() + "checks/")
    expect(citizen.get_by_text("公用经费含年中追加的 10 万元。").first).to_be_visible()
    citizen.goto(f"{site}/ledger/")
    expect(citizen.get_by_text("营商环境建设局 2025").first).to_be_visible()
    audit_with_axe(citizen)


def test_a_figure_and_its_place_lead_to_each_other_by_keyboard(open_page, site, people) -> None:
    page = open_page(f"{site}/staff/")
    log_in(page, "李审核")
    page.get_by_role("link", name="营商环境建设局 2024").first.click()
    page.locator("#figure-0").focus()
    page.keyboard.press("o")
    place = page.evaluate("document.activeElement.id")
    assert place.startswith("s-")
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "figure-0"
