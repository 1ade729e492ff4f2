"""Addresses of the pages that every type of record has."""

from django.urls import path

from . import cards, converters, history, sitemaps, views
from .releases import views as release_views

converters.register()

urlpatterns = [
    path("manifest.json", sitemaps.manifest, name="manifest"),
    path("timeline/", views.timeline, name="timeline"),
    path("search/", views.search, name="search"),
    path("changes/", views.changes, name="changes"),
    path("changes/<int:first>/", views.publication, name="publication"),
    path("data/", release_views.releases, name="releases"),
    path("data/<str:name>/", release_views.release, name="release"),
    path("<plural:plural>/", views.record_list, name="records"),
    path("<plural:plural>/<str:key>/", views.record, name="record"),
    path("<plural:plural>/<str:key>/card.png", cards.record, name="record-card"),
    path("<plural:plural>/<str:key>/versions/", views.versions, name="versions"),
    path(
        "<plural:plural>/<str:key>/versions/<int:first>..<int:second>/",
        history.versions_compared,
        name="versions-compared",
    ),
]
