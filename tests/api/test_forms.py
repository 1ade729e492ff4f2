"""The same answers as CSV and JSON Lines, and counted."""

import gzip

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from timeline import record_types
from timeline.api.tables import cell
from timeline.models import Entry

from ..factories import (
    MAKERS,
    make_actor,
    make_commitment,
    make_dispute,
    make_event,
    make_fulfilment,
    make_source,
    make_status,
    make_summit,
)
from .answers import ROOT, ask, body, keys, refused, rows

pytestmark = pytest.mark.django_db


def lines(address: str) -> list[dict]:
    return [orjson.loads(line) for line in body(address).splitlines()]


@pytest.mark.parametrize("name", MAKERS)
def test_json_lines_are_the_documents_of_the_list(name):
    MAKERS[name](), MAKERS[name]()
    plural = record_types.get(name).plural
    assert lines(f"{plural}.jsonl") == ask(f"{plural}/")["results"]


@pytest.mark.parametrize("name", MAKERS)
def test_a_table_has_a_row_for_each_and_a_column_for_each_value(name):
    record = MAKERS[name]()
    plural = record_types.get(name).plural
    (row,) = [row for row in rows(f"{plural}.csv") if row["key"] == record.key]
    document = Entry.objects.current().get(type=name, key=record.key).data
    assert (row["type"], row["title_en"]) == (name, document["title"]["en"])
    assert (row.get("date") or None) == document["date"]


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("events.csv", {}),
        ("events/?format=csv", {}),
        ("events/", {"Accept": "text/csv"}),
        ("events.csv", {"Accept": "application/json"}),
    ],
)
def test_a_form_is_asked_for_by_ending_parameter_or_header(address, headers):
    event = make_event()
    assert [row["key"] for row in rows(address, **headers)] == [event.key]


def test_values_in_one_cell_are_separated_by_bars():
    a, b = make_dispute(key="a"), make_dispute(key="b")
    actor = make_actor(key="cabinet", name_en="Cabinet", name_ko="내각")
    make_event(disputes=(a, b), initiators=(actor,), sources=[make_source(key="s")])
    (row,) = rows("events.csv")
    assert (row["disputes"], row["initiators"], row["sources"]) == ("a|b", "cabinet", "s")


def test_rows_inside_a_document_are_json_in_a_cell():
    MAKERS["survey"](key="views")
    (row,) = rows("surveys.csv")
    assert orjson.loads(row["readings"]) == ask("surveys/views/")["readings"]


def test_a_download_has_all_results_and_a_page_when_one_is_asked():
    for number in range(3):
        make_actor(key=f"actor-{number}")
    assert len(rows("actors.csv")) == 3
    page = Client().get("/api/v1/actors.csv?page_size=2")
    assert b"".join(page).count(b"\r\n") == 3
    (link,) = [part for part in page["Link"].split(", ") if 'rel="next"' in part]
    following = link.partition(ROOT)[2].partition(">")[0]
    assert [row["key"] for row in rows(following)] == ["actor-2"]


def test_a_download_tells_its_licence_its_lasting_address_and_its_name():
    make_event(date="2019-07")
    response = Client().get("/api/v1/events.csv?date__gte=2019")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="events.csv"'
    cite, licence = response["Link"].split(", ")
    assert cite.startswith("<http://testserver/api/v1/events.csv?as_of=2")
    assert cite.endswith('date__gte=2019>; rel="cite-as"')
    assert licence.endswith('rel="license"')


def test_events_of_a_year_that_bear_on_two_disputes_as_a_table():
    a, b = make_dispute(key="a"), make_dispute(key="b")
    make_event(key="both", date="2019-07-01", disputes=(a, b))
    make_event(key="one", date="2019-07-02", disputes=(a,))
    make_event(key="early", date="2018-07-02", disputes=(a,))
    found = rows("events.csv?dispute=a&dispute=b&date__gte=2019&date__lte=2019")
    assert [row["key"] for row in found] == ["both", "one"]


def test_a_table_of_disputes_has_the_status_of_the_day():
    dispute = make_dispute(key="gsomia")
    make_status(dispute, date="2019-08-22", status="escalating")
    make_status(dispute, date="2023-03-21", status="resolved")
    (row,) = rows("disputes.csv?on=2022-05-11")
    assert (row["key"], row["status_status"], row["status_date"]) == (
        "gsomia",
        "escalating",
        "2019-08-22",
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM", "'@SUM"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (-1.5, -1.5),
        (True, "true"),
        (None, None),
        (["=a", "b"], "'=a|b"),
    ],
)
def test_no_cell_is_a_formula(value, written):
    assert cell(value) == written


def test_a_title_that_is_a_formula_is_harmless_in_a_table():
    make_event(title_en='=cmd|" /C calc"!A0')
    assert rows("events.csv")[0]["title_en"] == '\'=cmd|" /C calc"!A0'


