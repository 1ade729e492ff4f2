"""Readers are answered by replicas, everything else by the primary: one request, one database."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from . import replicas
from .databases import PRIMARY

TRIES = 3  # databases that one request is asked of
OWN = ("/healthz", "/readyz")  # they ask for themselves


class Router:
    """The record is read where the request's middleware says; what is written goes to the primary.

    Accounts, sessions and the desk are read from the primary too: who edits sees the last edit.
    """

    def db_for_read(self, model: type[Model], **_hints: Any) -> str:
        return replicas.current() if model._meta.app_label == "timeline" else PRIMARY

    def db_for_write(self, model: type[Model], **_hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **_hints: Any) -> bool:
        return True  # they hold the same rows

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        return db == PRIMARY


class ReplicasMiddleware:
    """Chooses the database of each public request, and asks another one when that fails.

    Stands above the answers in memory: their version comes from the database that would answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.DATABASE_REPLICA_URLS:
            raise MiddlewareNotUsed("There are no replicas.")
        self.get_response = get_response
        self.private = (*OWN, reverse("admin:index"), "/i18n/")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or request.path.startswith(self.private):
            return self.get_response(request)
        at_desk = settings.SESSION_COOKIE_NAME in request.COOKIES
        for alias in replicas.watch.order(at_desk)[:TRIES]:
            with replicas.watch.reading(alias):
                response = self.get_response(request)
            if response.status_code < 500:
                break
            replicas.watch.doubt(alias)
        return _continued(response, alias)


def _continued(response: HttpResponseBase, alias: str) -> HttpResponseBase:
    """What is read while a download is sent comes from the same database; a file is left alone."""
    if response.streaming and getattr(response, "file_to_stream", None) is None:
        response.streaming_content = _read_from(alias, response.streaming_content)
    return response


def _read_from(alias: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    chunks = iter(chunks)
    while True:
        with replicas.watch.reading(alias):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk
