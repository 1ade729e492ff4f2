"""iCalendar (RFC 5545): entries of whole days, written one by one."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, Event


def calendar(name: str, language: str, entries: Iterable[Event]) -> Iterator[bytes]:
    """A calendar with these entries, as bytes."""
    head = Calendar()
    for field, value in (
        ("prodid", f"-//{settings.RECORD_TITLE}//{language.upper()}"),
        ("version", "2.0"),
        ("name", name),
        ("x-wr-calname", name),
        ("refresh-interval", timedelta(days=1)),
    ):
        head.add(field, value)
    start, _, end = head.to_ical().partition(b"END:VCALENDAR")
    yield start
    for entry in entries:
        yield entry.to_ical()
    yield b"END:VCALENDAR" + end


def day(
    uid: str,
    span: tuple[date, date],
    title: str,
    about: str,
    address: str,
    recorded_at: datetime,
    version: int,
    categories: Sequence[str] = (),
    yearly: bool = False,
) -> Event:
    """One entry, from the first day of the span to the last; busy for nobody."""
    event = Event()
    event.add("uid", f"{uid}@{settings.SITE_URL.partition('://')[2]}")
    event.add("dtstamp", recorded_at)
    event.add("last-modified", recorded_at)
    event.add("sequence", version - 1)
    event.add("dtstart", span[0])
    event.add("dtend", span[1] + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", title)
    event.add("url", address)
    for name, value in (("description", about), ("categories", list(categories))):
        if value:
            event.add(name, value)
    if yearly:
        event.add("rrule", {"freq": "yearly"})
    return event
