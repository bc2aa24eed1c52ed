"""Documents as read → a checked Statement, in a child process with limits.

What stands in a file is a stranger's: a text that takes minutes to understand must not hold up
the site. The child is the readers' sandbox; starting it costs a quarter of a second.
"""

from __future__ import annotations

import json
import sys

from budgets.checks import run_checks
from budgets.documents.blocks import Document
from budgets.documents.sandbox import Limits, run_apart, work_apart
from budgets.parsing import parse_disclosure
from budgets.statement import Statement, encode


def parse_in_sandbox(documents: list[Document], limits: Limits | None = None) -> Statement:
    """Parse the documents of one disclosure and run the checks.

    UnreadableDocument when they are no budget, or take too long or too much memory.
    """
    data = json.dumps(encode(documents)).encode()
    told = run_apart(__name__, data, limits or Limits(), overrun=_too_much(documents))
    return Statement.from_json(json.loads(told))


def _too_much(documents: list[Document]) -> str:
    names = "、".join(f"“{document.name}”" for document in documents)
    return (
        f"{names}已经读出，但内容过多或过于复杂，超出了分析的时间或内存限制。"
        "请只上传预决算公开的部分。"
    )


def _parse(data: bytes) -> object:
    statement = parse_disclosure([Document.from_json(document) for document in json.loads(data)])
    statement.checks = run_checks(statement)
    return statement.to_json()


if __name__ == "__main__":
    sys.exit(work_apart(_parse, *sys.argv[1:]))
