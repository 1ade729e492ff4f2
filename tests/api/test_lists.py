"""Lists: envelope, filters, paging."""

import pytest
from django.test import Client

from disputes.documents.desk import models_by_type
from disputes.models import Dispute
from disputes.publishing import publish
from timeline import record_types
from timeline.models import Entry

from ..factories import (
    MAKERS,
    make_actor,
    make_dispute,
    make_event,
    make_source,
    make_status,
    make_summit,
)
from .answers import ask, keys, pages

pytestmark = pytest.mark.django_db


def test_an_empty_list_has_the_envelope():
    answer = ask("events/?count=true")
    citation = answer["meta"].pop("citation")
    assert answer == {
        "count": 0,
        "next": None,
        "previous": None,
        "results": [],
        "meta": {
            "as_of": None,
            "on": None,
            "version": 0,
            "recorded_at": None,
            "licence": "CC-BY-4.0",
        },
    }
    assert citation["apa"] == (
        "Korea–Japan Dispute Tracker. (n.d.). Events (Version 0) [Data set]. "
        "http://testserver/api/v1/events/?count=true"
    )
    assert "issued" not in citation["csl"][0]
    assert "PY  -" not in citation["ris"] and "year" not in citation["bibtex"]


def test_count_is_given_only_when_asked_for():
    make_event()
    assert "count" not in ask("events/")
    assert ask("events/?count=true&page_size=1")["count"] == 1


@pytest.mark.parametrize("name", MAKERS)
def test_a_list_sends_the_stored_documents(name):
    record = MAKERS[name]()
    entry = Entry.objects.current().get(type=name, key=record.key)
    plural = record_types.get(name).plural
    assert entry.document[:-1].encode() in Client().get(f"/api/v1/{plural}/").content


def test_drafts_never_appear():
    make_event(published=False, key="a-draft")
    shown = make_event(key="a-published-one")
    assert keys(ask("events/")) == [shown.key]


def test_values_of_one_parameter_are_any_of_them_and_parameters_are_all_of_them():
    a, b = make_dispute(key="a"), make_dispute(key="b")
    for name, disputes, kind in (
        ("a-ruling", (a,), "ruling"),
        ("b-ruling", (b,), "ruling"),
        ("both-talks", (a, b), "talks"),
        ("none-ruling", (), "ruling"),
    ):
        make_event(key=name, disputes=disputes, kind=kind)
    assert keys(ask("events/?dispute=a&dispute=b")) == ["a-ruling", "b-ruling", "both-talks"]
    assert keys(ask("events/?dispute__in=a,b&kind=ruling")) == ["a-ruling", "b-ruling"]
    assert keys(ask("events/?dispute=a&kind__in=talks,visit")) == ["both-talks"]


def test_a_filter_that_only_one_type_has_finds_no_other():
    event, _summit = make_event(kind="talks"), make_summit(date="2019-08-22")
    assert keys(ask("timeline/?kind=talks")) == [event.key]


def test_no_summit_lies_in_a_gap_between_two():
    make_summit(date="2011-12-17/2011-12-18")
    make_summit(date="2023-03-16/2023-03-17")
    gap = "summits/?setting=bilateral_visit&date__gte=2011-12-19&date__lte=2023-03-15"
    assert keys(ask(gap)) == []
    assert keys(ask(gap + "&date_match=within")) == []


def test_a_date_overlaps_a_span_or_lies_within_it():
    whole, day = make_event(key="year", date="2019"), make_event(key="day", date="2019-07-04")
    span = "events/?date__gte=2019-07&date__lte=2019-08"
    assert keys(ask(span)) == [whole.key, day.key]
    assert keys(ask(span + "&date_match=within")) == [day.key]


def test_on_gives_what_held_that_day():
    dispute = make_dispute(key="gsomia")
    for date in ("2016-11-23", "2019-08-22", "2023-03-21"):
        make_status(dispute, date=date)
    assert keys(ask("statuses/?on=2020-01-01")) == ["gsomia.2019-08-22"]
    assert keys(ask("statuses/?on=2016-11-22")) == []


def test_updated_since_gives_what_was_published_since():
    make_event(key="before")
    later = make_event(key="later")
    instant = Entry.objects.current().get(key=later.key).recorded_at
    address = f"events/?updated_since={instant.isoformat()}"
    assert keys(ask(address)) == [later.key]


