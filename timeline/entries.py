"""Questions to the record. Every reader asks these, so all agree on what is public and when."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connections
from django.db.models import Exists, F, Manager, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Collate, Concat

from . import instants, record_types, search
from .terms import MAX_VALUE

if TYPE_CHECKING:
    from .models import Entry

UNDER, NUMBER_UNDER = "starts_on_under_term", "entry_under_term"
LONG = Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on"))  # as its index has it
NEWEST = "SELECT id, recorded_at FROM timeline_entry ORDER BY id DESC LIMIT 1"


def could_be_key(value: str) -> bool:
    return len(value) <= MAX_VALUE and "\x00" not in value


class EntryQuerySet(QuerySet):
    """Entries, narrowed. Begin with `standing`: it says once what counts as published."""

    def standing(self, as_of: datetime | None = None, on: date | None = None) -> "EntryQuerySet":
        """The public record: as it stands, or as it said at an instant; and what held on a day."""
        slice_ = self.as_of(as_of) if as_of else self.current()
        return slice_.on(on) if on else slice_

    def current(self) -> "EntryQuerySet":
        return self.filter(superseded_at__isnull=True, document__isnull=False)

    def as_of(self, instant: datetime) -> "EntryQuerySet":
        return self.in_force(instant).filter(document__isnull=False)

    def in_force(self, instant: datetime | None = None) -> "EntryQuerySet":
        """Like `as_of`, with the tombstones of what had been withdrawn by then."""
        if instant is None:
            return self.filter(superseded_at__isnull=True)
        return self.filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=instant), recorded_at__lte=instant
        )

    def in_series(self, *series: str) -> "EntryQuerySet":
        """States (a status) of these, by key."""
        return self.filter(series__in=series)

    def on(self, day: date, types: Collection[str] = ()) -> "EntryQuerySet":
        """What held on a day: the latest state of each series, and the happenings under way.

        Narrow by time of record first and by anything else after it: the latest of a series is
        sought among these entries. `types`: what they were narrowed to, which saves a question.
        """
        later = self.filter(
            Q(starts_on__gt=OuterRef("starts_on"))
            | Q(starts_on=OuterRef("starts_on"), key__gt=OuterRef("key")),
            type=OuterRef("type"),
            series=OuterRef("series"),
            starts_on__lte=day,
        )
        state = Q(series__isnull=False, starts_on__lte=day) & ~Exists(later)
        happening = Q(series__isnull=True) & (
            Q(starts_on__isnull=True)
            | Q(Q(ends_on__gte=day) | Q(ends_on__isnull=True), starts_on__lte=day)
        )
        return self.filter((state | happening) & self._held_by_period(day, types))

    def _held_by_period(self, day: date, types: Collection[str]) -> Q:
        """Types whose validity is no single date (offices) are asked one by one: they are few."""
        condition = Q()
        for record_type in record_types.all_types():
            if record_type.holds_on and (not types or record_type.name in types):
                held = [
                    entry.pk
                    for entry in self.filter(type=record_type.name)
                    if record_type.holds_on(entry.data, day)
                ]
                condition &= ~Q(type=record_type.name) | Q(pk__in=held)
        return condition

    def of_type(self, *names: str) -> "EntryQuerySet":
        return self.filter(type=names[0]) if len(names) == 1 else self.filter(type__in=names)

    def of_type_in_passing(self, *names: str) -> "EntryQuerySet":
        """The same, where another index is to be read than that of a type of which there are very
        many: SQLite prefers it to one that holds nothing.
        """
        return self.alias(in_passing=Concat("type", Value(""))).filter(in_passing__in=names)

    def on_the_timeline(self) -> "EntryQuerySet":
        return self.filter(on_timeline=True)

    def with_term(self, name: str, *values: str) -> "EntryQuerySet":
        """Entries found under the name with any of the values."""
        term = self.model._meta.get_field("terms").related_model
        found = term.objects.filter(name=name, value__in=values)
        if UNDER in self.query.annotations:  # two ranges of one index that go on side by side
            found = found.alias(number=F("entry_id") + 0)  # so that no other index is read
            found = found.filter(starts_on=OuterRef(UNDER), number=OuterRef(NUMBER_UNDER))
        else:
            found = found.filter(entry=OuterRef("pk"))
        return self.filter(Exists(found))

    def with_rare_term(self, name: str, *values: str) -> "EntryQuerySet":
        """The same as `with_term`, begun at the term: for values that few entries have."""
        term = self.model._meta.get_field("terms").related_model
        return self.filter(
            pk__in=term.objects.filter(name=name, value__in=values).values("entry_id")
        )

    def under(self, name: str, value: str) -> "EntryQuerySet":
        """Like `with_term`, read from the term's own index by date: for what may be very many."""
        found = self.filter(terms__name=name, terms__value=value)
        return found.alias(**{UNDER: F("terms__starts_on"), NUMBER_UNDER: F("terms__entry_id")})

    @property
    def starts(self) -> str:
        """The column of the first day, in the index that the entries are read from."""
        return UNDER if UNDER in self.query.annotations else "starts_on"

    def dated(self) -> "EntryQuerySet":
        return self.filter(**{f"{self.starts}__isnull": False})

    def recorded_since(self, instant: datetime) -> "EntryQuerySet":
        return self.filter(recorded_at__gte=instant)

    def recorded_after(self, number: int) -> "EntryQuerySet":
        """What was recorded after the entry of that number, which is a version of the record."""
        return self.filter(pk__gt=number)

    def recorded_by(self, instant: datetime) -> "EntryQuerySet":
        """Every version there was by then, superseded or not."""
        return self.filter(recorded_at__lte=instant)

    def begun_by(self, day: date) -> "EntryQuerySet":
        return self.filter(**{f"{self.starts}__lte": day})

    def overlapping(self, first: date | None, last: date | None) -> "EntryQuerySet":
        """Entries whose date and the span (either side open) have a day in common."""
        found = self
        if first:
            found = found.filter(Q(ends_on__gte=first) | Q(ends_on__isnull=True))
        if last:
            found = found.begun_by(last)
        return found.dated() if first or last else found

    def begun_before(self, day: date) -> "EntryQuerySet":
        """What had begun before a day and still lasted on it: only what is longer than a day."""
        return self.filter(LONG, **{f"{self.starts}__lt": day})

    def begun_since(self, day: date) -> "EntryQuerySet":
        return self.filter(**{f"{self.starts}__gte": day})

    def within(self, first: date | None, last: date | None) -> "EntryQuerySet":
        """Entries whose date lies wholly inside the span (either side open)."""
        found = self
        if first:
            found = found.filter(**{f"{found.starts}__gte": first})
        if last:
            found = found.filter(ends_on__lte=last)
        return found.dated() if first or last else found

    def matching(self, query: str) -> "EntryQuerySet":
        return search.matching(self, query)

    def matching_and_lasting(self, query: str) -> "EntryQuerySet":
        """Those that match and are longer than a day."""
        return search.matching(self, query, search.LASTS)

    def looked_through(self, *phrases: str) -> "EntryQuerySet":
        """The same as `matching`, for few entries: without the index of words."""
        return search.looked_through(self, phrases)

    def numbered(self, numbers: str) -> "EntryQuerySet":
        """Those of the entries that have one of the numbers (`search.written`)."""
        return search.numbered(self, numbers)

    def oldest_first(self) -> "EntryQuerySet":
        return self.order_by(self.starts, "key", "type")

    def newest_first(self) -> "EntryQuerySet":
        return self.order_by(f"-{self.starts}", "-key", "-type")

    def by_key(self) -> "EntryQuerySet":
        return self.order_by("key", "id")

    def recorded_later_than(self, instant: datetime) -> "EntryQuerySet":
        return self.filter(recorded_at__gt=instant)

    def by_record(self) -> "EntryQuerySet":
        """The versions of each record together, in the order of bytes."""
        return self.order_by(*self._bytes("type", "key"), "version")

    def in_byte_order(self) -> "EntryQuerySet":
        """By key, the same on every database, whatever it takes for the order of letters."""
        return self.order_by(*self._bytes("key"), "id")

    def _bytes(self, *columns: str) -> list[Collate]:
        collation = "C" if connections[self.db].vendor == "postgresql" else "BINARY"
        return [Collate(column, collation) for column in columns]

    def versions_of(self, type_: str, key: str) -> "EntryQuerySet":
        """The versions of one record, the newest first; none for what no key can be."""
        if not could_be_key(key):
            return self.none()
        return self.filter(type=type_, key=key).order_by("-version")

    def newest(self) -> tuple[int, datetime] | None:
        """The newest entry's id, which is the version of the whole record, and its instant.

        Later entries never have an earlier instant: so of the past it is found by the instant.
        """
        return self.order_by("-recorded_at", "-id").values_list("pk", "recorded_at").first()

    def head(self) -> "Entry | None":
        """The newest entry: its id is the version of the whole record."""
        return self.order_by("-id").first()


class EntryManager(Manager.from_queryset(EntryQuerySet)):
    """All entries."""

    def newest(self) -> tuple[int, datetime] | None:
        """The same as of a queryset, asked before every answer: so its SQL is not made anew."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(NEWEST)
            row = cursor.fetchone()
        return row and (row[0], instants.stored(row[1]))
