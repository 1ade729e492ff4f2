"""Answers for readers from memory, never stale: the record's version is part of every key.

The newest entry's id is the version of the record. A public answer depends on it, on the day
(UTC), on the code and on what was asked, and on nothing else; so a matching ETag is a 304 before
any view runs, and an answer made once is sent again from memory until one of them changes. Nothing
expires by time.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from . import compression
from .models import Entry
from .releases import shelf

Key = tuple[str, ...]
SOURCES = ("**/*.py", "**/*.html", "**/*.mo", "**/*.css")
PATIENCE = 10  # seconds that one thread waits for another's answer before it makes its own
TRIES = 3  # at an answer during which nothing is published
FOLDERS = ("config", "timeline", "disputes", "templates", "static", "locale")


def build() -> str:
    """A short digest of the code that makes answers: the same on every machine that runs it."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for pattern in SOURCES:
            for file in sorted(Path(settings.BASE_DIR, folder).glob(pattern)):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@dataclass
class Making:
    """An answer that is not in memory yet, and how many threads want it."""

    lock: Lock = field(default_factory=Lock)
    wanted: int = 0


@dataclass
class Answers:
    """The newest answers in memory, bounded by their bytes; the least lately used goes first."""

    most: int
    size: int = 0
    kept: OrderedDict[Key, HttpResponse] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)
    making: dict[Key, "Making"] = field(default_factory=dict)

    @contextmanager
    def alone(self, key: Key) -> Iterator[None]:
        """Single flight: who asks for an answer that is being made waits for it, for some time."""
        with self.lock:
            making = self.making.setdefault(key, Making())
            making.wanted += 1
        held = making.lock.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if held:
                making.lock.release()
            with self.lock:
                making.wanted -= 1
                if not making.wanted:
                    del self.making[key]

    def get(self, key: Key) -> HttpResponse | None:
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
            return self.kept.get(key)

    def put(self, key: Key, answer: HttpResponse) -> None:
        with self.lock:
            if key in self.kept or len(answer.content) > self.most:
                return
            self.kept[key] = answer
            self.size += len(answer.content)
            while self.size > self.most:
                _key, oldest = self.kept.popitem(last=False)
                self.size -= len(oldest.content)

    def clear(self) -> None:
        with self.lock:
            self.kept.clear()
            self.size = 0


answers = Answers(settings.ANSWERS_IN_MEMORY)


class FreshnessMiddleware:
    """ETags and remembered answers for public addresses. Stands above all other middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.build = build()
        languages = (f"/{code}/" for code, _name in settings.LANGUAGES)
        self.public = (*languages, "/api/")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not request.path.startswith(self.public):
            return self.get_response(request)
        key = self.key(request)
        etag = etag_of(key)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return self.marked(HttpResponseNotModified(), etag)
        if request.method == "HEAD":
            return self.finished(request, self.get_response(request), key)
        return self.remembered(key) or self.made(request, key)

    def remembered(self, key: Key) -> HttpResponse | None:
        answer = answers.get(key)
        return copy_of(answer) if answer is not None else None

    def made(self, request: HttpRequest, key: Key) -> HttpResponse:
        """A new answer. One during which something was published is made again: it would mix two
        versions of the record, or bear the ETag of the one before.
        """
        for _try in range(TRIES):
            with answers.alone(key):
                if answer := self.remembered(key):
                    return answer
                response = self.get_response(request)
                if response.status_code != 200 or response.cookies or response.streaming:
                    return self.finished(request, response, key)
                if Entry.objects.newest() == request.newest:
                    self.finished(request, response, key)
                    answers.put(key, copy_of(response))
                    return response
            key = self.key(request)
        compression.compress(request, response)
        response["Cache-Control"] = "no-store"
        return response

    def finished(self, request: HttpRequest, response: HttpResponse, key: Key) -> HttpResponse:
        if response.status_code == 200 and not response.cookies:
            self.marked(response, etag_of(key))
            compression.compress(request, response)
        return response

    def key(self, request: HttpRequest) -> Key:
        """All that a public answer depends on; the version is left on the request for `newest`."""
        request.newest = Entry.objects.newest()
        return (
            str(request.newest[0] if request.newest else 0),
            timezone.now().date().isoformat(),
            self.build,
            request.get_host(),
            request.get_full_path(),
            request.headers.get("Accept", "") if request.path.startswith("/api/") else "",
            request.headers.get("Accept-Datetime", ""),
            "gzip" if compression.accepted(request) else "",
            shelf.stamp() if "/data/" in request.path else "",
            request.headers.get("Origin", ""),
        )

    def marked(self, response: HttpResponse, etag: str) -> HttpResponse:
        response["ETag"] = etag
        response.setdefault("Cache-Control", "public, no-cache")
        return response


def etag_of(key: Key) -> str:
    return f'"{hashlib.sha256(chr(0).join(key).encode()).hexdigest()[:32]}"'


def newest(request: HttpRequest) -> tuple[int, datetime] | None:
    """The version of the record that this request is answered from, and its instant."""
    return request.newest if hasattr(request, "newest") else Entry.objects.newest()


def copy_of(answer: HttpResponse) -> HttpResponse:
    """A plain response with the same bytes and headers, which a server may change."""
    return HttpResponse(answer.content, status=answer.status_code, headers=dict(answer.items()))
