"""Addresses for crawlers: they stand at the root, in no language."""

from django.contrib.sitemaps import views
from django.urls import path

from . import sitemaps

sections = sitemaps.sections()

urlpatterns = [
    path("robots.txt", sitemaps.robots),
    path(
        "sitemap.xml",
        views.index,
        {"sitemaps": sections, "sitemap_url_name": "sitemap-section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", views.sitemap, {"sitemaps": sections}, name="sitemap-section"),
]
