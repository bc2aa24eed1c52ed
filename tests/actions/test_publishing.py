"""Every change of status: who may, what it leaves behind, what is refused."""

from __future__ import annotations

import hashlib
import json

import pytest

from budgets.actions import publishing
from budgets.ledger import canonical_json, content_sha256, public_json, version_json
from budgets.models import AuditEntry, DisclosureVersion, SearchEntry, Unit
from budgets.permissions import NotAllowed
from budgets.search import glossary_search, search
from tests import factories

pytestmark = pytest.mark.django_db

Status = DisclosureVersion.Status


def statuses() -> list[tuple[int, str]]:
    return list(DisclosureVersion.objects.order_by("number").values_list("number", "status"))


def test_register_publishes_without_explanations() -> None:
    statement = factories.make_statement(checks=[factories.make_outcome(result="fail")])
    version = factories.publish(statement)
    assert version.status == Status.PUBLISHED
    assert version.published_at is not None
    assert version.content_sha256 == content_sha256(version_json(version))
    entry = AuditEntry.objects.get(action="version.registered")
    assert (entry.actor, entry.detail["old"], entry.detail["new"]) == (
        "system",
        "draft",
        "published",
    )


def test_register_makes_units_known() -> None:
    factories.publish()
    assert list(Unit.objects.values_list("name", "kind")) == [
        ("海东市图书馆管理局（本级）", "administrative"),
        ("海东市少年儿童图书馆", "public_institution"),
    ]


def test_register_lets_the_name_reach_back() -> None:
    department = factories.publish().disclosure.department
    factories.publish(factories.make_statement(fiscal_year=2021))
    assert department.names.get().first_year == 2021


def test_the_next_version_supersedes() -> None:
    factories.publish()
    factories.publish(factories.make_statement(duties=["改正后的职责"]))
    assert statuses() == [(1, "superseded"), (2, "published")]
    assert AuditEntry.objects.filter(action="version.superseded").count() == 1
    urls = list(SearchEntry.objects.values_list("url", flat=True))
    assert len(urls) == len(set(urls))
    assert not SearchEntry.objects.filter(version__number=1).exists()


def test_what_is_authored_is_not_registered() -> None:
    version = factories.draft(origin="authored", by=factories.make_editor())
    with pytest.raises(NotAllowed):
        publishing.register(version=version, by=factories.make_reviewer())


def test_a_stranger_may_nothing() -> None:
    stranger = factories.make_user("路人", is_staff=False)
    author = factories.make_editor("编辑")
    with pytest.raises(NotAllowed):
        publishing.register(version=factories.draft(), by=stranger)
    other = factories.make_statement(fiscal_year=2023)
    with pytest.raises(NotAllowed):
        publishing.publish_version(version=factories.in_review(other, by=author), by=stranger)
    published = factories.publish(factories.make_statement(fiscal_year=2022))
    with pytest.raises(NotAllowed):
        publishing.withdraw_version(version=published, reason="无", by=stranger)


def test_nobody_publishes_what_they_submitted() -> None:
    author, reviewer = factories.make_editor("编辑"), factories.make_reviewer("审核")
    version = factories.in_review(by=author)
    with pytest.raises(NotAllowed):
        publishing.publish_version(version=version, by=author)
    with pytest.raises(NotAllowed):
        publishing.publish_version(version=version, by="system")
    assert publishing.publish_version(version=version, by=reviewer).status == Status.PUBLISHED


def test_a_failed_check_without_explanation_refuses_publication() -> None:
    statement = factories.make_statement(checks=[factories.make_outcome("B01", "fail")])
    editor, reviewer = factories.make_editor("编辑"), factories.make_reviewer("审核")
    version = factories.draft(statement, by=editor, origin="authored")
    with pytest.raises(publishing.MissingExplanation, match="B01"):
        factories.submit(version, by=editor)
    assert statuses() == [(1, "draft")]
    version.check_results.update(explanation="四舍五入造成。")
    version = factories.submit(version, by=editor)
    assert publishing.publish_version(version=version, by=reviewer).status == Status.PUBLISHED


def test_a_warning_needs_no_explanation() -> None:
    statement = factories.make_statement(checks=[factories.make_outcome("P01", "warning")])
    version = factories.in_review(statement, by=factories.make_editor("编辑"))
    publishing.publish_version(version=version, by=factories.make_reviewer("审核"))


def test_withdraw_takes_the_content_out_and_keeps_the_hash() -> None:
    version = factories.publish()
    withdrawn = factories.withdraw(version, by=factories.make_reviewer("审核"), reason=" 文件有误 ")
    assert (withdrawn.status, withdrawn.reason) == (Status.WITHDRAWN, "文件有误")
    assert withdrawn.content_sha256 == version.content_sha256
    assert not SearchEntry.objects.exists()


