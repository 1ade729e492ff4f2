"""The feed of publications, differences between instants, time maps, graphs."""

import copy
from xml.etree import ElementTree

import orjson
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from disputes.publishing import publish, withdraw
from timeline.differences import between
from timeline.instants import spell
from timeline.models import Entry

from ..factories import EDITOR, MAKERS, make_actor, make_event, make_source
from .answers import ask, refused
from .test_forms import body, lines, rows

pytestmark = pytest.mark.django_db


def correct(event, **values):
    for name, value in values.items():
        setattr(event, name, value)
    event.save()
    publish(event, EDITOR, "a correction")


def test_changes_are_in_the_order_of_recording_with_their_documents():
    source = make_source(key="s")
    event = make_event(key="e", sources=[source])
    correct(event, title_en="Corrected")
    withdraw(event, EDITOR, "entered twice")
    found = ask("changes/")["results"]
    assert [(c["type"], c["key"], c["version"], c["withdrawn"], c["reason"]) for c in found] == [
        ("source", "s", 1, False, "first published"),
        ("event", "e", 1, False, "first published"),
        ("event", "e", 2, False, "a correction"),
        ("event", "e", 3, True, "entered twice"),
    ]
    assert found[2]["document"]["title"]["en"] == "Corrected"
    assert found[3]["document"] is None
    assert [c["id"] for c in found] == sorted(c["id"] for c in found)


def test_what_came_since_a_version_of_the_record():
    make_actor(key="before")
    version = ask("events/")["meta"]["version"]
    assert ask(f"changes/?since={version}")["results"] == []
    make_actor(key="after")
    assert [c["key"] for c in ask(f"changes/?since={version}")["results"]] == ["after"]


def test_changes_between_two_instants_and_of_one_type():
    make_actor(key="one")
    first = Entry.objects.head().recorded_at.isoformat().replace("+00:00", "Z")
    make_source(key="two"), make_actor(key="three")
    second = Entry.objects.head().recorded_at.isoformat().replace("+00:00", "Z")
    make_actor(key="four")
    between_them = f"changes/?updated_since={first}&as_of={second}&type=actor"
    assert [c["key"] for c in ask(between_them)["results"]] == ["one", "three"]


def test_the_difference_of_the_whole_record_between_two_instants():
    make_actor(key="one")
    first = spell(Entry.objects.head().recorded_at)
    make_source(key="two")
    second = spell(Entry.objects.head().recorded_at)
    make_actor(key="three")
    assert [c["key"] for c in ask(f"changes/?from={first}&to={second}")["results"]] == ["two"]
    assert [c["key"] for c in ask(f"changes/?from={first}")["results"]] == ["two", "three"]
    assert [r["key"] for r in rows(f"changes.csv?to={first}")] == ["one"]
    (error,) = refused("changes/?from=2020-01-02&to=2020-01-01", 400)["errors"]
    assert (error["parameter"], error["code"]) == ("from", "empty_span")


def test_changes_are_paged_without_loss():
    for number in range(5):
        make_actor(key=f"a{number}")
    found, address = [], "changes/?page_size=2"
    while address:
        page = ask(address)
        found += [c["key"] for c in page["results"]]
        address = (page["next"] or "").partition("/api/v1/")[2]
    assert found == [f"a{number}" for number in range(5)]


def test_changes_as_lines_and_as_a_table():
    withdraw(make_actor(key="a"), EDITOR, "a mistake")
    assert lines("changes.jsonl") == ask("changes/")["results"]
    told = [c["recorded_at"] for c in ask("changes/")["results"]]
    assert [r["recorded_at"] for r in rows("changes.csv")] == told
    assert [(r["key"], r["version"], r["withdrawn"], r["reason"]) for r in rows("changes.csv")] == [
        ("a", "1", "false", "first published"),
        ("a", "2", "true", "a mistake"),
    ]


def test_changes_ask_three_questions():
    make_actor(), make_source()
    with CaptureQueriesContext(connection) as found:
        ask("changes/")
    assert len(found) == 3  # the version, the rows, the version again


@pytest.mark.parametrize("since", ["-1", "x", "1e3", "9" * 30, "%00"])
def test_since_is_a_number(since):
    assert refused(f"changes/?since={since}", 400)["errors"][0]["parameter"] == "since"


# Differences


def applied(document, operations):
    """RFC 6902, as far as it is used."""
    document = {"": copy.deepcopy(document)}
    for operation in operations:
        *parents, last = ["", *operation["path"].split("/")[1:]]
        node = document
        for name in parents:
            node = node[int(name)] if isinstance(node, list) else node[unescaped(name)]
        last = int(last) if isinstance(node, list) else unescaped(last)
        if operation["op"] == "remove":
            assert node[last] == operation["was"]
            del node[last]
        elif operation["op"] == "add" and isinstance(node, list):
            node.insert(last, operation["value"])
        else:
            node[last] = operation["value"]
    return document[""]


