"""Files of one disclosure → a draft version with everything that was read from them.

Files are read and parsed in sandboxes before anything is written.
"""

from __future__ import annotations

import hashlib

from django.db import transaction

from budgets import permissions
from budgets.documents.sandbox import read_in_sandbox
from budgets.models import Department, DisclosureVersion
from budgets.permissions import NotAllowed
from budgets.statement import Statement
from budgets.vocabulary import STAGE_NAMES

from .audit import Actor, write_audit
from .locking import lock_version
from .parsing_sandbox import parse_in_sandbox
from .storing import IntakeResult, find_version, store_documents, store_reading, store_statement

File = tuple[str, bytes]


class WrongDisclosure(Exception):
    """The files belong to another disclosure than the draft; the message is one sentence."""


def take_in(
    *,
    files: list[File],
    by: Actor,
    origin: str,
    source_url: str = "",
    jurisdiction: str = "",
    department: Department | None = None,
) -> IntakeResult:
    """Read the files of one disclosure and store them as a draft.

    `files` are names and bytes, `origin` one of `DisclosureVersion.Origin`; `jurisdiction`
    is needed only where the files do not name it; `department` is whose the person says they
    are, and other files are refused (WrongDisclosure). The same bytes again give the version that
    holds them already. Raises UnreadableDocument, UnstorableStatement or UnknownOrganisation,
    each with one Chinese sentence, and has then stored nothing.
    """
    files = _without_repeats(files)
    known = find_version([_sha256(data) for _, data in files])
    if known and permissions.may_know(by, known):
        return IntakeResult(version=known, is_new=False)
    documents = [read_in_sandbox(name, data) for name, data in files]
    statement = parse_in_sandbox(documents)
    if department:
        _refuse_other_department(department, statement)
        jurisdiction = department.jurisdiction.name
    return store_statement(
        statement=statement,
        documents=documents,
        contents=[data for _, data in files],
        by=by,
        origin=origin,
        source_url=source_url,
        jurisdiction=jurisdiction,
    )


@transaction.atomic
def replace_files(
    *, version: DisclosureVersion, files: list[File], by: Actor, stamp: int
) -> DisclosureVersion:
    """Read other files for a draft; its edits are replayed on them.

    Raises UnreadableDocument, NotAllowed, Conflict or WrongDisclosure and has then changed
    nothing.
    """
    files = _without_repeats(files)
    documents = [read_in_sandbox(name, data) for name, data in files]
    statement = parse_in_sandbox(documents)
    version = lock_version(version, stamp)
    if not permissions.may_edit(by, version):
        raise NotAllowed("您不能改动这份草稿：它不是您部门的，或者已经提交。")
    _refuse_another(version, statement)
    old = list(version.documents.values_list("document__sha256", flat=True))
    version.documents.all().delete()
    store_documents(
        version, [(document, data) for document, (_, data) in zip(documents, files, strict=True)]
    )
    write_audit(
        by=by,
        action="version.files_replaced",
        subject=version,
        old=old,
        new=[document.sha256 for document in documents],
    )
    return store_reading(version, statement)


def _refuse_other_department(department: Department, statement: Statement) -> None:
    names = {department.name, *department.names.values_list("name", flat=True)}
    names |= {unit.name for unit in department.units.all()}
    elsewhere = statement.jurisdiction not in (None, department.jurisdiction.name)
    if statement.department not in names or elsewhere:
        raise WrongDisclosure(
            f"文件写的是“{statement.department}”，您选的部门是“{department}”，没有存下任何内容。"
            "请核对文件，或改选部门。"
        )


def _refuse_another(version: DisclosureVersion, statement: Statement) -> None:
    """The files of one draft stay those of one disclosure."""
    told = version.disclosure
    was = (told.fiscal_year, told.stage, version.department_name, version.unit_name)
    now = (statement.fiscal_year, statement.stage, statement.department, statement.unit or "")
    if was != now:
        raise WrongDisclosure(
            f"这些文件是“{statement.unit or statement.department}”{statement.fiscal_year} 年"
            f"{STAGE_NAMES[statement.stage]}，不是“{told}”。请回到上传页另行上传。"
        )


def _without_repeats(files: list[File]) -> list[File]:
    if not files:
        raise ValueError("no files")
    return list({_sha256(data): (name, data) for name, data in reversed(files)}.values())[::-1]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
