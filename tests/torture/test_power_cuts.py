"""SQLite when the power goes: files copied at random moments, the log's unsynced end torn off."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from ..safety.databases import environment
from .figures import note
from .stages import SECONDS, examined, stage

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL's own log is tortured in test_kills"
    ),
]
Edit = tuple[str, str]


class Writer:
    """A process that publishes, and what it has acknowledged so far."""

    def __init__(self, database: str, folder: Path, checkpoints: int) -> None:
        self.place = Path(database.removeprefix("sqlite:///"))
        self.written = folder / "acknowledged"
        with self.written.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.torture.writer", str(checkpoints)],
                cwd=settings.BASE_DIR,
                env=environment(database),
                stdout=output,
            )
        while not self.acknowledged()[0]:
            assert self.process.poll() is None
            time.sleep(0.05)

    def acknowledged(self) -> tuple[list[Edit], int]:
        """(key, reason) of all edits, and how much of the log had been synced with the last one."""
        whole = self.written.read_text().rpartition("\n")[0].splitlines()
        rows = [line.split() for line in whole]
        return [(key, f"{key} edit {number}") for key, number, _size in rows], int(
            rows[-1][2] if rows else 0
        )

    def copy(self, to: Path) -> tuple[list[Edit], int]:
        """Both files as they are at this moment; the process stands still meanwhile."""
        os.kill(self.process.pid, signal.SIGSTOP)
        try:
            found = self.acknowledged()
            for ending in ("", "-wal"):
                shutil.copy(f"{self.place}{ending}", f"{to}{ending}")
        finally:
            os.kill(self.process.pid, signal.SIGCONT)
        return found

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def tear(log: Path, synced: int) -> None:
    """What was not synced arrives in part: cut anywhere after it, the last bytes are noise."""
    size = log.stat().st_size
    kept = random.randint(min(synced, size), size)
    with log.open("r+b") as opened:
        opened.truncate(kept)
        noise = min(kept - synced, 64)
        if noise > 0:
            opened.seek(kept - noise)
            opened.write(random.randbytes(noise))


@pytest.mark.parametrize("checkpoints", [0, 50])
def test_a_power_cut_loses_nothing_that_was_acknowledged(checkpoints, tmp_path):
    """Without checkpoints the log only grows, so its end can be torn; with them it is reused."""
    begun = time.monotonic()
    with stage(tmp_path, "cut", 3) as (database, _events):
        writer, cuts, edits = Writer(database, tmp_path, checkpoints), 0, 0
        try:
            end = time.monotonic() + SECONDS
            while time.monotonic() < end or not edits:
                time.sleep(random.uniform(0.05, 1))
                copy = tmp_path / f"copy-{cuts}.sqlite3"
                acknowledged, synced = writer.copy(copy)
                if not checkpoints:
                    tear(Path(f"{copy}-wal"), synced)
                survived(copy, acknowledged)
                cuts, edits = cuts + 1, len(acknowledged)
        finally:
            writer.end()
    what = f"power cuts, checkpoints {'on' if checkpoints else 'off'}"
    note(what, begun, harms=cuts, acknowledged=edits, lost=0)


def survived(copy: Path, acknowledged: list[Edit]) -> None:
    held, problems = examined(f"sqlite:///{copy}")
    assert (set(acknowledged) - set(held), problems) == (set(), [])


def test_the_check_sees_a_copy_without_its_log(tmp_path):
    """The control: the database's file alone lacks what still stands in the log."""
    with stage(tmp_path, "control", 1) as (database, _events):
        writer = Writer(database, tmp_path, 0)
        try:
            while len(writer.acknowledged()[0]) < 3:
                time.sleep(0.1)
            copy = tmp_path / "copy.sqlite3"
            acknowledged, _synced = writer.copy(copy)
        finally:
            writer.end()
        Path(f"{copy}-wal").unlink()
        held, _problems = examined(f"sqlite:///{copy}")
        assert set(acknowledged) & set(held) == set()
