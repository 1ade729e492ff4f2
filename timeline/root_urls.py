"""Addresses for crawlers: they stand at the root, in no language."""

from django.contrib.sitemaps import views
from django.urls import path

from . import ledger_head, sitemaps

sections = sitemaps.sections()

urlpatterns = [
    path("ledger/head", ledger_head.as_json, name="ledger-head"),
    path("ledger/head.txt", ledger_head.as_text, name="ledger-head-text"),
    path("robots.txt", sitemaps.robots),
    path(
        "sitemap.xml",
        views.index,
        {"sitemaps": sections, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", views.sitemap, {"sitemaps": sections}, name="sitemap-section"),
]
