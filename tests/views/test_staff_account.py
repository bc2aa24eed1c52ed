"""Getting in: the password, the lock, the one-time link; and what public pages never carry."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from budgets.models import AuditEntry, Membership
from budgets.views.staff_access import client_address
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "春风又绿江南岸-2026"


@pytest.fixture
def editor() -> Any:
    user = factories.make_editor("王编辑")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/staff/login/", {"username": "王编辑", "password": password, **more})


def test_staff_log_in_and_out(client, editor) -> None:
    assert client.get("/staff/").headers["Location"] == "/staff/login/?next=/staff/"
    response = log_in(client, next="/staff/upload/")
    assert response.headers["Location"] == "/staff/upload/"
    assert client.get("/staff/").status_code == 200
    assert client.get("/staff/logout/").status_code == 405
    client.post("/staff/logout/")
    assert client.get("/staff/").status_code == 302


def test_a_wrong_password_is_told_and_the_fifth_locks(client, editor) -> None:
    assert "用户名或口令不对" in log_in(client, "错").content.decode()
    for _ in range(4):
        locked = log_in(client, "错")
    assert locked.status_code == 429
    assert "锁定半小时" in locked.content.decode()
    assert log_in(client).status_code == 429
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert log_in(other).status_code == 302


def test_next_leads_nowhere_else(client, editor) -> None:
    assert log_in(client, next="https://example.org/").headers["Location"] == "/staff/"


def test_the_session_key_changes_and_ends_with_the_browser(client, editor, settings) -> None:
    log_in(client)
    first = client.cookies["sessionid"]
    assert first["httponly"]
    assert first["max-age"] == ""
    assert settings.SESSION_COOKIE_AGE == 1800
    key = first.value
    client.post("/staff/logout/")
    log_in(client)
    assert client.cookies["sessionid"].value != key


def test_a_form_without_its_token_is_refused(editor) -> None:
    client = Client(enforce_csrf_checks=True)
    assert log_in(client).status_code == 403
    client.force_login(editor)
    assert client.post("/staff/approvals/1/", {"fiscal_year": 2026}).status_code == 403


def test_staff_pages_are_framed_cached_and_compressed_by_nobody(client, editor) -> None:
    client.force_login(editor)
    response = client.get("/staff/", headers={"accept-encoding": "gzip"})
    assert response["X-Frame-Options"] == "DENY"
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Encoding"] == "identity"
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_who_is_not_staff_finds_nothing(client) -> None:
    client.force_login(factories.make_user("居民", is_staff=False))
    assert client.get("/staff/").status_code == 404


def test_public_pages_carry_no_cookie_even_for_staff(client, editor) -> None:
    version = factories.publish()
    client.force_login(editor)
    for address in ("/", version.disclosure.get_absolute_url(), "/ledger/", "/corrections/"):
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.headers.get("Vary", "")


def test_the_link_of_a_new_person_works_once(client, capsys) -> None:
    department = factories.make_department()
    call_command("create_staff", "新人", "--editor", department.name, "--reviewer")
    told = capsys.readouterr().out
    link = re.search(r"http://[^/]+(/staff/set-password/\S+/)", told)[1]
    assert Membership.objects.filter(user__username="新人").count() == 2
    page = client.get(link, follow=True)
    form = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert client.post(page.request["PATH_INFO"], form).status_code == 302
    assert "链接已失效" in Client().get(link, follow=True).content.decode()
    assert AuditEntry.objects.filter(action="password.set", actor="新人").count() == 1
    assert "set-password" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_a_weak_password_is_refused(client, editor) -> None:
    client.force_login(editor)
    form = {"old_password": PASSWORD, "new_password1": "12345678", "new_password2": "12345678"}
    page = client.post("/staff/account/", form).content.decode()
    assert "12" in page
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_create_staff_is_repeatable_and_knows_its_departments(capsys) -> None:
    factories.make_department()
    call_command("create_staff", "新人", "--administrator")
    call_command("create_staff", "新人", "--administrator")
    assert "已有帐号" in capsys.readouterr().out
    assert Membership.objects.count() == 1
    with pytest.raises(CommandError, match="相近的有：海东市图书馆管理局"):
        call_command("create_staff", "新人", "--editor", "图书馆")


def test_an_act_is_recorded_with_its_address(client, editor) -> None:
    client.force_login(editor)
    department = editor.memberships.get().department
    client.post(
        f"/staff/approvals/{department.pk}/",
        {"fiscal_year": 2026, "approved_on": "2026-01-20"},
        REMOTE_ADDR="203.0.113.7",
    )
    assert AuditEntry.objects.get(action="disclosure.approved").address == "203.0.113.7"


def test_a_forgotten_password_gets_a_new_link_and_ends_sessions(client, editor, capsys) -> None:
    log_in(client)
    call_command("create_staff", "王编辑", "--new-link")
    assert "/staff/set-password/" in capsys.readouterr().out
    assert client.get("/staff/").status_code == 302
    assert AuditEntry.objects.filter(action="password.taken").count() == 1


@pytest.mark.parametrize("name", ["", " ", "system", "有 空格", "<b>"])
def test_who_cannot_be_called_that_is_told(name: str) -> None:
    with pytest.raises(CommandError, match="不能作用户名"):
        call_command("create_staff", name)


def test_somebody_who_is_not_staff_gets_no_role() -> None:
    factories.make_user("居民", is_staff=False)
    with pytest.raises(CommandError, match="不是在用的工作人员帐号"):
        call_command("create_staff", "居民", "--reviewer")


@pytest.mark.parametrize(
    ("trusted", "claimed", "address"),
    [(0, "198.51.100.1", "127.0.0.1"), (1, "198.51.100.1, 198.51.100.2", "198.51.100.2"),
     (1, "", "127.0.0.1"), (1, "<x>", "127.0.0.1"), (2, "198.51.100.2", "127.0.0.1")],
)  # fmt: skip
def test_an_address_is_believed_from_a_trusted_proxy_alone(
    rf, settings, trusted: int, claimed: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = trusted
    request = rf.get("/staff/", headers={"x-forwarded-for": claimed})
    assert client_address(request) == address
