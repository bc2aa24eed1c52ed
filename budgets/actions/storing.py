"""A Statement with its documents → the next draft version of its disclosure, or nothing."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max

from budgets import permissions
from budgets.checks import keep_frozen, run_checks
from budgets.documents.blocks import Document
from budgets.models import (
    CheckResult,
    Department,
    Disclosure,
    DisclosureVersion,
    DocumentContent,
    Edit,
    Jurisdiction,
    SourceDocument,
    Unit,
    VersionDocument,
)
from budgets.permissions import NotAllowed
from budgets.statement import Statement, encode

from . import edits, reference
from .audit import Actor, write_audit
from .reference import UnknownOrganisation
from .rows import (
    UnstorableStatement,
    build_parts,
    check_row,
    check_text,
    describe_version,
    version_parts,
)

ATTEMPTS = 3
_CARRIED = (Edit.Kind.OUTCOME_EXPLAINED, Edit.Kind.NUMBER_DISMISSED, Edit.Kind.ITEM_CATEGORISED)
_OPEN = (
    DisclosureVersion.Status.DRAFT,
    DisclosureVersion.Status.IN_REVIEW,
    DisclosureVersion.Status.RETURNED,
)


class OpenDraft(Exception):
    """This disclosure has a draft already; work goes on there. `version` is that draft."""

    def __init__(self, version: DisclosureVersion) -> None:
        super().__init__(
            f"“{version.disclosure}”已有一份{version.get_status_display()}的版本，没有另存一份。"
            "请打开它，在那里更换文件，或者先删除它。"
        )
        self.version = version


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeResult:
    """The version that holds these files; `is_new` is false when it was there before."""

    version: DisclosureVersion
    is_new: bool


def store_statement(
    *,
    statement: Statement,
    documents: list[Document],
    contents: list[bytes],
    by: Actor,
    origin: str,
    source_url: str = "",
    jurisdiction: str = "",
) -> IntakeResult:
    """Store what was read as the next draft of its disclosure, in one transaction.

    Another intake may create the same department, term or document meanwhile: a unique
    constraint then refuses ours, and we start again and find theirs. Raises
    UnstorableStatement or UnknownOrganisation.
    """
    check_text(statement, documents)
    for _ in range(ATTEMPTS):
        try:
            return _store(
                statement,
                list(zip(documents, contents, strict=True)),
                by,
                origin,
                source_url,
                jurisdiction,
            )
        except IntegrityError as error:
            refusal = error
    raise UnstorableStatement(
        f"读出的内容自相矛盾，数据库不收（{refusal}），没有存下任何内容。"
    ) from refusal


@transaction.atomic
def _store(
    statement: Statement,
    files: list[tuple[Document, bytes]],
    by: Actor,
    origin: str,
    source_url: str,
    jurisdiction: str,
) -> IntakeResult:
    disclosure = _lock_disclosure(statement, jurisdiction, by, origin)
    sha256s = [document.sha256 for document, _ in files]
    known = find_version(sha256s, disclosure)
    if known:
        return IntakeResult(version=known, is_new=False)
    if origin == DisclosureVersion.Origin.AUTHORED:
        _refuse_second_draft(disclosure)
    version = _create_version(disclosure, statement, by, origin, source_url)
    store_documents(version, files)
    if _carry_over(version):
        store_reading(version, statement)
    else:
        _store_parts(version, statement)
    write_audit(
        by=by,
        action="version.taken_in",
        subject=version,
        origin=origin,
        source_url=source_url,
        documents=sha256s,
    )
    return IntakeResult(version=version, is_new=True)


def _lock_disclosure(statement: Statement, jurisdiction: str, by: Actor, origin: str) -> Disclosure:
    """Return the disclosure, held until the end: its versions are numbered one by one."""
    government = _government(statement, jurisdiction, by)
    department, unit = _owner(statement, government, by)
    if not permissions.may_take_in(by, department, origin):
        raise NotAllowed(f"文件是“{department}”的，您没有为这个部门上传的权限，没有存下任何内容。")
    disclosure, created = Disclosure.objects.get_or_create(
        department=department, unit=unit, fiscal_year=statement.fiscal_year, stage=statement.stage
    )
    if created:
        write_audit(by=by, action="disclosure.created", subject=disclosure)
    return Disclosure.objects.select_for_update().get(pk=disclosure.pk)


def _government(statement: Statement, jurisdiction: str, by: Actor) -> Jurisdiction:
    name = jurisdiction or statement.jurisdiction
    if not name:
        raise UnknownOrganisation(f"看不出“{statement.department}”属于哪个地区，请指明地区。")
    return reference.get_jurisdiction(name=name, by=by)


def _owner(
    statement: Statement, government: Jurisdiction, by: Actor
) -> tuple[Department, Unit | None]:
    """Return the department, and the unit when the disclosure is a unit's own.

    A unit's document often names the unit alone; its department is then the one that lists it.
    Where the name is a department's, the unit is that department's own office (本级): its
    budget is never taken for the department's.
    """
    if statement.unit and statement.unit == statement.department:
        department = reference.find_department(jurisdiction=government, name=statement.unit)
        if department:
            return department, reference.get_unit(department=department, name=statement.unit, by=by)
        unit = reference.find_unit(jurisdiction=government, name=statement.unit)
        if unit is None:
            raise UnknownOrganisation(
                f"看不出“{statement.unit}”属于哪个部门，请先登记列有它的部门预算。"
            )
        return unit.department, unit
    department = reference.get_department(
        jurisdiction=government, name=statement.department, fiscal_year=statement.fiscal_year, by=by
    )
    if not statement.unit:
        return department, None
    return department, reference.get_unit(department=department, name=statement.unit, by=by)


def _refuse_second_draft(disclosure: Disclosure) -> None:
    if waiting := disclosure.versions.filter(status__in=_OPEN).first():
        raise OpenDraft(waiting)


def _create_version(
    disclosure: Disclosure, statement: Statement, by: Actor, origin: str, source_url: str
) -> DisclosureVersion:
    last = disclosure.versions.aggregate(last=Max("number"))["last"] or 0
    version = DisclosureVersion(
        disclosure=disclosure,
        number=last + 1,
        origin=origin,
        source_url=source_url,
        created_by=None if by == permissions.SYSTEM else by,
        **describe_version(statement),
    )
    check_row(version)
    version.save(force_insert=True)
    return version


def store_documents(version: DisclosureVersion, files: list[tuple[Document, bytes]]) -> None:
    for position, (document, data) in enumerate(files):
        stored, created = SourceDocument.objects.get_or_create(
            sha256=document.sha256, defaults={"media_type": document.media_type, "size": len(data)}
        )
        if created:
            DocumentContent.objects.create(document=stored, data=data)
        VersionDocument.objects.create(
            version=version,
            document=stored,
            position=position,
            name=document.name,
            pages=document.pages,
            blocks=encode(document.blocks),
            warnings=list(document.warnings),
        )


def store_reading(version: DisclosureVersion, statement: Statement) -> DisclosureVersion:
    """Put what was read in the place of what a draft held, with the draft's edits applied.

    Edits that do not fit any more are kept and marked. To be called in a transaction that
    holds the disclosure. Raises UnstorableStatement.
    """
    made = list(version.edits.all())
    for edit in made:
        edit.applied = _fits(statement, edit)
    Edit.objects.bulk_update(made, ["applied"])
    statement.checks = run_checks(statement)
    for name, value in describe_version(statement).items():
        setattr(version, name, value)
    version.exemptions = edits.exemptions(made)
    version.stamp += 1
    check_row(version)
    version.save()
    for rows in version_parts(version):
        rows.all().delete()
    _store_parts(version, statement, edits.explanations(made))
    return version


def _fits(statement: Statement, edit: Edit) -> bool:
    try:
        edits.apply_edit(statement, edit)
    except edits.UnfitEdit:
        return False
    return True


def _carry_over(version: DisclosureVersion) -> bool:
    """Give a draft what people said about the version before, and tell whether there was any.

    Dismissed with a reason stays dismissed when a disclosure is read again; corrections of
    figures belong to the files they were made on.
    """
    before = version.disclosure.versions.exclude(pk=version.pk).order_by("-number").first()
    said = before.edits.filter(kind__in=_CARRIED) if before else Edit.objects.none()
    copies = [
        Edit(
            version=version,
            position=position,
            kind=edit.kind,
            target=edit.target,
            old=edit.old,
            new=edit.new,
            reason=edit.reason,
            made_by=edit.made_by,
        )
        for position, edit in enumerate(said)
    ]
    Edit.objects.bulk_create(copies)
    return bool(copies)


def _store_parts(
    version: DisclosureVersion, statement: Statement, explanations: dict[str, str] | None = None
) -> None:
    terms = reference.get_terms(names=[entry.term for entry in statement.glossary])
    frozen = dataclasses.replace(statement, checks=keep_frozen(statement.checks))
    said = explanations or {}
    for rows in build_parts(version, frozen, terms):
        for row in rows:
            if isinstance(row, CheckResult):
                row.explanation = said.get(edits.outcome_key(row.to_statement()), "")
        if rows:
            type(rows[0]).objects.bulk_create(rows, batch_size=500)


def find_version(
    sha256s: list[str], disclosure: Disclosure | None = None
) -> DisclosureVersion | None:
    """Return the latest version that holds exactly these documents in this order.

    A withdrawn version does not count: taking the same file in again is the way back.
    """
    versions = DisclosureVersion.objects.exclude(status=DisclosureVersion.Status.WITHDRAWN)
    if disclosure:
        versions = versions.filter(disclosure=disclosure)
    for version in versions.filter(documents__document__sha256=sha256s[0]).distinct():
        if list(version.documents.values_list("document__sha256", flat=True)) == sha256s:
            return version
    return None


def was_withdrawn(sha256: str) -> bool:
    """Whether a version with this document was public once and was withdrawn."""
    return DisclosureVersion.objects.filter(
        status=DisclosureVersion.Status.WITHDRAWN, documents__document__sha256=sha256
    ).exists()
