"""How many requests a client may make in a time: counted once for all processes of a machine.

Off unless RATE_LIMIT is set. The counts stand in one small SQLite file, so that they are right
however many workers serve; they are no part of the record. Clients stand there as keyed digests.
"""

import fcntl
import hashlib
import logging
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from .problems import address_of, open_to_all, problem

NETWORK = 64  # bits of an IPv6 address: what one subscriber has
TAKE = """
INSERT INTO clients (client, ends, taken) VALUES (:client, :now + :seconds, 1)
ON CONFLICT (client) DO UPDATE SET
    taken = CASE WHEN ends <= :now THEN 1 ELSE taken + 1 END,
    ends = CASE WHEN ends <= :now THEN :now + :seconds ELSE ends END
RETURNING taken, ends
"""
logger = logging.getLogger("tracker.rates")


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds, which begin with a client's first."""

    most: int
    seconds: int

    @property
    def policy(self) -> str:
        return f'"default";q={self.most};w={self.seconds}'

    def left(self, taken: int, seconds: int) -> str:
        return f'"default";r={max(0, self.most - taken)};t={seconds}'


class Counts:
    """The counts of all clients, in a file that every process of this machine shares."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.own = threading.local()  # a connection for each thread, made after the fork
        self.swept = 0.0

    def take(self, client: bytes, seconds: int, now: float) -> tuple[int, float]:
        """Count one request: how many that makes in the client's time, and when that ends."""
        database = self._database()
        given = {"client": client, "seconds": seconds, "now": now}
        (found,) = database.execute(TAKE, given).fetchall()
        if now > self.swept + seconds:
            self.swept = now
            database.execute("DELETE FROM clients WHERE ends <= ?", [now])
        return found

    def _database(self) -> sqlite3.Connection:
        if not hasattr(self.own, "database"):
            with self.path.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)  # two that begin at once would refuse each other
                self.own.database = self._opened()
        return self.own.database

    def _opened(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=1, isolation_level=None)
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=OFF")  # counts need not outlive the machine
        database.execute(
            "CREATE TABLE IF NOT EXISTS clients (client BLOB PRIMARY KEY, ends REAL, "
            "taken INTEGER) WITHOUT ROWID"
        )
        return database


def shared_file() -> Path:
    """The same for all processes with one secret key, and a name that nobody else can guess."""
    name = digest(str(settings.BASE_DIR).encode()).hex()
    return Path(tempfile.gettempdir(), f"tracker-rates-{name}.sqlite3")


def digest(text: bytes) -> bytes:
    key = hashlib.sha256(settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2b(text, digest_size=16, key=key).digest()


def client_of(request: HttpRequest) -> str:
    """Who asks: an IPv4 address, or the network of an IPv6 address."""
    address = forwarded(request)
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or int(found) >> (128 - NETWORK))
    return str(found)


def forwarded(request: HttpRequest) -> str:
    """The address that asks: the one that the outermost of PROXIES proxies of ours saw.

    Each of them appended the address that it saw.
    """
    seen = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.PROXIES and len(seen) >= settings.PROXIES and seen[-settings.PROXIES].strip():
        return seen[-settings.PROXIES].strip()
    return request.META.get("REMOTE_ADDR", "")


class RateMiddleware:
    """Counts requests to the API, says what is left, and refuses what is too much with a 429."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.RATE_LIMIT is None:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.rate = Rate(*settings.RATE_LIMIT)
        self.counts = Counts(shared_file())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS" or not request.path.startswith("/api/"):
            return self.get_response(request)
        now = time.time()
        try:
            client = digest(client_of(request).encode())
            taken, ends = self.counts.take(client, self.rate.seconds, now)
        except (sqlite3.Error, OSError):
            logger.exception("Requests cannot be counted; they are answered.")
            return self.get_response(request)
        seconds = max(1, round(ends - now))
        too_many = taken > self.rate.most
        response = self.refusal(request, seconds) if too_many else self.get_response(request)
        response["RateLimit-Policy"] = self.rate.policy
        response["RateLimit"] = self.rate.left(taken, seconds)
        return response

    def refusal(self, request: HttpRequest, seconds: int) -> HttpResponse:
        detail = (
            f"{self.rate.most} requests in {self.rate.seconds} seconds; "
            f"ask again in {seconds} seconds."
        )
        answer = problem(429, "Too many requests", detail, address_of(request))
        answer["Retry-After"] = str(seconds)
        return open_to_all(answer)
