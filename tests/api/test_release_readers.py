"""A release as others read it: Datasette; and that neither it nor a download is held in memory."""

import asyncio
import tracemalloc
from collections.abc import Callable

import orjson
import pytest
from datasette.app import Datasette
from django.core.management import call_command
from django.test import Client

from timeline import ledger
from timeline.ledger import Change
from timeline.models import Entry
from timeline.releases import shelf

from ..factories import EDITOR, MAKERS, make_event

pytestmark = pytest.mark.django_db
FEW, MANY = 700, 2800


@pytest.fixture(autouse=True)
def _a_shelf(settings, tmp_path):
    settings.RELEASES = str(tmp_path / "shelf")


def test_datasette_opens_the_file_of_a_release():
    for maker in MAKERS.values():
        maker(), maker()
    call_command("make_release", "2026.11", verbosity=0)
    folder = shelf.release("2026.11").folder
    metadata = orjson.loads((folder / "metadata.json").read_bytes())

    async def read() -> dict[str, int]:
        datasette = Datasette(immutables=[str(folder / "tracker.sqlite")], metadata=metadata)
        await datasette.invoke_startup()
        shown = await datasette.client.get("/tracker")
        assert shown.status_code == 200
        assert "Korea–Japan Dispute Tracker" in (await datasette.client.get("/")).text
        counted = {}
        for table in (path.stem for path in (folder / "csv").iterdir()):
            assert (await datasette.client.get(f"/tracker/{table}")).status_code == 200
            answer = await datasette.client.get(f"/tracker/{table}.json?_shape=array&_size=max")
            counted[table] = len(answer.json())
        return counted

    rows = {
        r["name"].replace("-", "_"): r["rows"]
        for r in orjson.loads((folder / "datapackage.json").read_bytes())["resources"]
        if "rows" in r
    }
    assert asyncio.run(read()) == rows


def fill(first: int, last: int, document: dict) -> None:
    """Events of some kilobytes each."""
    long = document | {"summary": dict.fromkeys(("en", "ko", "ja"), "word " * 500)}
    changes = (Change("event", f"e{n}", long | {"key": f"e{n}"}) for n in range(first, last))
    ledger.append_all(changes, EDITOR, "many")


def peak(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def downloaded(ending: str) -> int:
    answer = Client().get(f"/api/v1/events.{ending}")
    return sum(len(part) for part in answer)


def test_memory_does_not_grow_with_the_record():
    make_event(key="model")
    document = Entry.objects.current().get(key="model").data
    works = {
        "csv": lambda: downloaded("csv"),
        "jsonl": lambda: downloaded("jsonl"),
        "timelinejs": lambda: downloaded("timelinejs"),
    }
    fill(0, FEW, document)
    few = {name: peak(work) for name, work in works.items()}
    few["release"] = peak(lambda: call_command("make_release", "2026.11", verbosity=0))
    fill(FEW, MANY, document)
    many = {name: peak(work) for name, work in works.items()}
    many["release"] = peak(lambda: call_command("make_release", "2026.12", verbosity=0))
    assert downloaded("jsonl") > 20_000_000
    print({name: (few[name], many[name]) for name in few})
    assert {name for name in few if many[name] > 1.3 * few[name] + 1_000_000} == set()
