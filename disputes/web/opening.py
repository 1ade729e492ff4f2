"""Opens an address: every hop checked, the connection pinned, bytes and seconds bounded."""

import socket
import threading
import time
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from .addresses import NotOpened, Target, target_of

MAX_HOPS = 5
MAX_BYTES = 500_000  # of an answer that are read
SECONDS = 10  # for all hops together
CHUNK = 16_384
REDIRECTS = (301, 302, 303, 307, 308)
HEADERS = {
    "User-Agent": "KoreaJapanDisputeTracker/1 (checks its sources)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
    "Accept-Encoding": "identity",  # nothing is unpacked
    "Connection": "close",
}


class Answer(NamedTuple):
    url: str  # after redirects
    status: int
    content_type: str
    body: bytes  # its beginning; empty unless it was asked for


def opened(url: str, method: str = "GET", kinds: tuple[str, ...] = ()) -> Answer:
    """The answer at an address; its body only where its media type is one of `kinds`. NotOpened."""
    if not settings.OPEN_LINKS:
        raise NotOpened(_("This site opens no addresses (OPEN_LINKS)."))
    end = time.monotonic() + SECONDS
    for _hop in range(MAX_HOPS + 1):
        status, headers, body = _asked(target_of(url), method, kinds, end)
        place = headers.get("Location")
        if status not in REDIRECTS or not place:
            return Answer(url, status, _media_type(headers), body)
        try:
            url = urljoin(url, place)
        except ValueError as error:
            raise NotOpened(_("This is no web address.")) from error
    raise NotOpened(_("It leads on and on."))


def _asked(
    target: Target, method: str, kinds: tuple[str, ...], end: float
) -> tuple[int, dict[str, str], bytes]:
    left = end - time.monotonic()
    if left <= 0:
        raise NotOpened(_("It does not answer in time."))
    connection = _connection(target, left)
    timer = threading.Timer(left, _cut, [connection])  # also who sends one byte a second
    timer.start()
    try:
        host = target.host if ":" not in target.host else f"[{target.host}]"
        connection.request(
            method,
            target.path,
            headers=HEADERS | {"Host": host},
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        headers = dict(response.headers)
        wanted = method == "GET" and _media_type(headers) in kinds
        body = _body(response, end) if wanted else b""
        if time.monotonic() >= end:  # what was cut off looks like an answer that ends
            raise NotOpened(_("It does not answer in time."))
        return response.status, headers, body
    except (HTTPError, OSError, ValueError) as error:
        raise NotOpened(_("It does not answer.")) from error
    finally:
        timer.cancel()
        connection.close()


def _connection(target: Target, left: float) -> HTTPConnection:
    """To the address that was checked, whatever the name may lead to by now."""
    if target.scheme == "http":
        return HTTPConnection(target.ip, target.port, timeout=left)
    names = {"server_hostname": target.host, "assert_hostname": target.host}
    return HTTPSConnection(target.ip, target.port, timeout=left, cert_reqs="CERT_REQUIRED", **names)


def _cut(connection: HTTPConnection) -> None:
    if connection.sock:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _body(response: HTTPResponse, end: float) -> bytes:
    found = b""
    while len(found) < MAX_BYTES and time.monotonic() < end:
        chunk = response.read1(min(CHUNK, MAX_BYTES - len(found)))
        if not chunk:
            break
        found += chunk
    return found


def _media_type(headers: dict[str, str]) -> str:
    return headers.get("Content-Type", "").split(";")[0].strip().lower()
