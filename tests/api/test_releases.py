"""Releases: the same instant gives the same bytes, and what stands on the shelf stays there."""

import csv
import hashlib
import sqlite3
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.template.defaultfilters import filesizeformat
from django.test import Client
from frictionless import Package

from disputes.publishing import publish, withdraw
from timeline import record_types
from timeline.models import Entry
from timeline.releases import shelf
from timeline.releases.edition import Edition

from ..factories import EDITOR, MAKERS, make_actor, make_dispute, make_event, make_source
from .answers import ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_shelf(settings, tmp_path):
    settings.RELEASES = str(tmp_path / "shelf")


@pytest.fixture
def record():
    """One record of every type, and an event with all that it can refer to."""
    for maker in MAKERS.values():
        maker()
    cause, actor = make_event(key="cause"), make_actor(key="actor", name_en="=A formula")
    dispute = make_dispute(key="gsomia")
    make_event(key="full", disputes=(dispute,), initiators=(actor,), answers=(cause,))


def released(name: str = "2026.11", *args: str) -> Path:
    call_command("make_release", name, *args, verbosity=0)
    return shelf.release(name).folder


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_a_release_is_rebuilt_with_the_same_bytes_after_the_record_went_on(record, tmp_path):
    first = contents(released())
    event = Entry.objects.current().get(key="full")
    withdraw(make_event(), EDITOR, "a mistake")
    call_command(
        "make_release",
        "2026.11",
        "--as-of",
        event.recorded_at.isoformat(),
        "--former",
        "none",
        "--into",
        str(tmp_path / "again"),
    )
    assert contents(tmp_path / "again") == first


def test_the_readme_says_the_command_that_rebuilds_it(record, tmp_path):
    first = released()
    make_event()
    second = released("2026.12")
    for number, folder in enumerate((first, second)):
        line = next(ln for ln in (folder / "README.md").read_text().splitlines() if "make_re" in ln)
        into = tmp_path / f"into-{number}"
        call_command(*line.split()[2:-1], str(into))
        assert contents(into) == contents(folder)


def test_the_package_is_valid_for_frictionless(record):
    report = Package(str(released() / "datapackage.json")).validate()
    errors = [(t.name, e.type, e.message) for t in report.tasks for e in t.errors]
    assert (errors, report.errors, report.warnings) == ([], [], [])
    assert [warning for task in report.tasks for warning in task.warnings] == []
    assert report.stats["errors"] == 0


def test_every_type_has_its_documents_and_its_table(record):
    folder = released()
    for record_type in record_types.all_types():
        entries = Entry.objects.current().of_type(record_type.name).in_byte_order()
        lines = (folder / "jsonl" / f"{record_type.plural}.jsonl").read_text().splitlines()
        assert lines == [entry.document for entry in entries]
        keys = [row["key"] for row in rows(folder, record_type.plural)]
        assert keys == [entry.key for entry in entries]


def test_lists_inside_documents_are_tables_of_their_own(record):
    folder = released()
    (link,) = rows(folder, "events_links")
    assert (link["record"], link["position"], link["kind"], link["event_key"]) == (
        "full",
        "1",
        "responds_to",
        "cause",
    )
    assert rows(folder, "events_disputes") == [
        {"record": "full", "position": "1", "value": "gsomia"}
    ]


