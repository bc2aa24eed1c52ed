"""Files in: a draft with everything, once; or nothing."""

from __future__ import annotations

import threading
from decimal import Decimal

import pytest
from django.db import connection, connections

from budgets import models
from budgets.actions.intake import take_in
from budgets.actions.reference import UnknownOrganisation
from budgets.actions.rows import UnstorableStatement
from budgets.documents.blocks import UnreadableDocument
from tests import factories
from tests.texts import SAMPLE

pytestmark = pytest.mark.django_db

FILE = ("预算.txt", SAMPLE.read_bytes())


def read(*files: tuple[str, bytes], **fields):
    return take_in(files=list(files), by="system", origin="registered", **fields)


def assert_nothing_stored() -> None:
    for model in (
        models.Jurisdiction,
        models.Department,
        models.Disclosure,
        models.DisclosureVersion,
        models.SourceDocument,
        models.GlossaryTerm,
        models.AuditEntry,
    ):
        assert not model.objects.exists(), model


def test_take_in_stores_a_draft_with_all_its_parts() -> None:
    result = read(FILE, source_url="https://example.org/a.html")
    version = result.version
    assert result.is_new
    assert (version.number, version.status, version.source_url) == (
        1,
        "draft",
        "https://example.org/a.html",
    )
    assert version.figures.count() >= 17
    assert version.procurement_items.count() == 11
    assert version.definitions.count() == 18
    assert version.check_results.exists()
    used = version.documents.get()
    assert (bytes(used.document.content.data), used.name) == (FILE[1], "预算.txt")
    assert any("财政拨款收入" in block["text"] for block in used.blocks)


def test_every_source_quotes_its_block() -> None:
    version = read(FILE).version
    blocks = {block["locator"]: block["text"] for block in version.documents.get().blocks}
    for figure in version.figures.all():
        for source in figure.sources:
            text = blocks[source["locator"]]
            assert text[source["start"] : source["end"]] == source["quote"]


def test_take_in_leaves_an_audit_row() -> None:
    version = read(FILE).version
    entry = models.AuditEntry.objects.get(action="version.taken_in")
    assert (entry.actor, entry.subject_id) == ("system", str(version.pk))


def test_the_same_bytes_again_are_recognised() -> None:
    version = read(FILE).version
    before = models.AuditEntry.objects.count()
    result = read(("别的名字.txt", FILE[1]))
    assert (result.version, result.is_new) == (version, False)
    assert models.DisclosureVersion.objects.count() == 1
    assert models.AuditEntry.objects.count() == before


def test_the_same_file_twice_in_one_upload_counts_once() -> None:
    assert read(FILE, FILE).version.documents.count() == 1


def test_other_bytes_are_the_next_version() -> None:
    first = read(FILE).version
    result = read(("预算.txt", FILE[1] + b"\n"))
    assert (result.is_new, result.version.number) == (True, 2)
    assert result.version.disclosure == first.disclosure


def test_a_withdrawn_version_does_not_count_as_known() -> None:
    version = factories.publish()
    factories.withdraw(version, by=factories.make_reviewer())
    result = factories.take_in()
    assert (result.is_new, result.version.number) == (True, 2)


@pytest.mark.parametrize(
    "data",
    [b"", b"\0\1\2\3" * 50, "今天天气很好。".encode(), "无关的文字\n".encode("gb18030") * 40],
)
def test_an_unreadable_file_stores_nothing(data: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read(("坏.txt", data))
    assert str(caught.value).endswith("。")
    assert_nothing_stored()


def test_one_bad_file_of_two_stores_nothing() -> None:
    with pytest.raises(UnreadableDocument):
        read(FILE, ("坏.txt", b""))
    assert_nothing_stored()


def test_no_files_at_all_is_an_error() -> None:
    with pytest.raises(ValueError, match="no files"):
        read()


@pytest.mark.parametrize(
    "changes",
    [
        {"duties": ["空\0字符"]},
        {"duties": ["半个\ud83d字"]},
        {"procurement": [factories.make_item(amount=Decimal("0.001"))]},
        {"figures": [factories.make_figure("x" * 200, "1")]},
        {"figures": [factories.make_figure("expenditure.basic", "1") for _ in range(2)]},
        {"fiscal_year": 1900},
    ],
)
def test_what_does_not_fit_is_refused_whole(changes: dict[str, object]) -> None:
    statement = factories.make_statement(**changes)
    with pytest.raises(UnstorableStatement) as caught:
        factories.take_in(statement)
    assert str(caught.value).endswith("。")
    assert_nothing_stored()


def test_literal_backslash_u0000_is_no_null_character() -> None:
    statement = factories.make_statement(duties=["打印了 \\u0000 的文件"])
    assert factories.draft(statement).to_statement().duties == ["打印了 \\u0000 的文件"]


def test_without_a_jurisdiction_the_caller_names_it() -> None:
    statement = factories.make_statement(jurisdiction=None)
    with pytest.raises(UnknownOrganisation, match="属于哪个地区"):
        factories.take_in(statement)
    assert_nothing_stored()
    version = factories.draft(statement, jurisdiction="海东市")
    assert version.disclosure.department.jurisdiction.name == "海东市"
    assert version.to_statement().jurisdiction is None


def test_a_units_own_disclosure_goes_to_the_department_that_lists_it() -> None:
    department = factories.publish().disclosure.department
    name = "海东市少年儿童图书馆"
    version = factories.draft(factories.make_statement(department=name, level="unit", unit=name))
    assert version.disclosure.department == department
    assert version.disclosure.unit.name == name
    assert version.disclosure.get_absolute_url() == "/departments/tsgglj/units/snettsg/2024/"
    assert version.to_statement().level == "unit"


def test_a_unit_that_nobody_lists_is_refused() -> None:
    statement = factories.make_statement(department="某馆", level="unit", unit="某馆")
    with pytest.raises(UnknownOrganisation, match="属于哪个部门"):
        factories.take_in(statement)
    assert_nothing_stored()


def test_a_draft_makes_no_unit_known() -> None:
    factories.draft()
    assert not models.Unit.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("sqlite" in connection.settings_dict["ENGINE"], reason="one writer at a time")
def test_two_identical_intakes_at_once_make_one_version() -> None:
    gate = threading.Barrier(4)
    results, errors = [], []

    def run() -> None:
        try:
            statement = factories.make_statement()
            gate.wait()
            results.append(factories.take_in(statement))
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(result.is_new for result in results) == [False, False, False, True]
    assert models.DisclosureVersion.objects.count() == 1
    assert models.GlossaryTerm.objects.count() == 2
