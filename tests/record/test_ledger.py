from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from timeline import documents, ledger
from timeline.ledger import BATCH, GENESIS
from timeline.models import Entry

from .appending import BY, REASON, add, change, document

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, 0, 0, 250, tzinfo=UTC)


def chained(entries: list[Entry]) -> list[str]:
    """The digests as they should be, from the genesis on."""
    digests, previous = [], GENESIS
    for entry in entries:
        previous = documents.digest(previous, entry.content())
        digests.append(previous)
    return digests


def in_order() -> list[Entry]:
    return list(Entry.objects.order_by("pk"))


def test_the_first_version_holds_the_document_and_what_follows_from_it():
    said = document(
        "a", date="2019-07~", disputes=["gsomia"], summary={"en": "", "ko": "가나", "ja": None}
    )
    added = ledger.append("event", "a", said, "Editor", "because")
    entry = Entry.objects.get()
    assert added == entry
    assert (entry.type, entry.key, entry.version) == ("event", "a", 1)
    assert (entry.editor, entry.reason, entry.superseded_at) == ("Editor", "because", None)
    assert entry.document == documents.dumps(said)
    assert entry.data == said
    assert [entry.starts_on.isoformat(), entry.ends_on.isoformat()] == ["2019-07-01", "2019-07-31"]
    assert (entry.on_timeline, entry.series) == (True, None)
    assert entry.search_text == "wabout wa z0ac000b098 z0b098"
    assert [(t.name, t.value, t.starts_on) for t in entry.terms.all()] == [
        ("dispute", "gsomia", entry.starts_on)
    ]


def test_an_unchanged_document_appends_nothing():
    add("a")
    assert add("a", reason="again") is None
    assert Entry.objects.count() == 1


def test_an_order_of_keys_is_part_of_the_document():
    add("a")
    turned = dict(reversed(document("a").items()))
    assert ledger.append("event", "a", turned, BY, REASON).version == 2


def test_a_version_closes_the_one_before_it_at_its_own_instant():
    first = add("a", title="One")
    second = add("a", title="Two")
    third = add("a", title="Three")
    entries = in_order()
    assert [e.version for e in entries] == [1, 2, 3]
    assert [e.superseded_at for e in entries] == [second.recorded_at, third.recorded_at, None]
    assert first.recorded_at < second.recorded_at < third.recorded_at


def test_records_of_one_key_and_two_types_are_two_records():
    add("a")
    add("a", "source")
    assert [(e.type, e.version) for e in in_order()] == [("event", 1), ("source", 1)]


def test_withdrawing_leaves_a_tombstone_with_its_reason():
    add("a", disputes=["gsomia"])
    stone = ledger.withdraw("event", "a", "Editor", "It was an error.")
    stone.refresh_from_db()
    assert (stone.version, stone.withdrawn, stone.document, stone.data) == (2, True, None, {})
    assert (stone.reason, stone.editor) == ("It was an error.", "Editor")
    assert (stone.starts_on, stone.ends_on, stone.on_timeline) == (None, None, False)
    assert (stone.series, stone.search_text, stone.terms.count()) == (None, "", 0)
    assert Entry.objects.get(version=1).superseded_at == stone.recorded_at


def test_withdrawing_what_is_not_there_appends_nothing():
    assert ledger.withdraw("event", "a", BY, REASON) is None
    add("a")
    ledger.withdraw("event", "a", BY, REASON)
    assert ledger.withdraw("event", "a", BY, "again") is None
    assert Entry.objects.count() == 2


def test_what_was_withdrawn_can_be_published_again():
    add("a")
    ledger.withdraw("event", "a", BY, REASON)
    assert add("a").version == 3
    assert Entry.objects.current().get().version == 3


