"""Many disclosures at once: each file on its own, read side by side, written one by one.

One bad file stops nobody. What is there already is told and, where it was left a draft by an
interrupted run, published. A unit's file may need its department's, so what was refused for
that reason is tried again at the end.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.db import DatabaseError

from budgets.documents.blocks import Document, UnreadableDocument
from budgets.documents.sandbox import read_in_sandbox
from budgets.models import DisclosureVersion
from budgets.permissions import NotAllowed
from budgets.statement import Statement

from . import publishing
from .audit import Actor
from .parsing_sandbox import parse_in_sandbox
from .reference import UnknownOrganisation
from .rows import UnstorableStatement
from .storing import find_version, store_statement, was_withdrawn

Status = DisclosureVersion.Status
WITHDRAWN = "这份文件公开后已撤回，没有再次登记。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one file: `result` is new, known, published, withdrawn or failed."""

    file: str
    result: str
    version: DisclosureVersion | None = None
    message: str = ""
    seconds: float = 0.0

    @property
    def is_failed(self) -> bool:
        return self.result == "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A file as read, or why it could not be."""

    path: Path
    data: bytes
    document: Document | None = None
    statement: Statement | None = None
    error: str = ""
    seconds: float = 0.0


def import_files(
    *, paths: Iterable[Path], by: Actor, publish: bool, jobs: int = 2, jurisdiction: str = ""
) -> Iterator[Imported]:
    """Yield what became of each file; `publish` registers it at once."""
    waiting: list[_Read] = []
    unknown: list[Path] = []
    for path in paths:
        sha256 = _sha256(path)
        known = find_version([sha256])
        if known:
            yield _finish(path, known, "known", by, publish)
        elif was_withdrawn(sha256):
            yield Imported(file=str(path), result="withdrawn", message=WITHDRAWN)
        else:
            unknown.append(path)
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        for read in pool.map(_read, unknown):
            try:
                yield _store(read, by, publish, jurisdiction)
            except UnknownOrganisation:
                waiting.append(read)
    for read in waiting:
        try:
            yield _store(read, by, publish, jurisdiction)
        except UnknownOrganisation as error:
            yield _failed(read, str(error))


def _read(path: Path) -> _Read:
    """Read a file; a thread waits for the children that do it."""
    started = time.monotonic()
    try:
        data = path.read_bytes()
    except OSError as error:
        return _Read(path=path, data=b"", error=f"打不开文件：{error.strerror}。")
    try:
        document = read_in_sandbox(path.name, data)
        statement = parse_in_sandbox([document])
    except UnreadableDocument as error:
        seconds = time.monotonic() - started
        return _Read(path=path, data=data, error=str(error), seconds=seconds)
    return _Read(
        path=path,
        data=data,
        document=document,
        statement=statement,
        seconds=time.monotonic() - started,
    )


def _store(read: _Read, by: Actor, publish: bool, jurisdiction: str) -> Imported:
    if read.document is None or read.statement is None:
        return _failed(read, read.error)
    try:
        version = _take_in(read.document, read.statement, read.data, by, jurisdiction)
        return _finish(read.path, version, "new", by, publish, read.seconds)
    except (UnstorableStatement, NotAllowed, publishing.InvalidTransition) as error:
        return _failed(read, str(error))
    except DatabaseError as error:
        return _failed(read, f"数据库没有存下（{error}），请再运行一次。")


def _sha256(path: Path) -> str:
    """Return the hash of a file; nothing where it cannot be opened, which reading will tell."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _finish(
    path: Path,
    version: DisclosureVersion,
    result: str,
    by: Actor,
    publish: bool,
    seconds: float = 0.0,
) -> Imported:
    """Publish a registered draft if that is wanted, also one that an earlier run left."""
    is_draft = version.status == Status.DRAFT and version.origin == "registered"
    if publish and is_draft:
        version, result = publishing.register(version=version, by=by), "published"
    return Imported(file=str(path), result=result, version=version, seconds=seconds)


def _take_in(
    document: Document, statement: Statement, data: bytes, by: Actor, jurisdiction: str
) -> DisclosureVersion:
    return store_statement(
        statement=statement,
        documents=[document],
        contents=[data],
        by=by,
        origin=DisclosureVersion.Origin.REGISTERED,
        jurisdiction=jurisdiction,
    ).version


def _failed(read: _Read, message: str) -> Imported:
    return Imported(file=str(read.path), result="failed", message=message, seconds=read.seconds)
