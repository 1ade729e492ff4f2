"""An answer as bytes for a connection that goes on, as gunicorn writes it."""

import time

from django.http import HttpResponse
from gunicorn import SERVER
from gunicorn.util import http_date

WIRE = "as_bytes"  # on a remembered answer: its status and headers
_now = [0, b""]  # the second, and how it is written


def head_of(answer: HttpResponse, usual: dict[str, str], number: str) -> bytes:
    """Status and headers; `usual` are those that any answer has, `number` is the request's id."""
    kept = answer.__dict__.get(WIRE)
    if kept is None:
        lines = {"Server": SERVER, "Connection": "keep-alive"} | usual | dict(answer.items())
        text = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        first = f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\r\n"
        kept = answer.__dict__[WIRE] = (first + text).encode("latin1")
    return b"%sDate: %s\r\nX-Request-ID: %s\r\n\r\n" % (kept, _date(), number.encode())


def _date() -> bytes:
    second = int(time.time())
    if second != _now[0]:
        _now[:] = second, http_date(second).encode()
    return _now[1]
