"""What somebody with the database's password might do to the record."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from timeline import guards
from timeline.models import Entry
from timeline.verification import Fault, Verification

CHAIN = "the digest does not follow from the entry before it and its own content."
CANONICAL = "the document is not in its canonical form."
CLOSED = "is closed, but no version follows it."
NOT_CLOSED = "is not closed at the instant at which the next version was recorded."


@contextmanager
def unguarded() -> Iterator[None]:
    guards.lift(connection)
    yield
    guards.install(connection)


def tamper(key: str, number: int = 1, /, **columns: object) -> None:
    with unguarded():
        Entry.objects.filter(key=key, version=number).update(**columns)


def remove(key: str, version: int = 1) -> None:
    with unguarded():
        Entry.objects.get(key=key, version=version).delete()


def faults(**options: object) -> list[Fault]:
    return list(Verification(**options).faults())


def problems(**options: object) -> list[tuple[str, str]]:
    return [(fault.key, fault.problem) for fault in faults(**options)]
