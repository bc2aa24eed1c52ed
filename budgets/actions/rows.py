"""A Statement → the rows that hold it: built and validated here, saved by `intake`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import JSONField, Model

from budgets import models
from budgets.documents.blocks import Document
from budgets.models import DisclosureVersion, GlossaryTerm
from budgets.search import normalise
from budgets.statement import Statement, encode

SURROGATE = re.compile("[\ud800-\udfff]")


class UnstorableStatement(Exception):
    """What was read does not fit what is stored; the message is one Chinese sentence."""


def describe_version(statement: Statement) -> dict[str, object]:
    """Return the fields of the version itself."""
    return {
        "department_name": statement.department,
        "jurisdiction_name": statement.jurisdiction or "",
        "unit_name": statement.unit or "",
        "dated_on": statement.dated_on,
        "units": encode(statement.units),
        "duties": encode(statement.duties),
        "claims": encode(statement.claims),
        "project_rows": encode(statement.project_rows),
        "tables": encode(statement.tables),
        "code_names": encode(statement.code_names),
        "numbers": encode(statement.numbers),
        "unread": encode(statement.unread),
    }


def build_parts(
    version: DisclosureVersion, statement: Statement, terms: dict[str, GlossaryTerm]
) -> Iterator[list[Model]]:
    """Yield the unsaved rows of each kind; `terms` are keyed by their normalised name.

    Raises UnstorableStatement for a value that does not fit, naming the row and the field.
    """
    kinds = (
        (models.Figure, statement.figures),
        (models.ProcurementItem, statement.procurement),
        (models.ProjectStatement, statement.projects),
        (models.Section, statement.sections),
        (models.CheckResult, statement.checks),
    )
    for model, items in kinds:
        yield _checked(
            model(version=version, position=position, **_columns(encode(item), item))
            for position, item in enumerate(items)
        )
    yield _checked(
        models.GlossaryDefinition(
            version=version,
            position=position,
            term=terms[normalise(entry.term)],
            number=entry.number,
            printed_term=entry.term,
            definition=entry.definition,
            sources=encode(entry.sources),
        )
        for position, entry in enumerate(statement.glossary)
    )


def version_parts(version: DisclosureVersion) -> list[Any]:
    """Return the managers of the rows that hold a version's content."""
    return [
        version.figures,
        version.procurement_items,
        version.project_statements,
        version.sections,
        version.check_results,
        version.definitions,
    ]


def _columns(encoded: dict[str, object], item: object) -> dict[str, object]:
    """Return a row's columns: lists as JSON, numbers and dates as they are, `''` for null text."""
    exact = ("amount", "as_of")
    return {
        name: getattr(item, name) if name in exact else ("" if value is None else value)
        for name, value in encoded.items()
    }


def _checked(rows: Iterable[Model]) -> list[Model]:
    checked = list(rows)
    for row in checked:
        check_row(row)
    return checked


def check_row(row: Model) -> None:
    """Refuse what SQLite would take and PostgreSQL not: overlong ids, too many decimals."""
    fields = row._meta.concrete_fields
    skipped = {f.name for f in fields if f.is_relation or isinstance(f, JSONField)}
    try:
        row.clean_fields(exclude=skipped)
    except ValidationError as error:
        told = "；".join(
            f"{name}：{' '.join(messages)}" for name, messages in error.message_dict.items()
        )
        raise UnstorableStatement(f"“{str(row)[:40]}”不能存入（{told}）。") from error


def check_text(statement: Statement, documents: list[Document]) -> None:
    """Refuse characters that a database cannot hold: NUL and halves of surrogate pairs."""
    for text in _texts([statement.to_json(), encode(documents)]):
        if "\0" in text or SURROGATE.search(text):
            raise UnstorableStatement(
                "文件里有不能存入的字符（空字符或残缺的编码），请另存后再交。"
            )


def _texts(value: object) -> Iterator[str]:
    """Yield every text in plain JSON values, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        yield from _texts(list(value))
        yield from _texts(list(value.values()))
