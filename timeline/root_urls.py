"""Addresses for crawlers: they stand at the root, in no language."""

from django.contrib.sitemaps import views
from django.urls import path

from . import ledger_head, sitemaps

given = {"sitemaps": sitemaps.sections(), "content_type": "application/xml; charset=utf-8"}

urlpatterns = [
    path("ledger/head", ledger_head.as_json, name="ledger-head"),
    path("ledger/head.txt", ledger_head.as_text, name="ledger-head-text"),
    path("robots.txt", sitemaps.robots),
    path(
        "sitemap.xml",
        views.index,
        {**given, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", views.sitemap, given, name="sitemap-section"),
]
