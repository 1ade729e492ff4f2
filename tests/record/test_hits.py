"""Pages of hits are found span by span: they hold what the index of words finds at once."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from timeline import cursors, hits, ledger, record_types, search
from timeline.models import Entry
from timeline.queries import Query

from .appending import BY, REASON, add, change

pytestmark = pytest.mark.django_db
EVENTS = (record_types.get("event"),)
WORDS = ("force", "forced", "labour", "강제동원", "動員", "mine", "rare")
WEIGHTS = (30, 20, 15, 10, 8, 4, 1)
SPANS: list[dict[str, Any]] = [
    {},
    {"first": date(1998, 5, 3)},
    {"last": date(2009, 1, 17)},
    {"first": date(1995, 1, 1), "last": date(2009, 1, 1)},
    {"first": date(1995, 1, 1), "last": date(2009, 1, 1), "date_match": "within"},
    {"first": date(2009, 1, 1), "last": date(1995, 1, 1)},
]


@pytest.fixture
def many(monkeypatch):
    """Events of four centuries, most of them of few years; corrected, withdrawn, undated, long."""
    monkeypatch.setattr(hits, "FEW", 0)
    random = Random(4)
    changes = [_event(random, number) for number in range(120)]
    changes.append(change("first", title="force", date="0001"))
    changes.append(change("last", title="force rare", date="9999-12-31"))
    ledger.append_all(changes, BY, REASON)
    again = [_event(random, number) for number in range(0, 120, 7)]
    ledger.append_all([*again, ledger.Change("event", "event-001", None)], BY, REASON)


def _event(random: Random, number: int) -> ledger.Change:
    year = random.choice([1712, 1965, *range(1990, 2024)])
    day = date(year, 1, 1) + timedelta(random.randrange(365))
    text = random.choice([str(day), str(day), f"{day:%Y-%m}", str(year), f"{day}/..", None])
    words = " ".join(random.choices(WORDS, WEIGHTS, k=3))
    return change(f"event-{number:03}", title=words, date=text)


def pages(query: Query, backwards: bool = False) -> list[list[int]]:
    """The entries of all pages; or, from the last page on, of those before it."""
    found = []
    while True:
        page = query.page()
        found.append([entry.pk for entry in page.entries])
        follows = page.previous if backwards else page.next
        if not follows:
            return found
        query = replace(query, cursor=follows)


def all_at_once(query: Query) -> list[int]:
    ordered = cursors.ordered(query.entries(), query.ordering, cursors.At(), 10_000)
    return [entry.pk for entry in ordered]


@pytest.mark.parametrize(("walk", "most"), [(3, 2), (3, 500), (20, 9), (1_000, 500)])
@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("ordering", ["date", "-date"])
def test_spans_find_what_the_index_finds(many, monkeypatch, ordering, span, walk, most):
    monkeypatch.setattr(hits, "SAMPLE", walk)
    monkeypatch.setattr(hits, "WALK", 3 * walk)
    monkeypatch.setattr(hits, "MOST", most)
    past = Entry.objects.order_by("recorded_at").first().recorded_at
    for q in ("forc", "force labour", "제동", "強", "rare", "nowhere", "forced mine"):
        for as_of in (None, past):
            query = Query(EVENTS, "date", ordering, q=q, page_size=7, as_of=as_of, **span)
            sought = all_at_once(query)
            found = pages(query)
            assert [pk for page in found for pk in page] == sought
            assert [len(page) for page in found[:-1]] == [7] * (len(found) - 1)


@pytest.mark.parametrize("ordering", ["date", "-date"])
def test_pages_go_back_as_they_came(many, monkeypatch, ordering):
    monkeypatch.setattr(hits, "SAMPLE", 5)
    query = Query(EVENTS, "date", ordering, q="forc", page_size=7)
    *_, last = (page for page in _through(query))
    before = replace(query, cursor=last.previous)
    back = pages(before, backwards=True)
    assert [pk for page in reversed(back) for pk in page] == all_at_once(query)[
        : -len(last.entries)
    ]


def _through(query: Query):
    page = query.page()
    yield page
    while page.next:
        page = replace(query, cursor=page.next).page()
        yield page


def test_a_frequent_word_is_met_without_its_hits(many, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(hits, "SAMPLE", 10)
    monkeypatch.setattr(hits, "WALK", 60)
    query = Query(EVENTS, "date", "date", q="forc", page_size=7)
    # How many there are; two walks, each with its end, and the entries that it met.
    with django_assert_num_queries(7) as asked:
        query.page()
    said = "".join(question["sql"] for question in asked.captured_queries)
    assert "MATCH" not in said and "@@" not in said


def test_of_few_entries_all_hits_are_asked_for_at_once(
    many, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(hits, "FEW", 10**9)
    with django_assert_num_queries(2):
        Query(EVENTS, "date", "date", q="forc").page()


def test_what_lasts_is_found_beside_a_span(many):
    add("long", title="Rarely", date="1980-03/..")
    add("short", title="Rarely", date="1980-03-04")
    query = Query(EVENTS, "date", "date", q="rarely", first=date(2001, 1, 1))
    assert [entry.key for entry in query.page().entries] == ["long"]


def test_months_are_asked_for_as_years_where_they_are_whole():
    tokens = search.tokens_of_months(date(1999, 11, 5), date(2002, 2, 1))
    assert tokens == ["m199911", "m199912", "y2000", "y2001", "m200201", "m200202"]
    assert search.tokens_of_months(date(1, 1, 1), date(1, 12, 31)) == ["y0001"]


def test_the_index_knows_days_by_no_word_of_a_reader():
    add("dated", title="Words", date="2019-08/..")
    assert search.hits("default", "words", ["m201908"], 5)
    assert search.hits("default", "words", [search.LASTS], 5)
    assert not search.hits("default", "words", ["m201909", "y2018"], 5)
    for q in ("m201908", "y2019", "l", "m", "y", "words m", "words y2019"):
        assert not Entry.objects.matching(q).exists()
