"""Backups of released versions are restored into this one, verified, and read."""

import gzip
import json
import shutil
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from timeline.backups.manifest import Manifest

from ..safety.databases import empty_place, manage, serving
from ..safety.test_backup import answer

pytestmark = pytest.mark.django_db(transaction=True)
ENDINGS = {"sqlite": "sqlite3", "postgresql": "pgdump"}
VERSIONS = sorted(path for path in Path(__file__).parent.glob("[0-9]*") if path.is_dir())
PAGES = {  # and a word that each says
    "/en/": "/en/disputes/gsomia/",
    "/ko/timeline/": "지소미아",
    "/ja/events/notice/": "破棄の通告",
    "/en/changes/": "It was entered twice.",
    "/api/v1/events/answer/": "notice",
}
DESK = """
from django.contrib.auth.models import User
from disputes.models import Event
print(Event.objects.get(key='a-draft').state, User.objects.get().get_full_name())
"""


def unpacked(version: Path, folder: Path) -> Path:
    """The backup of a version, of the engine under test, as `manage.py backup` had written it."""
    file = folder / f"tracker.{ENDINGS[connection.vendor]}"
    kept = version / file.name
    file.write_bytes(gzip.decompress(kept.with_name(kept.name + ".gz").read_bytes()))
    shutil.copy(Manifest.place(kept), Manifest.place(file))
    return file


def test_there_is_a_version_to_come_from():
    assert [path.name for path in VERSIONS][:1] == ["0.1.0"]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_a_released_version_is_brought_up_to_this_one(version, tmp_path):
    backup = unpacked(version, tmp_path)
    head = json.loads(Manifest.place(backup).read_text())["contents"]["head"]
    with empty_place(tmp_path, "upgraded") as database:
        done = manage(database, "restore", str(backup), "--migrate")
        assert (done.returncode, done.stderr) == (0, "")
        assert f"faults: 0.\nHead: {head['id']} {head['digest']}" in done.stdout
        assert manage(database, "migrate", "--check").returncode == 0
        assert manage(database, "check_desk").returncode == 0
        desk = manage(database, "shell", "-v0", "-c", DESK)
        assert desk.stdout.strip() == "draft Minji Kim"
        with serving(database) as (address, _process):
            lacking = {p: w for p, w in PAGES.items() if w not in answer(address + p).decode()}
            assert lacking == {}
            assert json.loads(answer(address + "/ledger/head"))["digest"] == head["digest"]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda path: path.name)
def test_no_migration_of_a_released_version_was_taken_away(version, tmp_path):
    manifest = Manifest.read(unpacked(version, tmp_path))
    applied = {name for name in manifest.contents["migrations"] if our(name)}
    assert applied
    assert applied - {".".join(key) for key in MigrationLoader(None).disk_migrations} == set()


def our(name: str) -> bool:
    return name.startswith(("disputes.", "timeline."))
