"""Answers for readers from memory, never stale: the record's version is part of every key.

The newest entry's id is the version of the record. A public answer depends on it, on the day
(UTC), on the code and on what was asked, and on nothing else; so a matching ETag is a 304 before
any view runs, and an answer made once is sent again from memory until one of them changes. Nothing
expires by time.

Both are looked for in the server's environment of a request (WSGI), before there is a request of
Django's: `config.entrance` does so above Django, and the middleware where there is no entrance.
"""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from . import again, compression, making, unavailable
from .keys import Environ, Newest, at, etag_of, key_of, marked
from .making import SEEN
from .models import Entry
from .remembering import Key, answers, recalled

TRIES = 3  # at an answer during which nothing is published
UNCHANGED = 500  # answers 304 that are kept
HOSTS = 100  # names of this site that the entrance knows at most
PUBLIC = (*(f"/{code}/" for code, _name in settings.LANGUAGES), "/api/")

hosts: set[str] = set()  # under which an answer was made: they passed ALLOWED_HOSTS


def is_public(method: str, path: str) -> bool:
    return method in ("GET", "HEAD") and path.startswith(PUBLIC)


def known(environ: Environ) -> HttpResponse | None:
    """What needs no view: a remembered answer, or a 304; None for all that Django must answer.

    An answer is shared by all that get it: whoever adds to it takes a copy.
    """
    if not is_simple(environ):
        return None
    newest = environ.get(SEEN, making.last.newest)
    key = key_of(environ, environ["HTTP_HOST"], newest)
    if SEEN not in environ:
        if answer := making.made_at_once(environ, key, newest):
            return answer
        environ[SEEN] = making.see()
        key = at(key, environ[SEEN])
    return found(environ, key) or making.made_again(environ, key)


def is_simple(environ: Environ) -> bool:
    """Whether the address is public, and of a host under which an answer was made before."""
    known_host = environ.get("HTTP_HOST", "") in hosts and not environ.get("SCRIPT_NAME")
    return known_host and is_public(environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))


def found(environ: Environ, key: Key) -> HttpResponse | None:
    given = environ.get("HTTP_IF_NONE_MATCH")
    if given and etag_of(key) in _known_by(given):
        return unchanged(key)
    return recalled(environ, key)


@lru_cache(UNCHANGED)
def _known_by(given: str) -> frozenset[str]:
    """The tags that an `If-None-Match` names. A weak one is as good (RFC 9110, 13.1.2)."""
    return frozenset(tag.removeprefix("W/") for tag in parse_etags(given))


@lru_cache(UNCHANGED)
def unchanged(key: Key) -> HttpResponse:
    return marked(HttpResponseNotModified(), etag_of(key))


def newest(request: HttpRequest) -> Newest:
    """The version of the record that this request is answered from, and its instant."""
    return request.newest if hasattr(request, "newest") else Entry.objects.newest()


def copy_of(answer: HttpResponse) -> HttpResponse:
    """A plain response with the same bytes and headers, which a server may change."""
    if answer.status_code == 304:
        return HttpResponseNotModified(headers=dict(answer.items()))
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

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_public(request.method, request.path):
            return self.get_response(request)
        try:
            return self.answered(request)
        except unavailable.AWAY as error:
            return self.last_known(request) or unavailable.unavailable(request, error)

    def last_known(self, request: HttpRequest) -> HttpResponse | None:
        """While the database is away: what the record's last version said, if it is in memory."""
        key = key_of(request.environ, request.get_host(), making.last.newest)
        answer = recalled(request.environ, key)
        return unavailable.marked(copy_of(answer)) if answer else None

    def answered(self, request: HttpRequest) -> HttpResponse:
        key, sought = self.key(request), SEEN in request.environ
        if not sought and (answer := found(request.environ, key)):
            return copy_of(answer)
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
            request.newest = making.see()
        return key_of(request.environ, host, request.newest)
