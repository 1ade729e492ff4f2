"""The entrance for servers with an event loop (ASGI): what is in memory leaves without a thread.

All else goes to threads: what was answered before is made again there, the rest is Django's.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote_from_bytes

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.db import connections
from django.http import HttpResponse

from timeline import again, freshness, keys, making
from timeline.models import Entry
from timeline.remembering import answers

from . import headers, in_loop, lines, logs, newest
from .entrance import Entrance

LINES = 4  # connections by which answers are made here
QUICK = 0.02  # seconds that the loop may stand still for an answer
NAMES = 500  # of headers that are kept
ASCII = "".join(map(chr, range(0x21, 0x7F)))
WIRE = "as_sent_async"  # on a remembered answer: its headers as an event loop's server takes them
Count = Callable[[dict[str, Any], str, float], None]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


class AsyncEntrance:
    """An ASGI application above a WSGI one. `count` counts what does not reach that one."""

    def __init__(
        self, application: Callable, entrance: Entrance, threads: int, count: Count | None = None
    ) -> None:
        self.entrance, self.count = entrance, count
        self.rest = WSGIMiddleware(application, workers=threads)
        self.record = newest.of_the_record()
        self.usual = connections[Entry.objects.db]
        self.lines = lines.Lines(self.usual, LINES)
        self.making: dict[keys.Key, asyncio.Future[None]] = {}
        self.closed = bool(settings.DATABASE_REPLICA_URLS)  # each replica has its own version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        scope = in_ascii(scope)
        environ = None if self.closed or scope["type"] != "http" else environ_of(scope)
        answer = await self.known(environ) if environ else None
        if answer is None:
            await self.rest(scope, whole(receive), send)
            return
        if self.count:
            self.count(environ, str(answer.status_code), time.perf_counter() - begun)
        number, method = logs.id_of(environ), scope["method"]
        body = b"" if method == "HEAD" else answer.content
        given = [*self.as_sent(answer), (b"x-request-id", number.encode())]
        token = logs.request_id.set(number)
        logs.note(method, environ["PATH_INFO"], answer.status_code, len(body), begun)
        logs.request_id.reset(token)
        start = {"type": "http.response.start", "status": answer.status_code, "headers": given}
        await send(start)
        await send({"type": "http.response.body", "body": body})

    async def known(self, environ: dict[str, Any]) -> HttpResponse | None:
        if not self.entrance.answers(environ):
            return None
        guess = making.last.newest
        key = keys.key_of(environ, environ["HTTP_HOST"], guess)
        if answer := await self.at_once(environ, key, guess):
            return headers.opened(answer, environ["PATH_INFO"])
        try:
            environ[making.SEEN] = making.last.newest = version = await self.record.newest()
        except newest.Unknown:
            return None
        key = keys.at(key, version)
        answer = freshness.found(environ, key) or await self.at_once(environ, key, version)
        if answer is None and again.addresses.get(key):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.rest.executor, self.entrance.asked, environ)
        return headers.opened(answer, environ["PATH_INFO"])

    async def at_once(
        self, environ: dict[str, Any], key: keys.Key, newest: keys.Newest
    ) -> HttpResponse | None:
        """What one question makes, is made here; no thread waits for it."""
        kept = making.to_make_at_once(environ, key)
        if kept is None or not kept.quick:
            return None
        make = partial(making.made_now, environ, key, kept, newest, guessed=True)
        if not answers.most:
            return await self.made(make, kept)
        if key in self.making:
            await self.making[key]  # then it is in memory, if the version is still that one
            return None
        self.making[key] = asyncio.get_running_loop().create_future()
        try:
            return await self.made(make, kept)
        finally:
            self.making.pop(key).set_result(None)

    async def made(self, make: Callable[[], Any], kept: again.Kept) -> HttpResponse | None:
        begun = time.perf_counter()
        answer = await in_loop.run(make, self.usual, self.lines.rows)
        if self.usual.vendor == "sqlite":  # for which the loop stands still
            kept.quick = time.perf_counter() - begun < QUICK
        return answer

    def as_sent(self, answer: HttpResponse) -> list[tuple[bytes, bytes]]:
        if WIRE not in answer.__dict__:
            lines = self.entrance.usual | dict(answer.items())
            answer.__dict__[WIRE] = [
                (name.lower().encode("latin1"), value.encode("latin1"))
                for name, value in lines.items()
            ]
        return answer.__dict__[WIRE]


def in_ascii(scope: Scope) -> Scope:
    """The same, its query string as it ought to have been sent: some send other bytes bare."""
    given = scope.get("query_string", b"")
    if given.isascii():
        return scope
    return scope | {"query_string": quote_from_bytes(given, ASCII).encode()}


def environ_of(scope: Scope) -> dict[str, Any]:
    """Of a request's environment (WSGI) what its answer depends on."""
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "wsgi.url_scheme": scope.get("scheme", "http"),
    }
    for name, value in scope["headers"]:
        name, text = variable(name), value.decode("latin1")
        environ[name] = f"{environ[name]},{text}" if name in environ else text
    return environ


@lru_cache(NAMES)  # readers may send any
def variable(name: bytes) -> str:
    return "HTTP_" + name.decode("latin1").upper().replace("-", "_")


def whole(receive: Receive) -> Receive:
    """A body that breaks off is none: it must not be taken for all that was to come."""

    async def received() -> dict[str, Any]:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError("The client went away before its request was whole.")
        return message

    return received
