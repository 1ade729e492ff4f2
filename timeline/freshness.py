"""Answers for readers from memory, never stale: the record's version is part of every key.

The newest entry's id is the version of the record. A public answer depends on it, on the day
(UTC), on the code and on what was asked, and on nothing else; so a matching ETag is a 304 before
any view runs, and an answer made once is sent again from memory until one of them changes. Nothing
expires by time.

Both are looked for in the server's environment of a request (WSGI), before there is a request of
Django's: `config.entrance` does so above Django, and the middleware where there is no entrance.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.http import parse_etags

from . import again, compression, unavailable
from .models import Entry
from .releases import shelf
from .remembering import Answers, Key

Environ = dict[str, Any]
Newest = tuple[int, datetime] | None
SOURCES = ("**/*.py", "**/*.html", "**/*.mo", "**/*.css")
TRIES = 3  # at an answer during which nothing is published
FOLDERS = ("config", "timeline", "disputes", "templates", "static", "locale")
SEEN = "timeline.newest"  # in the environment: the version that the entrance asked for just now
REMEMBERED = "timeline.remembered"  # in the environment: the answer was in memory
HOSTS = 100  # names of this site that the entrance knows at most
PUBLIC = (*(f"/{code}/" for code, _name in settings.LANGUAGES), "/api/")

answers = Answers(settings.ANSWERS_IN_MEMORY)
hosts: set[str] = set()  # under which an answer was made: they passed ALLOWED_HOSTS


def build() -> str:
    """A short digest of the code that makes answers: the same on every machine that runs it."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for pattern in SOURCES:
            for file in sorted(Path(settings.BASE_DIR, folder).glob(pattern)):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


BUILD = build()


def is_public(method: str, path: str) -> bool:
    return method in ("GET", "HEAD") and path.startswith(PUBLIC)


def known(environ: Environ) -> HttpResponse | None:
    """What needs no view: a remembered answer, or a 304; None for all that Django must answer.

    An answer is shared by all that get it: whoever adds to it takes a copy.
    """
    if not is_simple(environ):
        return None
    if SEEN not in environ:
        environ[SEEN] = Entry.objects.newest()
    newest = environ[SEEN]
    key = key_of(environ, environ["HTTP_HOST"], newest)
    return found(environ, key) or made_again(environ, key, newest)


def is_simple(environ: Environ) -> bool:
    """Whether the address is public, and of a host under which an answer was made before."""
    known_host = environ.get("HTTP_HOST", "") in hosts and not environ.get("SCRIPT_NAME")
    return known_host and is_public(environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))


def made_again(environ: Environ, key: Key, newest: Newest) -> HttpResponse | None:
    """The answer of an address that was answered before, at another version of the record."""
    kept = again.addresses.get(key) if environ["REQUEST_METHOD"] == "GET" else None
    if kept is None:
        return None
    with answers.alone(key):
        if answer := recalled(environ, key):
            return answer
        answer = kept.answer(newest)
        if answer is None or Entry.objects.newest() != newest:
            return None
        compression.pack(marked(answer, etag_of(key)), environ.get("HTTP_ACCEPT_ENCODING", ""))
        answers.put(key, answer)
    return answer


def found(environ: Environ, key: Key) -> HttpResponse | None:
    given = environ.get("HTTP_IF_NONE_MATCH")
    if given and (etag := etag_of(key)) in parse_etags(given):
        return marked(HttpResponseNotModified(), etag)
    return recalled(environ, key)


def recalled(environ: Environ, key: Key) -> HttpResponse | None:
    if answer := answers.get(key):
        environ[REMEMBERED] = True
    return answer


