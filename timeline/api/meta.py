"""What every answer says about itself: the state of the record it shows, licence, citation."""

from datetime import date, datetime
from typing import Any

from django.conf import settings

from ..citations import Work, key_of
from ..models import Entry


def meta(
    title: str,
    url: str,
    newest: tuple[int, datetime] | None,
    as_of: datetime | None = None,
    on: date | None = None,
) -> dict[str, Any]:
    """`as_of` and `on` as they were applied (or null); `version` is the newest entry's id.

    `newest` is that of the present. `recorded_at` is the entry's instant: given as `as_of` it
    brings this answer again.
    """
    if as_of:
        newest = Entry.objects.recorded_by(as_of).newest()
    version, recorded_at = newest or (0, None)
    return {
        "as_of": as_of,
        "on": on,
        "version": version,
        "recorded_at": recorded_at,
        "licence": settings.RECORD_LICENCE,
        "citation": Work(key_of(url), title, url, recorded_at, version).styles,
    }


def of_entry(entry: Entry, as_of: datetime | None = None) -> dict[str, Any]:
    """Which version of its record an entry is, as was known at the instant."""
    closed = entry.superseded_at
    return {
        "version": entry.version,
        "recorded_at": entry.recorded_at,
        "superseded_at": None if as_of and closed and closed > as_of else closed,
        "reason": entry.reason,
        "editor": entry.editor,
        "digest": entry.digest,
    }