def unescaped(name: str) -> str:
    return name.replace("~1", "/").replace("~0", "~")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["a", "b", "~/"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "c/d", "~"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(VALUES, VALUES)
def test_the_operations_make_the_new_document_of_the_old_one(old, new):
    result = applied(old, between(old, new))
    assert orjson.dumps(result, option=orjson.OPT_SORT_KEYS) == orjson.dumps(
        new, option=orjson.OPT_SORT_KEYS
    )


def test_a_diff_says_what_was_and_what_is():
    event = make_event(key="e", sources=[make_source(key="s")])
    first = Entry.objects.head().recorded_at.isoformat().replace("+00:00", "Z")
    correct(event, title_en="Corrected", date="2019-08-23")
    diff = ask(f"events/e/diff/?from={first}")
    assert (diff["from"]["version"]["version"], diff["to"]["version"]["version"]) == (1, 2)
    assert {c["path"]: (c["was"], c["value"]) for c in diff["changes"]} == {
        "/title/en": ("Something happened", "Corrected"),
        "/date": ("2019-08-22", "2019-08-23"),
        "/date_earliest": ("2019-08-22", "2019-08-23"),
        "/date_latest": ("2019-08-22", "2019-08-23"),
    }


def test_a_diff_from_before_a_record_and_to_its_withdrawal():
    event = make_event(key="e")
    first = Entry.objects.head().recorded_at.isoformat().replace("+00:00", "Z")
    withdraw(event, EDITOR, "a mistake")
    before = ask(f"events/e/diff/?from=2000-01-01&to={first}")
    assert (before["from"]["version"], before["to"]["version"]["superseded_at"]) == (None, None)
    (change,) = before["changes"]
    assert (change["op"], change["path"], change["was"]) == ("replace", "", None)
    after = ask(f"events/e/diff/?from={first}")
    assert (after["to"]["withdrawn"], after["changes"][0]["value"]) == (True, None)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "required"),
        ("?from=2020-01-02&to=2020-01-01", "empty_span"),
        ("?from=2020-01-01&to=2200-01-01", "future"),
        ("?from=yesterday", "instant"),
        ("?from=2020-01-01&as_of=2020-01-01", "unknown"),
    ],
)
def test_a_diff_needs_a_span_of_the_past(query, code):
    make_event(key="e")
    assert refused(f"events/e/diff/{query}", 400)["errors"][0]["code"] == code


def test_a_diff_of_nothing_is_not_found():
    refused("events/none/diff/?from=2020-01-01", 404)
    make_event(key="e")
    refused("events/e/diff/?from=2000-01-01&to=2000-01-02", 404)


# Time maps


@pytest.mark.parametrize("name", MAKERS)
def test_a_time_map_leads_to_each_version(name):
    record = MAKERS[name]()
    plural = {"status": "statuses"}.get(name, f"{name}s")
    time_map = ask(f"{plural}/{record.key}/timemap/")
    (memento,) = time_map["mementos"]
    assert memento["uri"] == f"{time_map['original']}?as_of={memento['datetime']}"
    assert ask(memento["uri"].partition("/api/v1/")[2])["key"] == record.key


def test_a_time_map_as_links():
    event = make_event(key="e")
    correct(event, title_en="Corrected")
    response = Client(headers={"Accept": "application/link-format"}).get(
        "/api/v1/events/e/timemap/"
    )
    assert response["Content-Type"] == "application/link-format"
    first, itself, old, new = response.content.decode().strip().split(",\n")
    assert first == '<http://testserver/api/v1/events/e/>; rel="original timegate"'
    assert itself == (
        '<http://testserver/api/v1/events/e/timemap/?format=link>; rel="self"; '
        'type="application/link-format"'
    )
    assert 'rel="first memento"; datetime="' in old and old.endswith('GMT"')
    assert 'rel="last memento"' in new
    assert body("events/e/timemap.link") == response.content


def test_a_document_leads_to_its_time_map():
    make_event(key="e")
    link = Client().get("/api/v1/events/e/")["Link"]
    assert '<http://testserver/api/v1/events/e/>; rel="timegate"' in link
    assert '<http://testserver/api/v1/events/e/timemap/?format=link>; rel="timemap"' in link


def test_the_time_map_of_nothing_is_not_found():
    refused("events/none/timemap/", 404)


# Graphs


def test_a_chain_as_graphml():
    cause = make_event(key="cause", title_en="A & B")
    make_event(key="effect", answers=(cause,))
    tree = ElementTree.fromstring(body("events/cause/chain.graphml"))  # noqa: S314 (our own)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    assert [n.get("id") for n in tree.iter(f"{space}node")] == ["event/cause", "event/effect"]
    (edge,) = tree.iter(f"{space}edge")
    assert (edge.get("source"), edge.get("target")) == ("event/effect", "event/cause")
    values = {d.get("key"): d.text for d in edge.iter(f"{space}data")}
    assert (values["kind"], values["asserted_by"]) == ("responds_to", "editor")


def test_a_chain_as_dot():
    cause = make_event(key="cause", title_en='Said "no" \\ left')
    make_event(key="effect", title_en="Answered", answers=(cause,))
    source = body("events/cause/chain.dot").decode().splitlines()
    assert source == [
        "digraph chain {",
        '\t"event/cause" [label="2019-08-22 Said \\"no\\" \\\\ left"]',
        '\t"event/effect" [label="2019-08-22 Answered"]',
        '\t"event/cause" -> "event/effect" [label="responds to"]',
        "}",
    ]
