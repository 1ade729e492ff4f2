"""Another tracker's record, fetched through its API and checked digest by digest."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import orjson

from . import documents, ledger
from .instants import instant
from .models import Entry

PATIENCE = 60  # seconds without a byte
LONGEST = 20_000_000  # bytes of one change


class NoCopy(Exception):
    """The record cannot be copied from there; the sentence says why."""


def copy(site: str, progress: Callable[[int], Any] = lambda done: None) -> int:
    """Add all that the other record has after ours; gives how many entries that were."""
    if urlsplit(site).scheme not in ("http", "https"):
        raise NoCopy(f"“{site}” is no address; write https://tracker.example.")
    head = Entry.objects.head()
    address = f"{site.rstrip('/')}/api/v1/changes.jsonl?since={head.pk if head else 0}"
    try:
        return ledger.append_copies(_entries(address), progress)
    except (URLError, TimeoutError, OSError) as error:
        raise NoCopy(f"{address} does not answer: {error}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise NoCopy(f"{address} gives no record that continues ours: {error}") from error


def _entries(address: str) -> Iterator[Entry]:
    request = Request(address, headers={"Accept-Encoding": "identity"})  # noqa: S310 (http, https)
    with urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        while line := answer.readline(LONGEST):
            yield _entry(orjson.loads(line))


def _entry(change: dict[str, Any]) -> Entry:
    document = change["document"]
    return Entry(
        pk=change["id"],
        type=change["type"],
        key=change["key"],
        version=change["version"],
        recorded_at=instant(change["recorded_at"]),
        document=None if document is None else documents.dumps(document),
        reason=change["reason"],
        editor=change["editor"],
        digest=change["digest"],
    )
