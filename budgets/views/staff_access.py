"""Who gets into the staff pages, and what holds for every one of them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from budgets import permissions
from budgets.actions import audit

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Keep a page out of every cache, and uncompressed: it carries tokens (BREACH)."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with audit.acting_from(request.META.get("REMOTE_ADDR")):
            response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Content-Encoding"] = "identity"
        return response

    return wrapped


def staff_page(view: View) -> View:
    """Let members of staff in; others are asked to log in, and strangers find nothing."""

    @private
    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not permissions.is_staff(request.user):
            raise Http404
        request.session.modified = True  # half an hour begins anew
        return view(request, *args, **kwargs)

    return wrapped
