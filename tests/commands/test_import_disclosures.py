"""Many files at once: each on its own, resumable, with a report."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from budgets.actions import importing
from budgets.models import Department, DisclosureVersion
from tests import factories
from tests.texts import SAMPLE, SECOND

# Files are read in threads, but the database is this one's alone.
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two disclosures, a file that is none, one that nobody asked for."""
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "b" / "c.txt").write_bytes(SECOND.read_bytes())
    (tmp_path / "=坏.docx").write_bytes(b"\x00\x01" * 40)
    (tmp_path / "图.png").write_bytes(b"\x89PNG")
    return tmp_path


def run(folder: Path, *options: str) -> tuple[str, list[dict[str, str]]]:
    """Return what was said and the rows of the report."""
    report, said = folder / "report.csv", io.StringIO()
    try:
        call_command(
            "import_disclosures", str(folder), "--report", str(report), *options,
            stdout=said, stderr=said,
        )  # fmt: skip
    except CommandError as error:
        said.write(str(error))
    with report.open(encoding="utf-8-sig", newline="") as file:
        return said.getvalue(), list(csv.DictReader(file))


def test_one_bad_file_stops_nobody_and_is_told(folder: Path) -> None:
    said, rows = run(folder, "--publish")
    assert "共 3 份：" in said
    assert "1 份没有读入" in said
    assert sorted(row["结果"] for row in rows) == ["已登记公开", "已登记公开", "没有读入"]
    bad = next(row for row in rows if row["结果"] == "没有读入")
    assert bad["文件"].endswith("=坏.docx")
    assert "不像一份部门预算" in bad["说明"]
    assert DisclosureVersion.objects.published().count() == 2


def test_a_second_run_skips_what_is_there(folder: Path, monkeypatch) -> None:
    run(folder, "--publish")
    read: list[str] = []
    real = importing.read_in_sandbox
    monkeypatch.setattr(
        importing, "read_in_sandbox", lambda name, data: read.append(name) or real(name, data)
    )
    _, rows = run(folder, "--publish")
    assert read == ["=坏.docx"]
    assert [row["结果"] for row in rows] == ["早已有", "早已有", "没有读入"]
    assert DisclosureVersion.objects.count() == 2


def test_drafts_of_an_interrupted_run_are_published(folder: Path) -> None:
    run(folder)
    assert not DisclosureVersion.objects.published().exists()
    _, rows = run(folder, "--publish")
    assert [row["结果"] for row in rows].count("已登记公开") == 2


def test_what_was_withdrawn_stays_withdrawn(folder: Path) -> None:
    run(folder, "--publish")
    version = DisclosureVersion.objects.published().first()
    factories.withdraw(version, by=factories.make_reviewer())
    _, rows = run(folder, "--publish")
    assert sorted(row["结果"] for row in rows) == ["已撤回，跳过", "早已有", "没有读入"]
    assert DisclosureVersion.objects.count() == 2


def test_a_units_budget_is_never_the_departments(tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    unit = text.replace("2024年部门预算", "2024年单位预算")
    # In the order of names the unit's file comes first.
    (tmp_path / "a单位.txt").write_text(unit, encoding="utf-8")
    (tmp_path / "b部门.txt").write_text(text, encoding="utf-8")
    _, rows = run(tmp_path, "--publish")
    assert [row["结果"] for row in rows] == ["已登记公开", "已登记公开"]
    published = DisclosureVersion.objects.published().select_related("disclosure__unit")
    assert sorted(v.disclosure.unit_id is None for v in published) == [False, True]
    assert {v.number for v in published} == {1}
    assert Department.objects.count() == 1


def test_a_folder_without_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="没有找到"):
        call_command("import_disclosures", str(tmp_path))
    with pytest.raises(CommandError, match="没有 "):
        call_command("import_disclosures", str(tmp_path / "x.txt"))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_a_cell_that_would_run_is_guarded(cell: str) -> None:
    from budgets.management.commands.import_disclosures import _guarded

    assert _guarded(cell) == f"'{cell}"
