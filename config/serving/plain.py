"""The head of a request that is as plain as most are: it needs no parser to be understood.

Whatever is out of the ordinary is not understood here, and left to gunicorn's own parser: a body,
another version of HTTP, a name that stands twice, an address that is encoded, one byte too many.
"""

import re
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

MOST = 4094  # bytes; what gunicorn takes for the first line alone, by its default
FIELDS = 100  # as gunicorn's default
HEADS = 500  # of requests that are kept
NAMES = 500  # of headers that are kept
_HEAD = re.compile(
    rb"(GET|HEAD) (/|/[!$&-.0-9:-;=@-~][!$&-;=@-~]*)(?:\?([!-\"$-~]*))? HTTP/1\.1\r\n"
    rb"((?:[A-Za-z0-9-]+:[\t -~]*\r\n)+)\r\n"
)
# What says how long a body is, or how a connection goes on, and other fields that change a meaning.
_UNUSUAL = frozenset(
    f"HTTP_{name}"
    for name in "CONTENT_LENGTH CONTENT_TYPE EXPECT HTTP2_SETTINGS KEEP_ALIVE PROXY_CONNECTION TE "
    "TRAILER TRANSFER_ENCODING UPGRADE".split()
)
_CONNECTION = "HTTP_CONNECTION"


@dataclass(eq=False, slots=True)
class Asked:
    """A plain request. `client` is the worker's own; `key` is its answer's, once that is known."""

    client: Any
    environ: dict[str, Any]
    head: bytes
    begun: float = field(default_factory=time.perf_counter)
    key: tuple[str, ...] = ()


def environ_of(head: bytes) -> dict[str, Any] | None:
    """Of its environment (WSGI) what an answer can depend on; None where it is not plain.

    >>> environ_of(b"GET /en/?q=a HTTP/1.1\\r\\nHost: a.example\\r\\n\\r\\n")["QUERY_STRING"]
    'q=a'
    >>> environ_of(b"POST /en/ HTTP/1.1\\r\\nHost: a.example\\r\\n\\r\\n")
    """
    known = _understood(head) if len(head) <= MOST else None
    return known and known.copy()


@lru_cache(HEADS)  # a connection that goes on brings the same again
def _understood(head: bytes) -> dict[str, Any] | None:
    found = _HEAD.fullmatch(head)
    if found is None:
        return None
    method, path, query, fields = found.groups(b"")
    environ = {
        "REQUEST_METHOD": method.decode(),
        "PATH_INFO": path.decode(),
        "QUERY_STRING": query.decode(),
        "wsgi.url_scheme": "http",
    }
    lines = fields.decode().split("\r\n")[:-1]
    for line in lines:
        name, _colon, value = line.partition(":")
        variable, value = _variable(name), value.strip(" \t")
        if variable in environ or variable in _UNUSUAL:
            return None
        environ[variable] = value
    goes_on = environ.pop(_CONNECTION, "keep-alive").lower() == "keep-alive"
    return environ if goes_on and len(lines) <= FIELDS else None


@lru_cache(NAMES)  # readers may send any
def _variable(name: str) -> str:
    return "HTTP_" + name.upper().replace("-", "_")
