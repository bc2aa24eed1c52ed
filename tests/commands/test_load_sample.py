"""`load_sample`: the real pipeline, as often as one likes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from budgets.models import AuditEntry, DisclosureVersion
from tests.texts import ROOT


def load() -> str:
    out = StringIO()
    call_command("load_sample", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_registers_the_sample_once() -> None:
    first = load()
    acts = AuditEntry.objects.count()
    again = load()
    assert "已登记示例：大连高新技术产业园区营商环境建设局 2024 部门预算 v1" in first
    assert "/departments/yshjjsj/2024/" in first
    assert "没有改动" in again
    version = DisclosureVersion.objects.get()
    assert (version.status, version.origin) == ("published", "registered")
    assert not version.check_results.exclude(explanation="").exists()
    assert AuditEntry.objects.count() == acts


@pytest.mark.django_db
def test_every_act_is_the_systems() -> None:
    load()
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {"system"}


def test_three_at_once_make_one_version_on_sqlite(tmp_path: Path) -> None:
    database = tmp_path / "site.sqlite3"
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=env, check=True)
    running = [
        subprocess.Popen(
            [*manage, "load_sample"], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(3)
    ]
    codes = [process.wait() for process in running]
    # Whoever comes second to register finds it registered: that is refused, not doubled.
    assert 0 in codes
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT number, status FROM budgets_disclosureversion")
        assert rows.fetchall() == [(1, "published")]
