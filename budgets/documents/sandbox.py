"""A reader in a child process with limits: what dies there takes nothing with it.

The child has bounded memory and processor time, opens no connection and starts no program.
Starting it costs a fifth to half a second, by format (an interpreter and one library to import);
reading in process is for tests and measurements. Old Word files are turned into .docx before, by
a program with limits of its own (`office`): the child may start none.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from budgets.statement import encode

from .blocks import Document, UnreadableDocument
from .office import convert_to_docx
from .reading import CONVERTED, MAX_BYTES, check_file, read_document

_ROOT = Path(__file__).parents[2]
_REFUSED = 3
# How OLE files and RTF begin.
_MAY_BE_CONVERTED = (b"\xd0\xcf\x11\xe0", b"{\\rtf")
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may take: seconds on the clock and of processor time, bytes of memory."""

    seconds: int = 60
    memory: int = 1536 * 1024 * 1024


def read_in_sandbox(name: str, data: bytes, limits: Limits | None = None) -> Document:
    """Read one file as `read_document` does, in a child process.

    UnreadableDocument also when the child dies, takes too long or needs too much memory.
    """
    limits = limits or Limits()
    if len(data) > MAX_BYTES:
        return read_document(name, data)  # refuses it without a child
    if not data.startswith(_MAY_BE_CONVERTED) or check_file(name, data) not in CONVERTED:
        return _read_in_child(name, data, limits)
    try:
        converted = convert_to_docx(data)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"“{name}”：{error}") from error
    document = _read_in_child(name, converted, limits)
    document.media_type = check_file(name, data)
    document.sha256 = hashlib.sha256(data).hexdigest()
    return document


def _read_in_child(name: str, data: bytes, limits: Limits) -> Document:
    command = [sys.executable, "-m", __name__, name, str(limits.seconds), str(limits.memory)]
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and module
            command,
            input=data,
            capture_output=True,
            cwd=_ROOT,
            env=_environment(),
            timeout=limits.seconds + 5,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much(name) from error
    except ValueError as error:  # a null character in the name
        raise UnreadableDocument("文件名里有不能使用的字符，请改名后再上传。") from error
    if child.returncode == _REFUSED:
        raise UnreadableDocument(child.stdout.decode())
    if child.returncode:
        raise _too_much(name)
    return Document.from_json(json.loads(child.stdout))


def _environment() -> dict[str, str]:
    """Return what an interpreter needs; the site's secrets stay with the parent."""
    kept = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _too_much(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"“{name}”读取失败：文件过大、过于复杂或已经损坏，超出了读取的时间或内存限制。"
        "请拆成几个文件，或在原来的软件里另存一份再上传。"
    )


def _forbid(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader must not do this: {event}")


def _main(name: str, seconds: str, memory: str) -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    sys.addaudithook(_forbid)
    try:
        document = read_document(name, data)
    except UnreadableDocument as error:
        sys.stdout.buffer.write(str(error).encode())
        return _REFUSED
    sys.stdout.buffer.write(json.dumps(encode(document)).encode())
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
