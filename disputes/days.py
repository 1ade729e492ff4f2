"""The calendar of the relation: days that were and days to come, all of them from the record.

Summits, elections and days of remembrance as they are recorded; each year the day of an agreement;
the days on which the assessments in force are to be looked at again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import BaseRenderer

from timeline.api import calendars, shapes
from timeline.api.base import ApiView
from timeline.api.feeds import LANGUAGE, days, text
from timeline.api.rendering import JSON
from timeline.codebook import in_languages
from timeline.models import Entry
from timeline.record_types import get as record_type
from timeline.slices import Slice

from .models import EventKind
from .statuses import review_due

SUMMIT, ELECTION, REMEMBRANCE = "summit", "election", "anniversary"
YEARS, REVIEW = "agreement", "review"
KINDS = {
    SUMMIT: "A meeting or call of the leaders.",
    ELECTION: "An election, as it is recorded.",
    REMEMBRANCE: "A day of remembrance, as it is recorded.",
    YEARS: "The day of an agreement, each year after it.",
    REVIEW: "The assessment in force is to be looked at again.",
}
TITLES = {
    YEARS: _("Anniversary of %(year)s: %(title)s"),
    REVIEW: _("To be assessed again: %(title)s"),
}


@dataclass(frozen=True)
class Day:
    """One entry of the calendar."""

    kind: str
    entry: Entry
    first: date
    last: date
    yearly: bool = False

    @property
    def title(self) -> dict[str, str]:
        titles = {code: text(self.entry.data["title"], code) for code in ("en", "ko", "ja")}
        if self.kind not in TITLES:
            return titles
        frames = in_languages(TITLES[self.kind])
        year = str(self.entry.starts_on.year)
        return {code: frames[code] % {"title": titles[code], "year": year} for code in titles}

    def as_data(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "first": self.first,
            "last": self.last,
            "yearly": self.yearly,
            "type": self.entry.type,
            "key": self.entry.key,
            "title": self.title,
            "disputes": self.entry.data["disputes"],
            "url": self.entry.data["url"],
            "version": self.entry.version,
            "recorded_at": self.entry.recorded_at,
        }


def calendar(slice_: Slice, disputes: tuple[str, ...] = ()) -> list[Day]:
    """All days in their order; of these disputes, or of all."""
    found = [*_happenings(slice_, disputes), *_agreements(slice_, disputes)]
    found += _reviews(slice_, disputes)
    return sorted(found, key=lambda day: (day.first, day.kind, day.entry.key))


def _bearing(slice_: Slice, type_: str, disputes: tuple[str, ...]) -> Any:
    entries = slice_.entries(type_).dated().defer("search_text")
    return entries.with_term("dispute", *disputes) if disputes else entries


def _happenings(slice_: Slice, disputes: tuple[str, ...]) -> Iterator[Day]:
    for entry in _bearing(slice_, "summit", disputes):
        if span := days(entry.data):
            yield Day(SUMMIT, entry, *span)
    kinds = {EventKind.ELECTION: ELECTION, EventKind.ANNIVERSARY: REMEMBRANCE}
    for entry in _bearing(slice_, "event", disputes).with_term("kind", *kinds):
        if span := days(entry.data):
            yield Day(kinds[entry.data["kind"]], entry, *span)


def _agreements(slice_: Slice, disputes: tuple[str, ...]) -> Iterator[Day]:
    """From the first year after it; 29 February has none in most years, and so is left out."""
    for entry in _bearing(slice_, "agreement", disputes):
        span = days(entry.data)
        if span and (span[0].month, span[0].day) != (2, 29):
            day = span[0].replace(year=span[0].year + 1)
            yield Day(YEARS, entry, day, day, yearly=True)


def _reviews(slice_: Slice, disputes: tuple[str, ...]) -> Iterator[Day]:
    for entry in _bearing(slice_, "status", disputes).on(slice_.day, ["status"]):
        due = review_due(entry)
        yield Day(REVIEW, entry, due, due)


class Calendar(BaseRenderer):
    """The calendar for programs that readers subscribe to: https or webcal."""

    media_type = "text/calendar"
    format = "ics"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None) -> bytes:
        view = renderer_context["view"]
        language = view.language
        entries = (
            calendars.day(
                uid=f"{day['kind']}.{day['type']}.{day['key']}",
                span=(day["first"], day["last"]),
                title=day["title"][language],
                about="",
                address=f"{settings.SITE_URL}/{language}{day['url']}",
                recorded_at=day["recorded_at"],
                version=day["version"],
                categories=day["disputes"],
                yearly=day["yearly"],
            )
            for day in (data or {}).get("results", ())
        )
        return b"".join(calendars.calendar(settings.RECORD_TITLE, language, entries))


class DaysToCome(ApiView):
    """Summits, elections, days of remembrance, agreements year by year, and reviews that are due.

    Only what is known to the day. `yearly`: the same day of each year from then on.
    """

    operation = "calendar"
    summary = "A calendar: what was, and what is to come"
    only = ("dispute", "dispute__in", "as_of")
    own = (LANGUAGE,)
    renderer_classes = (JSON, Calendar)
    language = "en"

    @property
    def types(self):
        return [record_type("summit")]

    def get(self, request):
        query = self.query(request)
        self.language = query.extra.get("lang", self.language)
        found = calendar(Slice(query.as_of), query.filters.get("dispute", ()))
        data = {
            "next": None,
            "previous": None,
            "results": [day.as_data() for day in found],
            "meta": self.meta(query, "Calendar"),
        }
        return self.answer(query, data)

    def shape(self, schema):
        codes = " ".join(f"`{kind}`: {about}" for kind, about in KINDS.items())
        day = shapes.record(
            {
                "kind": {"type": "string", "enum": list(KINDS), "description": codes},
                "first": shapes.DAY,
                "last": shapes.DAY,
                "yearly": {"type": "boolean"},
                **shapes.REFERENCE["properties"],
                "title": shapes.LABELS,
                "disputes": {"type": "array", "items": {"type": "string"}},
                "url": {"type": "string"},
                "version": {"type": "integer", "minimum": 1},
                "recorded_at": shapes.INSTANT,
            }
        )
        meta = schema.component("Meta", shapes.META)
        return shapes.listing(schema.component("Day", day), meta, can_count=False)
