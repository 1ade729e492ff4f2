"""Each list asks the database the same few questions, however much it holds."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from timeline import record_types

from ..factories import MAKERS, make_dispute, make_event, make_status, make_summit

pytestmark = pytest.mark.django_db
# The newest entry, which entries the page holds, these entries (which a transaction, such as a
# test's, does not keep), and whether the newest is still the same.
PAGE_AND_HEAD = 4
WITH_STATES = 5  # and the states of all records on the page


def asked(address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert Client().get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", MAKERS)
def test_a_list_asks_a_constant_number_of_questions(name):
    expected = WITH_STATES if name in ("dispute", "commitment") else PAGE_AND_HEAD
    plural = record_types.get(name).plural
    counts = []
    for _more in ("one", "three"):
        MAKERS[name]()
        counts.append(asked(f"/api/v1/{plural}/"))
        MAKERS[name]()
    assert counts == [expected, expected]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 4),
        ("?count=true", 5),
        ("?dispute=a&dispute=b&type=event&q=happened&date__gte=2019", 5),  # a span has two parts
        ("?as_of=2026-01-01", 4),
        ("?on=2019-07-01", 3),
    ],
)
def test_the_timeline_asks_a_constant_number_of_questions(query, expected):
    counts = []
    make_dispute(key="a"), make_dispute(key="b")
    asked(f"/api/v1/timeline/{query}")  # PostgreSQL is asked once how frequent a word is
    for number in (1, 3):
        dispute = make_dispute()
        for day in range(1, number + 1):
            make_event(disputes=(dispute,))
            make_summit(disputes=(dispute,))
            make_status(dispute, date=f"2019-07-0{day}")
        counts.append(asked(f"/api/v1/timeline/{query}"))
    assert counts == [expected, expected]


@pytest.mark.parametrize(("query", "expected"), [("", 3), ("?as_of=2026-01-01", 4)])
def test_the_density_asks_a_constant_number_of_questions(query, expected):
    counts = []
    for _number in (1, 3):
        make_event()
        counts.append(asked(f"/api/v1/timeline/density/{query}"))
        make_event(date="2018")
    assert counts == [expected, expected]


def test_versions_ask_a_constant_number_of_questions():
    event = make_event()
    assert asked(f"/api/v1/events/{event.key}/versions/") == 3


def test_a_detail_asks_what_a_page_asks_and_a_dispute_one_more():
    event, dispute = make_event(), make_dispute()
    assert asked(f"/api/v1/events/{event.key}/") == PAGE_AND_HEAD
    assert asked(f"/api/v1/disputes/{dispute.key}/") == PAGE_AND_HEAD + 1
