"""What readers' own programs follow: Atom, iCalendar, TimelineJS."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any, ClassVar

import orjson
from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from .. import edtf, instants
from ..declarations import code_parameter
from ..documents import LANGUAGES
from ..models import Entry
from ..wording import spell
from . import calendars, shapes
from .formats import Document, Download, Listing

LANGUAGE = code_parameter("lang", LANGUAGES, "The language of the texts, where there is one.")
LONGEST = 31  # days of a calendar's entry: a vaguer date would fill the calendar


class Feed(Download):
    """A download for readers, in one language."""

    takes = (LANGUAGE,)
    parts: ClassVar[bool] = False

    def language(self, listing: Listing) -> str:
        return listing.query.extra.get("lang", LANGUAGES[0])


class _Atom(Atom1Feed):
    """The same bytes for the same record: an empty feed bears the record's instant, not now's."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["as_of"] or recorded_at()


class Atom(Feed):
    """RFC 4287: what was published or corrected last, first."""

    media_type = "application/atom+xml"
    format = "atom"
    ordering = "-recorded_at"
    most = 100

    def write(self, listing: Listing) -> Iterator[bytes]:
        language = self.language(listing)
        feed = _Atom(
            title=f"{settings.RECORD_TITLE}: {listing.title}",
            link=f"{listing.site}/{language}/{listing.name}/",
            description=None,
            language=language,
            feed_url=listing.here,
            feed_guid=f"{listing.site}/api/v1/{listing.name}.atom{listing.filters}",
            feed_copyright=settings.RECORD_LICENCE,
            as_of=listing.query.as_of,
        )
        for entry, document in listing.rows:
            feed.add_item(
                title=text(document["title"], language) or entry.key,
                link=page(listing, document, language),
                description=f"{spelt(document, language)}{text(document['summary'], language)}",
                unique_id=f"{listing.site}/api/v1{document['url']}",
                updateddate=entry.recorded_at,
                author_name=entry.editor,
                categories=document["disputes"],
            )
        out = BytesIO()
        feed.write(out, "utf-8")
        yield out.getvalue()


def recorded_at() -> datetime:
    """The instant of the newest publication; the beginning of time before the first one."""
    newest = Entry.objects.newest()
    return newest[1] if newest else datetime.fromtimestamp(0, UTC)


class ICalendar(Feed):
    """RFC 5545: whole days. What is known only to a month or a year stands in no calendar."""

    media_type = "text/calendar"
    format = "ics"
    dated = True

    def write(self, listing: Listing) -> Iterator[bytes]:
        language = self.language(listing)
        rows = (
            calendars.day(
                uid=f"{entry.type}.{entry.key}",
                span=span,
                title=text(document["title"], language) or entry.key,
                about=text(document["summary"], language),
                address=page(listing, document, language),
                recorded_at=entry.recorded_at,
                version=entry.version,
                categories=document["disputes"],
            )
            for entry, document in listing.rows
            if (span := days(document))
        )
        name = f"{settings.RECORD_TITLE}: {listing.title}"
        return calendars.calendar(name, language, rows)


class TimelineJs(Feed):
    """The JSON that TimelineJS 3 draws."""

    media_type = "application/vnd.timelinejs+json"
    format = "timelinejs"
    charset = None
    dated = True
    shape = shapes.SLIDES

    def write(self, listing: Listing) -> Iterator[bytes]:
        language = self.language(listing)
        title = {"text": {"headline": escape(f"{settings.RECORD_TITLE}: {listing.title}")}}
        yield b'{"title":' + orjson.dumps(title) + b',"events":['
        glue = b""
        for entry, document in listing.rows:
            if document["date"]:
                yield glue + orjson.dumps(self._slide(listing, entry, document, language))
                glue = b","
        yield b"]}"

    def _slide(self, listing: Listing, entry: Any, document: Document, language: str) -> Document:
        parsed = edtf.parse(document["date"])
        start, end = parsed.start or parsed.end, parsed.end
        address = escape(page(listing, document, language))
        slide = {
            "unique_id": f"{entry.type}-{entry.key}".replace(".", "-"),
            "start_date": point(start),
            "display_date": spell(document["date"], language),
            "group": entry.type,
            "text": {
                "headline": f'<a href="{address}">{escape(text(document["title"], language))}</a>',
                "text": f"<p>{escape(text(document['summary'], language))}</p>",
            },
        }
        if end and end is not start:
            slide["end_date"] = point(end)
        return slide


def point(known: edtf.Point) -> dict[str, int]:
    """A date no more exact than it is known."""
    found = {"year": known.earliest.year}
    if known.precision in ("month", "day"):
        found["month"] = known.earliest.month
    if known.precision == "day":
        found["day"] = known.earliest.day
    return found


def days(document: Document) -> tuple[date, date] | None:
    """The first and the last day of what has both, and is not vague."""
    first, last = document["date_earliest"], document["date_latest"]
    if not first or not last:
        return None
    span = instants.day(first), instants.day(last)
    return span if (span[1] - span[0]).days < LONGEST and _exact(document["date"]) else None


def _exact(text_: str) -> bool:
    parsed = edtf.parse(text_)
    return all(p is not None and p.precision == "day" for p in (parsed.start, parsed.end))


def text(texts: dict[str, str] | None, language: str) -> str:
    """The text in that language, or else in the first that has one."""
    found = texts or {}
    return next((found[code] for code in (language, *LANGUAGES) if found.get(code)), "")


def spelt(document: Document, language: str) -> str:
    return f"{spell(document['date'], language)}. " if document["date"] else ""


def page(listing: Listing, document: Document, language: str) -> str:
    return f"{listing.site}/{language}{document['url']}"
