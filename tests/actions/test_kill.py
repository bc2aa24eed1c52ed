"""`kill -9` at any point of an act leaves the old state or the new one, on both databases."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings

ROOT = Path(__file__).parents[2]
IS_POSTGRES = "postgresql" in settings.DATABASES["default"]["ENGINE"]


class Databases:
    """Databases of our own beside the tests': a prepared one, copied for every death."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.create("prepared")
        self.run("prepared", "manage.py", "migrate", "--verbosity", "0")
        self.act("prepared", "prepare")

    def url(self, name: str) -> str:
        if not IS_POSTGRES:
            return f"sqlite:///{self.folder / name}.sqlite3"
        own = settings.DATABASES["default"]
        user, password, host = (quote(own[key], safe="") for key in ("USER", "PASSWORD", "HOST"))
        port = f":{own['PORT']}" if own["PORT"] else ""
        return f"postgres://{user}:{password}@{host}{port}/kill_{name}"

    def create(self, name: str, template: str = "") -> None:
        if IS_POSTGRES:
            copied = f" TEMPLATE kill_{template}" if template else ""
            self._administer(f"DROP DATABASE IF EXISTS kill_{name} WITH (FORCE)")
            self._administer(f"CREATE DATABASE kill_{name}{copied}")
        elif template:
            for file in self.folder.glob(f"{template}.sqlite3*"):
                shutil.copy(file, self.folder / file.name.replace(template, name))

    def _administer(self, command: str) -> None:
        import psycopg

        own = settings.DATABASES["default"]
        with psycopg.connect(
            host=own["HOST"], port=own["PORT"] or None, user=own["USER"],
            password=own["PASSWORD"], dbname="postgres", autocommit=True,
        ) as connection:  # fmt: skip
            connection.execute(command)

    def run(self, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            "DATABASE_URL": self.url(name),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True,
            timeout=60, check=False,
        )  # fmt: skip

    def act(self, name: str, act: str, deadly: int = 0) -> subprocess.CompletedProcess[str]:
        done = self.run(name, "-m", "tests.actions.kill_child", act, str(deadly))
        assert done.returncode == (-signal.SIGKILL if deadly else 0), done.stderr
        return done

    def state(self, name: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.act(name, "state").stdout)
        assert told["wrong"] == []
        return told


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    return Databases(tmp_path_factory.mktemp("kill"))


@pytest.mark.parametrize("act", ["take_in", "publish", "withdraw"])
def test_killed_anywhere_leaves_the_old_state_and_the_next_run_is_clean(
    databases: Databases, act: str
) -> None:
    old = databases.state("prepared")
    databases.create("whole", "prepared")
    statements = int(databases.act("whole", act).stdout.split()[-1])
    new = databases.state("whole")
    assert new != old
    assert statements > 5
    for deadly in (2, statements // 2, statements):
        databases.create("killed", "prepared")
        databases.act("killed", act, deadly)
        assert databases.state("killed") == old, deadly
    databases.act("killed", act)
    assert databases.state("killed") == new
