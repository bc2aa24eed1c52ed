"""The desk: a draft opened, changed, decided on, by those who may and by nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from budgets.actions import publishing
from budgets.models import DisclosureVersion, Membership
from tests import factories
from tests.texts import SAMPLE

pytestmark = pytest.mark.django_db

# The sample a year later, with one broken sum and one number that nothing explains.
TEXT = (
    SAMPLE.read_text(encoding="utf-8")
    .replace("2024", "2025")
    .replace("公用经费14.35万元", "公用经费24.35万元，今年另有杂费77.5万元", 1)
)


class People:
    """One of each kind, logged in; the editor's draft lies on the desk."""

    def __init__(self) -> None:
        text = SAMPLE.read_text(encoding="utf-8")
        last_year = factories.take_in_text(text, "去年.txt", by="system", origin="registered")
        publishing.register(version=last_year, by="system")
        self.department = last_year.disclosure.department
        self.editor = factories.make_user("王编辑")
        Membership.objects.create(user=self.editor, role="editor", department=self.department)
        self.reviewer = factories.make_reviewer("李审核")
        self.stranger = factories.make_editor("外部门")
        self.version = factories.take_in_text(TEXT, "今年.txt", by=self.editor, origin="authored")

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(getattr(self, who))
        return client

    @property
    def url(self) -> str:
        return f"/staff/versions/{self.version.pk}/"

    def now(self) -> DisclosureVersion:
        self.version = DisclosureVersion.objects.get(pk=self.version.pk)
        return self.version


@pytest.fixture
def people() -> People:
    return People()


def ids_and_links(page: str) -> tuple[set[str], set[str]]:
    return set(re.findall(r' id="([^"]+)"', page)), set(re.findall(r'href="#([^"]+)"', page))


def test_every_figure_leads_to_its_place_and_back(people: People) -> None:
    page = people.client("editor").get(people.url).content.decode()
    ids, links = ids_and_links(page)
    assert links - ids == set()
    places = re.findall(r'<a class="mark" data-kind="read" id="(s-[^"]+)" href="#figure-', page)
    assert len(places) >= 10
    assert set(places) <= links


def test_findings_unread_and_figures_lie_on_the_desk(people: People) -> None:
    page = people.client("editor").get(people.url).content.decode()
    assert "1 项不符待说明" in page
    assert "今年另有杂费77.5万元" in page
    assert "存下说明" in page


def test_every_form_carries_its_token(people: People) -> None:
    client = people.client("editor")
    pages = ["", "figures/0/0/", "unread/0/", "submit/", "files/", "delete/"]
    for address in [*(people.url + page for page in pages), "/staff/", "/staff/upload/"]:
        page = client.get(address).content.decode()
        forms = page.split("<form ")[1:]
        posting = [form for form in forms if 'method="post"' in form.split(">")[0]]
        assert posting, address
        assert all('name="csrfmiddlewaretoken"' in form for form in posting), address


def test_the_reviewer_sees_and_changes_nothing(people: People) -> None:
    client = people.client("reviewer")
    page = client.get(people.url).content.decode()
    assert "存下说明" not in page
    assert "更换文件" not in page
    response = client.post(people.url + "outcomes/0/", {"text": "x", "stamp": 0})
    assert response.status_code == 403


PAGES = ["", "changes/", "preview/", "preview/source/", "preview/checks/", "preview/source/0/",
         "figures/0/0/", "unread/0/", "submit/", "publish/", "files/", "delete/",
         "withdraw/"]  # fmt: skip


def test_nobody_else_learns_of_the_draft(people: People) -> None:
    for client in (people.client("stranger"), Client()):
        for page in PAGES:
            for response in (client.get(people.url + page), client.post(people.url + page)):
                assert response.status_code in (302, 404, 405), page
                assert people.department.name not in response.content.decode()


def test_the_draft_is_read_by_its_people(people: People) -> None:
    pages = ["", "changes/", "preview/", "preview/source/", "preview/checks/", "preview/source/0/"]
    for who in ("editor", "reviewer"):
        client = people.client(who)
        for page in pages:
            response = client.get(people.url + page)
            assert response.status_code == 200, page
            assert response["Cache-Control"].startswith("max-age=0")


def test_the_preview_is_the_public_page(people: People) -> None:
    page = people.client("editor").get(people.url + "preview/").content.decode()
    assert "预览：第 1 版（草稿），公众看不到这一页" in page
    assert f'href="{people.url}preview/source/#' in page
    assert "营商环境建设局 2025 年部门预算" in page