def test_words_are_sought_in_all_languages():
    make_event(title_ko="백색국가 제외")
    found = make_event(title_ko="지소미아 종료 통보")
    assert keys(ask("events/?q=종료")) == [found.key]


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("date", ["b", "a", "c"]),
        ("-date", ["c", "a", "b"]),
        ("key", ["a", "b", "c"]),
        ("-key", ["c", "b", "a"]),
        ("recorded_at", ["c", "b", "a"]),
        ("-recorded_at", ["a", "b", "c"]),
    ],
)
def test_each_ordering_is_kept_over_pages(ordering, expected):
    for name, date in (("c", "2021"), ("b", "2018"), ("a", "2019")):
        make_event(key=name, date=date)
    assert pages(f"events/?page_size=1&ordering={ordering}") == [[name] for name in expected]


def test_next_and_previous_lead_forth_and_back():
    for name in "abcde":
        make_actor(key=name)
    first = ask("actors/?page_size=2")
    second = ask(first["next"].partition("/api/v1/")[2])
    third = ask(second["next"].partition("/api/v1/")[2])
    assert [keys(page) for page in (first, second, third)] == [["a", "b"], ["c", "d"], ["e"]]
    assert (first["previous"], third["next"]) == (None, None)
    back = ask(third["previous"].partition("/api/v1/")[2])
    assert keys(back) == ["c", "d"]
    assert keys(ask(back["previous"].partition("/api/v1/")[2])) == ["a", "b"]


def test_the_header_link_says_what_the_envelope_says():
    make_actor(), make_actor()
    response = Client().get("/api/v1/actors/?page_size=1")
    links = response["Link"].split(", ")
    assert links == [
        f'<{response.json()["next"]}>; rel="next"',
        '<http://testserver/api/v1/actors.csv>; rel="alternate"; type="text/csv"',
        '<http://testserver/api/v1/actors.jsonl>; rel="alternate"; type="application/jsonl"',
        '<http://testserver/api/v1/actors.atom>; rel="alternate"; type="application/atom+xml"',
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
    ]


def _gsomia_and_export_controls():
    a, b = make_dispute(key="gsomia"), make_dispute(key="export-controls")
    source = make_source()
    days = [f"2019-{6 + n * 5 % 7:02}-{n % 28 + 1:02}" for n in range(36)]
    for number, day in enumerate(days):
        disputes = [(a,), (b,), (a, b), (make_dispute(),)][number % 4]
        make_event(
            date=day, disputes=disputes, sources=[source], key=f"{day}-{number % 3}-{number}"
        )
    for day in ("2019-07-01", "2019-08-22", "2019-11-22", "2020-01-01"):
        make_status(a, date=day)
        make_summit(date=day, disputes=(b,), key=f"{day}-tokyo")
        make_event(date=day, disputes=(b,), sources=[source], key=f"{day}-tokyo")


MERGED = (
    "timeline/?dispute=gsomia&dispute=export-controls&date__gte=2019-07-01&date__lte=2019-12-31"
)


def _plain_sort():
    """The same question put to the documents one by one."""
    found = [
        (d["date_earliest"], d["key"], d["type"])
        for d in (entry.data for entry in Entry.objects.current())
        if d["type"] in ("event", "status", "summit")
        and {"gsomia", "export-controls"} & set(d["disputes"])
        and "2019-07-01" <= d["date_earliest"] <= "2019-12-31"
    ]
    return [key for _day, key, _type in sorted(found)]


def test_the_merged_timeline_is_what_a_plain_sort_gives():
    _gsomia_and_export_controls()
    expected = _plain_sort()
    assert len(expected) > 20
    for size in (1, 3, 7, 500):
        found = pages(f"{MERGED}&page_size={size}")
        assert [key for page in found for key in page] == expected
        assert {len(page) for page in found[:-1]} <= {size}
    backwards = pages(f"{MERGED}&page_size=3&ordering=-date")
    assert [key for page in backwards for key in page] == expected[::-1]


def test_pages_lose_and_repeat_nothing_while_entries_are_published():
    _gsomia_and_export_controls()
    before, walked, address = _plain_sort(), [], f"{MERGED}&page_size=4"
    dispute = Dispute.objects.get(key="gsomia")
    while address:
        answer = ask(address)
        walked += keys(answer)
        day = answer["results"][-1]["date"]
        for where in ("2019-07-01", day, "2019-12-31"):
            make_event(date=where, disputes=(dispute,))
        _publish_again(answer["results"][-1])
        address = (answer["next"] or "").partition("/api/v1/")[2]
    assert [key for key in walked if key in before] == before
    assert len(walked) == len(set(walked)) + 3  # keys that an event and a summit share


def _publish_again(document):
    """A new version of the record on which the page ended: same key and date, new id."""
    record = models_by_type()[document["type"]].objects.get(key=document["key"])
    field = f"{'why' if document['type'] == 'status' else 'title'}_ko"
    setattr(record, field, "고침")
    record.save()
    assert publish(record, "Test Editor", "a correction")
