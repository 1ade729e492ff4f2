"""A frequent word is met by walking a list: it finds what the index of words finds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from timeline import queries, record_types, search
from timeline.queries import Query

from .appending import add

pytestmark = pytest.mark.django_db
TEXTS = ("forced labour", "labour forces", "強制労働 問題", "a force", "enforced")


@pytest.fixture
def many():
    for number in range(40):
        text = TEXTS[number % len(TEXTS)]
        add(f"event-{number:02}", title=text, date=f"{1990 + 7 * number % 30}-05")


def walked(monkeypatch, hits: int) -> None:
    monkeypatch.setattr(search, "WALKED", dict.fromkeys(search.WALKED, hits))


def pages(q: str, ordering: str, **more: Any) -> list[list[str]]:
    """The keys of all pages of the events that match."""
    query = Query((record_types.get("event"),), "date", ordering, q=q, page_size=3, **more)
    found = []
    while True:
        page = query.page()
        found.append([entry.key for entry in page.entries])
        if not page.next:
            return found
        query = replace(query, cursor=page.next)


@pytest.mark.parametrize("ordering", ["date", "-date"])
@pytest.mark.parametrize("q", ["forc", "force labour", "労働", "nowhere", "enforced"])
@pytest.mark.parametrize("walk", [2, 7, 20_000])
@pytest.mark.parametrize(
    "span", [{}, {"first": date(1998, 5, 1)}, {"first": date(1995, 1, 1), "last": date(2009, 1, 1)}]
)
def test_a_walk_finds_what_the_index_finds(many, monkeypatch, q, ordering, walk, span):
    walked(monkeypatch, 1_000_000)
    sought = pages(q, ordering, **span)
    search.is_frequent.cache_clear()
    walked(monkeypatch, 0)
    monkeypatch.setattr(queries, "WALK", walk)
    assert pages(q, ordering, **span) == sought


def test_a_frequent_word_does_not_ask_the_index_for_its_hits(
    many, monkeypatch, django_assert_num_queries
):
    walked(monkeypatch, 0)
    query = Query((record_types.get("event"),), "date", "date", q="forc")
    search.is_frequent("forc", "default")
    with django_assert_num_queries(2) as asked:  # the end of the walk, and the page
        query.page()
    said = "".join(question["sql"] for question in asked.captured_queries)
    assert "MATCH" not in said and "@@" not in said


def test_a_walk_ends(many, monkeypatch, django_assert_num_queries):
    """A frequent word that nobody wrote in the first days is looked up after all."""
    walked(monkeypatch, 0)
    monkeypatch.setattr(queries, "WALK", 5)
    last = add("last", title="Rare", date="2030-01-01")
    query = Query((record_types.get("event"),), "date", "date", q="rare")
    assert search.is_frequent("rare", "default")
    with django_assert_num_queries(3):  # the end of the walk, the walk, the hits
        assert [entry.key for entry in query.page().entries] == [last.key]
