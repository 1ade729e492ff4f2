"""The site asks itself, in this process: no server is needed to copy it."""

import io
import logging
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponseBase

QUIET = ("tracker.requests", "django.request")


@cache
def _handler() -> BaseHandler:
    """All of the middleware but the limit of requests, which is for strangers."""
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    settings.RATE_LIMIT = None
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def ask(address: str) -> tuple[int, str, bytes]:
    """Status, type of content and body of an address (path and query)."""
    path, _, query = address.partition("?")
    site = urlsplit(settings.SITE_URL)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }
    response = _handler().get_response(WSGIRequest(environ))
    try:
        return response.status_code, response.get("Content-Type", ""), _body(response)
    finally:
        response.close()


def _body(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content
