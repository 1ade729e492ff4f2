"""What a public answer depends on, and what is written on it: its key, and its ETag.

The newest entry's id is the version of the record. A public answer depends on it, on the day
(UTC), on the code and on what was asked, and on nothing else.
"""

import hashlib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from . import compression
from .releases import shelf
from .remembering import Key

Environ = dict[str, Any]
Newest = tuple[int, datetime] | None
SOURCES = ("**/*.py", "**/*.html", "**/*.mo", "**/*.css")
KEYS = 500  # whose ETags are kept
FOLDERS = ("config", "timeline", "disputes", "templates", "static", "locale")


def build() -> str:
    """A short digest of the code that makes answers: the same on every machine that runs it."""
    digest = hashlib.sha256()
    for folder in FOLDERS:
        for pattern in SOURCES:
            for file in sorted(Path(settings.BASE_DIR, folder).glob(pattern)):
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


BUILD = build()


def key_of(environ: Environ, host: str, newest: Newest) -> Key:
    """All that a public answer depends on."""
    return (version(newest), today(), *asked_for(environ, host))


def today() -> str:
    return timezone.now().date().isoformat()


def asked_for(environ: Environ, host: str) -> Key:
    """What a key says of the request, and of the code that answers it."""
    path = environ.get("PATH_INFO", "")
    api = path.startswith("/api/")
    return (
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


def at(key: Key, newest: Newest) -> Key:
    """The key of the same question at that version of the record."""
    return (version(newest), *key[1:])


def version(newest: Newest) -> str:
    return str(newest[0] if newest else 0)


def canonical(query: str) -> str:
    """A query string in the one order that stands for all: their order says nothing."""
    return "&".join(sorted(query.split("&"))) if "&" in query else query


@lru_cache(KEYS)
def etag_of(key: Key) -> str:
    return f'"{hashlib.sha256(chr(0).join(key).encode()).hexdigest()[:32]}"'


def marked(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response.setdefault("Cache-Control", "public, no-cache")
    return response
