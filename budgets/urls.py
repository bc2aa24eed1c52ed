"""Every public address (PAGES)."""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter

from budgets.views import (
    public,
    records,
    staff_account,
    staff_decisions,
    staff_drafts,
    staff_home,
    staff_upload,
)


class YearConverter(IntConverter):
    """A fiscal year has one way of being written."""

    regex = "[12][0-9]{3}"


register_converter(YearConverter, "year")

# A disclosure has the same pages wherever it stands.
DISCLOSURE_PAGES = [
    path("", public.disclosure, name="disclosure"),
    path("source/", public.source, name="source"),
    path("source/<int:position>/", public.original, name="original"),
    path("checks/", public.check_results, name="check_results"),
]
VERSION_PAGES = [
    path("", records.version, name="version"),
    path("source/", records.version_source, name="version_source"),
    path("source/<int:position>/", records.version_original, name="version_original"),
    path("checks/", records.version_checks, name="version_checks"),
    path("statement.json", records.version_statement, name="version_statement"),
]
DISCLOSURE_PLACES = (
    "departments/<slug:department>/",
    "departments/<slug:department>/units/<slug:unit>/",
)

DRAFT_PAGES = [
    path("", staff_drafts.draft, name="staff_draft"),
    path("figures/<int:position>/<int:place>/", staff_drafts.figure, name="staff_figure"),
    path("unread/<int:position>/", staff_drafts.unread, name="staff_unread"),
    path("outcomes/<int:position>/", staff_drafts.explain, name="staff_explain"),
    path("items/<int:position>/", staff_drafts.categorise, name="staff_categorise"),
    path("exempt/", staff_drafts.exempt, name="staff_exempt"),
    path("edits/<int:edit>/undo/", staff_drafts.undo, name="staff_undo"),
    path("changes/", staff_drafts.changes, name="staff_changes"),
    path("preview/", staff_drafts.preview, name="staff_preview"),
    path("preview/source/", staff_drafts.preview_source, name="staff_preview_source"),
    path(
        "preview/source/<int:position>/",
        staff_drafts.preview_original,
        name="staff_preview_original",
    ),
    path("preview/checks/", staff_drafts.preview_checks, name="staff_preview_checks"),
    path("<slug:act>/", staff_decisions.decide, name="staff_decide"),
]

urlpatterns = [
    path("", public.home, name="home"),
    path("departments/", public.departments, name="departments"),
    path("departments/<slug:slug>/", public.department, name="department"),
    *(
        path(f"{place}<year:year>/{ending}", include(DISCLOSURE_PAGES), {"stage": stage})
        for place in DISCLOSURE_PLACES
        for ending, stage in (("final/", "final_accounts"), ("", "budget"))
    ),
    *(
        path(f"{place}<year:year>/{ending}v<int:number>/", include(VERSION_PAGES), {"stage": stage})
        for place in DISCLOSURE_PLACES
        for ending, stage in (("final/", "final_accounts"), ("", "budget"))
    ),
    path("corrections/", records.corrections, name="corrections"),
    path("ledger/", records.ledger_page, name="ledger"),
    path("ledger.jsonl", records.ledger_lines, name="ledger_lines"),
    path("glossary/", public.glossary, name="glossary"),
    path("glossary/<slug:slug>/", public.glossary_term, name="glossary_term"),
    path("search/", public.site_search, name="search"),
    path("about/", public.about, name="about"),
    path("staff/login/", staff_account.login, name="staff_login"),
    path("staff/logout/", staff_account.logout, name="staff_logout"),
    path("staff/account/", staff_account.account, name="staff_account"),
    path(
        "staff/set-password/<uidb64>/<token>/",
        staff_account.set_password,
        name="staff_set_password",
    ),
    path("staff/upload/", staff_upload.upload, name="staff_upload"),
    path("staff/approvals/<int:department>/", staff_home.approve, name="staff_approval"),
    path("staff/", staff_home.home, name="staff_home"),
    path("staff/versions/<int:pk>/", include(DRAFT_PAGES)),
    path("robots.txt", public.robots, name="robots"),
    path("favicon.ico", public.favicon, name="favicon"),
]
