"""Django REST framework, as its tutorial has it: ModelSerializer, prefetched relations."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.generics import ListAPIView  # noqa: E402
from rest_framework.pagination import CursorPagination  # noqa: E402

from timeline.models import Entry, Term  # noqa: E402


class TermSerializer(serializers.ModelSerializer):
    class Meta:
        model = Term
        fields = ("name", "value")


class EntrySerializer(serializers.ModelSerializer):
    document = serializers.SerializerMethodField()
    terms = TermSerializer(many=True)

    class Meta:
        model = Entry
        fields = ("type", "key", "version", "starts_on", "ends_on", "document", "terms")

    def get_document(self, entry: Entry) -> dict:
        return entry.data


class Pages(CursorPagination):
    page_size = 50
    ordering = ("starts_on", "key", "type")


class Events(ListAPIView):
    queryset = Entry.objects.current().of_type("event").dated().prefetch_related("terms")
    serializer_class = EntrySerializer
    pagination_class = Pages


urlpatterns = [path("events", Events.as_view())]

from django.conf import settings  # noqa: E402

settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
application = get_wsgi_application()
