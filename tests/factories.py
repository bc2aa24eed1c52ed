"""States for tests, reached only through actions.

    version = publish(make_statement(fiscal_year=2023))
    reviewer = make_user("王审核")

`make_statement` writes a small document and a Statement whose sources quote it, so that every
page about sources works too.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model

from budgets.actions import publishing, reference
from budgets.actions.storing import IntakeResult, store_statement
from budgets.checks import run_checks
from budgets.documents.blocks import Document, Paragraph
from budgets.models import Department, DisclosureVersion, Membership
from budgets.parsing import parse_disclosure
from budgets.statement import (
    BudgetUnit,
    Dimensions,
    DocumentInfo,
    Figure,
    GlossaryEntry,
    Outcome,
    ProcurementItem,
    ProjectPart,
    ProjectStatement,
    Section,
    Source,
    Statement,
)
from tests.texts import text_document

JURISDICTION = "海东市"
DEPARTMENT = "海东市图书馆管理局"


def make_user(name: str = "stranger", **fields: Any) -> Any:
    """Return a member of staff without any role (``is_staff=False``: nobody of ours)."""
    return get_user_model().objects.create_user(username=name, **{"is_staff": True, **fields})


def make_editor(name: str = "editor", department: str = DEPARTMENT) -> Any:
    """Return an editor of one department of the test jurisdiction."""
    user = make_user(name)
    Membership.objects.create(user=user, role="editor", department=make_department(department))
    return user


def make_reviewer(name: str = "reviewer") -> Any:
    """Return somebody who reviews every department."""
    user = make_user(name)
    Membership.objects.create(user=user, role="reviewer")
    return user


def make_administrator(name: str = "administrator") -> Any:
    user = make_user(name)
    Membership.objects.create(user=user, role="administrator")
    return user


def make_department(name: str = DEPARTMENT) -> Department:
    government = reference.get_jurisdiction(name=JURISDICTION, by="system")
    return reference.get_department(
        jurisdiction=government, name=name, fiscal_year=2024, by="system"
    )


# ── statements ────────────────────────────────────────────────────────────────


def source(quote: str, *, line: int = 1, start: int = 0, **fields: Any) -> Source:
    """Return the place of a quote: the `line`-th line of the first document."""
    return Source(locator=f"¶{line}", start=start, end=start + len(quote), quote=quote, **fields)


def make_figure(concept: str, wan: str | None, **changes: Any) -> Figure:
    """Return a figure of so many 万元; ``wan=None`` says that there is none (nil)."""
    nil = wan is None
    stated = None if nil else f"{wan}万元"
    amount = Decimal(0) if nil else Decimal(wan) * 10_000
    fields = {
        "amount": amount.quantize(Decimal("0.01")),
        "stated": stated,
        "state": "nil" if nil else "value",
        "sources": [source(stated or "无")],
    }
    return Figure(concept=concept, **{**fields, **changes})


def make_item(name: str = "馆藏图书采购", wan: str = "30.5", **changes: Any) -> ProcurementItem:
    fields = {
        "amount": (Decimal(wan) * 10_000).quantize(Decimal("0.01")),
        "sources": [source(f"{name}{wan}万元")],
    }
    return ProcurementItem(name=name, **{**fields, **changes})


def make_term(term: str, definition: str, number: str = "1") -> GlossaryEntry:
    return GlossaryEntry(
        number=number, term=term, definition=definition, sources=[source(definition)]
    )


def make_outcome(code: str = "R05", result: str = "pass", **changes: Any) -> Outcome:
    fields = {
        "left": "100.00 万元",
        "right": "100.00 万元",
        "difference": "0.00 万元",
        "tolerance": "0.01 万元",
        "message": "基本支出 = 人员经费 + 公用经费",
        "sources": [source("基本支出")],
    }
    return Outcome(code=code, result=result, **{**fields, **changes})


def make_statement(**changes: Any) -> Statement:
    """Return a small true disclosure: figures, two items, a project, sections, terms.

    100 万元 of 基本支出 and 60 of 项目支出; no “三公” expenses; one thing in each list.
    """
    fields: dict[str, Any] = {
        "jurisdiction": JURISDICTION,
        "department": DEPARTMENT,
        "fiscal_year": 2024,
        "dated_on": datetime.date(2024, 2, 20),
        "units": [
            BudgetUnit(name=f"{DEPARTMENT}（本级）", kind="administrative"),
            BudgetUnit(name="海东市少年儿童图书馆", kind="public_institution"),
        ],
        "duties": ["负责全市公共图书馆的管理工作。"],
        "figures": [
            make_figure("revenue.appropriation", "160.00"),
            make_figure("expenditure.basic", "100.00"),
            make_figure("expenditure.basic.personnel", "90.00"),
            make_figure("expenditure.basic.operating", "10.00"),
            make_figure("expenditure.project", "60.00"),
            make_figure("three_public.total", None),
            make_figure("expenditure.current", None, fund="government_fund"),
            make_figure("agency_operation", "10.00"),
        ],
        "procurement": [make_item(), make_item("物业管理服务", "12")],
        "projects": [
            ProjectStatement(
                name="馆藏图书采购",
                amount=Decimal("305000.00"),
                parts=[
                    ProjectPart(key="overview", title="项目概述", text="为市民购置新书。"),
                    ProjectPart(key="budget", title="年度预算安排", text="安排30.5万元。"),
                ],
                sources=[source("馆藏图书采购")],
            )
        ],
        "sections": [
            Section(
                key="overview",
                number="一",
                title="总体说明",
                text="收入包括财政拨款收入160万元。",
                sources=[source("总体说明")],
            ),
            Section(
                key="three_public",
                number="二",
                title="“三公”经费预算情况说明",
                text="无“三公”经费支出。严格控制支出。",
                sources=[source("三公")],
            ),
        ],
        "glossary": [
            make_term("“三公”经费", "指因公出国（境）费、公务用车购置及运行费和公务接待费。"),
            make_term("机关运行经费", "指各部门的公用经费，包括办公及印刷费。", "2"),
        ],
        "checks": [make_outcome()],
    }
    statement = Statement(**{**fields, **changes})
    statement.documents = statement.documents or [_describe(write_document(statement))]
    return statement


def write_document(statement: Statement) -> Document:
    """Write a text document that says what a Statement says, and put its sources in place."""
    lines: list[str] = [f"{statement.department}{statement.fiscal_year}年部门预算"]
    for place in _sources(statement):
        lines.append(place.quote)
        place.document, place.locator, place.start, place.end = (
            0,
            f"¶{len(lines)}",
            0,
            len(place.quote),
        )
    lines.append(f"（内容编号{_number(statement)}）")
    data = "\n".join(lines).encode()
    return Document(
        name=f"{statement.fiscal_year}年部门预算.txt",
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        blocks=[Paragraph(locator=f"¶{n}", text=line) for n, line in enumerate(lines, 1)],
    )


def _number(statement: Statement) -> str:
    """Tell one content from another, so that other content makes another file."""
    told = {key: value for key, value in statement.to_json().items() if key != "documents"}
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:12]


def _describe(document: Document) -> DocumentInfo:
    return DocumentInfo(name=document.name, sha256=document.sha256, media_type=document.media_type)


def _sources(value: Any) -> list[Source]:
    if isinstance(value, Source):
        return [value]
    if isinstance(value, list):
        return [found for item in value for found in _sources(item)]
    if dataclasses.is_dataclass(value) and not isinstance(value, Dimensions):
        return [
            found for f in dataclasses.fields(value) for found in _sources(getattr(value, f.name))
        ]
    return []


# ── stored ────────────────────────────────────────────────────────────────────


def take_in(
    statement: Statement | None = None, *, by: Any = "system", **fields: Any
) -> IntakeResult:
    """Store a Statement through the very function that an upload uses."""
    statement = statement or make_statement()
    document = write_document(statement)
    statement.documents = [_describe(document)]
    data = "\n".join(block.text for block in document.blocks).encode()
    return store_statement(
        statement=statement,
        documents=[document],
        contents=[data],
        by=by,
        **{"origin": DisclosureVersion.Origin.REGISTERED, **fields},
    )


def take_in_text(text: str, name: str, *, by: Any, origin: str) -> DisclosureVersion:
    """Read a text as an upload does, but in this process: a sandbox takes most of a second."""
    document = text_document(text, name)
    statement = parse_disclosure([document])
    statement.checks = run_checks(statement)
    return store_statement(
        statement=statement, documents=[document], contents=[text.encode()], by=by, origin=origin
    ).version


def draft(statement: Statement | None = None, **fields: Any) -> DisclosureVersion:
    """Store a Statement as a draft."""
    return take_in(statement, **fields).version


def publish(statement: Statement | None = None, **fields: Any) -> DisclosureVersion:
    """Store and publish a Statement (registered by the system)."""
    return publishing.register(version=draft(statement, **fields), by="system")


def in_review(statement: Statement | None = None, *, by: Any) -> DisclosureVersion:
    """Store a Statement that was authored here and hand it in as `by`."""
    version = draft(statement, by=by, origin=DisclosureVersion.Origin.AUTHORED)
    return submit(version, by=by)


def submit(version: DisclosureVersion, *, by: Any, **fields: Any) -> DisclosureVersion:
    """Hand a draft in, signed off."""
    signed = {"secrecy_reviewer": "周保密", "responsible_person": "吴局长"}
    return publishing.submit_version(version=version, by=by, **{**signed, **fields})


def approve(version: DisclosureVersion, *, by: Any) -> DisclosureVersion:
    """Publish what was handed in."""
    return publishing.publish_version(version=version, by=by, stamp=version.stamp)


def withdraw(version: DisclosureVersion, *, by: Any, reason: str = "文件有误") -> DisclosureVersion:
    return publishing.withdraw_version(version=version, reason=reason, by=by)
