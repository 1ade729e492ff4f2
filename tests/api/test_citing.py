"""Citations of documents in four styles, each with the instant in its address."""

import re

import orjson
import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from disputes.publishing import publish
from timeline.models import Entry

from ..factories import EDITOR, MAKERS, make_event
from .answers import ask, refused
from .test_forms import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def cited(settings):
    settings.SITE_URL = "https://tracker.example"
    make_event(key="e", title_en="100% of {it} & more")
    head = Entry.objects.head()
    at = head.recorded_at.isoformat().replace("+00:00", "Z")
    return head, f"https://tracker.example/en/events/e/?as_of={at}"


def test_apa(cited):
    head, url = cited
    day = f"{head.recorded_at:%Y, %B} {head.recorded_at.day}"
    assert body("events/e/cite.apa").decode() == (
        f"Korea–Japan Dispute Tracker. ({day}). 100% of {{it}} & more (Version {head.pk}) "
        f"[Data set]. {url}"
    )


def test_bibtex(cited):
    head, url = cited
    assert body("events/e/cite.bibtex").decode().splitlines() == [
        "@misc{event:e,",
        "  author = {{Korea–Japan Dispute Tracker}},",
        r"  title = {{100\% of \{it\} \& more}},",
        f"  year = {{{head.recorded_at.year}}},",
        f"  month = {{{head.recorded_at.month}}},",
        f"  version = {{{head.pk}}},",
        f"  url = {{{url}}},",
        f"  note = {{As recorded on {head.recorded_at.date()}}}",
        "}",
    ]


def test_ris(cited):
    head, url = cited
    assert body("events/e/cite.ris").decode().split("\r\n") == [
        "TY  - DATA",
        "AU  - Korea–Japan Dispute Tracker",
        "TI  - 100% of {it} & more",
        f"PY  - {head.recorded_at.year}",
        f"DA  - {head.recorded_at:%Y/%m/%d}",
        f"ET  - {head.pk}",
        f"UR  - {url}",
        "ER  - ",
        "",
    ]


def test_csl(cited):
    head, url = cited
    (item,) = orjson.loads(body("events/e/cite.csl"))
    at = head.recorded_at
    assert item == {
        "id": "event:e",
        "type": "dataset",
        "author": [{"literal": "Korea–Japan Dispute Tracker"}],
        "title": "100% of {it} & more",
        "issued": {"date-parts": [[at.year, at.month, at.day]]},
        "version": str(head.pk),
        "URL": url,
    }
    assert Client().get("/api/v1/events/e/cite.csl")["Content-Type"] == (
        "application/vnd.citationstyles.csl+json"
    )


@pytest.mark.parametrize("name", MAKERS)
def test_the_cited_address_brings_the_state_that_was_cited(name):
    record = MAKERS[name]()
    plural = {"status": "statuses"}.get(name, f"{name}s")
    (item,) = ask(f"{plural}/{record.key}/cite/")["csl"]
    address = re.sub(r"^https?://[^/]+", "", item["URL"])
    assert Client().get(address).status_code == 200


@pytest.mark.parametrize(
    ("path", "form", "address"),
    [
        (
            "/api/v1/events/{key}/cite/",
            "application/vnd.citationstyles.csl+json",
            "events/e/cite.csl",
        ),
        ("/api/v1/timeline/", "application/vnd.timelinejs+json", "timeline.timelinejs"),
    ],
)
def test_other_forms_of_json_are_as_described(path, form, address):
    make_event(key="e", date="2019-07-01/2019-08")
    answers = ask("openapi.json")["paths"][path]["get"]["responses"]["200"]["content"]
    Draft202012Validator(answers[form]["schema"]).validate(orjson.loads(body(address)))
    assert Client().get(f"/api/v1/{address}")["Content-Type"] == form


def test_a_former_state_is_cited_as_it_was(cited):
    _head, url = cited
    make_event()
    event = type(make_event(published=False)).objects.get(key="e")
    event.title_en = "Corrected"
    event.save()
    publish(event, EDITOR, "a correction")
    at = url.partition("as_of=")[2]
    (item,) = ask(f"events/e/cite/?as_of={at}")["csl"]
    assert (item["title"], item["URL"]) == ("100% of {it} & more", url)
    assert ask("events/e/cite/")["csl"][0]["title"] == "Corrected"


def test_nothing_cannot_be_cited():
    refused("events/none/cite/", 404)
