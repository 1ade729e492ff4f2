"""A full disk: a clear error, nothing half-saved, and when there is room again it goes on."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

import pytest
from django.db import connection

from deploy.cluster import running
from deploy.cluster.node import Node

from ..safety.databases import serving
from .editing import Browser, Editor, lost
from .figures import note
from .stages import SECONDS, examined, memory, stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.mounts]
SIZE = {"sqlite": 256, "postgresql": 160}  # megabytes of the disk
SMALL = {"shared_buffers": "16MB", "fsync": "on", "max_wal_size": "48MB", "min_wal_size": "32MB"}
Database = tuple[str, Callable[[], None]]
WORDS = "disk of the database is full"
# PostgreSQL ends all sessions and recovers when it is its log that it cannot write.
AWAY = "The database does not answer"


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """Where PostgreSQL's own account can get, too."""
    folder = Path(tempfile.mkdtemp(prefix="small-disk-"))
    folder.chmod(0o755)
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=1777", "tracker", folder]
    subprocess.run(command, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


@contextmanager
def database_on(disk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """An empty database whose files are all on that disk: its DATABASE_URL, and what brings it
    back when it ended.
    """
    if connection.vendor == "sqlite":
        yield f"sqlite:///{disk}/full.sqlite3", lambda: None
        return
    monkeypatch.setattr(tempfile, "tempdir", str(disk))
    with running(0, settings=SMALL) as cluster:
        cluster.create_database("full")
        yield cluster.primary.url("full"), lambda: bring_back(cluster.primary)


def bring_back(server: Node) -> None:
    """As whatever starts it on a machine of its own does."""
    if not server.running:
        server.start()
    server.wait()


def fill(file: Path) -> None:
    """Until nothing more can be written."""
    with file.open("ab", buffering=0) as filler:
        for piece in (1 << 16, 1 << 12, 1 << 8, 1):
            try:
                while filler.write(b"\0" * piece) == piece:
                    pass
            except OSError:
                continue


def save_until_full(editor: Editor) -> str:
    """Save until it fails, and what the server then says."""
    for _attempt in range(2_000):
        before = editor.failed
        editor.save()
        if editor.failed > before:
            return editor.refusal
    raise AssertionError("The disk is not full.")


def save(editor: Editor) -> None:
    """There is room: at the third attempt at the latest, the first may find a lost session."""
    for _attempt in range(3):
        editor.save()
        if editor.acknowledged[-1:] == [editor.tried]:
            return
        time.sleep(1)
    raise AssertionError(editor.refusal)


def test_a_full_disk_is_said_clearly_and_damages_nothing(tmp_path, monkeypatch):
    begun, fillings, said = time.monotonic(), 0, []
    with ExitStack() as stack:
        disk = stack.enter_context(small_disk(SIZE[connection.vendor]))
        database, restored = stack.enter_context(database_on(disk, monkeypatch))
        staged = stage(tmp_path, "full", 1, nullcontext(database))
        _database, [event] = stack.enter_context(staged)
        site, process = stack.enter_context(serving(database))
        editor = Editor(Browser(site), event.pk, event.key)
        editor.browser.sign_in()
        save(editor)
        while time.monotonic() < begun + SECONDS or not fillings:
            fill(disk / "filler")
            said.append(save_until_full(editor))
            assert editor.browser.ask("/en/")[0] == 200  # readers notice nothing
            (disk / "filler").unlink()
            restored()
            save(editor)
            fillings += 1
        held, problems = examined(database)
        assert (lost([editor], held), problems) == ([], [])
        away = [words for words in said if AWAY in words and connection.vendor == "postgresql"]
        assert [words for words in said if WORDS not in words and words not in away] == []
        assert len(away) < max(len(said), 2)
        peak = memory(process)
    note("full disk", begun, harms=fillings, acknowledged=len(editor.acknowledged),
         failed=editor.failed, lost=0, peak_MB=peak)  # fmt: skip
