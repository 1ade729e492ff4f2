"""What the API adds for this subject: the states of disputes and commitments, the summit clock."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django.utils import timezone

from timeline import record_types
from timeline.api import shapes
from timeline.api.base import ApiView
from timeline.api.details import RecordDetail
from timeline.api.lists import RecordList
from timeline.api.records import RecordView
from timeline.api.rendering import stored
from timeline.api.schema import RecordSchema
from timeline.models import Entry
from timeline.queries import Query
from timeline.slices import Slice

from . import summits
from .days import DaysToCome


class WithState(RecordView):
    """Adds the latest document of the state's series on the day, whole, or null before the first.

    The day is `on`; without it that of `as_of`, and without that today (UTC).
    """

    state: ClassVar[str]  # the type whose documents are states of these

    def on_that_day(self, query: Query) -> Query:
        return replace(query, on=query.on or (query.as_of or timezone.now()).date())

    def selection(self, query: Query) -> Query:
        """What there was by then: a promise stands after the day on which it was made."""
        last = min(query.last or query.on, query.on) if self.record_type.dated else None
        return replace(query, on=None, last=last)

    def additions(self, entries: list[Entry], query: Query) -> Mapping[str, dict[str, Any]]:
        states = Entry.objects.standing(query.as_of).of_type(self.state)
        found = states.in_series(*(e.key for e in entries)).on(query.on, [self.state])
        latest = {entry.series: stored(entry) for entry in found}
        return {entry.key: {self.state: latest.get(entry.key)} for entry in entries}

    def added_shape(self, schema: RecordSchema) -> dict[str, Any]:
        document = schema.document(record_types.get(self.state))
        return {self.state: {"anyOf": [document, {"type": "null"}]}}


class DisputeList(WithState, RecordList):
    state = "status"


class DisputeDetail(WithState, RecordDetail):
    state = "status"
    only = ("on", "as_of")


class CommitmentList(WithState, RecordList):
    state = "fulfilment"


class CommitmentDetail(WithState, RecordDetail):
    state = "fulfilment"
    only = ("on", "as_of")


class SummitClock(ApiView):
    """The time since the last bilateral visit, and every gap between two visits before it.

    On the day `on`; without it that of `as_of`, and without that today (UTC). A gap runs from the
    last day that a visit may have had to the first day of the next one; where one of the two is
    known less exactly than to the day, it is at least so long (`exact` is false).
    """

    operation = "summit_clock"
    summary = "How long since the last bilateral visit, and the longest times without one"
    only = ("on", "as_of")

    @property
    def types(self):
        return [record_types.get("summit")]

    def get(self, request):
        query = self.query(request)
        clock = summits.clock(Slice(query.as_of), query.on)
        data = {
            "at": clock.at,
            "running": told(clock.running) if clock.running else None,
            "longest": [told(gap) for gap in clock.longest],
            "gaps": [told(gap) for gap in clock.gaps],
            "meta": self.meta(query, "Summit clock"),
        }
        return self.answer(query, data)

    def shape(self, schema):
        gap = schema.component("SummitGap", GAP)
        gaps = {"type": "array", "items": gap}
        return shapes.record(
            {
                "at": shapes.DAY,
                "running": {"anyOf": [gap, {"type": "null"}]},
                "longest": gaps,
                "gaps": gaps,
                "meta": schema.component("Meta", shapes.META),
            }
        )


GAP = shapes.record(
    {
        "days": {"type": "integer", "minimum": 0},
        "exact": {"type": "boolean"},
        "start": shapes.DAY | {"description": "The last day that the first visit may have had."},
        "end": shapes.DAY | {"description": "The first day of the next visit; the day asked for."},
        "since": {"type": "string", "description": "Key of the summit that it runs from."},
        "until": {
            "type": ["string", "null"],
            "description": "Key of the summit that ended it; null while it lasts.",
        },
    }
)


def told(gap: summits.Gap) -> dict[str, Any]:
    """A gap of the clock as the API says it."""
    return {
        "days": gap.days,
        "exact": gap.exact,
        "start": gap.start,
        "end": gap.end,
        "since": gap.since.key,
        "until": gap.until.key if gap.until else None,
    }


VIEWS = {
    "dispute": (DisputeList, DisputeDetail),
    "commitment": (CommitmentList, CommitmentDetail),
}
ADDRESSES = {"summit-clock": SummitClock, "calendar": DaysToCome}
