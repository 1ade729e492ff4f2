"""Requests that are meant to harm, put together at random from what has harmed others."""

import random
from dataclasses import dataclass, field

from timeline import record_types
from timeline.declarations import declared

from ..safety.test_headers import walked

TEXTS = [
    "",
    "\x00",
    "%00",
    "'",
    '"; DROP TABLE timeline_entry; --',
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% debug %}",
    "${jndi:ldap://127.0.0.1/a}",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "javascript:alert(1)",
    "http://169.254.169.254/",
    "http://[::1]/",
    "a\r\nSet-Cookie: x=1",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "＝1+1",
    "9223372036854775808",
    "-9223372036854775809",
    "1e999",
    "NaN",
    "0x7f",
    "-1",
    "999999999999-99-99",
    "2019-02-30",
    "2019-XX~?%",
    "9999-12-31T23:59:59.999999+14:00",
    "0000-00-00T00:00:00Z",
    "2026-03-01T00:00:00",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "\u202e\u2066\ufeff",
    "\U0010ffff",
    "군함 <-> 함도",
    "(a+)+$",
    "*" * 60,
    "(" * 500,
    "&" * 500,
    "é" * 1_000,
    "q" * 100_000,
    "[]",
    '{"$ne": 1}',
    "true",
    "null",
    "eyJhIjogMX0=",
]
METHODS = "get get get get get get head post put patch delete options trace".split()
HEADERS = [
    "Accept",
    "Accept-Language",
    "Accept-Encoding",
    "Accept-Datetime",
    "If-None-Match",
    "If-Modified-Since",
    "Range",
    "Cookie",
    "Origin",
    "Referer",
    "Content-Type",
    "X-Forwarded-For",
    "X-Request-ID",
    "X-CSRFToken",
    "User-Agent",
]


@dataclass
class Malice:
    """Makes hostile requests without end, the same ones for the same seed."""

    seed: int
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.addresses = walked()
        types = record_types.all_types()
        self.parameters = sorted({*declared(types, ()), "as_of", "format", "facet", "o", "p", "e"})

    def text(self) -> str:
        """One of the known ones; two in a row; or one with a letter replaced by any other."""
        first = self.chance.choice(TEXTS)
        how = self.chance.random()
        if how < 0.6 or not first:
            return first
        if how < 0.8:
            return first + self.chance.choice(TEXTS)
        at = self.chance.randrange(len(first))
        return first[:at] + chr(self.chance.randrange(0xD800)) + first[at + 1 :]

    def query(self) -> dict[str, list[str]]:
        number = self.chance.choice([0, 1, 1, 1, 2, 3, 5])
        names = [self.chance.choice([*self.parameters, self.text()]) for _count in range(number)]
        found = {name: [self.text()] for name in names}
        return {name: text * self.chance.choice([1, 1, 2, 150]) for name, text in found.items()
                if len(text[0]) < 1_000} or found  # fmt: skip

    def path(self) -> str:
        """A route's address, sometimes with something else for one of its parts."""
        address = self.chance.choice(self.addresses)
        if self.chance.random() < 0.3:
            parts = address.split("/")
            parts[self.chance.randrange(1, len(parts))] = self.text()[:2_000]
            address = "/".join(parts) or "/"
        return address if address.startswith("/") else f"/{address}"

    def headers(self) -> dict[str, str]:
        names = self.chance.sample(HEADERS, self.chance.choice([0, 0, 1, 2]))
        return {name: self.text()[:8_000].encode().decode("latin-1") for name in names}

    def method(self) -> str:
        return self.chance.choice(METHODS)
