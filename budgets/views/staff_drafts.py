"""A draft on the staff's desk: source and figures side by side, edits, differences, preview."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from budgets import checks, forms, permissions, queries, staff_queries
from budgets.actions import editing
from budgets.actions.edits import UnfitEdit
from budgets.actions.locking import Conflict
from budgets.actions.rows import UnstorableStatement
from budgets.documents.blocks import UnreadableDocument
from budgets.models import DisclosureVersion
from budgets.permissions import NotAllowed
from budgets.presenters import desk, differences, marks
from budgets.statement import Dimensions, Unread, decode, encode

from . import public
from .staff_access import staff_page

View = Callable[..., HttpResponse]
REFUSALS = (UnfitEdit, editing.MissingText, UnstorableStatement, UnreadableDocument)


def of_draft(view: View) -> View:
    """Give the view the version of its address, if this person may know of it."""

    @staff_page
    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, **own: Any) -> HttpResponse:
        version = staff_queries.staff_version(pk)
        if version is None or not permissions.may_see(request.user, version):
            raise Http404
        return view(request, version, **own)

    return wrapped


def desk_url(version: DisclosureVersion, anchor: str = "") -> str:
    return reverse("staff_draft", args=[version.pk]) + (f"#{anchor}" if anchor else "")


def refuse(request: HttpRequest, version: DisclosureVersion, error: Exception) -> HttpResponse:
    """Say why nothing was changed: 409 when somebody was faster, 403 when it is not allowed."""
    status = 409 if isinstance(error, Conflict) else 403
    typed = [
        (name, value)
        for name, value in request.POST.items()
        if name not in ("csrfmiddlewaretoken", "stamp") and value
    ]
    ctx = {"version": version, "error": error, "typed": typed, "status": status}
    return render(request, "staff/refused.html", ctx, status=status)


def change(
    request: HttpRequest, version: DisclosureVersion, act: Callable[[], Any], form: Any, anchor: str
) -> HttpResponse | None:
    """Do what a form asks for; None (with the error in the form) where it does not fit."""
    try:
        act()
    except (Conflict, NotAllowed) as error:
        return refuse(request, version, error)
    except REFUSALS as error:
        form.add_error(None, str(error))
        return None
    return redirect(desk_url(version, anchor))


# ── the desk ──────────────────────────────────────────────────────────────────


@of_draft
@require_safe
def draft(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    return _show_desk(request, version)


def _show_desk(
    request: HttpRequest, version: DisclosureVersion, *, error: str = "", status: int = 200
) -> HttpResponse:
    statement = version.to_statement()
    places, backs = desk.places(statement)
    files = list(queries.documents(version))
    ctx = {
        "version": version,
        "desk": desk.lay_out(
            statement,
            explanations=queries.check_explanations(version),
            names={code: rule.name for code, rule in checks.RULES.items()},
        ),
        "backs": backs,
        "documents": [(f, marks.mark_document(f.blocks, f.position, places)) for f in files],
        "requirements": checks.completeness(statement),
        "exempt": {told["key"]: told["reason"] for told in version.exemptions},
        "edits": version.edits.select_related("made_by"),
        "comments": version.comments.select_related("made_by"),
        "may_edit": permissions.may_edit(request.user, version),
        "may_review": permissions.may_review(request.user, version),
        "may_withdraw": permissions.may_withdraw(request.user, version),
        "categories": forms.CATEGORIES,
        "error": error,
    }
    return render(request, "staff/draft.html", ctx, status=status)


# ── one figure, one unread number ─────────────────────────────────────────────


@of_draft
def figure(
    request: HttpRequest, version: DisclosureVersion, position: int, place: int
) -> HttpResponse:
    """Correct one place of a figure, or say that the number means something else."""
    row = version.figures.filter(position=position).first()
    found = row.to_statement() if row else None
    if found is None or place >= len(found.sources):
        raise Http404
    source = found.sources[place]
    correction = forms.CorrectionForm(
        initial={"stamp": version.stamp, "quote": source.quote, "unit": _unit_of(found.unit)}
    )
    removal = forms.ReasonForm(initial={"stamp": version.stamp}, prefix="removal")
    target = {"figure": encode(found.dimensions), "old": encode(source)}
    if request.method == "POST" and "correct" in request.POST:
        form = correction = forms.CorrectionForm(request.POST)
        act: Callable[..., Any] = editing.correct_figure
    elif request.method == "POST":
        form = removal = forms.ReasonForm(request.POST, prefix="removal")
        act = editing.unbind_figure
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        response = change(
            request,
            version,
            lambda: act(version=version, by=request.user, **target, **fields),
            form,
            "figures",
        )
        if response:
            return response
    ctx = {
        "version": version,
        "name": desk.name(found),
        "source": source,
        "text": _text_at(version, source.document, source.locator),
        "correction": correction,
        "removal": removal,
        "may_edit": permissions.may_edit(request.user, version),
    }
    return render(request, "staff/figure.html", ctx)


def _unit_of(unit: str) -> str:
    return "万元" if unit == "元" else unit


@of_draft
def unread(request: HttpRequest, version: DisclosureVersion, position: int) -> HttpResponse:
    """Bind an unread number to what it measures, or dismiss it with a reason."""
    if position >= len(version.unread):
        raise Http404
    told = version.unread[position]
    entry = decode(Unread, told)
    source = entry.sources[0]
    binding = forms.BindingForm(
        initial={
            "stamp": version.stamp,
            "quote": source.quote,
            "period": "final" if version.disclosure.stage == "final_accounts" else "budget",
        }
    )
    dismissal = forms.ReasonForm(initial={"stamp": version.stamp}, prefix="dismissal")
    if request.method == "POST" and "bind" in request.POST:
        form = binding = forms.BindingForm(request.POST)
        act: Callable[[], Any] = functools.partial(_bind, request, version, told, binding)
    elif request.method == "POST":
        form = dismissal = forms.ReasonForm(request.POST, prefix="dismissal")
        act = functools.partial(_dismiss, request, version, told, dismissal)
    if request.method == "POST" and form.is_valid():
        response = change(request, version, act, form, "unread")
        if response:
            return response
    ctx = {
        "version": version,
        "entry": entry,
        "source": source,
        "text": _text_at(version, source.document, source.locator),
        "binding": binding,
        "dismissal": dismissal,
        "may_edit": permissions.may_edit(request.user, version),
    }
    return render(request, "staff/unread.html", ctx)


def _bind(
    request: HttpRequest, version: DisclosureVersion, told: dict[str, Any], form: forms.BindingForm
) -> None:
    typed = form.cleaned_data
    dimensions = Dimensions(
        concept=typed["concept"],
        functional=typed["functional"] or None,
        economic=typed["economic"] or None,
        fund=typed["fund"] or None,
        origin=typed["origin"] or None,
        budget_unit=typed["budget_unit"] or None,
        period=typed["period"],
    )
    editing.bind_number(
        version=version,
        unread=told,
        dimensions=dimensions,
        quote=typed["quote"],
        unit=typed["unit"],
        by=request.user,
        stamp=form.stamp_seen,
    )


def _dismiss(
    request: HttpRequest, version: DisclosureVersion, told: dict[str, Any], form: forms.ReasonForm
) -> None:
    editing.dismiss_number(
        version=version,
        unread=told,
        reason=form.cleaned_data["reason"],
        by=request.user,
        stamp=form.stamp_seen,
    )


def _text_at(version: DisclosureVersion, document: int, locator: str) -> str:
    used = queries.documents(version).filter(position=document).first()
    return marks.text_at(used.blocks, locator) if used else ""


# ── small changes on the desk itself ──────────────────────────────────────────


def _change_on_desk(
    request: HttpRequest,
    version: DisclosureVersion,
    form: forms.StaffForm,
    act: Callable[[], Any],
    anchor: str,
) -> HttpResponse:
    if form.is_valid() and (response := change(request, version, act, form, anchor)):
        return response
    told = " ".join(error for errors in form.errors.values() for error in errors)
    return _show_desk(request, version, error=told, status=422)


@of_draft
@require_POST
def explain(request: HttpRequest, version: DisclosureVersion, position: int) -> HttpResponse:
    row = version.check_results.filter(position=position).first()
    if row is None:
        raise Http404
    form = forms.ExplanationForm(request.POST)
    return _change_on_desk(
        request,
        version,
        form,
        lambda: editing.explain_outcome(
            version=version,
            outcome=row.to_statement(),
            text=form.cleaned_data["text"],
            by=request.user,
            stamp=form.stamp_seen,
        ),
        f"outcome-{position}",
    )


@of_draft
@require_POST
def categorise(request: HttpRequest, version: DisclosureVersion, position: int) -> HttpResponse:
    form = forms.CategoryForm(request.POST)
    return _change_on_desk(
        request,
        version,
        form,
        lambda: editing.categorise_item(
            version=version,
            item=position,
            category=form.cleaned_data["category"],
            by=request.user,
            stamp=form.stamp_seen,
        ),
        f"item-{position}",
    )


@of_draft
@require_POST
def exempt(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    form = forms.ExemptionForm(request.POST)
    return _change_on_desk(
        request,
        version,
        form,
        lambda: editing.exempt_part(
            version=version,
            key=form.cleaned_data["key"],
            reason=form.cleaned_data["reason"],
            by=request.user,
            stamp=form.stamp_seen,
        ),
        "completeness",
    )


@of_draft
@require_POST
def undo(request: HttpRequest, version: DisclosureVersion, edit: int) -> HttpResponse:
    made = version.edits.filter(pk=edit).first()
    if made is None:
        raise Http404
    form = forms.StampForm(request.POST)
    return _change_on_desk(
        request,
        version,
        form,
        lambda: editing.undo_edit(
            version=version, edit=made, by=request.user, stamp=form.stamp_seen
        ),
        "edits",
    )


# ── what will be public ───────────────────────────────────────────────────────


@of_draft
@require_safe
def changes(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    """What is different from the version that is public now, and from last year's."""
    after = version.to_statement()
    compared = [
        (title, other, differences.compare(after, other.to_statement()))
        for title, other in staff_queries.earlier_versions(version)
    ]
    return render(request, "staff/changes.html", {"version": version, "compared": compared})


def _preview_url(version: DisclosureVersion) -> str:
    return reverse("staff_preview", args=[version.pk])


@of_draft
@require_safe
def preview(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    return public.show_disclosure(request, version, url=_preview_url(version), is_preview=True)


@of_draft
@require_safe
def preview_source(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    return public.show_source(request, version, url=_preview_url(version), is_preview=True)


@of_draft
@require_safe
def preview_checks(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    return public.show_check_results(request, version, url=_preview_url(version), is_preview=True)


@of_draft
@require_safe
def preview_original(
    request: HttpRequest, version: DisclosureVersion, position: int
) -> HttpResponse:
    return public.hand_out_original(version, position)
