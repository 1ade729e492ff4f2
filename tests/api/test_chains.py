"""Chains of cause and response, in the record and as the API sends them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disputes.publishing import publish, withdraw
from timeline import chains
from timeline.models import Entry
from timeline.slices import Slice

from ..factories import EDITOR, make_event, make_link, make_source, make_summit
from .answers import ask, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruling():
    """ruling ← controls ← boycott, controls ← notice ← summit; ruling ← talks."""
    ruling = make_event(key="ruling", date="2018-10-30")
    controls = make_event(key="controls", date="2019-07-01", answers=(ruling,))
    make_event(key="boycott", date="2019-07-03", answers=(controls,))
    notice = make_event(key="notice", date="2019-08-22", answers=(controls,))
    summit = make_summit(key="summit", date="2019-12-24", published=False)
    make_link(summit, notice, kind="settles", asserted_by="KR", denied_by="JP")
    publish(summit, EDITOR, "first published")
    make_event(key="talks", date="2018-12-24", answers=(ruling,))
    make_event(key="apart")
    return ruling


def walked(key: str, *args, type_: str = "event", as_of=None):
    slice_ = Slice(as_of)
    return chains.chain(slice_, slice_.entry(type_, key), *args)


def distances(chain) -> dict[str, int]:
    return {node.entry.key: node.distance for node in chain.nodes}


def test_a_chain_holds_what_came_before_and_after_in_the_order_of_dates(ruling):
    assert list(distances(walked("controls")).items()) == [
        ("ruling", -1),
        ("controls", 0),
        ("boycott", 1),
        ("notice", 1),
        ("summit", 2),
    ]


def test_what_else_came_of_a_cause_is_no_part_of_it(ruling):
    assert "talks" not in distances(walked("controls", 10))


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        ("causes", {"ruling": -2, "controls": -1, "notice": 0}),
        ("responses", {"notice": 0, "summit": 1}),
    ],
)
def test_a_chain_can_be_walked_one_way(ruling, direction, expected):
    assert distances(walked("notice", 3, direction)) == expected


def test_depth_counts_links(ruling):
    assert distances(walked("ruling", 1)) == {"ruling": 0, "talks": 1, "controls": 1}


def test_edges_say_who_asserts_and_who_denies(ruling):
    (edge,) = ask("events/notice/chain/?direction=responses")["edges"]
    assert edge == {
        "effect": {"type": "summit", "key": "summit"},
        "cause": {"type": "event", "key": "notice"},
        "kind": "settles",
        "asserted_by": "KR",
        "denied_by": "JP",
        "sources": [],
    }


def test_edges_carry_their_sources(ruling):
    effect, source = make_event(key="effect", published=False), make_source(key="why")
    link = make_link(effect, ruling)
    link.citations.create(source=source, locator="p. 3")
    publish(effect, EDITOR, "first published")
    (edge,) = ask("events/effect/chain/?direction=causes")["edges"]
    assert [(s["key"], s["locator"]) for s in edge["sources"]] == [("why", "p. 3")]


def test_a_chain_is_walked_at_an_instant(ruling):
    before = timezone.now()
    make_event(key="later", answers=(ruling,))
    assert distances(walked("ruling", 1, as_of=before)) == {
        "ruling": 0,
        "talks": 1,
        "controls": 1,
    }
    assert "later" in distances(walked("ruling", 1))


def test_a_chain_on_a_day_has_what_had_begun_by_then(ruling):
    found = ask("events/ruling/chain/?on=2019-07-01")
    assert [node["key"] for node in found["nodes"]] == ["ruling", "talks", "controls"]
    assert [edge["effect"]["key"] for edge in found["edges"]] == ["talks", "controls"]
    assert found["meta"]["on"] == "2019-07-01"


def test_what_was_withdrawn_breaks_a_chain(ruling):
    withdraw(make_event(key="gone", answers=(ruling,)), EDITOR, "a mistake")
    assert "gone" not in distances(walked("ruling"))


def test_a_circle_is_walked_once():
    one = make_event(key="one")
    two = make_event(key="two", answers=(one,))
    make_link(one, two)
    publish(one, EDITOR, "they answer each other")
    chain = walked("one", 10)
    assert distances(chain) == {"one": 0, "two": -1}
    assert [(e.effect[1], e.cause[1]) for e in chain.edges] == [("one", "two"), ("two", "one")]


def test_an_event_and_a_summit_of_one_key_are_two():
    event, summit = make_event(key="same"), make_summit(key="same")
    make_event(key="answer", answers=(event,), date="2023-04-01")
    make_event(key="other", answers=(summit,), date="2023-04-02")
    assert distances(walked("same")) == {"same": 0, "answer": 1}
    assert distances(walked("same", type_="summit")) == {"same": 0, "other": 1}


def test_a_walk_stops_at_a_number_of_nodes_and_says_so(monkeypatch):
    monkeypatch.setattr(chains, "MAX_NODES", 3)
    first = make_event(key="first")
    for day in range(1, 5):
        make_event(key=f"answer-{day}", date=f"2020-01-0{day}", answers=(first,))
    chain = walked("first")
    assert (list(distances(chain)), chain.complete) == (["first", "answer-1", "answer-2"], False)


@pytest.mark.parametrize("width", [1, 3])
def test_a_walk_asks_one_question_for_each_level_and_direction(width):
    first = make_event(key="first")
    for number in range(width):
        second = make_event(key=f"second-{number}", answers=(first,))
        for _third in range(width):
            make_event(answers=(second,))
    start = Entry.objects.current().get(key="first")
    with CaptureQueriesContext(connection) as found:
        chains.chain(Slice(), start, 10)
    assert len(found) == 3


@pytest.mark.parametrize("query", ["depth=0", "depth=11", "depth=x", "direction=up", "q=x"])
def test_a_chain_refuses_what_it_cannot_read(ruling, query):
    (error,) = refused(f"events/ruling/chain/?{query}", 400)["errors"]
    assert error["parameter"] == query.partition("=")[0]


def test_the_chain_of_nothing_is_not_found_and_only_happenings_have_one(ruling):
    refused("events/none/chain/", 404)
    refused("sources/none/chain/", 404)
