"""Files of releases, in no language: /data/2026.11/csv/events.csv, and /data/latest/… ."""

from django.urls import path

from . import views

urlpatterns = [
    path("latest/", views.latest, name="release-latest"),
    path("latest/<path:file>", views.latest, name="release-latest-file"),
    path("<str:name>/<path:file>", views.release_file, name="release-file"),
]
