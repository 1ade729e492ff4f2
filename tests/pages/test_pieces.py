"""Pieces of pages are kept for each entry and language; what an entry says never changes."""

import pytest

from timeline import pieces
from timeline.models import Entry
from timeline.reading import Reader

from ..factories import make_event
from ..record.appending import add

ENGLISH, KOREAN = Reader("en", "/en"), Reader("ko", "/ko")


@pytest.fixture
def written():
    """A piece that says how often it was written."""
    times = []

    @pieces.of_entry
    def piece(entry: Entry, reader: Reader, *values: str) -> str:
        times.append(values)
        return f"{reader.language}{entry.data.get('key')}{len(times)}"

    return piece


def entry(digest: str = "a", document: str = '{"key":"k"}') -> Entry:
    return Entry(digest=digest, document=document)


def test_a_piece_is_written_once_for_each_entry_language_and_value(written):
    asked = [
        *((entry(), ENGLISH), (entry(), ENGLISH), (entry(), KOREAN)),
        *((entry(), ENGLISH, "full"), (entry("b", '{"key":"l"}'), ENGLISH), (entry(), KOREAN)),
    ]
    assert [written(*each) for each in asked] == ["enk1", "enk1", "kok2", "enk3", "enl4", "kok2"]


def test_pages_of_the_past_and_entries_without_a_digest_are_not_kept(written):
    past = Reader("en", "/en", "2026-01-01")
    for each in (entry(), past), (entry(""), ENGLISH):
        assert written(*each) != written(*each)


def test_what_is_asked_for_is_kept_and_the_rest_forgotten(written, monkeypatch):
    monkeypatch.setattr(pieces, "MOST", 8)
    kept = [written(entry(digest), ENGLISH) for digest in "abacadab"]
    assert kept == ["enk1", "enk2", "enk1", "enk3", "enk1", "enk4", "enk1", "enk5"]
    assert pieces._size <= 8


@pytest.mark.django_db
def test_a_row_follows_its_record_and_the_names_of_its_disputes(client):
    add("a", "dispute", title="First name", disputes=["a"], position=1, url="/disputes/a/")
    make_event(key="it", title_en="An event")
    add("happened", disputes=["a"], title="It happened", url="/events/happened/")
    pages = [client.get(f"/{code}/events/").content.decode() for code in ("en", "ko")]
    assert all("First name" in page and "It happened" in page for page in pages)
    add("a", "dispute", title="Second name", disputes=["a"], position=1, url="/disputes/a/")
    add("happened", disputes=["a"], title="It changed", url="/events/happened/")
    for code in ("en", "ko"):
        page = client.get(f"/{code}/events/").content.decode()
        assert "Second name" in page and "First name" not in page
        assert "It changed" in page and "It happened" not in page
