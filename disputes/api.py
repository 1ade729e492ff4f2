"""What the API adds to disputes and commitments: the state that each was in on a day."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django.utils import timezone

from timeline import record_types
from timeline.api.records import RecordDetail, RecordList, RecordView
from timeline.api.rendering import stored
from timeline.api.schema import RecordSchema
from timeline.models import Entry
from timeline.queries import Query


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


VIEWS = {
    "dispute": (DisputeList, DisputeDetail),
    "commitment": (CommitmentList, CommitmentDetail),
}
