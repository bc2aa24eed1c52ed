"""What a publication's hash is taken over, and the chain that ties publications together.

The canonical form is JSON with sorted keys, no blanks, UTF-8: one byte sequence per content,
that anybody can make. A version's content is its Statement without what never becomes public
(unread numbers, notes and advice to the editor), with the department's explanations. An entry
of the chain is hashed over its own fields, the hash of the entry before among them.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from budgets.models import DisclosureVersion, LedgerEntry
from budgets.statement import Statement

ENTRY_FIELDS = (
    "number", "act", "at", "address", "version", "content_sha256", "previous_sha256"
)  # fmt: skip


def canonical_json(data: Any) -> bytes:
    """Return the bytes that are hashed."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_sha256(content: dict[str, Any]) -> str:
    """Return the hexadecimal SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical_json(content)).hexdigest()


# ── one version ───────────────────────────────────────────────────────────────


def public_json(
    statement: Statement,
    explanations: Iterable[str] | None = None,
    exemptions: Iterable[Any] = (),
) -> dict[str, Any]:
    """Return the JSON object of a Statement as the public gets it.

    `explanations` follow the order of the checks, one for each; what was not said is left out.
    """
    data = statement.to_json()
    del data["unread"]
    said = [""] * len(data["checks"]) if explanations is None else list(explanations)
    for outcome, explanation in zip(data["checks"], said, strict=True):
        if explanation:
            outcome["explanation"] = explanation
    data["checks"] = [outcome for outcome in data["checks"] if outcome["result"] != "note"]
    for outcome in data["checks"]:
        del outcome["advice"]
    if told := list(exemptions):
        data["exemptions"] = told
    return data


def version_json(version: DisclosureVersion) -> dict[str, Any]:
    """Return what a version makes public (about ten queries)."""
    explanations = version.check_results.values_list("explanation", flat=True)
    return public_json(version.to_statement(), explanations, version.exemptions)


# ── the chain ─────────────────────────────────────────────────────────────────


def entry_json(entry: LedgerEntry) -> dict[str, Any]:
    """Return an entry as `ledger.jsonl` has it, its own hash last."""
    told = {
        "number": entry.number,
        "act": entry.act,
        "at": entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"),
        "address": entry.address,
        "version": entry.version_number,
        "content_sha256": entry.content_sha256,
        "previous_sha256": entry.previous_sha256,
    }
    return {**told, "sha256": entry.sha256}


def entry_sha256(entry: LedgerEntry) -> str:
    """Return the hash of an entry over its fields without the hash itself."""
    told = entry_json(entry)
    return content_sha256({name: told[name] for name in ENTRY_FIELDS})


def check_chain(entries: Iterable[LedgerEntry]) -> Iterator[str]:
    """Say, in a sentence each, where the chain is broken: a gap, another hash, another link."""
    previous, number = "", 0
    for entry in entries:
        number += 1
        if entry.number != number:
            yield f"第 {number} 条缺失，后面是第 {entry.number} 条。"
            number = entry.number
        if entry.previous_sha256 != previous:
            yield f"第 {entry.number} 条与前一条接不上。"
        if entry.sha256 != entry_sha256(entry):
            yield f"第 {entry.number} 条被改过：它的校验值与内容不符。"
        previous = entry.sha256


def check_contents(versions: Iterable[DisclosureVersion]) -> Iterator[str]:
    """Say which versions that were public are not what the chain says.

    Each version comes with its entries prefetched as `ledger_entries`.
    """
    for version in versions:
        entries = {entry.act: entry for entry in version.ledger_entries.all()}
        published = entries.get(LedgerEntry.Act.PUBLISHED)
        if published is None:
            yield f"“{version}”公开过，总账里没有它。"
            continue
        actual = content_sha256(version_json(version))
        if not actual == version.content_sha256 == published.content_sha256:
            yield f"“{version}”的内容与公开时不同（总账第 {published.number} 条）。"
        is_withdrawn = version.status == DisclosureVersion.Status.WITHDRAWN
        if is_withdrawn != (LedgerEntry.Act.WITHDRAWN in entries):
            yield f"“{version}”的撤回与总账不一致。"
