"""Documents of leaders and actors."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ..models import Actor, ActorKind, Country, Leader, Office
from .base import Computed, DocumentSerializer, Key, Nothing, Translations
from .fields import Choice, Day, Line, Text
from .parts import Part, PlainKey, Rows, sources


class TermPart(Part):
    unique = ("start",)
    start = Day(required=True)
    end = Day()

    def validate(self, values: dict) -> dict:
        if values.get("end") and values["end"] < values["start"]:
            raise serializers.ValidationError({"end": [_("The term ends before it begins.")]})
        return values


class LeaderDocument(DocumentSerializer):
    model = Leader
    prefetch = ("terms", "citations__source")

    type = Computed()
    key = Key()
    title = Text(source="name", max_length=200)
    summary = Text(source="note")
    date = Nothing()
    date_earliest = Nothing()
    date_latest = Nothing()
    disputes = Nothing([])
    sources = sources()
    url = Computed()
    translations = Translations()
    country = Choice(Country, required=True)
    office = Choice(Office, required=True)
    party = Text(max_length=200)
    terms = Rows(TermPart(), "terms")


class ActorDocument(DocumentSerializer):
    model = Actor
    prefetch = ("leader",)

    type = Computed()
    key = Key()
    title = Text(source="name", max_length=200)
    summary = Nothing()
    date = Nothing()
    date_earliest = Nothing()
    date_latest = Nothing()
    disputes = Nothing([])
    sources = Nothing([])
    url = Computed()
    translations = Translations()
    kind = Choice(ActorKind, required=True)
    country = Line(max_length=2)
    leader = PlainKey("leader")
