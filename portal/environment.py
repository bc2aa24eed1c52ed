"""Reading the environment: small functions that say how to mend what is wrong."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1", "testserver"}
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def read_env_file(path: Path) -> dict[str, str]:
    """Return the NAME=value lines of a .env file; nothing when there is none."""
    values = {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise ImproperlyConfigured(f"{path}, line {number}: expected NAME=value, got {line!r}.")
        values[name.strip()] = value.strip().strip("\"'")
    return values


class Environment:
    """Variables of the process, with those of a .env file behind them."""

    def __init__(self, variables: Mapping[str, str], file: Path | None = None) -> None:
        self.variables = {**(read_env_file(file) if file else {}), **variables}

    @classmethod
    def of_process(cls, file: Path) -> Environment:
        return cls(os.environ, file)

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str, default: bool = False) -> bool:
        """Return a yes or no; ImproperlyConfigured for anything else."""
        value = self.variables.get(name, "").strip().lower()
        if value in _TRUE:
            return True
        if value in _FALSE:
            return default if value == "" else False
        raise ImproperlyConfigured(f"{name} is {value!r}; write 1 for yes or 0 for no.")

    def names(self, name: str, default: str) -> list[str]:
        """Return a comma-separated list."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]


def secret_key(given: str, file: Path) -> str:
    """Return the key that was given, else the one in `file`, made there once.

    The file is created only by whoever comes first, and only its owner can read it.
    """
    if given:
        return given
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = file.read_text(encoding="ascii").strip()
        if len(key) < 50:
            raise ImproperlyConfigured(
                f"{file} holds no usable key. Delete it to have a new one made, or set SECRET_KEY."
            ) from None
        return key
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        key = secrets.token_urlsafe(50)
        opened.write(key)
    return key


def needs_https(hosts: list[str], insecure: bool) -> bool:
    """Whether this site is reached from elsewhere, so that its cookies need HTTPS."""
    return not insecure and any(host not in LOOPBACK for host in hosts)
