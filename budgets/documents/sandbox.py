"""Work on a stranger's file in a child process with limits: what dies there takes nothing with it.

The child has bounded memory, processor time and output, opens no connection and starts no
program. Starting it costs a fifth to half a second, by format (an interpreter and one library to
import); reading in process is for tests and measurements. Old Word files are turned into .docx
before, by a program with limits of its own (`office`): the child may start none.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
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
    """How much a child may take: seconds on the clock and of processor time, bytes of memory.

    `output` bounds the bytes of what it hands back, which the parent holds.
    """

    seconds: int = 60
    memory: int = 1536 * 1024 * 1024
    output: int = 96 * 1024 * 1024

    def arguments(self) -> list[str]:
        return [str(self.seconds), str(self.memory), str(self.output)]


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
    told = run_apart(__name__, data, limits, name, overrun=_too_much(name))
    return Document.from_json(json.loads(told))


def run_apart(module: str, data: bytes, limits: Limits, *arguments: str, overrun: str) -> bytes:
    """Run a module of ours, one that calls `work_apart`, on the data; return what it hands back.

    UnreadableDocument with the sentence of its refusal; with `overrun` when it died, whatever of.
    """
    command = [sys.executable, "-m", module, *arguments, *limits.arguments()]
    with tempfile.TemporaryFile() as output:  # bounded for the child, as a pipe could not be
        try:
            child = subprocess.run(  # noqa: S603 - our own interpreter and module
                command,
                input=data,
                stdout=output,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env=_environment(),
                timeout=limits.seconds + 5,
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocument(overrun) from error
        except ValueError as error:  # a null character in the name
            raise UnreadableDocument("文件名里有不能使用的字符，请改名后再上传。") from error
        output.seek(0)
        if child.returncode == _REFUSED:
            raise UnreadableDocument(output.read().decode())
        if child.returncode:
            raise UnreadableDocument(overrun)
        return output.read()


def _environment() -> dict[str, str]:
    """Return what an interpreter needs; the site's secrets stay with the parent."""
    kept = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "LD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _too_much(name: str) -> str:
    return (
        f"“{name}”读取失败：文件过大、过于复杂或已经损坏，超出了读取的时间或内存限制。"
        "请拆成几个文件，或在原来的软件里另存一份再上传。"
    )


# In the child.


def work_apart(work: Callable[[bytes], object], seconds: str, memory: str, output: str) -> int:
    """Do the child's work within the limits: standard input into JSON; return the exit code."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(output), int(output)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    data = sys.stdin.buffer.read()
    sys.addaudithook(_forbid)
    try:
        result = work(data)
    except UnreadableDocument as error:
        sys.stdout.buffer.write(str(error).encode())
        return _REFUSED
    sys.stdout.buffer.write(json.dumps(encode(result)).encode())
    sys.stdout.buffer.flush()  # here, where too much of it is an error of this program
    return 0


def _forbid(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader must not do this: {event}")


def _main(name: str, *limits: str) -> int:
    return work_apart(lambda data: read_document(name, data), *limits)


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
