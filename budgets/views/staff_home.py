"""The staff's first page: what is due, in work, in review, and what is public."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from budgets import forms, permissions, staff_queries
from budgets.actions import reference
from budgets.models import Department, DisclosureVersion
from budgets.permissions import NotAllowed
from budgets.presenters.deadlines import Deadline

from .staff_access import staff_page

Status = DisclosureVersion.Status
GROUPS = (
    ("在改", (Status.DRAFT, Status.RETURNED)),
    ("待审核", (Status.IN_REVIEW,)),
    ("已公开", (Status.PUBLISHED,)),
    ("已撤回", (Status.WITHDRAWN,)),
)


@staff_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return _show(request)


def _show(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    departments = permissions.visible_departments(request.user)
    versions = staff_queries.versions_of(departments)
    today = timezone.localdate()
    ctx = {
        "groups": [(name, [v for v in versions if v.status in of]) for name, of in GROUPS],
        "deadlines": _deadlines(list(departments), versions, today),
        "editable": {d.pk for d in permissions.editable_departments(request.user)},
        "year": today.year,
        "error": error,
    }
    return render(request, "staff/home.html", ctx, status=status)


def _deadlines(
    departments: list[Department], versions: list[DisclosureVersion], today: datetime.date
) -> list[Deadline]:
    """Return where each department's budget of this year stands."""
    approved = {
        told.department_id: told.approved_on
        for told in staff_queries.disclosures_of([d.pk for d in departments], today.year)
    }
    published = {
        v.disclosure.department_id: timezone.localdate(v.published_at)
        for v in versions
        if v.status == Status.PUBLISHED
        and v.published_at
        and (v.disclosure.fiscal_year, v.disclosure.stage) == (today.year, "budget")
        and v.disclosure.unit_id is None
    }
    return [
        Deadline(
            department=department.name,
            department_id=department.pk,
            year=today.year,
            approved_on=approved.get(department.pk),
            published_on=published.get(department.pk),
            today=today,
        )
        for department in departments
    ]


@staff_page
@require_POST
def approve(request: HttpRequest, department: int) -> HttpResponse:
    """Record the date of the 批复 of a department's budget."""
    found = permissions.visible_departments(request.user).filter(pk=department).first()
    if found is None:
        raise Http404
    form = forms.ApprovalForm(request.POST)
    if not form.is_valid():
        told: list[Any] = [error for errors in form.errors.values() for error in errors]
        return _show(request, error=" ".join(told), status=422)
    try:
        reference.record_approval(department=found, by=request.user, **form.cleaned_data)
    except NotAllowed as error:
        return _show(request, error=str(error), status=403)
    return redirect("staff_home")
