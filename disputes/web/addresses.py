"""Which addresses may be opened, and which are the same page."""

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.utils.translation import gettext as _

PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 2_000
TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotOpened(Exception):
    """An address that the server does not open, or that did not answer; the reason in words."""


class Target(NamedTuple):
    """Where to connect, checked: the name was looked up once, and is not looked up again."""

    scheme: str
    host: str
    port: int
    ip: str
    path: str


def target_of(url: str) -> Target:
    """The checked target of an address. NotOpened."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise NotOpened(_("This is no web address.")) from error
    if parts.scheme not in PORTS or not host or len(url) > MAX_LENGTH:
        raise NotOpened(_("Only addresses that begin with http:// or https:// are opened."))
    if parts.username is not None or parts.password is not None:
        raise NotOpened(_("An address with a password is not opened."))
    if port not in allowed_ports():
        raise NotOpened(_("Only the usual ports of the web are opened."))
    path = parts.path or "/"
    query = f"{path}?{parts.query}" if parts.query else path
    return Target(parts.scheme, host, port, _looked_up(host, port), _ascii(query))


def allowed_ports() -> tuple[int, ...]:
    return tuple(PORTS.values())


def _ascii(path: str) -> str:
    """Percent-encoded, without anything that would end the request's line."""
    return "".join(c if "!" <= c <= "~" else "".join(f"%{b:02X}" for b in c.encode()) for c in path)


def _looked_up(host: str, port: int) -> str:
    """The first of a name's addresses, all of which must be public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotOpened(_("There is no such host.")) from error
    addresses = [info[4][0].split("%")[0] for info in found]
    if not addresses or not all(map(is_public, addresses)):
        raise NotOpened(_("The address leads into a private network."))
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the internet, whatever it is wrapped in."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if ip in _NAT64 or ip.packed[:12] == bytes(12):  # the latter: IPv4-compatible, ::, ::1
            inner = ipaddress.IPv4Address(ip.packed[12:])
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def normalised(url: str) -> str:
    """The same for all addresses of a page: no scheme, “www.”, tracking, fragment, last slash."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = parts.port if parts.port not in (None, *PORTS.values()) else None
    except ValueError:
        return url.strip()
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = urlencode(sorted(p for p in pairs if not p[0].lower().startswith(TRACKING)))
    place = f"{host}:{port}" if port else host
    return f"{place}{parts.path.rstrip('/')}{'?' if query else ''}{query}"
