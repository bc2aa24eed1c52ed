"""The public record: versions as they were published, corrections, the ledger."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from budgets import ledger, queries
from budgets.models import DisclosureVersion

from . import public
from .public import View, require_safe

PER_PAGE = 50


def of_numbered_version(view: View) -> View:
    """Give the view a version that is or was public; a withdrawn one answers 410, always."""

    @require_safe
    @functools.wraps(view)
    def wrapped(
        request: HttpRequest,
        department: str,
        year: int,
        stage: str,
        number: int,
        unit: str = "",
        **own: Any,
    ) -> HttpResponse:
        version = queries.numbered_version(
            department=department, year=year, stage=stage, unit=unit or None, number=number
        )
        if version is None:
            raise Http404
        if version.status == DisclosureVersion.Status.WITHDRAWN:
            return render(request, "public/withdrawn.html", {"version": version}, status=410)
        return view(request, version, **own)

    return wrapped


def _shown(version: DisclosureVersion) -> dict[str, Any]:
    is_old = version.status == DisclosureVersion.Status.SUPERSEDED
    return {"url": version.get_absolute_url(), "is_old_version": is_old}


@of_numbered_version
def version(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    return public.show_disclosure(request, version, **_shown(version))


@of_numbered_version
def version_source(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    return public.show_source(request, version, **_shown(version))


@of_numbered_version
def version_checks(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    return public.show_check_results(request, version, **_shown(version))


@of_numbered_version
def version_original(
    request: HttpRequest, version: DisclosureVersion, position: int
) -> HttpResponse:
    return public.hand_out_original(version, position)


@of_numbered_version
def version_statement(request: HttpRequest, version: DisclosureVersion) -> HttpResponse:
    """Hand out the very bytes that the version's hash is taken over."""
    content = ledger.canonical_json(ledger.version_json(version))
    return HttpResponse(content, content_type="application/json")


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.corrections(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "public/corrections.html", {"page": page})


@require_safe
def ledger_page(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.ledger_entries(), PER_PAGE).get_page(request.GET.get("page"))
    ctx = {"page": page, "verify": VERIFY.format(site=settings.SITE_URL)}
    return render(request, "public/ledger.html", ctx)


@require_safe
def ledger_lines(request: HttpRequest) -> StreamingHttpResponse:
    """Hand out the whole chain, oldest first, one JSON object a line."""
    entries = queries.ledger_entries().reverse().iterator(chunk_size=500)
    lines: Iterator[str] = (
        json.dumps(ledger.entry_json(entry), ensure_ascii=False) + "\n" for entry in entries
    )
    return StreamingHttpResponse(lines, content_type="application/x-ndjson")


# What `/ledger/` tells anybody to run; a test runs exactly this.
VERIFY = """\
import hashlib, json, urllib.request

SITE = "{site}"

def read(address):
    return urllib.request.urlopen(SITE + address).read()

def sha256(data):
    return hashlib.sha256(data).hexdigest()

def demand(is_so, entry):
    if not is_so:
        raise SystemExit(f"changed: {{entry}}")

previous, withdrawn, versions = "", set(), {{}}
for line in read("/ledger.jsonl").decode().splitlines():
    entry = json.loads(line)
    own = entry.pop("sha256")
    told = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    demand(entry["previous_sha256"] == previous and sha256(told.encode()) == own, entry)
    previous, place = own, (entry["address"], entry["version"])
    withdrawn.add(place) if entry["act"] == "withdrawn" else versions.update({{place: entry}})
for (address, version), entry in versions.items():
    if (address, version) not in withdrawn:
        content = read(f"{{address}}v{{version}}/statement.json")
        demand(sha256(content) == entry["content_sha256"], entry)
print(f"{{len(versions)}} versions verified; the last entry is {{previous}}")
"""
