"""A draft changed by people: what the original prints, kept, replayed, never overwritten."""

from __future__ import annotations

from typing import Any

import pytest

from budgets.actions import editing, intake
from budgets.actions.edits import UnfitEdit
from budgets.actions.locking import Conflict
from budgets.actions.storing import OpenDraft
from budgets.models import AuditEntry, DisclosureVersion, Edit, Membership, SourceDocument
from budgets.permissions import NotAllowed
from budgets.statement import Dimensions, Unread, encode
from tests import factories
from tests.texts import SAMPLE

pytestmark = pytest.mark.django_db

# One broken sum (496.19 ≠ 481.84 + 24.35), and a number that nothing explains.
TEXT = (
    SAMPLE.read_text(encoding="utf-8")
    .replace("2024", "2025")
    .replace("公用经费14.35万元", "公用经费24.35万元")
    .replace("公用经费24.35万元", "公用经费24.35万元，今年另有杂费77.5万元", 1)
)


@pytest.fixture
def editor(db: None) -> Any:
    """An editor of the sample's department."""
    text = SAMPLE.read_text(encoding="utf-8")
    version = factories.take_in_text(text, "去年.txt", by="system", origin="registered")
    user = factories.make_user("王编辑")
    Membership.objects.create(user=user, role="editor", department=version.disclosure.department)
    return user


def upload(editor: Any, text: str = TEXT) -> DisclosureVersion:
    return intake.take_in(files=[("今年.txt", text.encode())], by=editor, origin="authored").version


def operating(version: DisclosureVersion) -> Any:
    return version.figures.get(concept="expenditure.basic.operating", period="budget")


def correct(version: DisclosureVersion, by: Any, **changes: Any) -> DisclosureVersion:
    figure = operating(version).to_statement()
    fields = {
        "figure": encode(figure.dimensions),
        "old": encode(figure.sources[0]),
        "quote": "24.35万元",
        "unit": "万元",
        "reason": "机器抄错",
        "by": by,
        "stamp": version.stamp,
    }
    return editing.correct_figure(version=version, **{**fields, **changes})


def test_a_figure_becomes_only_what_the_original_prints(editor: Any) -> None:
    version = upload(editor)
    with pytest.raises(UnfitEdit, match="没有“14"):
        correct(version, editor, quote="14.35万元")
    with pytest.raises(UnfitEdit, match="看不出唯一的一个数字"):
        correct(version, editor, quote="公用经费")
    assert not version.edits.exists()


@pytest.mark.parametrize("quote", ["4.35万元", "24.35", "24.3", "公用经费24"])
def test_a_piece_of_a_number_is_no_number(editor: Any, quote: str) -> None:
    version = upload(editor)
    with pytest.raises(UnfitEdit, match=r"一部分|看不出|单位"):
        correct(version, editor, quote=quote, unit="元")
    assert not version.edits.exists()


def test_money_is_not_bound_as_vehicles(editor: Any) -> None:
    version = upload(editor)
    (unread,) = [entry for entry in version.unread if "77.5" in entry["quote"]]
    with pytest.raises(UnfitEdit, match="的单位是"):
        editing.bind_number(
            version=version,
            unread=unread,
            dimensions=Dimensions(concept="assets.vehicles"),
            quote="77.5万元",
            unit="万元",
            by=editor,
            stamp=version.stamp,
        )


def test_a_correction_keeps_old_value_reason_and_person(editor: Any) -> None:
    version = correct(upload(editor), editor)
    edit = version.edits.get()
    assert (edit.kind, edit.reason, edit.made_by, edit.applied) == (
        "figure_corrected",
        "机器抄错",
        editor,
        True,
    )
    assert edit.old["stated"] == edit.new["stated"] == "24.35万元"
    assert AuditEntry.objects.filter(action="edit.figure_corrected", actor="王编辑").count() == 1


def test_the_stamp_of_an_older_page_is_refused(editor: Any) -> None:
    version = upload(editor)
    correct(version, editor)
    with pytest.raises(Conflict, match="没有存入"):
        correct(version, editor, stamp=0)
    assert version.edits.count() == 1


def test_an_unbound_number_is_unread_and_can_be_bound_anew(editor: Any) -> None:
    version = upload(editor)
    figure = operating(version).to_statement()
    unread_before = len(version.unread)
    for source in list(figure.sources):
        version = editing.unbind_figure(
            version=version,
            figure=encode(figure.dimensions),
            old=encode(source),
            reason="不是公用经费",
            by=editor,
            stamp=version.stamp,
        )
    assert not version.figures.filter(concept="expenditure.basic.operating").exists()
    assert len(version.unread) == unread_before + len(figure.sources)
    version = editing.bind_number(
        version=version,
        unread=version.unread[-1],
        dimensions=Dimensions(concept="agency_operation", period="prior_budget"),
        quote="24.35万元",
        unit="万元",
        by=editor,
        stamp=version.stamp,
    )
    bound = version.figures.get(concept="agency_operation", period="prior_budget")
    assert (str(bound.amount), bound.stated) == ("243500.0000", "24.35万元")
    assert version.numbers["unread"] == len(version.unread)


