"""Documents of leaders and actors."""

from ..models import Actor, ActorKind, Country, Leader, Office
from .base import Computed, DocumentSerializer, Key, Nothing, Translations
from .fields import Choice, Day, Line, Text
from .parts import Part, PlainKey, Rows, sources


class TermPart(Part):
    unique = ("start",)
    start = Day(required=True)
    end = Day()


class LeaderDocument(DocumentSerializer):
    model = Leader
    prefetch = ("terms", "citations__source")

    type = Computed()
    key = Key()
    title = Text(source="name")
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
    party = Text()
    terms = Rows(TermPart(), "terms")


class ActorDocument(DocumentSerializer):
    model = Actor
    prefetch = ("leader",)

    type = Computed()
    key = Key()
    title = Text(source="name")
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
