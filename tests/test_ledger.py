"""The chain of publications: it grows with every act and tells of every silent change."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from budgets import ledger
from budgets.models import DisclosureVersion, Figure, LedgerEntry
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> DisclosureVersion:
    """Return the second of two versions, the first of another disclosure withdrawn."""
    first = factories.publish(factories.make_statement(fiscal_year=2022))
    factories.withdraw(first, by=factories.make_reviewer())
    factories.publish()
    return factories.publish(factories.make_statement(duties=["改正"]))


def verify(capsys) -> str:
    try:
        call_command("verify_ledger")
    except CommandError as error:
        return capsys.readouterr().err + str(error)
    return capsys.readouterr().out


def test_every_act_is_an_entry_that_carries_the_one_before(published, capsys) -> None:
    entries = list(LedgerEntry.objects.all())
    assert [(e.number, e.act, e.version_number) for e in entries] == [
        (1, "published", 1),
        (2, "withdrawn", 1),
        (3, "published", 1),
        (4, "published", 2),
    ]
    assert [e.previous_sha256 for e in entries] == ["", *(e.sha256 for e in entries[:-1])]
    assert "总账核对通过：4 条，3 个版本" in verify(capsys)


def test_a_figure_changed_by_hand_is_told(published, capsys) -> None:
    figure = published.figures.first()
    Figure.objects.filter(pk=figure.pk).update(amount=figure.amount + 1)
    told = verify(capsys)
    assert "v2”的内容与公开时不同（总账第 4 条）" in told
    assert "总账核对不通过：1 处" in told


def test_an_explanation_changed_by_hand_is_told(published, capsys) -> None:
    published.check_results.update(explanation="后来加的")
    assert "v2”的内容与公开时不同" in verify(capsys)


def test_a_hash_changed_with_its_content_breaks_the_entry(published, capsys) -> None:
    Figure.objects.filter(version=published).update(stated="改")
    now = ledger.content_sha256(ledger.version_json(published))
    DisclosureVersion.objects.filter(pk=published.pk).update(content_sha256=now)
    LedgerEntry.objects.filter(number=4).update(content_sha256=now)
    assert "第 4 条被改过" in verify(capsys)


def test_an_entry_taken_out_is_told(published, capsys) -> None:
    LedgerEntry.objects.filter(number=3).delete()
    told = verify(capsys)
    assert "第 3 条缺失" in told
    assert "公开过，总账里没有它" in told


def test_a_withdrawal_undone_by_hand_is_told(published, capsys) -> None:
    DisclosureVersion.objects.filter(status="withdrawn").update(
        status="superseded", withdrawn_at=None
    )
    assert "的撤回与总账不一致" in verify(capsys)
