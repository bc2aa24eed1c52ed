"""Upload: the files of one disclosure in, its desk out; or one sentence that says why not."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from budgets import forms, permissions
from budgets.actions import intake, publishing
from budgets.actions.reference import UnknownOrganisation
from budgets.actions.rows import UnstorableStatement
from budgets.actions.storing import IntakeResult, OpenDraft
from budgets.documents.blocks import UnreadableDocument
from budgets.models import DisclosureVersion
from budgets.permissions import NotAllowed

from .staff_access import staff_page
from .staff_drafts import desk_url

REFUSALS = (
    NotAllowed,
    OpenDraft,
    UnknownOrganisation,
    UnreadableDocument,
    UnstorableStatement,
    intake.WrongDisclosure,
)
Origin = DisclosureVersion.Origin


@staff_page
def upload(request: HttpRequest) -> HttpResponse:
    departments = permissions.editable_departments(request.user)
    may_register = permissions.is_reviewer(request.user) or permissions.is_administrator(
        request.user
    )
    form = forms.UploadForm(
        request.POST or None,
        request.FILES or None,
        departments=departments,
        may_register=may_register,
    )
    known: DisclosureVersion | None = None
    if request.method == "POST" and form.is_valid():
        try:
            result = _take_in(request.user, form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, str(error))
            known = getattr(error, "version", None)
        else:
            if result.is_new:
                return redirect(desk_url(result.version))
            form.add_error(None, "这份文件以前上传过，没有另存一份。")
            known = result.version
    if known and not permissions.may_see(request.user, known):
        known = None  # public, but not theirs to open here
    ctx = {"form": form, "known": known, "may_upload": may_register or departments.exists()}
    return render(request, "staff/upload.html", ctx, status=422 if form.errors else 200)


def _take_in(by: Any, typed: dict[str, Any]) -> IntakeResult:
    files = [(_safe_name(file.name), file.read()) for file in typed["files"]]
    department = typed.get("department")
    if not typed.get("is_registered"):
        return intake.take_in(files=files, by=by, origin=Origin.AUTHORED, department=department)
    result = intake.take_in(
        files=files,
        by=by,
        origin=Origin.REGISTERED,
        source_url=typed["source_url"],
        department=department,
    )
    is_left = result.version.status == DisclosureVersion.Status.DRAFT
    if is_left and result.version.origin == Origin.REGISTERED:  # also what was left half done
        publishing.register(version=result.version, by=by)
        return IntakeResult(version=result.version, is_new=True)
    return result


def _safe_name(name: str) -> str:
    """Return a file's own name, without folders and no longer than is stored, its end kept."""
    plain = name.replace("\\", "/").rpartition("/")[2].strip() or "文件"
    return plain if len(plain) <= 200 else f"{plain[:180]}…{plain[-19:]}"
