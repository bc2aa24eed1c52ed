"""Files of one disclosure → a draft version with everything that was read from them.

Files are read and parsed in sandboxes before anything is written.
"""

from __future__ import annotations

import hashlib

from budgets.documents.sandbox import read_in_sandbox

from .audit import Actor
from .parsing_sandbox import parse_in_sandbox
from .storing import IntakeResult, find_version, store_statement

File = tuple[str, bytes]


def take_in(
    *, files: list[File], by: Actor, origin: str, source_url: str = "", jurisdiction: str = ""
) -> IntakeResult:
    """Read the files of one disclosure and store them as a draft.

    `files` are names and bytes, `origin` one of `DisclosureVersion.Origin`; `jurisdiction`
    is needed only where the files do not name it. The same bytes again give the version that
    holds them already. Raises UnreadableDocument, UnstorableStatement or UnknownOrganisation,
    each with one Chinese sentence, and has then stored nothing.
    """
    files = _without_repeats(files)
    known = find_version([_sha256(data) for _, data in files])
    if known:
        return IntakeResult(version=known, is_new=False)
    documents = [read_in_sandbox(name, data) for name, data in files]
    return store_statement(
        statement=parse_in_sandbox(documents),
        documents=documents,
        contents=[data for _, data in files],
        by=by,
        origin=origin,
        source_url=source_url,
        jurisdiction=jurisdiction,
    )


def _without_repeats(files: list[File]) -> list[File]:
    if not files:
        raise ValueError("no files")
    return list({_sha256(data): (name, data) for name, data in reversed(files)}.values())[::-1]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