def key_of(environ: Environ, host: str, newest: Newest) -> Key:
    """All that a public answer depends on."""
    path = environ.get("PATH_INFO", "")
    api = path.startswith("/api/")
    return (
        str(newest[0] if newest else 0),
        timezone.now().date().isoformat(),
        BUILD,
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", "") if settings.SECURE_PROXY_SSL_HEADER else "",
        host,
        environ.get("SCRIPT_NAME", ""),
        path,
        canonical(environ.get("QUERY_STRING", "")),
        environ.get("HTTP_ACCEPT", "") if api else "",
        environ.get("HTTP_ACCEPT_DATETIME", "") if api else "",
        "gzip" if compression.accepts(environ.get("HTTP_ACCEPT_ENCODING", "")) else "",
        shelf.stamp() if "/data/" in path else "",
        environ.get("HTTP_ORIGIN", "") if api else "",
    )


def canonical(query: str) -> str:
    """A query string in the one order that stands for all: their order says nothing."""
    return "&".join(sorted(query.split("&"))) if "&" in query else query


def etag_of(key: Key) -> str:
    return f'"{hashlib.sha256(chr(0).join(key).encode()).hexdigest()[:32]}"'


def marked(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response.setdefault("Cache-Control", "public, no-cache")
    return response


def newest(request: HttpRequest) -> Newest:
    """The version of the record that this request is answered from, and its instant."""
    return request.newest if hasattr(request, "newest") else Entry.objects.newest()


def copy_of(answer: HttpResponse) -> HttpResponse:
    """A plain response with the same bytes and headers, which a server may change."""
    return HttpResponse(answer.content, status=answer.status_code, headers=dict(answer.items()))


def without_body(response: HttpResponse) -> HttpResponse:
    """The same headers, the length of what GET would send among them, and no bytes."""
    if not response.streaming:
        response.content = b""
    return response


class FreshnessMiddleware:
    """ETags and remembered answers for public addresses. Stands above all that makes them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.last: Newest = None  # the version that was seen last

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_public(request.method, request.path):
            return self.get_response(request)
        try:
            return self.answered(request)
        except unavailable.AWAY as error:
            return self.last_known(request) or unavailable.unavailable(request, error)

    def last_known(self, request: HttpRequest) -> HttpResponse | None:
        """While the database is away: what the record's last version said, if it is in memory."""
        key = key_of(request.environ, request.get_host(), self.last)
        answer = recalled(request.environ, key)
        return unavailable.marked(copy_of(answer)) if answer else None

    def answered(self, request: HttpRequest) -> HttpResponse:
        key, sought = self.key(request), SEEN in request.environ
        if not sought and (answer := found(request.environ, key)):
            return copy_of(answer) if answer.status_code == 200 else answer
        if request.method == "HEAD":
            return without_body(self.finished(request, self.get_response(request), key))
        return self.made(request, key)

    def made(self, request: HttpRequest, key: Key) -> HttpResponse:
        """A new answer. One during which something was published is made again: it would mix two
        versions of the record, or bear the ETag of the one before.
        """
        request.environ.pop(SEEN, None)
        for _try in range(TRIES):
            with answers.alone(key):
                if answer := recalled(request.environ, key):
                    return copy_of(answer)
                response = self.get_response(request)
                if response.status_code != 200 or response.cookies or response.streaming:
                    return self.finished(request, response, key)
                if Entry.objects.newest() == request.newest:
                    self.finished(request, response, key)
                    again.addresses.learn(key, request, response)
                    answers.put(key, copy_of(response))
                    return response
            key = self.key(request)
        compression.compress(request, response)
        response["Cache-Control"] = "no-store"
        return response

    def finished(self, request: HttpRequest, response: HttpResponse, key: Key) -> HttpResponse:
        if response.status_code == 200 and not response.cookies:
            marked(response, etag_of(key))
            compression.compress(request, response)
        return response

    def key(self, request: HttpRequest) -> Key:
        """The key of its answer; the version is left on the request for `newest`."""
        host = request.get_host()
        if len(hosts) < HOSTS:
            hosts.add(host)
        if SEEN in request.environ:
            request.newest = request.environ[SEEN]
            connections[Entry.objects.db].health_check_done = True  # it answered just now
        else:
            request.newest = Entry.objects.newest()
        self.last = request.newest
        return key_of(request.environ, host, request.newest)
