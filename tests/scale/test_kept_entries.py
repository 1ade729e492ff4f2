"""What is kept of entries is what the database holds, and only what it will hold for good."""

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from timeline import kept_entries, ledger, parameters, record_types
from timeline.kept_entries import KeptEntries, entries
from timeline.models import Entry

from ..record.appending import BY, add, change

KEYS = [f"e{number}" for number in range(6)]


@pytest.fixture
def record(transactional_db) -> None:
    for key in KEYS:
        add(key)


def page() -> list[Entry]:
    return parameters.read(QueryDict(""), [record_types.get("event")]).page().entries


def which() -> list[tuple]:
    return list(Entry.objects.order_by("pk").values_list("pk", "superseded_at"))


@pytest.mark.usefixtures("record")
def test_a_page_that_was_read_before_asks_only_which_entries_it_holds():
    first = page()
    with CaptureQueriesContext(connection) as captured:
        second = page()
    assert len(captured) == 1 and "document" not in captured[0]["sql"].split("FROM")[0]
    assert [e.__dict__ | {"_state": 0} for e in first] == [
        e.__dict__ | {"_state": 0} for e in second
    ]
    assert [e.key for e in second] == KEYS


@pytest.mark.usefixtures("record")
def test_an_entry_that_was_closed_since_is_read_again():
    page()
    ledger.append_all([change("e3", title="corrected")], BY, "corrected")
    assert [e.version for e in page() if e.key == "e3"] == [2]
    closed = Entry.objects.get(key="e3", version=1)
    found = entries.of(connection, which())
    assert [e.superseded_at for e in found if e.pk == closed.pk] == [closed.superseded_at]
    assert {e.pk: e.document for e in found} == dict(Entry.objects.values_list("pk", "document"))


@pytest.mark.usefixtures("record")
def test_what_is_closed_between_the_two_questions_is_as_the_first_saw_it(monkeypatch):
    read = kept_entries._read

    def late(*given):
        ledger.append_all([change("e3", title="corrected")], BY, "corrected")
        return read(*given)

    monkeypatch.setattr(kept_entries, "_read", late)
    (seen,) = [entry for entry in page() if entry.key == "e3"]
    assert (seen.version, seen.superseded_at) == (1, None)
    monkeypatch.undo()
    assert [entry.version for entry in page() if entry.key == "e3"] == [2]


@pytest.mark.usefixtures("record")
def test_what_one_reader_does_to_an_entry_no_other_sees():
    first = page()[0]
    first.data["title"], first.key = "changed", "another"
    again = page()[0]
    assert (again.key, again.data["title"]) != ("another", "changed")
    assert again.key == "e0"


@pytest.mark.usefixtures("record")
def test_what_a_transaction_sees_and_undoes_is_not_kept():
    size = entries.size
    with transaction.atomic():
        add("undone")
        assert "undone" in {e.key for e in page()}
        transaction.set_rollback(True)
    assert entries.size == size
    assert [e.key for e in page()] == KEYS
    add("another")  # on SQLite with the number of what was undone
    assert [e.key for e in page()] == ["another", *KEYS]


@pytest.mark.usefixtures("record")
def test_memory_is_bounded_and_forgets_the_least_lately_used():
    length = max(len(e.document) for e in Entry.objects.all())
    kept = KeptEntries(most=3 * length)
    *__, newest = everything = which()
    kept.of(connection, everything)
    assert 0 < kept.size <= 3 * length
    for one, questions in ((newest, 0), (everything[0], 1), (everything[0], 0)):
        with CaptureQueriesContext(connection) as captured:
            assert [e.pk for e in kept.of(connection, [one])] == [one[0]]
        assert len(captured) == questions
    assert [e.key for e in KeptEntries(most=0).of(connection, which())] == KEYS