def test_each_digest_follows_from_the_one_before_it():
    add("a")
    add("b")
    add("a", title="Changed")
    ledger.withdraw("event", "b", BY, REASON)
    ledger.append_all([change("c"), change("d", "source")], BY, REASON)
    entries = in_order()
    assert [e.digest for e in entries] == chained(entries)
    assert len({e.digest for e in entries}) == 6


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "summit"},
        {"key": "b"},
        {"version": 2},
        {"recorded_at": NOON + timedelta(microseconds=1)},
        {"document": None},
        {"document": "{}"},
        {"reason": "Because."},
        {"editor": "E"},
    ],
)
def test_the_digest_covers_all_that_was_published(changed):
    usual = {
        "type": "event",
        "key": "a",
        "version": 1,
        "recorded_at": NOON,
        "document": "",
        "reason": "because",
        "editor": "F",
    }
    assert documents.digest(GENESIS, Entry(**usual).content()) != documents.digest(
        GENESIS, Entry(**usual | changed).content()
    )


def test_the_digest_follows_from_what_stands_before_it():
    content = Entry(type="event", key="a", version=1, recorded_at=NOON).content()
    assert documents.digest(GENESIS, content) != documents.digest("1" * 64, content)


def test_a_whole_second_gives_the_same_digest_after_reading(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON.replace(microsecond=0))
    written = add("a")
    read = Entry.objects.get()
    assert read.content() == written.content()


def test_instants_move_on_when_the_clock_stands_still_or_goes_back(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    add("a", title="One")
    add("a", title="Two")
    monkeypatch.setattr(timezone, "now", lambda: NOON - timedelta(days=30))
    add("a", title="Three")
    ledger.withdraw("event", "a", BY, REASON)
    instants = [e.recorded_at for e in in_order()]
    assert instants == [NOON + timedelta(microseconds=n) for n in range(4)]
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(hours=1))
    assert add("a").recorded_at == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("by", "reason"), [("", "why"), ("  ", "why"), ("who", ""), ("who", " \n")]
)
def test_a_reason_and_an_editor_are_required(by, reason):
    with pytest.raises(ValueError, match="needs a reason and an editor"):
        ledger.append("event", "a", document("a"), by, reason)
    with pytest.raises(ValueError, match="needs a reason and an editor"):
        ledger.withdraw("event", "a", by, reason)
    assert Entry.objects.count() == 0


def test_several_records_are_published_at_one_instant():
    add("b")
    added = ledger.append_all([change("a"), change("b"), change("c")], BY, REASON)
    assert [(e.key, e.version) for e in added] == [("a", 1), ("c", 1)]
    assert len({e.recorded_at for e in added}) == 1


def test_more_than_one_batch_continues_one_chain_at_one_instant():
    number = BATCH + 3
    add("k0", title="Former")
    steps = []
    added = ledger.append_all(
        (change(f"k{n}", disputes=["gsomia"]) for n in range(number)), BY, REASON, steps.append
    )
    entries = in_order()
    assert steps == [BATCH, 3]
    assert [e.pk for e in added] == [e.pk for e in entries[1:]]
    assert len({e.recorded_at for e in added}) == 1
    assert [e.digest for e in entries] == chained(entries)
    assert Entry.objects.current().with_term("dispute", "gsomia").count() == number


def test_a_record_twice_in_one_publication_is_refused_and_nothing_is_added():
    for changes in (
        [change("a", title="One"), change("a", title="Two")],
        [
            change("a", title="One"),
            *(change(f"k{n}") for n in range(BATCH)),
            change("a", title="2"),
        ],
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ledger.append_all(changes, BY, REASON)
    assert Entry.objects.count() == 0


def test_a_fault_in_a_later_document_adds_nothing():
    with pytest.raises(ValueError, match="is no date"):
        ledger.append_all([change("a"), change("b", date="soon")], BY, REASON)
    with pytest.raises(KeyError), transaction.atomic():
        ledger.append_all([change("a"), change("b", "unheard-of")], BY, REASON)
    assert Entry.objects.count() == 0
