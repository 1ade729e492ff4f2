"""The public record at one instant: what every page is made of."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from . import compiled, instants, parameters, record_types
from .entries import EntryQuerySet
from .models import Entry


class NotInRecord(LookupError):
    """There is no such record, or none yet at that instant (`later` is its first entry)."""

    def __init__(self, type_: str, key: str, later: Entry | None = None) -> None:
        super().__init__(type_, key)
        self.type, self.key, self.later = type_, key, later


class Withdrawn(LookupError):
    """The record was taken back; `tombstone` says when and why."""

    def __init__(self, tombstone: Entry) -> None:
        super().__init__(tombstone.type, tombstone.key)
        self.tombstone = tombstone


@dataclass(frozen=True)
class Slice:
    """The record as it said at `as_of`; as it stands when that is None."""

    as_of: datetime | None = None
    version: int | None = field(default=None, compare=False)  # of the record, where it is known

    @property
    def day(self) -> date:
        """The day that counts as today."""
        return (self.as_of or timezone.now()).date()

    @property
    def parameter(self) -> str:
        """The value of `as_of` in an address; "" for the present."""
        return instants.spell(self.as_of) if self.as_of else ""

    def entries(self, *types: str) -> EntryQuerySet:
        """The entries in force; of these types, or of all."""
        entries = Entry.objects.standing(self.as_of).defer("search_text")  # which no page shows
        return entries.of_type(*types) if types else entries

    def found(self, name: str, value: str, *types: str) -> EntryQuerySet:
        """The entries found under a term."""
        entries = self.entries(*types)
        if not types or record_types.numerous(types):
            return entries.under(name, value)
        return entries.with_term(name, value)

    def entry(self, type_: str, key: str) -> Entry:
        """The entry in force of one record. NotInRecord or Withdrawn when it is not public."""
        entry = compiled.in_force(type_, key, self.as_of)
        if entry is None:
            later = Entry.objects.versions_of(type_, key).last() if self.as_of else None
            raise NotInRecord(type_, key, later)
        if entry.withdrawn:
            raise Withdrawn(entry)
        return entry


def of(request: HttpRequest, *extra: str) -> Slice:
    """The slice that a page without a list asks for, remembered on the request for its links.

    `extra` are the page's own parameters. ParameterErrors for any other.
    """
    query = parameters.read(request.GET, [], extra=extra, only=["as_of"])
    return remember(request, Slice(query.as_of))


def remember(request: HttpRequest, slice_: Slice) -> Slice:
    """Keep the slice on the request: links on the page lead to the same instant."""
    newest = getattr(request, "newest", None)
    request.slice = replace(slice_, version=newest[0]) if newest else slice_
    return request.slice
