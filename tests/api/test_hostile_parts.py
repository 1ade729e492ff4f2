"""Hostile input to chains, differences, time maps, citations, downloads: words, never a failure."""

from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ..factories import make_event

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
PARTS = ("chain/", "diff/?from=2020-01-01", "timemap/", "cite/", "timemap.link", "cite.ris")
VALUES = (
    "\x00",
    "9" * 400,
    "x" * 10_000,
    "-1",
    "2019-13-45",
    "%",
    "../..",
    "a,b,,c",
    "\ud55c",
    "[]",
)
PARAMETERS = {
    "events.csv": "fields omit as_of cursor page_size lang ordering format",
    "timeline.atom": "lang as_of fields",
    "timeline.ics": "lang on",
    "events/": "include facet fields omit format",
    "changes/": "since type updated_since as_of cursor",
    "events/e/chain/": "depth direction as_of format",
    "events/e/diff/": "from to as_of",
    "events/e/cite/": "as_of format",
}


def answered(address: str) -> int:
    response = Client(raise_request_exception=False).get(ROOT + address)
    if response.status_code != 200:
        assert response["Content-Type"] == "application/problem+json"
    return response.status_code


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("key", ["%00", "a%00b", "x" * 10_000, "9" * 40, "%ED%A0%80", "%0a"])
def test_a_part_of_what_cannot_be_is_not_found(part, key):
    assert answered(f"events/{key}/{part}") == 404


@pytest.mark.parametrize("address", PARAMETERS)
def test_no_value_of_a_parameter_is_a_failure(address):
    make_event(key="e")
    for name in PARAMETERS[address].split():
        for value in VALUES:
            assert answered(f"{address}?{name}={quote(value)}") in (200, 400)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "atom", "ics", "timelinejs"])
def test_head_of_a_download_reads_no_documents(ending):
    make_event()
    Client().get(f"/api/v1/timeline.{ending}")
    with CaptureQueriesContext(connection) as found:
        head = Client().head(f"/api/v1/timeline.{ending}")
    assert (len(found), head.getvalue()) == (1, b"")
    get = Client().get(f"/api/v1/timeline.{ending}")
    assert (head["ETag"], head["Content-Type"]) == (get["ETag"], get["Content-Type"])