def test_withdraw_a_superseded_version_leaves_the_public_one_alone() -> None:
    first = factories.publish()
    factories.publish(factories.make_statement(duties=["改正"]))
    entries = SearchEntry.objects.count()
    factories.withdraw(first, by=factories.make_reviewer("审核"))
    assert statuses() == [(1, "withdrawn"), (2, "published")]
    assert SearchEntry.objects.count() == entries


def test_withdraw_without_reason_is_refused() -> None:
    with pytest.raises(publishing.MissingReason):
        factories.withdraw(factories.publish(), by=factories.make_reviewer(), reason="  ")


ACTS = {
    "register": lambda v, u: publishing.register(version=v, by=u),
    "submit": lambda v, u: publishing.submit_version(version=v, by=u),
    "return": lambda v, u: publishing.return_version(version=v, comment="请改", by=u),
    "publish": lambda v, u: publishing.publish_version(version=v, by=u),
    "withdraw": lambda v, u: publishing.withdraw_version(version=v, reason="x", by=u),
}


def version_in(status: str) -> DisclosureVersion:
    if status == Status.DRAFT:
        return factories.draft()
    if status in (Status.IN_REVIEW, Status.RETURNED):
        version = factories.in_review(by=factories.make_editor("作者"))
        if status == Status.RETURNED:
            reviewer = factories.make_reviewer("退回者")
            publishing.return_version(version=version, comment="请改", by=reviewer)
        return DisclosureVersion.objects.get(pk=version.pk)
    version = factories.publish()
    if status == Status.SUPERSEDED:
        factories.publish(factories.make_statement(duties=["改正"]))
    if status == Status.WITHDRAWN:
        factories.withdraw(version, by=factories.make_reviewer("撤回者"))
    return DisclosureVersion.objects.get(pk=version.pk)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("status", Status.values)
def test_what_is_not_in_the_table_is_refused(act: str, status: str) -> None:
    version = version_in(status)
    if any(t.source == status for t in publishing.TRANSITIONS[act]):
        return
    before = AuditEntry.objects.count()
    with pytest.raises(publishing.InvalidTransition):
        ACTS[act](version, factories.make_reviewer("审核"))
    assert DisclosureVersion.objects.get(pk=version.pk).status == status
    assert AuditEntry.objects.count() == before


def test_a_user_named_system_is_refused() -> None:
    with pytest.raises(TypeError):
        publishing.register(version=factories.draft(), by=factories.make_user("system"))


def test_the_hash_is_that_of_the_canonical_json() -> None:
    statement = factories.make_statement(
        checks=[factories.make_outcome(), factories.make_outcome("C03", "note")]
    )
    canonical = canonical_json(public_json(statement))
    told = json.loads(canonical)
    assert [check["code"] for check in told["checks"]] == ["R05"]
    assert "unread" not in told
    assert "advice" not in told["checks"][0]
    assert content_sha256(told) == hashlib.sha256(canonical).hexdigest()
    assert (
        canonical
        == json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    )


# ── what the public finds follows what is published ───────────────────────────


def test_a_draft_is_never_found() -> None:
    secret = [factories.make_term("机密名词", "只在草稿里的释义。")]
    factories.draft(factories.make_statement(glossary=secret))
    for query in ("机密名词", "jmmc", "草稿里", "图书", "海东市"):
        assert search(query).total == 0
        assert search(query).suggestions == []


def test_a_term_only_in_a_later_draft_stays_hidden() -> None:
    factories.publish()
    terms = [
        factories.make_term("“三公”经费", "草稿的新释义。"),
        factories.make_term("新词", "草稿里新加的词。"),
    ]
    factories.draft(factories.make_statement(glossary=terms))
    assert glossary_search("新词").total == 0
    assert glossary_search("草稿").total == 0
    assert glossary_search("三公").total == 1


def test_a_term_is_found_once_with_every_published_definition() -> None:
    factories.publish()
    other = [factories.make_term("三公经费", "另一部门的释义，含差旅。")]
    factories.publish(
        factories.make_statement(department="海东市档案局", glossary=other, fiscal_year=2023)
    )
    (hit,) = glossary_search("三公经费").hits
    assert hit.entry.text.splitlines() == [
        "指因公出国（境）费、公务用车购置及运行费和公务接待费。",
        "另一部门的释义，含差旅。",
    ]
    assert glossary_search("差旅").total == 1


def test_a_corrected_definition_replaces_the_old_one() -> None:
    factories.publish()
    factories.publish(
        factories.make_statement(glossary=[factories.make_term("机关运行经费", "改正后的释义。")])
    )
    assert glossary_search("三公").total == 0
    assert glossary_search("办公及印刷费").total == 0
    assert glossary_search("改正后").total == 1


def test_a_department_without_anything_public_is_not_found() -> None:
    version = factories.publish()
    assert search("图书馆管理局", kind="department").total == 1
    factories.withdraw(version, by=factories.make_reviewer())
    assert search("图书馆管理局", kind="department").total == 0
