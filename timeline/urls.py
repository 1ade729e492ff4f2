"""Addresses of the pages that every type of record has."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from . import cards, record_types, sitemaps, views


class PluralConverter(SlugConverter):
    """The name of a type's collection. No other address, such as /api/…, is taken for a page."""

    def to_python(self, value: str) -> str:
        if record_types.by_plural(value) is None:
            raise ValueError(value)
        return value


register_converter(PluralConverter, "plural")

urlpatterns = [
    path("manifest.json", sitemaps.manifest, name="manifest"),
    path("timeline/", views.timeline, name="timeline"),
    path("search/", views.search, name="search"),
    path("changes/", views.changes, name="changes"),
    path("changes/<int:first>/", views.publication, name="publication"),
    path("<plural:plural>/", views.record_list, name="records"),
    path("<plural:plural>/<str:key>/", views.record, name="record"),
    path("<plural:plural>/<str:key>/card.png", cards.record, name="record-card"),
    path("<plural:plural>/<str:key>/versions/", views.versions, name="versions"),
]
