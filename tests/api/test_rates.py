"""How many requests a client may make: off by default, right over several processes."""

from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, RequestFactory

from config.rates import limit
from timeline.api import rates
from timeline.api.rates import Counts, client_of

from ..safety.databases import empty_place, manage, serving

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/codebook"


@pytest.fixture
def two_a_minute(settings, tmp_path, monkeypatch):
    settings.RATE_LIMIT = (2, 60)
    monkeypatch.setattr(rates, "shared_file", lambda: tmp_path / "rates.sqlite3")


def test_without_the_setting_nothing_is_counted():
    assert "RateLimit" not in Client().get(ADDRESS)


def test_each_answer_says_what_is_left_and_too_many_are_refused(two_a_minute):
    client = Client()
    answers = [client.get(ADDRESS) for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert {a["RateLimit-Policy"] for a in answers} == {'"default";q=2;w=60'}
    assert [a["RateLimit"] for a in answers] == [f'"default";r={r};t=60' for r in (1, 0, 0)]


def test_a_refusal_is_a_problem_that_every_origin_can_read(two_a_minute):
    client = Client(headers={"Accept-Language": "ko"})
    refusal = [client.get(f"{ADDRESS}?x=1") for _ in range(3)][-1]
    assert (refusal["Content-Type"], refusal["Retry-After"]) == ("application/problem+json", "60")
    assert refusal.json() == {
        "type": "about:blank",
        "title": "Too many requests",
        "status": 429,
        "detail": "2 requests in 60 seconds; ask again in 60 seconds.",
        "instance": "/api/v1/codebook?x=1",
        "errors": [],
    }
    assert refusal["Access-Control-Allow-Origin"] == "*"
    assert "Retry-After" in refusal["Access-Control-Expose-Headers"]
    assert (refusal["Cache-Control"], refusal["Content-Language"]) == ("no-store", "en")
    assert refusal["Content-Security-Policy"]


def test_a_304_counts_and_says_so(two_a_minute):
    etag = Client().get(ADDRESS)["ETag"]
    known = Client(headers={"If-None-Match": etag}).get(ADDRESS)
    assert (known.status_code, known["RateLimit"]) == (304, '"default";r=0;t=60')


def test_pages_and_preflights_are_not_counted(two_a_minute):
    for _ in range(3):
        assert "RateLimit" not in Client().get("/en/developers/")
        assert "RateLimit" not in Client().options(ADDRESS)
    assert Client().get(ADDRESS)["RateLimit"].startswith('"default";r=1')


def test_the_time_of_a_client_begins_with_its_first_request_and_begins_again(tmp_path):
    counts = Counts(tmp_path / "rates.sqlite3")
    given = [(b"a", 0.0), (b"a", 59.0), (b"b", 30.0), (b"a", 60.0), (b"b", 89.9), (b"b", 90.0)]
    taken = [counts.take(client, 60, 1000 + now) for client, now in given]
    assert taken == [(1, 1060), (2, 1060), (1, 1090), (1, 1120), (2, 1090), (1, 1150)]


def test_clients_whose_time_is_over_are_forgotten(tmp_path):
    counts = Counts(tmp_path / "rates.sqlite3")
    for number in range(50):
        counts.take(b"%d" % number, 60, 1000)
    counts.take(b"new", 60, 1061)
    held = counts._database().execute("SELECT client FROM clients").fetchall()
    assert held == [(b"new",)]


def test_where_counting_fails_readers_are_answered(two_a_minute, monkeypatch, tmp_path, caplog):
    (tmp_path / "rates.sqlite3").write_text("no database, " * 100)
    response = Client().get(ADDRESS)
    assert (response.status_code, "RateLimit" in response) == (200, False)
    assert "Requests cannot be counted; they are answered." in caplog.text


@pytest.mark.parametrize(
    ("address", "forwarded", "proxies", "expected"),
    [
        ("192.0.2.1", "", 0, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", 0, "192.0.2.1"),  # nobody may say who they are
        ("10.0.0.1", "203.0.113.9", 1, "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7, 203.0.113.9", 1, "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7, 203.0.113.9", 2, "198.51.100.7"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("10.0.0.1", "unknown", 1, "unknown"),
        ("::ffff:192.0.2.1", "", 0, "192.0.2.1"),
        ("", "", 0, ""),
    ],
)
def test_who_asks(settings, address, forwarded, proxies, expected):
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_of(RequestFactory(headers=headers).get("/", REMOTE_ADDR=address)) == expected


def test_addresses_of_one_ipv6_network_are_one_client():
    near, same, other = (
        client_of(RequestFactory().get("/", REMOTE_ADDR=address))
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )
    assert near == same != other


@pytest.mark.parametrize("text", ["600", "600/", "-1/60", "600/0", "many", "600/60s", "0/60"])
def test_a_limit_that_cannot_be_read_stops_the_start(text):
    with pytest.raises(ImproperlyConfigured, match="600/60"):
        limit(text)


def test_the_limit_is_off_unless_it_is_given():
    assert (limit(""), limit(" 600/60 ")) == (None, (600, 60))


def test_the_counts_of_several_processes_are_one(tmp_path):
    with empty_place(tmp_path, "rates") as database:
        assert manage(database, "migrate").returncode == 0
        own = {"RATE_LIMIT": "30/600", "TMPDIR": str(tmp_path), "SECRET_KEY": "of this test"}
        with (
            serving(database, workers=3, **own) as (address, _process),
            ThreadPoolExecutor(12) as pool,
        ):
            found = list(pool.map(_ask, [f"{address}/api/v1/"] * 90))
    assert sorted(status for status, _left in found) == [200] * 30 + [429] * 60
    left = sorted(left for status, left in found if status == 200)
    assert left == list(range(30))  # each number once: no two processes counted alike


def _ask(address: str) -> tuple[int, int]:
    try:
        with urlopen(Request(address), timeout=60) as answer:  # noqa: S310 (ours)
            return answer.status, _left(answer)
    except HTTPError as refusal:
        return refusal.code, _left(refusal)


def _left(answer) -> int:
    return int(answer.headers["RateLimit"].partition(";r=")[2].partition(";")[0])
