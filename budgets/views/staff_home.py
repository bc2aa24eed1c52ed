"""The staff's first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .staff_access import staff_page


@staff_page
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/home.html", {})