def test_one_sqlite_file_has_the_same_tables(record):
    folder = released()
    with sqlite3.connect(folder / "tracker.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [
            n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        assert sorted(names) == sorted(path.stem for path in (folder / "csv").iterdir())
        for name in names:
            (count,) = database.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            assert count == len(rows(folder, name))
        (title,) = database.execute("SELECT title_en FROM actors WHERE key='actor'").fetchone()
    assert title == "=A formula"
    formulas = [row["title_en"] for row in rows(folder, "actors") if row["key"] == "actor"]
    assert formulas == ["'=A formula"]


def test_checksums_are_those_of_the_files(record):
    folder = released()
    listed = dict(
        reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines()
    )
    files = {
        name: hashlib.sha256(body).hexdigest()
        for name, body in contents(folder).items()
        if name not in ("SHA256SUMS", "tracker.zip")
    }
    assert listed == files


def test_changes_name_what_was_added_corrected_and_withdrawn_since_the_former_release():
    event, gone = (
        make_event(key="corrected", sources=[make_source(key="s")]),
        make_actor(key="gone"),
    )
    released()
    event.title_en = "Corrected"
    event.save()
    publish(event, EDITOR, "a typing error")
    withdraw(gone, EDITOR, "entered twice")
    make_actor(key="new")
    withdraw(make_actor(key="came-and-went"), EDITOR, "a mistake")
    folder = released("2026.12")
    with (folder / "CHANGES.csv").open() as file:
        found = [(r["key"], r["change"], r["reason"]) for r in csv.DictReader(file)]
    assert found == [
        ("gone", "withdrawn", "entered twice"),
        ("new", "added", "first published"),
        ("corrected", "corrected", "a typing error"),
    ]
    assert "| actor | 1 | 0 | 1 |" in (folder / "CHANGES.md").read_text()
    assert (
        orjson.loads((folder / "datapackage.json").read_bytes())["former"]["version"] == "2026.11"
    )


def test_an_instant_between_two_publications_is_that_of_the_one_before():
    make_event()
    head = Entry.objects.head()
    edition = Edition.at("2026.11", head.recorded_at + timedelta(microseconds=1))
    assert (edition.as_of, edition.version, edition.digest) == (
        head.recorded_at,
        head.pk,
        head.digest,
    )


@pytest.mark.parametrize("name", ["../2026.11", "latest", "2026", "2026.11/x", "2026.11.1234"])
def test_a_release_has_a_name_of_one_form(name):
    make_event()
    with pytest.raises(CommandError, match="is no name of a release"):
        call_command("make_release", name)


def test_a_release_is_never_made_twice_nor_of_an_empty_record():
    with pytest.raises(CommandError, match="empty"):
        call_command("make_release", "2026.11")
    make_event()
    before = contents(released())
    with pytest.raises(CommandError, match="there already"):
        call_command("make_release", "2026.11")
    assert contents(shelf.release("2026.11").folder) == before


def test_the_page_lists_releases_with_rows_and_checksums(record):
    assert "No release has been made yet." in Client().get("/en/data/").content.decode()
    released()
    found = shelf.release("2026.11")
    page = Client().get("/en/data/").content.decode()
    assert found.digest in page and "2026.11" in page
    assert f"<td>{filesizeformat(found.bytes)}</td>" in page
    detail = Client().get("/en/data/2026.11/").content.decode()
    for file in found.files:
        assert f'href="/data/2026.11/{file.path}"' in detail
        assert file.sha256[:12] in detail


def test_the_api_lists_releases_with_sizes_rows_and_checksums(record, settings):
    settings.SITE_URL = "https://tracker.example"
    assert ask("data/")["results"] == []
    folder = released()
    found = shelf.release("2026.11")
    (release,) = ask("data/")["results"]
    assert {name: release[name] for name in release if name != "files"} == {
        "name": "2026.11",
        "as_of": found.package["as_of"],
        "version": Entry.objects.head().pk,
        "digest": Entry.objects.head().digest,
        "former": None,
        "records": Entry.objects.current().count(),
        "bytes": sum(f.stat().st_size for f in folder.rglob("*.*") if f.name != "tracker.zip"),
        "sha256": hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest(),
        "page": "https://tracker.example/en/data/2026.11/",
        "sums": "https://tracker.example/data/2026.11/SHA256SUMS",
    }
    for file in release["files"]:
        body = Client().get(file["url"].removeprefix("https://tracker.example")).getvalue()
        assert (len(body), hashlib.sha256(body).hexdigest()) == (file["bytes"], file["sha256"])


def test_latest_leads_to_a_name():
    assert Client().get("/data/latest/", follow=True).status_code == 404
    make_event()
    released()
    make_event()
    released("2026.12")
    assert Client().get("/data/latest/")["Location"] == "/en/data/2026.12/"
    file = Client().get("/data/latest/csv/events.csv")
    assert (file.status_code, file["Location"]) == (302, "/data/2026.12/csv/events.csv")
    assert Client().get("/data/2026.11/", follow=True).redirect_chain == [
        ("/en/data/2026.11/", 302)
    ]


def test_a_file_is_sent_as_it_is_for_good():
    make_event()
    folder = released()
    response = Client().get("/data/2026.11/csv/events.csv")
    body = b"".join(response.streaming_content)
    assert body == (folder / "csv" / "events.csv").read_bytes()
    assert response["ETag"] == f'"{hashlib.sha256(body).hexdigest()}"'
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    again = Client(headers={"If-None-Match": response["ETag"]}).get("/data/2026.11/csv/events.csv")
    assert (again.status_code, again.content) == (304, b"")
    sums = Client().get("/data/2026.11/SHA256SUMS")
    assert b"".join(sums.streaming_content) == (folder / "SHA256SUMS").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "/data/2026.11/../../manage.py",
        "/data/2026.11/%2e%2e/%2e%2e/manage.py",
        "/data/2026.11/none.csv",
        "/data/2026.11/csv",
        "/data/..%2f..%2fetc/passwd",
        "/data/2026.11/%00",
        "/data/none/README.md",
        "/en/data/2020.01/",
    ],
)
def test_only_what_a_release_lists_is_sent(path):
    make_event()
    released()
    assert Client().get(path).status_code == 404


def test_the_list_is_fresh_after_a_release_without_a_publication():
    make_event()
    etag = Client().get("/en/data/")["ETag"]
    released()
    assert Client(headers={"If-None-Match": etag}).get("/en/data/").status_code == 200
