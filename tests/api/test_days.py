"""What held on a day, and how things stood."""

from datetime import timedelta

import pytest

from timeline.instants import spell
from timeline.models import Entry

from ..factories import (
    make_commitment,
    make_dispute,
    make_event,
    make_fulfilment,
    make_leader,
    make_status,
)
from .answers import ask, keys

pytestmark = pytest.mark.django_db


def test_a_document_says_whether_it_held_on_a_day():
    dispute = make_dispute(key="gsomia")
    then = make_status(dispute, date="2016-11-23")
    make_status(dispute, date="2019-08-22")
    leader = make_leader(terms=[("2017-05-10", "2022-05-09")])
    event = make_event(date="2019-07-01/2019-07-03")
    for address, day, held in (
        (f"statuses/{then.key}/", "2019-08-21", True),
        (f"statuses/{then.key}/", "2019-08-22", False),
        (f"statuses/{then.key}/", "2016-11-22", False),
        (f"leaders/{leader.key}/", "2022-05-09", True),
        (f"leaders/{leader.key}/", "2022-05-10", False),
        (f"events/{event.key}/", "2019-07-02", True),
        (f"events/{event.key}/", "2019-07-04", False),
        ("disputes/gsomia/", "2019-07-04", True),
    ):
        meta = ask(f"{address}?on={day}")["meta"]
        assert (address, meta["on"], meta["held"]) == (address, day, held)
    assert ask(f"events/{event.key}/")["meta"]["held"] is None
    assert ask("disputes/gsomia/?on=")["meta"]["held"] is None


def test_a_dispute_has_the_status_of_the_day_with_reasons_and_sources():
    dispute = make_dispute(key="gsomia")
    make_status(dispute, date="2016-11-23", status="resolved")
    then = make_status(dispute, date="2019-08-22", status="escalating", why_en="Notice was given.")
    make_status(dispute, date="2023-03-21", status="resolved")
    answer = ask("disputes/gsomia/?on=2020-01-01")
    stored = Entry.objects.current().get(type="status", key=then.key).data
    assert answer["status"] == stored
    assert (stored["status"], stored["summary"]["en"]) == ("escalating", "Notice was given.")
    assert len(stored["sources"]) == 1
    assert answer["meta"]["on"] == "2020-01-01"


def test_a_dispute_has_todays_status_and_none_before_the_first():
    dispute = make_dispute(key="gsomia")
    newest = make_status(dispute, date="2023-03-21")
    assert ask("disputes/gsomia/")["status"]["key"] == newest.key
    assert ask("disputes/gsomia/?on=2023-03-20")["status"] is None


def test_on_and_as_of_combine():
    dispute = make_dispute(key="gsomia")
    make_status(dispute, date="2016-11-23")
    late = make_status(dispute, date="2019-08-22")
    recorded = Entry.objects.current().get(key=late.key).recorded_at
    before = spell(recorded - timedelta(microseconds=1))
    assert ask("disputes/gsomia/?on=2020-01-01")["status"]["key"] == late.key
    then = ask(f"disputes/gsomia/?on=2020-01-01&as_of={before}")
    assert then["status"]["key"] == "gsomia.2016-11-23"


def test_the_list_of_disputes_has_each_status():
    a, b = make_dispute(key="a"), make_dispute(key="b")
    make_status(a, date="2019-07-01")
    make_status(b, date="2020-07-01")
    answer = ask("disputes/?on=2019-12-31")
    assert [(d["key"], d["status"] and d["status"]["key"]) for d in answer["results"]] == [
        ("a", "a.2019-07-01"),
        ("b", None),
    ]


def test_a_commitment_has_its_fulfilment_of_the_day():
    commitment = make_commitment()
    then = make_fulfilment(commitment, date="2016-07-28")
    make_fulfilment(commitment, date="2018-11-21", fulfilment="repudiated")
    for address in (f"commitments/{commitment.key}/?on=2017-01-01", "commitments/?on=2017-01-01"):
        answer = ask(address)
        (document,) = answer.get("results", [answer])
        assert document["fulfilment"]["key"] == then.key
    assert keys(ask("commitments/?on=2015-12-27")) == []
