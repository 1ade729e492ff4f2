"""django-ninja over the same rows."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from datetime import date  # noqa: E402

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402
from ninja import NinjaAPI, Schema  # noqa: E402

from timeline.models import Entry  # noqa: E402

api = NinjaAPI(urls_namespace="peer")


class TermOut(Schema):
    name: str
    value: str


class EntryOut(Schema):
    type: str
    key: str
    version: int
    starts_on: date | None
    ends_on: date | None
    document: dict
    terms: list[TermOut]

    @staticmethod
    def resolve_document(entry: Entry) -> dict:
        return entry.data


@api.get("/events", response=list[EntryOut])
def events(request):
    found = Entry.objects.current().of_type("event").dated().oldest_first()
    return list(found.prefetch_related("terms")[:50])


urlpatterns = [path("", api.urls)]
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
application = get_wsgi_application()
