"""Before Django: what is in memory, or known to the reader, is answered here.

`timeline.freshness` finds the answer; this adds what the two middlewares above it add (headers, the
request's id, the log's line) and hands the bytes to the server. Everything else is Django's.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse

from timeline import freshness, making
from timeline.models import Entry

from . import headers, logs, replicas
from .turns import AT_ONCE, Turns

WIRE = "as_sent"  # on a remembered answer: its status and headers as a server takes them


class Entrance:
    """A WSGI application above another one."""

    def __init__(self, django: Callable[..., Iterable[bytes]]) -> None:
        self.django = django
        self.usual = headers.usual()
        self.turns = Turns(AT_ONCE)

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        if not freshness.is_public(environ["REQUEST_METHOD"], environ["PATH_INFO"]):
            return self.django(environ, start_response)
        with self.turns.one():
            return self.answered(environ, start_response)

    def answered(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        begun = time.perf_counter()
        answer = self.known(environ)
        if answer is None:
            return self.django(environ, start_response)
        status, lines = self.as_sent(answer)
        number, method = logs.id_of(environ), environ["REQUEST_METHOD"]
        start_response(status, [*lines, ("X-Request-ID", number)])
        body = b"" if method == "HEAD" else answer.content
        token = logs.request_id.set(number)
        logs.note(method, environ["PATH_INFO"], answer.status_code, len(body), begun)
        logs.request_id.reset(token)
        return [body]

    def known(self, environ: dict[str, Any]) -> HttpResponse | None:
        """None too where the database does not answer."""
        if not self.answers(environ):
            return None
        if settings.DATABASE_REPLICA_URLS:
            return self.known_to_replica(environ)
        return self.asked(environ)

    def answers(self, environ: dict[str, Any]) -> bool:
        """Whether what is asked may be known here; not where requests are counted."""
        counted = settings.RATE_LIMIT and environ["PATH_INFO"].startswith("/api/")
        return not counted and freshness.is_simple(environ)

    def known_to_replica(self, environ: dict[str, Any]) -> HttpResponse | None:
        """The same of the replica whose turn it is; whom Django asks then, may be another one."""
        if settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
            return None  # who edits reads the primary
        with replicas.watch.reading(replicas.watch.order()[0]):
            answer = self.asked(environ)
        if answer is None:
            environ.pop(making.SEEN, None)
        return answer

    def asked(self, environ: dict[str, Any]) -> HttpResponse | None:
        connection = connections[Entry.objects.db]
        try:
            if is_worn_out(connection):
                connection.close()
            connection.health_check_done = True  # the question for the version is one
            return headers.opened(freshness.known(environ), environ["PATH_INFO"])
        except Error:
            connection.close()
            environ.pop(making.SEEN, None)
            return None

    def as_sent(self, answer: HttpResponse) -> tuple[str, list[tuple[str, str]]]:
        if WIRE not in answer.__dict__:
            lines = self.usual | dict(answer.items())
            status = f"{answer.status_code} {answer.reason_phrase}"
            answer.__dict__[WIRE] = status, [*lines.items()]
        return answer.__dict__[WIRE]


def is_worn_out(connection: BaseDatabaseWrapper) -> bool:
    """Whether it was open for CONN_MAX_AGE; never within a transaction, which it would undo."""
    old = connection.close_at is not None and time.monotonic() >= connection.close_at
    return old and not connection.in_atomic_block