def test_changes_are_told_against_last_year(people: People) -> None:
    page = people.client("reviewer").get(people.url + "changes/").content.decode()
    assert "与上年（2024 年）相比" in page
    assert "24.35" in page
    assert "14.35" in page


def fill(client: Client, address: str, **fields: Any) -> Any:
    """Fill in a form as it stands on its page."""
    page = client.get(address).content.decode()
    stamp = re.search(r'name="(?:\w+-)?stamp" value="(\d+)"', page)
    return client.post(address, {"stamp": stamp[1] if stamp else "", **fields})


def test_a_clerk_corrects_binds_explains_and_hands_in(people: People) -> None:
    client = people.client("editor")
    version = people.version
    (row,) = [r for r in version.figures.all() if r.concept == "expenditure.basic.operating"]
    refused = fill(
        client,
        f"{people.url}figures/{row.position}/0/",
        correct="1",
        quote="14.35万元",
        unit="万元",
        reason="抄错",
    )
    assert "原文 " in refused.content.decode()
    assert "没有“14.35万元”" in refused.content.decode()
    bound = fill(
        client,
        f"{people.url}unread/0/",
        bind="1",
        concept="general_expenses",
        period="budget",
        quote="77.5万元",
        unit="万元",
    )
    assert bound.status_code == 302
    assert people.now().figures.get(concept="general_expenses").stated == "77.5万元"
    failed = people.version.check_results.get(result="fail")
    address = f"{people.url}outcomes/{failed.position}/"
    saved = client.post(address, {"text": "含追加", "stamp": people.version.stamp})
    assert saved.status_code == 302
    missing = fill(client, f"{people.url}submit/", secrecy_reviewer="周", responsible_person=" ")
    assert missing.status_code == 422
    done = fill(client, f"{people.url}submit/", secrecy_reviewer="周", responsible_person="吴")
    assert done.status_code == 302
    assert people.now().status == "in_review"


def test_the_reviewer_returns_then_publishes(people: People) -> None:
    client, version = people.client("editor"), people.version
    failed = version.check_results.get(result="fail")
    client.post(
        f"{people.url}outcomes/{failed.position}/", {"text": "含追加", "stamp": version.stamp}
    )
    fill(client, f"{people.url}submit/", secrecy_reviewer="周", responsible_person="吴")
    reviewer = people.client("reviewer")
    assert fill(reviewer, f"{people.url}return/", comment="请补说明").status_code == 302
    assert "请补说明" in client.get(people.url).content.decode()
    assert fill(client, f"{people.url}publish/").status_code == 403
    fill(client, f"{people.url}submit/", secrecy_reviewer="周", responsible_person="吴")
    assert fill(reviewer, f"{people.url}publish/").status_code == 302
    public = Client().get(people.version.disclosure.get_absolute_url() + "checks/")
    assert "含追加" in public.content.decode()
    withdrawn = fill(reviewer, f"{people.url}withdraw/", reason="文件有误")
    assert withdrawn.status_code == 302
    assert Client().get(people.version.disclosure.get_absolute_url()).status_code == 410


def test_a_page_that_grew_old_gets_the_conflict_with_what_was_typed(people: People) -> None:
    client = people.client("editor")
    client.post(f"{people.url}items/0/", {"category": "服务", "stamp": 0})
    late = client.post(f"{people.url}items/1/", {"category": "货物", "stamp": 0})
    assert late.status_code == 409
    page = late.content.decode()
    assert "没有存入" in page
    assert "货物" in page
    assert people.now().procurement_items.get(position=1).category == ""


def test_new_files_and_the_end_of_a_draft(people: People, tmp_path: Any) -> None:
    client = people.client("editor")
    stamp = people.version.stamp
    new = tmp_path / "新.txt"
    new.write_text(TEXT.replace("24.35", "14.35"), encoding="utf-8")
    with new.open("rb") as file:
        response = client.post(f"{people.url}files/", {"files": file, "stamp": stamp})
    assert response.status_code == 302
    assert not people.now().check_results.filter(result="fail").exists()
    bad = tmp_path / "坏.txt"
    bad.write_bytes(b"\x00\x01\x02" * 20)
    with bad.open("rb") as file:
        refused = client.post(f"{people.url}files/", {"files": file, "stamp": people.version.stamp})
    assert refused.status_code == 422
    assert people.now().documents.get().name == "新.txt"
    assert client.post(f"{people.url}delete/", {"stamp": people.version.stamp}).status_code == 302
    assert client.get(people.url).status_code == 404
