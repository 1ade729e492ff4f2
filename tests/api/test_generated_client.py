"""A Python client that openapi-python-client makes of the description fetches all of the record."""

import importlib
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from timeline import record_types
from timeline.models import Entry

from ..factories import MAKERS, make_actor, make_dispute, make_event, make_link, make_summit

GENERATOR = Path(sys.executable).with_name("openapi-python-client")
NAME = "generated_tracker_client"


@pytest.fixture
def generated(tmp_path, monkeypatch) -> ModuleType:
    """The package, made without a warning."""
    (tmp_path / "api.json").write_bytes(Client().get("/api/v1/openapi.json").content)
    command = [GENERATOR, "generate", "--path=api.json", "--meta=none", f"--output-path={NAME}"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert (done.returncode, "WARNING parsing" in done.stdout) == (0, False), done.stdout
    assert "Unable to process" not in done.stdout, done.stdout
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module(NAME)


def all_of(client: Any, operation: str, folder: str, **given: Any) -> list[dict[str, Any]]:
    """Every document of a list, page by page, as the client read it and would write it again."""
    module = importlib.import_module(f"{NAME}.api.{folder}.{operation}")
    found, cursor = [], {}
    while True:
        page = module.sync(client=client, page_size=2, **given, **cursor)
        found += [item.to_dict() for item in page.results]
        if not page.next_:
            return found
        cursor = {"cursor": parse_qs(urlsplit(page.next_).query)["cursor"][0]}


def added(document: dict[str, Any]) -> dict[str, Any]:
    """A document without the state that its list adds."""
    extra = {"dispute": "status", "commitment": "fulfilment"}.get(document["type"])
    return {name: value for name, value in document.items() if name != extra}


@pytest.mark.django_db(transaction=True)
def test_the_generated_client_fetches_all_of_the_record(live_server, generated):
    for maker in MAKERS.values():
        maker(), maker()
    cause, dispute = make_summit(date="2019-06-29"), make_dispute()
    full = make_event(disputes=(dispute,), initiators=(make_actor(),), answers=(cause,))
    make_link(make_event(date="2020"), full)
    client = generated.Client(base_url=live_server.url)
    fetched = [
        document
        for t in record_types.all_types()
        for document in all_of(client, f"{t.plural}_list", t.plural, ordering=_order(t))
    ]
    published = [entry.data for entry in Entry.objects.current()]
    assert sorted(map(_name, fetched)) == sorted(map(_name, published))
    by_name = {_name(document): document for document in published}
    assert [added(d) for d in fetched] == [by_name[_name(d)] for d in fetched]
    changes = all_of(client, "changes_list", "changes")
    assert len(changes) == Entry.objects.count()


def _order(record_type: Any) -> Any:
    """By key: what has no date stands in no list by date."""
    class_name = f"{record_type.plural.capitalize()}ListOrdering"
    return getattr(importlib.import_module(f"{NAME}.models"), class_name).KEY


def _name(document: dict[str, Any]) -> tuple[str, str]:
    return document["type"], document["key"]
