"""Which state of the record a release holds, and which one it follows."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from ..models import Entry

NAME = re.compile(r"[0-9]{4}\.[0-9]{2}(?:\.[0-9]{1,3})?\Z", re.ASCII)


class Impossible(Exception):
    """No release can be made so; the sentence says why."""


@dataclass(frozen=True)
class Former:
    """The release before."""

    name: str
    as_of: datetime


@dataclass(frozen=True)
class Edition:
    """A release's name and the record's newest entry in it: that says all of its content."""

    name: str
    as_of: datetime  # of that entry
    version: int  # its number
    digest: str  # its digest, which seals everything before it
    former: Former | None = None

    @classmethod
    def at(cls, name: str, instant: datetime | None, former: Former | None = None) -> Self:
        """The record at an instant (by default now): at its newest publication by then."""
        if not NAME.match(name):
            raise Impossible(f"“{name}” is no name of a release; write 2026.11 or 2026.11.1.")
        known = Entry.objects.recorded_by(instant) if instant else Entry.objects.all()
        head = known.head()
        if head is None:
            raise Impossible("The record is empty: there is nothing to release.")
        if former and former.as_of > head.recorded_at:
            raise Impossible(f"Release {former.name} holds a later state than this one would.")
        return cls(name, head.recorded_at, head.pk, head.digest, former)
