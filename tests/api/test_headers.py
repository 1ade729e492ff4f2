"""Methods, headers and addresses."""

import logging

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import path

from timeline.api.base import ApiView

from ..answers import headers_but_request_id
from ..factories import make_event
from ..scale.asking import ask as through_wsgi
from .answers import ask, refused

pytestmark = pytest.mark.django_db


class Broken(ApiView):
    def get(self, request):
        raise RuntimeError("a secret inside")


urlpatterns = [path("api/v1/broken", Broken.as_view())]


def test_a_failure_is_a_problem_that_says_nothing_of_the_inside(settings, caplog):
    settings.ROOT_URLCONF = __name__
    response = Client(raise_request_exception=False).get("/api/v1/broken")
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert response.json() == {
        "type": "about:blank",
        "title": "Internal server error",
        "status": 500,
        "detail": "Something went wrong on our side. It was logged; please try again later.",
        "instance": "/api/v1/broken",
        "errors": [],
    }
    (logged,) = [r for r in caplog.records if r.levelno == logging.ERROR and r.exc_info]
    assert str(logged.exc_info[1]) == "a secret inside"


def test_faults_are_listed_with_parameter_code_and_detail():
    assert refused("events/?page_size=0&on=x", 400) == {
        "type": "about:blank",
        "title": "Bad request",
        "status": 400,
        "detail": "2 parameters are at fault.",
        "instance": "/api/v1/events/?page_size=0&on=x",
        "errors": [
            {
                "parameter": "page_size",
                "code": "number",
                "detail": "Give a whole number from 1 to 500.",
            },
            {"parameter": "on", "code": "day", "detail": "“x” is no day; write 2019-07-01."},
        ],
    }


@pytest.mark.parametrize("language", ["ko", "ja", "de"])
def test_errors_are_in_english_whatever_the_reader_prefers(language):
    response = Client(headers={"Accept-Language": language}).get("/api/v1/events/?on=x")
    assert response["Content-Language"] == "en"
    assert response.json()["errors"][0]["detail"] == "“x” is no day; write 2019-07-01."


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_nothing_can_be_written(method):
    response = Client().generic(method, "/api/v1/events/", "{}", "application/json")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["detail"] == "The API is read-only: use GET, HEAD or OPTIONS."


def test_head_has_the_headers_of_get_and_no_body():
    event = make_event()
    address = f"/api/v1/events/{event.key}/"
    head, get = Client().head(address), Client().get(address)
    assert head.content == b""
    assert headers_but_request_id(head) == headers_but_request_id(get)


def test_options_say_what_is_allowed():
    response = Client().options("/api/v1/events/")
    assert (response.status_code, response["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_every_origin_may_read_and_see_the_headers():
    response = Client(headers={"Origin": "https://example.org"}).get("/api/v1/events/")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert {"Link", "ETag", "RateLimit", "RateLimit-Policy", "Retry-After"} | {
        "Deprecation",
        "Sunset",
        "Content-Language",
    } <= set(response["Access-Control-Expose-Headers"].split(", "))


def test_a_304_can_be_read_from_every_origin_and_varies_as_the_answer_does():
    make_event()
    origin = {"Origin": "https://example.org"}
    whole = Client(headers=origin).get("/api/v1/events/")
    known = Client(headers=origin | {"If-None-Match": whole["ETag"]}).get("/api/v1/events/")
    assert (known.status_code, known.content) == (304, b"")
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "ETag"):
        assert known[name] == whole[name]
    assert set(known["Vary"].split(", ")) == set(whole["Vary"].split(", "))
    allowed = Client(headers=origin | {"Access-Control-Request-Method": "GET"})
    preflight = allowed.options("/api/v1/events/")
    assert "if-none-match" in preflight["Access-Control-Allow-Headers"]


def test_a_preflight_allows_reading_only():
    headers = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    response = Client(headers=headers).options("/api/v1/events/")
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_answers_carry_all_three_languages():
    assert Client().get("/api/v1/events/")["Content-Language"] == "en, ko, ja"


@pytest.mark.parametrize(
    ("given", "led_to"),
    [
        ("/api/v1", "/api/v1/"),
        ("/api/v1/events", "/api/v1/events/"),
        ("/api/v1/events/a-key?as_of=2020-01-01", "/api/v1/events/a-key/?as_of=2020-01-01"),
        ("/api/v1/timeline/density", "/api/v1/timeline/density/"),
        ("/api/v1/codebook/", "/api/v1/codebook"),
        ("/api/v1/openapi.json/", "/api/v1/openapi.json"),
    ],
)
def test_a_wrong_closing_slash_is_put_right(given, led_to):
    response = Client().get(given)
    assert (response.status_code, response["Location"]) == (301, led_to)


@pytest.mark.parametrize(
    "path_", ["/api/", "/api/v2/events/", "/api/v1/nothing/", "/api/v1/events/a/b/c", "/api/%0a/"]
)
def test_an_address_that_is_none_is_a_problem(path_):
    response = Client().get(path_)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["detail"] == (
        "There is nothing at this address. /api/v1/ lists what there is."
    )


def test_the_root_leads_to_everything():
    root = ask("")
    addresses = [root[n] for n in ("timeline", "density", "codebook", "openapi", "docs")]
    for address in [*addresses, *root["lists"].values()]:
        headers = {"Accept": "text/html,*/*"}
        assert Client(headers=headers).get(address).status_code == 200


def test_the_codebook_has_each_code_in_three_languages():
    enumerations = {e["name"]: e for e in ask("codebook")["results"]}
    assert enumerations["trend"]["used_by"] == [{"list": "statuses", "parameter": "trend"}]
    assert [c["code"] for c in enumerations["trend"]["codes"]] == ["worse", "unchanged", "better"]
    assert {tuple(c["label"]) for e in enumerations.values() for c in e["codes"]} == {
        ("en", "ko", "ja")
    }


def test_links_carry_the_canonical_query():
    make_event(), make_event()
    address = ask("events/?page_size=1&date_match=overlaps&kind=statement&q=")["next"]
    query = QueryDict(address.partition("?")[2]).dict()
    del query["cursor"]
    assert query == {"kind": "statement", "page_size": "1"}


@pytest.mark.parametrize("path_", ["/en/timeline/", "/api/v1/events/"])
def test_head_hands_the_server_no_bytes(path_):
    make_event()
    _status, sent, body = through_wsgi(path_, "HEAD")
    assert body == b""
    assert sent["Content-Length"] == Client().get(path_)["Content-Length"]
