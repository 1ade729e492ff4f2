"""Asks for the addresses of sources, and keeps what became of them."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from ..models import LinkCheck, LinkOutcome, Source, State
from .addresses import NotOpened, normalised
from .opening import opened

WORKERS = 8
GONE = (404, 410)
NO_HEAD = (400, 403, 404, 405, 501)  # some servers answer so to HEAD alone
BAD = (LinkOutcome.DEAD, LinkOutcome.SILENT)


@dataclass(frozen=True)
class Found:
    outcome: LinkOutcome
    status: int | None = None
    moved_to: str = ""
    detail: str = ""


def waiting(limit: int) -> list[Source]:
    """Sources whose address was not asked for, and then those asked the longest ago."""
    sources = Source.objects.exclude(state=State.WITHDRAWN).select_related("link_check")
    oldest = F("link_check__checked_at").asc(nulls_first=True)
    return list(sources.order_by(oldest, "key")[:limit])


def check(sources: Iterable[Source], done: Callable[[], Any] = lambda: None) -> dict[str, int]:
    """Ask for each address, several at once; gives how often each outcome came out."""
    counts: dict[str, int] = {}
    sources = list(sources)
    with ThreadPoolExecutor(WORKERS) as pool:
        answers = pool.map(ask, [source.url for source in sources])
        for source, found in zip(sources, answers, strict=True):
            keep(source, found)
            counts[found.outcome] = counts.get(found.outcome, 0) + 1
            done()
    return counts


def ask(url: str) -> Found:
    try:
        answer = opened(url, "HEAD")
        if answer.status in NO_HEAD:
            answer = opened(url)
    except NotOpened as error:
        return Found(LinkOutcome.SILENT, detail=str(error))
    if answer.status in GONE:
        return Found(LinkOutcome.DEAD, answer.status)
    if answer.status >= 500:
        return Found(LinkOutcome.SILENT, answer.status)
    if answer.status >= 400:
        return Found(LinkOutcome.UNSURE, answer.status)
    if normalised(answer.url) != normalised(url):
        return Found(LinkOutcome.MOVED, answer.status, moved_to=answer.url[:1000])
    return Found(LinkOutcome.ALIVE, answer.status)


def keep(source: Source, found: Found) -> None:
    former = LinkCheck.objects.filter(source=source, address=source.url, outcome__in=BAD).first()
    again = former.failures if former else 0
    LinkCheck.objects.update_or_create(
        source=source,
        defaults={
            "address": source.url,
            "outcome": found.outcome,
            "status": found.status,
            "moved_to": found.moved_to,
            "detail": found.detail[:200],
            "failures": again + 1 if found.outcome in BAD else 0,
            "checked_at": timezone.now(),
        },
    )
