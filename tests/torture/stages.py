"""A tracker of its own for each torture, and what must be true of it afterwards."""

import json
import os
import random
import re
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from subprocess import Popen

from django.contrib.auth.models import User
from django.db import connection

from timeline import backups

from ..factories import make_event
from ..safety.databases import empty_place, manage
from .editing import NAME, PASSWORD

SECONDS = float(os.environ.get("TORTURE_SECONDS", "2"))  # of each torture; `make torture`: minutes
EXAMINE = """
import json
from disputes.agreeing import differences
from timeline.models import Entry
from timeline.verification import Verification
held = list(Entry.objects.order_by("pk").values_list("key", "reason"))
problems = [*map(str, Verification().faults()), *map(str, differences())]
print(json.dumps([held, problems]))
"""


@contextmanager
def stage(
    folder: Path, name: str, events: int, place: AbstractContextManager[str] | None = None
) -> Iterator[tuple[str, list]]:
    """DATABASE_URL of a tracker with some published events and an account; and those events.

    `place` gives an empty database; without it, one beside the database under test.
    """
    User.objects.create_superuser(NAME, password=PASSWORD)
    made = [make_event(key=f"{name}-{number}") for number in range(events)]
    backup = backups.make(folder / "backup")
    with place or empty_place(folder, name) as database:
        done = manage(database, "restore", str(backup))
        assert done.returncode == 0, done.stderr
        yield database, made


def examined(database: str) -> tuple[list[tuple[str, str]], list[str]]:
    """(key, reason) of all entries in order; and what is wrong: with the chain, with the desk."""
    done = manage(database, "shell", "-v0", "-c", EXAMINE)
    assert done.returncode == 0, done.stderr
    held, problems = json.loads(done.stdout)
    return [tuple(row) for row in held], problems


def workers(process: Popen) -> list[int]:
    """The ids of the processes that gunicorn, which this test began, has begun."""
    return children(process.pid)


def children(pid: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def memory(process: Popen, what: str = "VmHWM") -> int:
    """Megabytes of all of gunicorn's workers together: the most so far (VmHWM), or now (VmRSS)."""
    total = 0
    for pid in workers(process):
        with suppress(FileNotFoundError):
            found = re.search(rf"{what}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
            total += int(found[1]) if found else 0
    return total // 1024


def kill_one(process: Popen) -> None:
    """kill -9 one worker, chosen at random."""
    if found := workers(process):
        with suppress(ProcessLookupError):
            os.kill(random.choice(found), signal.SIGKILL)


def end_connections(database: str) -> None:
    """PostgreSQL ends all sessions of that database, in the middle of whatever they do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [database.rpartition("/")[2]],
        )