def test_a_dismissed_number_stays_dismissed_in_the_next_version(editor: Any) -> None:
    version = upload(editor)
    (unread,) = [entry for entry in version.unread if "77.5" in entry["quote"]]
    version = editing.dismiss_number(
        version=version, unread=unread, reason="举例", by=editor, stamp=version.stamp
    )
    assert not any("77.5" in entry["quote"] for entry in version.unread)
    for outcome in version.check_results.filter(result="fail"):
        version = editing.explain_outcome(
            version=version,
            outcome=outcome.to_statement(),
            text="公用经费含追加。",
            by=editor,
            stamp=version.stamp,
        )
    version = factories.submit(version, by=editor)
    published = factories.approve(version, by=factories.make_reviewer())
    again = upload(editor, TEXT + "\n以上。\n")
    assert (published.number, again.number) == (1, 2)
    assert not any("77.5" in entry["quote"] for entry in again.unread)
    explained = again.check_results.filter(result="fail").values_list("explanation", flat=True)
    assert set(explained) == {"公用经费含追加。"}


def test_a_finding_explained_is_explained_until_its_sides_change(editor: Any) -> None:
    version = upload(editor)
    failed = version.check_results.filter(code="R05", result="fail").get()
    version = editing.explain_outcome(
        version=version,
        outcome=failed.to_statement(),
        text=" 含追加 ",
        by=editor,
        stamp=version.stamp,
    )
    assert version.check_results.get(code="R05", result="fail").explanation == "含追加"
    edit = version.edits.get()
    version = editing.undo_edit(version=version, edit=edit, by=editor, stamp=version.stamp)
    assert version.check_results.get(code="R05", result="fail").explanation == ""
    assert not Edit.objects.exists()


def test_an_item_gets_its_category(editor: Any) -> None:
    version = upload(editor)
    version = editing.categorise_item(
        version=version, item=0, category="服务", by=editor, stamp=version.stamp
    )
    assert version.procurement_items.get(position=0).category == "服务"
    with pytest.raises(UnfitEdit):
        editing.categorise_item(
            version=version, item=99, category="服务", by=editor, stamp=version.stamp
        )


def test_other_files_are_read_into_the_same_draft_with_its_edits(editor: Any) -> None:
    version = editing.categorise_item(
        version=upload(editor), item=0, category="服务", by=editor, stamp=0
    )
    version = correct(version, editor)
    version = intake.replace_files(
        version=version,
        files=[("改.txt", TEXT.replace("24.35", "14.35").encode())],
        by=editor,
        stamp=version.stamp,
    )
    assert [edit.applied for edit in version.edits.all()] == [True, False]
    assert version.procurement_items.get(position=0).category == "服务"
    assert operating(version).stated.endswith("14.35万元")
    assert not version.check_results.filter(code="R05", result="fail").exists()


def test_files_of_another_year_are_not_read_into_the_draft(editor: Any) -> None:
    version = upload(editor)
    with pytest.raises(intake.WrongDisclosure, match="2024 年"):
        intake.replace_files(
            version=version,
            files=[("错.txt", SAMPLE.read_bytes() + b"\n")],
            by=editor,
            stamp=version.stamp,
        )
    assert version.documents.get().name == "今年.txt"


def test_a_second_draft_of_one_disclosure_is_refused_with_the_first(editor: Any) -> None:
    version = upload(editor)
    with pytest.raises(OpenDraft) as refused:
        upload(editor, TEXT + "\n再传\n")
    assert refused.value.version == version


def test_a_draft_is_deleted_with_its_file_and_leaves_its_trace(editor: Any) -> None:
    version = upload(editor)
    (document,) = [used.document for used in version.documents.all()]
    editing.delete_draft(version=version, by=editor, stamp=version.stamp)
    assert not DisclosureVersion.objects.filter(pk=version.pk).exists()
    assert not SourceDocument.objects.filter(pk=document.pk).exists()
    assert AuditEntry.objects.filter(action="version.deleted").count() == 1


@pytest.mark.parametrize("who", ["reviewer", "stranger", "another editor"])
def test_only_the_departments_editor_changes_a_draft(editor: Any, who: str) -> None:
    people = {
        "reviewer": factories.make_reviewer,
        "stranger": factories.make_user,
        "another editor": lambda: factories.make_editor("外部门"),
    }
    version, person = upload(editor), people[who]()
    with pytest.raises(NotAllowed):
        correct(version, person)
    with pytest.raises(NotAllowed):
        editing.delete_draft(version=version, by=person, stamp=version.stamp)
    with pytest.raises(NotAllowed):
        intake.replace_files(
            version=version,
            files=[("x.txt", TEXT.encode())],
            by=person,
            stamp=version.stamp,
        )
    assert not version.edits.exists()


def test_what_is_handed_in_is_not_edited(editor: Any) -> None:
    text = TEXT.replace("24.35", "14.35")
    version = factories.submit(upload(editor, text), by=editor)
    with pytest.raises(NotAllowed):
        editing.dismiss_number(
            version=version,
            unread=encode(Unread(quote="", why="", sources=[factories.source("x")])),
            reason="x",
            by=editor,
            stamp=version.stamp,
        )


def test_a_stranger_does_not_learn_of_a_draft_by_its_file(editor: Any) -> None:
    upload(editor)
    with pytest.raises(NotAllowed, match="没有为这个部门上传的权限"):
        upload(factories.make_editor("外部门"))
