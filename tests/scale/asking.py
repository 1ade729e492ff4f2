"""Requests to the application that the server runs: the entrance, and Django below it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

HOST = "testserver"


@cache
def application() -> Any:
    from config.wsgi import application

    return application


@contextmanager
def connection_kept() -> Iterator[None]:
    """As Django's own client: a request leaves the test's transaction, and its connection, open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@connection_kept()
def ask(path: str, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
    """Status, headers, body; headers as the server names them: `HTTP_ACCEPT="text/csv"`."""
    environ = RequestFactory().generic(method, path).environ | {"HTTP_HOST": HOST} | headers
    told: list[Any] = []
    body = application()(environ, lambda status, lines: told.append((status, lines)))
    content = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    ((status, lines),) = told
    assert len({name.lower() for name, _value in lines}) == len(lines)
    return status, dict(lines), content
