"""A question that was kept asks what the querysets ask, whatever its values."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict

from timeline import compiled, cursors, ledger, parameters, record_types
from timeline.models import Entry

from ..record.appending import BY, add, change

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "",
    "ordering=-date",
    "ordering=key",
    "ordering=-recorded_at",
    "kind=ruling",
    "kind=talks&kind=ruling",
    "kind__in=talks,lawsuit,ruling&country=KR",
    "dispute=gsomia",
    "dispute=gsomia&ordering=-date",
    "date__gte=2019-03",
    "date__lte=2019-03-04",
    "date__gte=2019-02&date__lte=2019-09",
    "date__gte=2019-02&date__lte=2019-09&date_match=within",
    "type=event&date__gte=2019",
    "date__gte=2019-03&ordering=-date",
    "date__gte=2019-02-16&date__lte=2019-03&q=about",
    "dispute=gsomia&date__gte=2019-05",
    "updated_since=2020-01-01T00:00:00Z",
]


def queries(text: str):
    types = [record_types.get("event")]
    if "type=" in text:
        types = record_types.timeline_types()
    return parameters.read(QueryDict(text), types)


@pytest.fixture(autouse=True)
def _record() -> None:
    compiled._kept.clear()
    add("gsomia", "dispute")
    for number in range(1, 10):
        kind = ("ruling", "talks", "lawsuit")[number % 3]
        disputes = ["gsomia"] if number % 2 else ["radar", "gsomia"][: number % 4]
        add(f"e{number}", date=f"2019-0{number}-03", kind=kind, disputes=disputes)
    add("long", date="2018-12-30/2019-06-01", kind="ruling", disputes=["gsomia"])
    add("open", date="2019-01/..", kind="talks", disputes=["gsomia"])
    add("over", date="2019-01/2019-02-15", kind="talks")
    ledger.append_all([change("e3", title="corrected", date="2019-03-03")], BY, "corrected")
    ledger.withdraw("event", "e4", BY, "withdrawn")


def pages(query, ask) -> list[tuple[list[int], str | None, str | None]]:
    """All pages there and back again."""
    seen, query = [], replace(query, page_size=2)
    for direction in ("next", "previous"):
        while True:
            found = ask(query)
            seen.append(([e.pk for e in found.entries], found.next, found.previous))
            if not (cursor := getattr(found, direction)):
                break
            query = replace(query, cursor=cursor)
    return seen


def paged(query) -> cursors.Page:
    return query.page()


def made_anew(query) -> cursors.Page:
    return cursors.page(query.entries(), query.ordering, query.cursor, query.page_size)


@pytest.mark.parametrize("text", ADDRESSES)
def test_kept_question_gives_the_pages_of_the_querysets(text):
    query = queries(text)
    assert pages(query, paged) == pages(query, made_anew)
    assert pages(query, paged) == pages(query, made_anew)  # from what was kept


@pytest.mark.parametrize("ago", range(0, 12, 3))
def test_kept_question_gives_the_past(ago):
    instants = list(Entry.objects.order_by("-pk").values_list("recorded_at", flat=True))
    for text in ("", "kind=ruling", "ordering=-date"):
        query = replace(queries(text), as_of=instants[ago])
        assert pages(query, paged) == pages(query, made_anew)


def test_one_question_serves_other_values():
    first = paged(queries("kind=ruling&date__gte=2019-02"))
    number = len(compiled._kept)
    second = paged(queries("kind=talks&date__gte=2019-05"))
    assert len(compiled._kept) == number == 2  # the two parts of what overlaps a span
    assert [e.data["kind"] for e in first.entries] == ["ruling"] * len(first.entries) != []
    assert [e.data["kind"] for e in second.entries] == ["talks"] * len(second.entries) != []
    assert min(e.ends_on or date.max for e in second.entries) >= date(2019, 5, 1)


def test_entries_are_as_the_querysets_give_them():
    kept = paged(queries("date__gte=2019-03&date__lte=2019-03-09&date_match=within")).entries[0]
    usual = Entry.objects.current().get(key="e3")
    for field in Entry._meta.fields:
        assert getattr(kept, field.attname) == getattr(usual, field.attname)
    assert datetime.now(UTC) - kept.recorded_at < timedelta(minutes=5)


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(compiled, "MOST", 3)
    for size in range(1, 8):
        paged(replace(queries(""), page_size=size))
    assert 1 <= len(compiled._kept) <= 3
