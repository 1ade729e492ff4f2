"""The drill: back up while it runs, restore into an empty place, verify, start, compare pages."""

import json
import re
from io import StringIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from timeline import backups
from timeline.backups.manifest import Manifest
from timeline.models import Entry

from ..factories import make_dispute, make_event, make_status, make_summit
from .databases import empty_place, manage, serving

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/en/",
    "/ko/timeline/",
    "/ja/events/",
    "/en/changes/",
    "/api/v1/timeline/",
    "/sitemap.xml",
]


def record() -> None:
    """A small public record, and a draft that only the desk has."""
    dispute = make_dispute(key="gsomia", name_ko="지소미아")
    make_status(dispute)
    event = make_event(disputes=(dispute,), title_ja="破棄の通告")
    make_summit(disputes=(dispute,))
    make_event(disputes=(dispute,), answers=(event,), date="2019-09-01")
    make_event(published=False, key="a-draft", title_en="Not yet")


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    record()
    return backups.make(tmp_path / "backups")


def altered(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def answer(address: str) -> bytes:
    with urlopen(address, timeout=20) as response:  # noqa: S310 (ours)
        return response.read()


def ours(path: str, address: str) -> bytes:
    """The page as this process makes it, for the same host."""
    return Client().get(path, headers={"host": address.removeprefix("http://")}).content


def test_the_drill(backup, tmp_path):
    head = Entry.objects.head()
    with empty_place(tmp_path, "drill") as database:
        done = manage(database, "restore", str(backup))
        assert (done.returncode, done.stderr) == (0, "")
        assert f"faults: 0.\nHead: {head.pk} {head.digest}" in done.stdout
        with serving(database) as (address, _process):
            for path in PAGES:
                assert answer(address + path) == ours(path, address)
        drafts = "from disputes.models import Event; print(Event.objects.get(key='a-draft').state)"
        assert manage(database, "shell", "-v0", "-c", drafts).stdout.strip() == "draft"
        again = manage(database, "restore", str(backup))
        assert "The configured database is not empty." in again.stderr


def test_the_manifest_says_what_the_copy_holds(backup):
    manifest = json.loads(Manifest.place(backup).read_text())
    head = Entry.objects.head()
    assert manifest["contents"]["head"] == {"id": head.pk, "digest": head.digest}
    assert manifest["contents"]["rows"]["disputes_event"] == 3
    assert manifest["contents"]["rows"]["timeline_entry"] == Entry.objects.count()
    assert manifest["bytes"] == backup.stat().st_size
    assert backup.stat().st_mode & 0o777 == 0o600


def test_a_backup_with_one_bit_changed_is_refused(backup):
    altered(backup)
    with pytest.raises(CommandError, match=re.escape("its SHA-256 differs")):
        call_command("restore", backup, check=True)


def test_a_torn_backup_is_refused_even_with_a_manifest_that_fits(backup):
    content = backup.read_bytes()
    backup.write_bytes(content[: len(content) * 2 // 3])
    found = json.loads(Manifest.place(backup).read_text())
    Manifest(**found | {"sha256": backups.sha256_of(backup)}).write(backup)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("restore", backup, check=True)


def test_a_backup_without_its_manifest_is_refused(backup):
    Manifest.place(backup).unlink()
    with pytest.raises(CommandError, match="no readable manifest"):
        call_command("restore", backup, check=True)
    assert backups.whole(backup.parent) == []


def test_a_database_with_tables_is_never_overwritten(backup):
    count = Entry.objects.count()
    with pytest.raises(CommandError, match="is not empty"):
        call_command("restore", backup)
    assert Entry.objects.count() == count


def test_a_backup_of_the_other_engine_is_refused(backup):
    found = json.loads(Manifest.place(backup).read_text())
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    Manifest(**found | {"engine": other}).write(backup)
    with pytest.raises(CommandError, match=r"cannot be read|The backup is of"):
        call_command("restore", backup)


def test_only_the_newest_backups_are_kept(tmp_path):
    made = [backups.make(tmp_path) for _number in range(3)]
    call_command("backup", tmp_path, keep=2, stdout=StringIO())
    assert backups.whole(tmp_path)[0] == made[2]
    assert len(list(tmp_path.iterdir())) == 4
