"""Whatever is sent, the answer is words and never a failure."""

import base64
from urllib.parse import quote

import pytest
from django.test import Client

from timeline import record_types
from timeline.declarations import declared

from ..factories import make_event
from .answers import ROOT, ask, refused

pytestmark = pytest.mark.django_db

PLURALS = [record_type.plural for record_type in record_types.all_types()]
LISTS = [
    *(f"{plural}/" for plural in PLURALS),
    *(f"{plural}/a-key/" for plural in PLURALS),
    *(f"{plural}/a-key/versions/" for plural in PLURALS),
    "",
    "timeline/",
    "timeline/density/",
    "codebook",
    "openapi.json",
]
VALUES = [
    "\x00",
    "a\x00b",
    "9" * 40,
    str(2**63),
    "-1",
    "x" * 10_000,
    "2019-13-45",
    "0000-00-00",
    "99999-01-01",
    "1" * 64 + "~",
    "'; DROP TABLE timeline_entry; --",
    "%",
    "\ud7ff\U0010ffff\u202e",
    "eyJhIjoxfQ",
    "WzEsImRhdGUiLCJuZXh0IixbIjIwMTktMDctMDEiLCJhXHUwMDAwIiwiZXZlbnQiXV0",
    "[]",
    "{}",
    ",,,",
]


def answered(address: str, **headers: str) -> int:
    """The status of an answer that is either good JSON or a problem."""
    response = Client(raise_request_exception=False, headers=headers).get(ROOT + address)
    good = response.status_code == 200
    assert response["Content-Type"] == ("application/json" if good else "application/problem+json")
    body = response.json()
    if not good:
        assert (body["status"], bool(body["detail"])) == (response.status_code, True)
    return response.status_code


@pytest.mark.parametrize("address", LISTS)
def test_an_unknown_parameter_is_refused_everywhere(address):
    assert answered(f"{address}?nonsense=1") == 400


@pytest.mark.parametrize("address", LISTS)
def test_no_value_of_all_parameters_together_is_a_failure(address):
    names = declared(record_types.all_types())
    for value in VALUES:
        together = "&".join(f"{name}={quote(value)}" for name in names)
        assert answered(f"{address}?{together}") == 400


@pytest.mark.parametrize("plural", [*PLURALS, "timeline"])
def test_each_parameter_alone_is_no_failure(plural):
    types = record_types.timeline_types()
    if plural != "timeline":
        types = [record_types.by_plural(plural)]
    make_event()
    for name in declared(types):
        for value in VALUES:
            assert answered(f"{plural}/?{name}={quote(value)}") in (200, 400)


@pytest.mark.parametrize("plural", PLURALS)
@pytest.mark.parametrize("key", ["%00", "a%00b", "x" * 10_000, "9" * 40, "%ED%A0%80", "%0a", ".."])
def test_a_key_that_cannot_be_is_not_found(plural, key):
    assert answered(f"{plural}/{key}/") == 404
    assert answered(f"{plural}/{key}/versions/") == 404


@pytest.mark.parametrize("name", ["%00", "x" * 10_000, "a%0ab", "__proto__", "date__gte%00"])
def test_a_name_that_cannot_be_is_refused_in_few_words(name):
    problem = refused(f"events/?{name}=1", 400)
    assert problem["errors"][0]["code"] == "unknown"
    assert len(problem["errors"][0]["parameter"]) <= 81
    assert len(problem["instance"]) <= 501


def test_thousands_of_parameters_are_refused():
    assert answered("events/?" + "&".join(f"a{n}=1" for n in range(3000))) == 400
    assert answered("events/?" + "kind=ruling&" * 3000) == 400


@pytest.mark.parametrize(
    "position",
    [
        '[1,"date","next",["2019-07-01","a","event"]] ',
        '[2,"date","next",["2019-07-01","a","event"]]',
        '[1,"-date","next",["2019-07-01","a","event"]]',
        '[1,"date","sideways",["2019-07-01","a","event"]]',
        '[1,"date","next",["2019-07-01","a"]]',
        '[1,"date","next",["2019-07-01","a","event",1]]',
        '[1,"date","next",["2019-02-30","a","event"]]',
        '[1,"date","next",[null,"a","event"]]',
        '[1,"date","next",["2019-07-01",["a"],"event"]]',
        '[1,"date","next",["2019-07-01","a\\u0000","event"]]',
        '[1,"date","next",["2019-07-01","\\ud800","event"]]',
        '[1,"date","next",{"starts_on":"2019-07-01"}]',
        '[1,"date","next","2019-07-01"]',
        '{"1":"date"}',
        "[" * 500,
        "1e999",
    ],
)
def test_a_cursor_that_was_tampered_with_is_refused(position):
    cursor = base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")
    expected = 200 if position.endswith(" ") else 400
    assert answered(f"events/?cursor={cursor}") == expected


@pytest.mark.parametrize("position", ["true", "-1", "9223372036854775808", "1.5", '"1"'])
def test_an_id_in_a_cursor_is_a_whole_number_that_a_database_holds(position):
    text = f'[1,"recorded_at","next",[{position}]]'
    cursor = base64.urlsafe_b64encode(text.encode()).decode()
    problem = refused(f"events/?ordering=recorded_at&cursor={cursor}", 400)
    assert [(e["parameter"], e["code"]) for e in problem["errors"]] == [("cursor", "cursor")]


def test_a_cursor_of_another_order_is_refused():
    make_event(), make_event()
    following = ask("events/?page_size=1&ordering=key")["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]
    assert [e["code"] for e in refused(f"events/?cursor={cursor}", 400)["errors"]] == ["cursor"]


@pytest.mark.parametrize(
    "accept", ["text/troff", "text/html", "image/*", "x" * 10_000, ";;", "a/b/c"]
)
def test_another_format_is_not_acceptable(accept):
    assert answered("events/", Accept=accept) == 406


@pytest.mark.parametrize("accept", ["*/*", "text/html,application/xhtml+xml,*/*;q=0.8"])
def test_a_browser_gets_json(accept):
    assert answered("events/", Accept=accept) == 200


@pytest.mark.parametrize("ending", ["csv", "jsonl", "atom", "timelinejs", "json"])
def test_options_of_a_download_have_only_headers(ending):
    response = Client(raise_request_exception=False).options(f"/api/v1/events.{ending}")
    assert (response.status_code, response.content) == (204, b"")
