"""No test opens a connection but to a server of its own; the socket itself sees to it."""

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from disputes.web import addresses


class Site:
    """A web site on 127.0.0.1 that counts who comes."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.answers: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append((self.command, self.path))
                site.answers[self.path.split("?")[0]](self)

            do_HEAD = do_GET

            def log_message(self, *_arguments: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://tracker-test.example:{self.port}{path}"

    def says(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Let the site answer so, and give the address."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            if request.command == "GET":
                request.wfile.write(body)

        self.answers[path] = answer
        return self.url(path)


@pytest.fixture(autouse=True)
def connections(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Every address that a socket of Python is connected to. The test fails for any stranger's."""
    made: list[Any] = []
    connect = socket.socket.connect

    def watched(self: socket.socket, address: Any) -> None:
        made.append(address)
        if not (isinstance(address, tuple) and address[0] == "127.0.0.1"):
            raise AssertionError(f"a connection to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", watched)
    yield made
    assert [a for a in made if not isinstance(a, tuple) or a[0] != "127.0.0.1"] == []


@pytest.fixture
def canary() -> Iterator[Site]:
    """A server that nobody may ask."""
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, canary: Site, settings: Any) -> Site:
    """As if the server on 127.0.0.1 were tracker-test.example on the internet."""
    settings.OPEN_LINKS = True
    found = socket.getaddrinfo

    def looked_up(host: str, port: Any, *arguments: Any, **named: Any) -> Any:
        known = "127.0.0.1" if host == "tracker-test.example" else host
        return found(known, port, *arguments, **named)

    public = addresses.is_public
    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(addresses, "is_public", lambda ip: ip == "127.0.0.1" or public(ip))
    monkeypatch.setattr(addresses, "allowed_ports", lambda: (80, 443, canary.port))
    return canary
