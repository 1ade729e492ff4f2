"""Addresses of the pages that every type of record has."""

from django.urls import path

from . import views

urlpatterns = [
    path("timeline/", views.timeline, name="timeline"),
    path("search/", views.search, name="search"),
    path("changes/", views.changes, name="changes"),
    path("changes/<int:first>/", views.publication, name="publication"),
    path("<slug:plural>/", views.record_list, name="records"),
    path("<slug:plural>/<str:key>/", views.record, name="record"),
    path("<slug:plural>/<str:key>/versions/", views.versions, name="versions"),
]
