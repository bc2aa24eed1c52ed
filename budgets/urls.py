"""Every public address (PAGES)."""

from __future__ import annotations

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter

from budgets.views import public


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
DISCLOSURE_PLACES = (
    "departments/<slug:department>/",
    "departments/<slug:department>/units/<slug:unit>/",
)

urlpatterns = [
    path("", public.home, name="home"),
    path("departments/", public.departments, name="departments"),
    path("departments/<slug:slug>/", public.department, name="department"),
    *(
        path(f"{place}<year:year>/{ending}", include(DISCLOSURE_PAGES), {"stage": stage})
        for place in DISCLOSURE_PLACES
        for ending, stage in (("final/", "final_accounts"), ("", "budget"))
    ),
    path("glossary/", public.glossary, name="glossary"),
    path("glossary/<slug:slug>/", public.glossary_term, name="glossary_term"),
    path("search/", public.site_search, name="search"),
    path("about/", public.about, name="about"),
    path("robots.txt", public.robots, name="robots"),
    path("favicon.ico", public.favicon, name="favicon"),
]
