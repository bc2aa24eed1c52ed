"""From a file to its desk, or one sentence; and the first page that tells what is due."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from budgets.models import Disclosure, DisclosureVersion, Membership
from budgets.presenters.deadlines import Deadline
from tests import factories
from tests.texts import SAMPLE
from tests.views.test_staff_drafts import TEXT, People

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return People()


def upload(client: Client, people: People, *files: tuple[str, bytes], **fields: Any) -> Any:
    data = {"department": people.department.pk, **fields}
    return client.post(
        "/staff/upload/", {**data, "files": [SimpleUploadedFile(*file) for file in files]}
    )


def test_a_clerk_uploads_and_comes_to_the_desk(people: People) -> None:
    client = people.client("editor")
    assert "上传并读入" in client.get("/staff/upload/").content.decode()
    next_year = TEXT.replace("2025", "2026").encode()
    response = upload(client, people, (r"..\..\<b>预算</b>.txt", next_year))
    version = DisclosureVersion.objects.get(disclosure__fiscal_year=2026)
    assert response.headers["Location"] == f"/staff/versions/{version.pk}/"
    assert version.created_by == people.editor
    desk = client.get(response.headers["Location"]).content.decode()
    assert "<b>" not in desk
    assert version.documents.get().name == "b>.txt"


def test_what_cannot_be_taken_in_is_told_and_nothing_stored(people: People) -> None:
    client = people.client("editor")
    before = DisclosureVersion.objects.count()
    told = {
        "空": ("空.txt", b""),
        "不是预算": ("x.docx", b"\x00\x01" * 50),
        "已有一份草稿的版本": ("改.txt", TEXT.encode() + b"\n"),
        "以前上传过": ("同.txt", TEXT.encode()),
        "您选的部门是": ("别.txt", TEXT.replace("营商环境建设局", "环境局").encode()),
    }
    pages = {name: upload(client, people, file) for name, file in told.items()}
    assert {page.status_code for page in pages.values()} == {422}
    assert "文件是空的" in pages["空"].content.decode()
    for name in ("已有一份草稿的版本", "以前上传过", "您选的部门是"):
        assert name in pages[name].content.decode()
    assert f"/staff/versions/{people.version.pk}/" in pages["以前上传过"].content.decode()
    assert DisclosureVersion.objects.count() == before


def test_nobody_uploads_for_another_department(people: People) -> None:
    for who in ("stranger", "reviewer"):
        response = upload(people.client(who), people, ("x.txt", TEXT.encode() + b"\n"))
        assert response.status_code == 422
    assert Client().post("/staff/upload/").status_code == 302
    assert (
        people.department.name
        not in people.client("stranger").get("/staff/upload/").content.decode()
    )


def test_a_reviewer_registers_what_is_public_elsewhere(people: People) -> None:
    old = SAMPLE.read_text(encoding="utf-8").replace("2024", "2023").encode()
    response = upload(
        people.client("reviewer"),
        people,
        ("旧.txt", old),
        is_registered="on",
        source_url="https://example.org/2023.html",
    )
    assert response.status_code == 302
    version = DisclosureVersion.objects.get(disclosure__fiscal_year=2023)
    assert (version.status, version.source_url) == ("published", "https://example.org/2023.html")


def test_what_is_registered_is_the_chosen_departments_too(people: People) -> None:
    Membership.objects.create(user=people.editor, role="reviewer")
    other = TEXT.replace("营商环境建设局", "环境局").encode()
    fields = {"is_registered": "on", "source_url": "https://example.org/"}
    response = upload(people.client("editor"), people, ("别.txt", other), **fields)
    assert "您选的部门是" in response.content.decode()


def test_a_department_of_another_place_is_another(people: People) -> None:
    text = TEXT.replace("大连高新技术产业园区营商环境建设局", "沈阳高新技术产业园区营商环境建设局")
    people.department.names.create(name="沈阳高新技术产业园区营商环境建设局", first_year=2000)
    response = upload(people.client("editor"), people, ("他.txt", text.encode()))
    assert response.status_code == 422


def test_the_first_page_shows_what_its_person_may_see(people: People) -> None:
    for who, sees in (("editor", True), ("reviewer", True), ("stranger", False)):
        page = people.client(who).get("/staff/").content.decode()
        assert (people.department.name in page) is sees
    assert Client().get("/staff/").status_code == 302


def test_queries_of_the_first_page_do_not_grow(people, django_assert_max_num_queries) -> None:
    for year in range(2010, 2020):
        factories.draft(factories.make_statement(fiscal_year=year))
    client = people.client("reviewer")
    with django_assert_max_num_queries(14):
        client.get("/staff/")


def test_the_date_of_approval(people: People) -> None:
    address = f"/staff/approvals/{people.department.pk}/"
    typed = {"fiscal_year": 2026, "approved_on": "2026-01-20"}
    assert people.client("stranger").post(address, typed).status_code == 404
    assert people.client("reviewer").post(address, typed).status_code == 403
    wrong = people.client("editor").post(address, {**typed, "approved_on": "一月"})
    assert "批复日期写成" in wrong.content.decode()
    assert people.client("editor").post(address, typed).status_code == 302
    told = Disclosure.objects.get(fiscal_year=2026, department=people.department)
    assert told.approved_on == datetime.date(2026, 1, 20)


@pytest.mark.parametrize(
    ("approved", "published", "told"),
    [
        (None, None, "没有填批复日期"),
        (None, "2026-02-01", "已公开，没有填批复日期"),
        ("2026-01-20", None, "还有 4 天"),
        ("2026-01-16", None, "今天是期限的最后一天"),
        ("2026-01-10", None, "期限已过 6 天，尚未公开"),
        ("2026-01-10", "2026-01-30", "已按期公开"),
        ("2026-01-10", "2026-02-01", "在期限后 2 天"),
    ],
)
def test_a_deadline_is_told(approved: str | None, published: str | None, told: str) -> None:
    def day(text: str | None) -> datetime.date | None:
        return datetime.date.fromisoformat(text) if text else None

    deadline = Deadline(
        department="局", department_id=1, year=2026, approved_on=day(approved),
        published_on=day(published), today=datetime.date(2026, 2, 5),
    )  # fmt: skip
    assert told in deadline.told


def test_a_membership_alone_opens_the_staff_pages_to_nobody(people: People) -> None:
    outsider = factories.make_user("外人", is_staff=False)
    Membership.objects.create(user=outsider, role="editor", department=people.department)
    client = Client()
    client.force_login(outsider)
    assert client.get(people.url).status_code == 404
