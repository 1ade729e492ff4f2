"""Instants and days as a reader writes them in an address."""

import re
from datetime import UTC, date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from . import edtf
from .faults import Refused, shown

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)\Z", re.ASCII
)
_BLANK_OFFSET = re.compile(r" (?=\d\d:?\d\d\Z)")  # a "+" that the query string made a blank


def day(text: str) -> date:
    """A calendar day. Refused when it is none."""
    if _DAY.match(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise Refused("day", _("“%(text)s” is no day; write 2019-07-01.") % {"text": shown(text)})


def first_day(text: str) -> date:
    """The earliest day that a day or an EDTF date may mean."""
    return _bound(text, 0)


def last_day(text: str) -> date:
    """The latest day that a day or an EDTF date may mean."""
    return _bound(text, 1)


def _bound(text: str, side: int) -> date:
    try:
        bound = edtf.bounds(text)[side]
    except edtf.EDTFError as error:
        raise Refused("edtf", str(error)) from error
    if bound is None:
        raise Refused("open", _("“%(text)s” is open on this side.") % {"text": shown(text)})
    return bound


def instant(text: str) -> datetime:
    """An instant in UTC; a bare day is its first one."""
    if _DAY.match(text):
        return datetime.combine(day(text), time.min, UTC)
    if len(text) > 16:
        text = text[:16] + _BLANK_OFFSET.sub("+", text[16:])
    if _INSTANT.match(text):
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
    raise Refused(
        "instant",
        _(
            "“%(text)s” is no instant; write 2026-03-01T09:00:00Z, or with an offset "
            "2026-03-01T18:00:00+09:00, or a day."
        )
        % {"text": shown(text)},
    )


def past_instant(text: str) -> datetime:
    """An instant that is not in the future; a bare day is its last one, at most now."""
    found, now = instant(text), timezone.now()
    if found > now:
        raise Refused(
            "future", _("“%(text)s” is in the future; the record ends now.") % {"text": shown(text)}
        )
    if _DAY.match(text):
        return min(datetime.combine(found.date(), time.max, UTC), now)
    return found


def spell(moment: datetime) -> str:
    """An instant for an address: a bare day when it is that day's last instant."""
    moment = moment.astimezone(UTC)
    if moment.time() == time.max:
        return moment.date().isoformat()
    return moment.replace(tzinfo=None).isoformat() + "Z"


def of_timestamp(seconds: int) -> datetime:
    """The instant of a header's date, such as `Accept-Datetime`."""
    return datetime.fromtimestamp(seconds, UTC)


def stored(value: datetime) -> datetime:
    """An instant as a question of our own gets it: SQLite keeps no time zone."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
