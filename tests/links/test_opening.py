"""The server opens public addresses of the web and nothing else, and never for long."""

import socket
import time

import pytest

from disputes.web import addresses, opening
from disputes.web.addresses import NotOpened, is_public, normalised
from disputes.web.opening import opened

PRIVATE = (
    "127.0.0.1",
    "127.1",
    "0x7f000001",
    "2130706433",
    "0177.0.0.1",
    "0",
    "0.0.0.0",  # noqa: S104 (asked for, not listened on)
    "localhost",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.18.0.1",
)


@pytest.fixture(autouse=True)
def _on(settings):
    settings.OPEN_LINKS = True


@pytest.mark.parametrize("host", PRIVATE)
def test_no_private_address_is_opened_however_it_is_written(host, canary, connections, monkeypatch):
    monkeypatch.setattr(addresses, "allowed_ports", lambda: (80, canary.port))
    with pytest.raises(NotOpened):
        opened(f"http://{host}:{canary.port}/")
    assert (canary.asked, connections) == ([], [])


def test_the_canary_sings_when_it_is_asked(site):
    """That the tests above can fail."""
    assert opened(site.says("/", b"tweet"), kinds=("text/html",)).body == b"tweet"
    assert site.asked == [("GET", "/")]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "gopher://example.org:70/",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "http://",
        "http://[::1",
        "http://example.org:99999/",
        "http://example.org:22/",
        "http://user:secret@example.org/",
        "http://\x00/",
        "http://" + "a" * 3_000,
        "",
    ],
)
def test_an_address_that_is_none_is_not_opened(url, connections):
    with pytest.raises(NotOpened):
        opened(url)
    assert connections == []


@pytest.mark.parametrize(
    "place", ["http://127.0.0.1/", "http://[::1]/", "file:///etc/passwd", "http://169.254.169.254/"]
)
def test_each_hop_is_checked(site, place, connections, monkeypatch):
    first = site.says("/", status=302, Location=place)
    looked_up = addresses._looked_up
    private = addresses.ipaddress.ip_address
    monkeypatch.setattr(
        addresses,
        "_looked_up",
        lambda host, port: "127.0.0.1" if host == "tracker-test.example" else looked_up(host, port),
    )
    monkeypatch.setattr(addresses, "is_public", lambda ip: private(ip).is_global)
    with pytest.raises(NotOpened):
        opened(first)
    assert connections == [("127.0.0.1", site.port)]


def test_a_name_is_looked_up_once_and_the_answer_kept(canary, connections, monkeypatch):
    """A name that leads elsewhere when it is asked again is not asked again."""
    asked = []

    def rebinding(host, port, *_arguments, **_named):
        asked.append(host)
        ip = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", rebinding)
    target = addresses.target_of("http://rebinding.example/")
    assert (target.ip, asked) == ("93.184.216.34", ["rebinding.example"])


def test_a_name_with_one_private_address_is_not_opened(monkeypatch):
    both = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(addresses.socket, "getaddrinfo", lambda *_a, **_n: both)
    with pytest.raises(NotOpened):
        addresses.target_of("http://example.org/")


def test_public_addresses_are_public():
    assert [is_public(ip) for ip in ("93.184.216.34", "2606:2800:220:1::1")] == [True, True]


def test_what_leads_on_and_on_is_left(site):
    site.says("/", status=302, Location="/")
    with pytest.raises(NotOpened):
        opened(site.url("/"))
    assert len(site.asked) == opening.MAX_HOPS + 1


def test_a_page_without_end_is_cut(site):
    body = opened(site.says("/", b"x" * 2_000_000), kinds=("text/html",)).body
    assert len(body) == opening.MAX_BYTES


def test_what_is_no_page_is_not_read(site):
    answer = opened(
        site.says("/", b"MZ", Content_Type="application/x-msdownload"), kinds=("text/html",)
    )
    assert (answer.status, answer.body) == (200, b"")


def test_who_answers_drop_by_drop_is_cut_off(site, monkeypatch):
    monkeypatch.setattr(opening, "SECONDS", 1)

    def drip(request):
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            try:
                request.wfile.write(b"X-%d: 1\r\n" % number)
            except OSError:
                return
            time.sleep(0.1)

    site.answers["/"] = drip
    begun = time.monotonic()
    with pytest.raises(NotOpened):
        opened(site.url("/"))
    assert time.monotonic() - begun < 5


def test_a_header_cannot_be_put_into_the_address(site):
    site.says("/a%0D%0AX-Evil:%201")
    opened(site.url("/a%0D%0AX-Evil:%201"))
    assert site.asked == [("GET", "/a%0D%0AX-Evil:%201")]


def test_nothing_is_opened_where_the_setting_is_off(site, settings):
    settings.OPEN_LINKS = False
    with pytest.raises(NotOpened):
        opened(site.says("/"))
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/a/?utm_source=x&b=2&a=1#part",
        "HTTP://Example.org:80/a?a=1&b=2&fbclid=9",
        "https://example.org/a/?b=2&a=1",
    ],
)
def test_addresses_of_one_page_are_the_same(url):
    assert normalised(url) == "example.org/a?a=1&b=2"


def test_addresses_of_two_pages_differ():
    assert normalised("https://example.org/a?id=1") != normalised("https://example.org/a?id=2")
