"""Who gets into the staff pages, and what holds for every one of them."""

from __future__ import annotations

import functools
import ipaddress
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from budgets import permissions
from budgets.actions import audit

View = Callable[..., HttpResponse]


def client_address(request: HttpRequest) -> str | None:
    """Return the address of who asks: the last that a trusted proxy saw, never what one claims."""
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    trusted = settings.TRUSTED_PROXIES
    if trusted and len(told) >= trusted and (address := told[-trusted]):
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            pass
    return request.META.get("REMOTE_ADDR")


def private(view: View) -> View:
    """Keep a page out of every cache, and uncompressed: it carries tokens (BREACH)."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with audit.acting_from(client_address(request)):
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
