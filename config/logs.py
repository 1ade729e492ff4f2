"""Logs: one JSON object for each line, with the request's id. Never bodies, queries or secrets."""

import json
import logging
import random
import re
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from disputes.security_log import acting

request_id: ContextVar[str] = ContextVar("request_id", default="")
requests = logging.getLogger("tracker.requests")
MORE = ("method", "path", "status", "ms", "bytes")  # what a line of a request has besides
MORE += ("account", "user", "address", "by", "records", "count")  # and one of the security log
_encode = json.JSONEncoder(default=str).encode
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")
PATH = 300  # characters of a path that are written down


class RequestIdMiddleware:
    """Gives each request an id (or takes the proxy's), answers with it, and writes one line."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(id_of(request.environ))
        begun = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request_id.get()
            size = None if response.streaming else len(response.content)
            note(request.method, request.path, response.status_code, size, begun)
            return response
        finally:
            request_id.reset(token)


def id_of(environ: dict[str, Any]) -> str:
    """The request's id: the proxy's, where it gives a sound one."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if _GIVEN.match(given) else f"{random.getrandbits(128):032x}"  # no secret


def note(method: str | None, path: str, status: int, size: int | None, begun: float) -> None:
    """Write the line of one request, which began at that reading of `time.perf_counter`."""
    if requests.isEnabledFor(logging.INFO):
        taken = round((time.perf_counter() - begun) * 1000, 1)
        requests.handle(Line(method=method, path=path[:PATH], status=status, ms=taken, bytes=size))


class Line(logging.LogRecord):
    """The record of one request: nobody looks for its caller, its thread or its process."""

    def __init__(self, **more: Any) -> None:
        created = time.time()
        self.__dict__ |= _USUAL | more | {"created": created, "msecs": created % 1 * 1000}


_USUAL = vars(logging.LogRecord(requests.name, logging.INFO, __file__, 0, "request", (), None))


class JsonFormatter(logging.Formatter):
    """A record of the log as one line of JSON; control characters are escaped, so no line lies."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request_id": request_id.get() or None,
        }
        line |= {name: record.__dict__[name] for name in MORE if name in record.__dict__}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return encoded(line)


def encoded(line: dict[str, Any]) -> str:
    """As JSON in ASCII, so that nothing a reader sent can move the cursor of who reads the log."""
    with suppress(orjson.JSONEncodeError):  # half a surrogate
        text = orjson.dumps(line, default=str).decode()
        if text.isascii() and text.isprintable():
            return text
    return _encode(line)


class ByWhom(logging.Filter):
    """Adds to a line who acts: the account, and the address that its request comes from."""

    def filter(self, record: logging.LogRecord) -> bool:
        if who := acting.get():
            record.__dict__ |= who()
        return True


def configuration(form: str) -> dict[str, Any]:
    """Django's LOGGING for the form `json` or `text`; everything goes to standard error."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "config.logs.JsonFormatter"},
            "text": {"format": "{levelname} {name} {message}", "style": "{"},
        },
        "filters": {"by_whom": {"()": "config.logs.ByWhom"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            "tracker": {"level": "INFO" if form == "json" else "WARNING"},
            "tracker.security": {"filters": ["by_whom"]},
        },
    }
