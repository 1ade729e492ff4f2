"""Documents of events and summits."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from ..models import (
    Effect,
    Event,
    EventKind,
    LinkKind,
    Plover,
    Role,
    Summit,
    SummitSetting,
    Voice,
)
from ..models.plover import quad_of
from .base import Computed, DocumentSerializer, Key, Translations
from .fields import Choice, Edtf, Line, Reference, Text
from .parts import KeyPart, Part, Rows, disputes, sources

HAPPENING = ("title", "date")  # what a document says of a happening it refers to


class LinkPart(Part):
    """What the happening answers: exactly one of `event` and `summit`."""

    unique = ("kind", "cause_event", "cause_summit")
    kind = Choice(LinkKind, required=True)
    event = Reference("event", embeds=HAPPENING, source="cause_event")
    summit = Reference("summit", embeds=HAPPENING, source="cause_summit")
    asserted_by = Choice(Voice, default=Voice.EDITOR)
    denied_by = Choice(Voice)
    sources = sources()

    def validate(self, values: dict) -> dict:
        if bool(values.get("cause_event")) == bool(values.get("cause_summit")):
            raise serializers.ValidationError(_("Give exactly one of event and summit."))
        return values


class OutcomePart(Part):
    text = Text(required=True)


def participants(role: Role) -> Rows:
    actor = Reference("actor", embeds=("name", "country"), required=True)
    return Rows(KeyPart(actor), "participations", fixed={"role": role})


class HappeningDocument(DocumentSerializer):
    """The fields that events and summits share, in the envelope's order."""

    type = Computed()
    key = Key()
    title = Text(max_length=300)
    summary = Text()
    date = Edtf()
    date_earliest = Computed()
    date_latest = Computed()
    disputes = disputes()
    sources = sources()
    url = Computed()
    translations = Translations()
    effect = Choice(Effect, default=Effect.NEUTRAL)
    plover = Choice(Plover)
    plover_mode = Line(max_length=16)
    quad = Computed()
    links = Rows(LinkPart(), "links")

    def get_quad(self, record: Event | Summit) -> str | None:
        return quad_of(record.plover)


_HAPPENING_PREFETCH = (
    "bearings__dispute",
    "citations__source",
    "links__cause_event",
    "links__cause_summit",
    "links__citations__source",
)


class EventDocument(HappeningDocument):
    model = Event
    prefetch = (*_HAPPENING_PREFETCH, "participations__actor")

    kind = Choice(EventKind)
    initiators = participants(Role.INITIATOR)
    targets = participants(Role.TARGET)


class SummitDocument(HappeningDocument):
    model = Summit
    prefetch = (*_HAPPENING_PREFETCH, "rok_leader", "japan_leader", "outcomes")

    setting = Choice(SummitSetting)
    city = Text(max_length=100)
    country = Line(max_length=2)
    host = Line(max_length=2)
    rok_leader = Reference("leader", embeds=("name",), required=True)
    japan_leader = Reference("leader", embeds=("name",), required=True)
    occasion = Text(max_length=300)
    outcomes = Rows(OutcomePart(), "outcomes")
    note = Text()
