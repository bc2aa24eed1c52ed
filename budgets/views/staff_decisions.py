"""Handing in, returning, publishing, withdrawing, replacing files, deleting: one page each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from budgets import forms, permissions
from budgets.actions import editing, intake, publishing
from budgets.actions.locking import Conflict
from budgets.actions.reference import UnknownOrganisation
from budgets.actions.rows import UnstorableStatement
from budgets.documents.blocks import UnreadableDocument
from budgets.models import DisclosureVersion
from budgets.permissions import NotAllowed

from .staff_drafts import desk_url, of_draft, refuse

REFUSALS = (
    publishing.InvalidTransition,
    publishing.MissingExplanation,
    publishing.MissingReason,
    publishing.MissingSignOff,
    intake.WrongDisclosure,
    UnknownOrganisation,
    UnreadableDocument,
    UnstorableStatement,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One thing that can be done to a version: its words, its form, who may, what it does."""

    title: str
    told: str
    button: str
    form: type[forms.StaffForm]
    may: Callable[[Any, DisclosureVersion], bool]
    act: Callable[..., Any]
    is_grave: bool = False


def _replace(*, version: DisclosureVersion, files: list[Any], by: Any, stamp: int) -> Any:
    return intake.replace_files(
        version=version, files=[(file.name, file.read()) for file in files], by=by, stamp=stamp
    )


DECISIONS = {
    "submit": Decision(
        title="提交审核",
        told="提交后不能再改，直到审核人退回或公开。不符的核对须先写好说明。",
        button="提交审核",
        form=forms.SubmissionForm,
        may=permissions.may_submit,
        act=publishing.submit_version,
    ),
    "return": Decision(
        title="退回修改",
        told="草稿回到编辑手里，您的意见会一起交给他。",
        button="退回",
        form=forms.CommentForm,
        may=permissions.may_review,
        act=publishing.return_version,
    ),
    "publish": Decision(
        title="审核通过并公开",
        told="公开后任何人都能看到，内容不能再改，只能更正（出下一版）或撤回。",
        button="公开",
        form=forms.OptionalCommentForm,
        may=permissions.may_review,
        act=publishing.publish_version,
        is_grave=True,
    ),
    "withdraw": Decision(
        title="撤回公开",
        told="这个地址的内容立刻不再公开，只留下原因和校验值。",
        button="撤回",
        form=forms.WithdrawalForm,
        may=permissions.may_withdraw,
        act=publishing.withdraw_version,
        is_grave=True,
    ),
    "files": Decision(
        title="更换文件",
        told="新文件会重新读入这份草稿，做过的更改会在新文件上重做；对不上的会列出来。",
        button="读入",
        form=forms.ReplacementForm,
        may=permissions.may_edit,
        act=_replace,
    ),
    "delete": Decision(
        title="删除草稿",
        told="草稿和它的文件会被删除，操作记录留下。已经公开的版本不受影响。",
        button="删除草稿",
        form=forms.StampForm,
        may=permissions.may_edit,
        act=editing.delete_draft,
        is_grave=True,
    ),
}


@of_draft
def decide(request: HttpRequest, version: DisclosureVersion, act: str) -> HttpResponse:
    """Show what a decision means, and carry it out when it is confirmed."""
    decision = DECISIONS.get(act)
    if decision is None:
        raise Http404
    if not decision.may(request.user, version):
        error = NotAllowed(f"您现在不能对这一版“{decision.title}”。")
        return refuse(request, version, error)
    if request.method == "POST":
        form = decision.form(request.POST, request.FILES or None)
        if form.is_valid() and (response := _carry_out(request, version, decision, act, form)):
            return response
    else:
        form = decision.form(initial=_known(version))
    ctx = {"version": version, "decision": decision, "form": form, "act": act}
    return render(request, "staff/decision.html", ctx, status=422 if form.errors else 200)


def _known(version: DisclosureVersion) -> dict[str, Any]:
    return {
        "stamp": version.stamp,
        "secrecy_reviewer": version.secrecy_reviewer,
        "responsible_person": version.responsible_person,
        "correction": version.correction,
    }


def _carry_out(
    request: HttpRequest,
    version: DisclosureVersion,
    decision: Decision,
    act: str,
    form: forms.StaffForm,
) -> HttpResponse | None:
    try:
        decision.act(version=version, by=request.user, **form.cleaned_data)
    except (Conflict, NotAllowed) as error:
        return refuse(request, version, error)
    except REFUSALS as error:
        form.add_error(None, str(error))
        return None
    return redirect(reverse("staff_home") if act == "delete" else desk_url(version))
