"""Two that publish at once: with real transactions, on connections of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from timeline import ledger
from timeline.models import Entry, MonthCount
from timeline.verification import Verification

from .appending import BY, REASON, change

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 10


@pytest.fixture(autouse=True)
def in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """On SQLite tests run in shared memory, whose locks are not a file's: here they use a copy."""
    if connection.vendor != "sqlite":
        yield
        return
    file = str(tmp_path / "record.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [file])
    usual = connections["default"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(usual.settings_dict, "NAME", file)
        connections["default"] = connections.create_connection("default")
        yield
        connections["default"].close()
        connections["default"] = usual


def publish_at_once(*publications: Callable[[], object]) -> list[Exception]:
    """Run each in a thread, all begun together; gives what they raised."""
    barrier, raised = Barrier(len(publications)), []

    def run(publication: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=30)
            publication()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[publication]) for publication in publications]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


def writer(name: str) -> Callable[[], None]:
    def publication() -> None:
        for number in range(ROUNDS):
            changes = [change(f"{name}-{number}"), change("shared", title=f"{name} {number}")]
            ledger.append_all(changes, BY, REASON)

    return publication


def test_two_that_publish_at_once_continue_one_chain():
    assert publish_at_once(writer("left"), writer("right")) == []
    assert Entry.objects.count() == 4 * ROUNDS
    versions = Entry.objects.filter(key="shared").order_by("pk").values_list("version", flat=True)
    assert list(versions) == list(range(1, 2 * ROUNDS + 1))
    assert list(Verification().faults()) == []
    assert MonthCount.objects.get().count == 2 * ROUNDS + 1


def test_a_publication_that_fails_leaves_the_chain_to_the_other():
    def failing() -> None:
        for number in range(ROUNDS):
            with pytest.raises(ValueError, match="is no date"):
                ledger.append_all(
                    [change(f"lost-{number}"), change("bad", date="soon")], BY, REASON
                )

    assert publish_at_once(writer("left"), failing) == []
    assert Entry.objects.filter(key__startswith="lost").count() == 0
    assert Entry.objects.count() == 2 * ROUNDS
    assert list(Verification().faults()) == []


def test_the_record_can_be_verified_while_it_grows():
    writer("before")()
    found = []
    assert publish_at_once(writer("after"), lambda: found.extend(Verification().faults())) == []
    assert found == []
    assert Entry.objects.count() == 4 * ROUNDS


def test_publishing_goes_on_while_a_snapshot_is_read():
    writer("before")()
    check = Verification()
    found = check.faults()
    check.progress = lambda number: publish_at_once(writer("during"))
    assert list(found) == []
    assert check.entries == 2 * ROUNDS
    assert Entry.objects.count() == 4 * ROUNDS
    assert list(Verification().faults()) == []