@pytest.mark.parametrize("parameter", ["count=true", "facet=kind", "include=source"])
def test_a_download_refuses_what_only_an_envelope_can_hold(parameter):
    (error,) = refused(f"events.csv?{parameter}", 400)["errors"]
    assert (error["parameter"], error["code"]) == (parameter.partition("=")[0], "unknown")


def test_an_ending_and_a_format_are_not_given_together():
    assert refused("events.csv?format=json", 400)["errors"][0]["parameter"] == "format"


def test_an_unknown_format_is_refused_with_the_known_ones():
    (error,) = refused("events/?format=xml", 400)["errors"]
    assert (error["code"], "json, csv, jsonl" in error["detail"]) == ("choice", True)
    refused("events.xml", 404)


def test_one_record_has_the_forms_too():
    event = make_event(key="one.event")
    assert rows("events/one.event.csv") == rows("events.csv")
    assert lines("events/one.event.jsonl") == lines("events.jsonl")
    assert ask("events/one.event.json")["key"] == event.key


def test_facets_count_and_lead_on():
    a, b = make_dispute(key="a"), make_dispute(key="b")
    make_event(key="e", date="2019", kind="ruling", disputes=(a, b))
    make_event(date="2020", kind="ruling", disputes=(a,))
    make_event(date="2020", kind="talks", disputes=(a,))
    facets = ask("events/?kind=ruling&facet=kind,dispute,year")["facets"]
    assert [(v["value"], v["count"], v["selected"]) for v in facets["kind"]["values"]] == [
        ("ruling", 2, True),
        ("talks", 1, False),
    ]
    assert [(v["value"], v["count"]) for v in facets["dispute"]["values"]] == [("a", 2), ("b", 1)]
    assert [(v["value"], v["count"]) for v in facets["year"]["values"]] == [
        ("2019", 1),
        ("2020", 1),
    ]
    urls = {
        (n, v["value"]): v["url"].partition(ROOT)[2] for n in facets for v in facets[n]["values"]
    }
    assert len(keys(ask(urls["kind", "ruling"]))) == 3  # left out again
    assert keys(ask(urls["year", "2019"])) == ["e"]
    assert keys(ask(urls["dispute", "b"])) == ["e"]


def test_the_timeline_counts_its_types():
    make_event(), make_summit()
    values = ask("timeline/?facet=type&type=event")["facets"]["type"]["values"]
    assert [(v["value"], v["count"], v["selected"]) for v in values] == [
        ("event", 1, True),
        ("summit", 1, False),
    ]


def test_facets_of_commitments_on_a_day_keep_to_that_day():
    make_fulfilment(make_commitment())
    facets = ask("commitments/?facet=year&on=2000-01-01")["facets"]
    assert facets["year"]["values"] == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("events/?include=source,dispute,actor", 5),
        ("events/?facet=kind,dispute,year", 7),
        ("events/?fields=key", 4),
        ("events.csv", 2),
        ("events.jsonl", 2),
        ("disputes.csv", 3),
        ("timeline.csv", 2),
    ],
)
def test_forms_ask_a_constant_number_of_questions(query, expected):
    counts = []
    for number in (1, 3):
        for _ in range(number):
            make_event(disputes=(make_dispute(),), initiators=(make_actor(),))
        with CaptureQueriesContext(connection) as found:
            body(query)
        counts.append(len(found))
    assert counts == [expected, expected]


@pytest.mark.parametrize("address", ["events/", "events.csv", "events/e/"])
def test_answers_are_compressed_for_those_who_accept_it(address):
    make_event(key="e", summary_en="long " * 200)
    plain = Client().get(ROOT + address)
    packed = Client(headers={"Accept-Encoding": "br, gzip"}).get(ROOT + address)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.getvalue()) == plain.getvalue()
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"] and "Accept-Encoding" in plain["Vary"]
    refusing = Client(headers={"Accept-Encoding": "gzip;q=0"}).get(ROOT + address)
    assert "Content-Encoding" not in refusing


def test_a_download_has_an_etag_and_is_a_304_when_known():
    make_event()
    etag = Client().get("/api/v1/events.csv")["ETag"]
    known = Client(headers={"If-None-Match": etag}).get("/api/v1/events.csv")
    assert (known.status_code, known.content) == (304, b"")


def test_what_is_past_is_immutable_and_what_is_present_is_not():
    make_event(key="e")
    head = ask("events/")["meta"]["recorded_at"]
    for address in ("events/", "events.csv", "events/e/"):
        past = Client().get(f"{ROOT}{address}?as_of={head}")
        assert past["Cache-Control"] == "public, max-age=31536000, immutable"
        assert Client().get(ROOT + address)["Cache-Control"] == "public, no-cache"


def test_an_instant_after_the_newest_publication_is_not_settled_yet():
    make_event()
    today = ask("events/")["meta"]["recorded_at"][:10]
    later = Client().get(f"/api/v1/events/?as_of={today}")
    assert later["Cache-Control"] == "public, no-cache"
