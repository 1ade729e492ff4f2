"""Requests are counted above all else, so that what is answered before Django counts too.

Labels have few values, whoever asks for what: nothing that a reader sends becomes one.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram

from timeline import freshness, remembering

METHODS = frozenset("GET HEAD POST PUT PATCH DELETE OPTIONS".split())
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)
KINDS = {kind: kind for kind in ("api", "data", "static")}
KINDS |= {settings.ADMIN_PATH.rstrip("/"): "desk"}
CHECKS = frozenset(["/healthz", "/readyz", "/metrics"])
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

counted = CollectorRegistry()
requests = Counter("tracker_requests", "Requests", ["method", "kind", "status"], registry=counted)
seconds = Histogram(
    "tracker_request_seconds",
    "Seconds until the first byte of an answer",
    ["kind"],
    registry=counted,
    buckets=BOUNDS,
)
answers = Counter(
    "tracker_public_answers", "Public answers by where they came from", ["source"], registry=counted
)


class Counted:
    """A WSGI application that counts what another one answers."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        said = ["500"]

        def start(status: str, *rest: Any) -> Callable:
            said[0] = status[:3]
            return start_response(status, *rest)

        begun = time.perf_counter()
        try:
            return self.application(environ, start)
        finally:
            count(environ, said[0], time.perf_counter() - begun)


def count(environ: dict[str, Any], status: str, taken: float) -> None:
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    kind = kind_of(path)
    requests.labels(method if method in METHODS else "other", kind, status).inc()
    seconds.labels(kind).observe(taken)
    if freshness.is_public(method, path):
        answers.labels(source_of(environ, status)).inc()


def kind_of(path: str) -> str:
    """What an address is for, by how it begins."""
    if path in CHECKS:
        return "check"
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return "page" if first in LANGUAGES else KINDS.get(first, "other")


def source_of(environ: dict[str, Any], status: str) -> str:
    if status == "304":
        return "not_modified"
    return "memory" if environ.get(remembering.REMEMBERED) else "made"
