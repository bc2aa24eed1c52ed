"""Addresses: everything belongs to `budgets`."""

from django.urls import include, path

urlpatterns = [path("", include("budgets.urls"))]
