"""What a publication's hash is taken over: one byte sequence per content, that anybody can make.

The canonical form is the Statement's JSON without what never becomes public (unread numbers,
notes and advice to the editor), keys sorted, no blanks, UTF-8.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from budgets.statement import Statement


def public_json(statement: Statement) -> dict[str, Any]:
    """Return the JSON object of a Statement as the public gets it."""
    data = statement.to_json()
    del data["unread"]
    data["checks"] = [outcome for outcome in data["checks"] if outcome["result"] != "note"]
    for outcome in data["checks"]:
        del outcome["advice"]
    return data


def canonical_json(statement: Statement) -> bytes:
    """Return the bytes that are hashed."""
    return json.dumps(
        public_json(statement), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def content_sha256(statement: Statement) -> str:
    """Return the hexadecimal SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical_json(statement)).hexdigest()
