"""Answers in parts, and with what they refer to."""

import pytest

from ..factories import (
    make_actor,
    make_dispute,
    make_event,
    make_source,
    make_status,
)
from .answers import ask, refused, rows

pytestmark = pytest.mark.django_db


def test_fields_give_parts_in_the_documents_order():
    make_event(key="e", sources=[make_source(key="s", title="T")])
    (document,) = ask("events/?fields=sources.key,key,title.en")["results"]
    assert document == {
        "key": "e",
        "title": {"en": "Something happened"},
        "sources": [{"key": "s"}],
    }
    one = ask("events/e/?fields=key")
    assert list(one) == ["key", "meta"]


def test_omit_takes_parts_away():
    make_event(key="e")
    full = ask("events/e/")
    less = ask("events/e/?omit=sources,title.ko,title.ja")
    assert less["title"] == {"en": "Something happened"}
    assert list(less) == [name for name in full if name != "sources"]


def test_a_whole_part_takes_in_what_is_named_inside_it():
    make_event(key="e")
    assert list(ask("events/e/?fields=title,title.en")["title"]) == ["en", "ko", "ja"]


def test_fields_choose_the_columns_of_a_table():
    make_event(key="e")
    assert rows("events.csv?fields=key,title.en,summary") == [
        {
            "key": "e",
            "title_en": "Something happened",
            "summary_en": "It is described here.",
            "summary_ko": "",
            "summary_ja": "",
        }
    ]


def test_fields_of_what_is_added_for_the_day():
    make_status(make_dispute(key="gsomia"), status="eased")
    (document,) = ask("disputes/?fields=key,status.status")["results"]
    assert document == {"key": "gsomia", "status": {"status": "eased"}}
    assert rows("disputes.csv?fields=key,status.status") == [
        {"key": "gsomia", "status_status": "eased"}
    ]


@pytest.mark.parametrize("name", ["fields", "omit", "include", "facet"])
def test_a_part_that_is_none_is_refused_with_a_hint(name):
    (error,) = refused(f"events/?{name}=disputs", 400)["errors"]
    assert (error["parameter"], error["code"]) == (name, "choice")


def test_include_brings_what_is_referred_to_at_the_same_instant():
    dispute, actor = make_dispute(key="d"), make_actor(key="a")
    source = make_source(key="s")
    make_event(disputes=(dispute,), initiators=(actor,), sources=[source])
    make_source(key="another")
    answer = ask("events/?include=source,dispute,actor")
    assert {name: list(found) for name, found in answer["included"].items()} == {
        "source": ["s"],
        "dispute": ["d"],
        "actor": ["a"],
    }
    assert answer["included"]["source"]["s"]["title"] == ask("sources/s/")["title"]


def test_one_record_can_include_too():
    event = make_event(key="e", sources=[make_source(key="s")])
    assert list(ask(f"events/{event.key}/?include=source")["included"]["source"]) == ["s"]
