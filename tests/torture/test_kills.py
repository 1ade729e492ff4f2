"""kill -9 of workers, of the importer, of the database's sessions: what was acknowledged stays."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.conf import settings

from ..safety.databases import empty_place, environment, manage, serving
from .editing import Browser, Editor, edit_for, lost
from .figures import note
from .stages import SECONDS, end_connections, examined, kill_one, memory, stage, workers

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS = 3
SOURCES = settings.BASE_DIR / "content" / "sources"
FILES = sorted(SOURCES.glob("20*.yaml" if SECONDS > 10 else "2019*"))


def torment(database: str, events: list, harm) -> tuple[list[Editor], int, int]:
    """Editors at work while the harm is done to the server, or to its database."""
    with serving(database, workers=2) as (site, process):
        editors = [Editor(Browser(site), event.pk, event.key) for event in events]
        for editor in editors:
            editor.browser.sign_in()
            editor.save()
            assert (editor.acknowledged, editor.failed) == ([1], 0)
        done = edit_for(SECONDS, editors, lambda: harm(process))
        for editor in editors:  # and afterwards it goes on as if nothing had been
            for _attempt in range(5):
                editor.save()
            assert editor.acknowledged[-1] == editor.tried
        peak = memory(process)
    return editors, done, peak


def counted(editors: list[Editor]) -> dict[str, int]:
    return {
        "acknowledged": sum(len(editor.acknowledged) for editor in editors),
        "failed": sum(editor.failed for editor in editors),
        "lost": 0,
    }


def test_no_acknowledged_edit_is_lost_when_workers_are_killed(tmp_path):
    begun = time.monotonic()
    with stage(tmp_path, "killed", EDITORS) as (database, events):
        editors, kills, peak = torment(database, events, kill_one)
        held, problems = examined(database)
        assert (lost(editors, held), problems) == ([], [])
        assert lost(editors, held[:-1]) != []  # the control: one entry less is noticed
    note("kill -9 of web workers", begun, harms=kills, peak_MB=peak, **counted(editors))


@pytest.mark.cluster
def test_no_acknowledged_edit_is_lost_when_the_database_ends_sessions(tmp_path):
    begun = time.monotonic()
    with stage(tmp_path, "ended", EDITORS) as (database, events):
        editors, kills, peak = torment(database, events, lambda _process: end_connections(database))
        held, problems = examined(database)
        assert (lost(editors, held), problems) == ([], [])
        assert lost(editors, held[:-1]) != []
    note("sessions ended by PostgreSQL", begun, harms=kills, peak_MB=peak, **counted(editors))


def test_the_checks_see_a_desk_that_went_on_without_the_record(tmp_path):
    """The control of `examined`: what a publication that was only half done would leave behind."""
    with stage(tmp_path, "half", 1) as (database, events):
        assert examined(database)[1] == []
        code = (
            "from disputes.models import Event; "
            f"Event.objects.filter(pk={events[0].pk}).update(title_en='Half published')"
        )
        assert manage(database, "shell", "-v0", "-c", code).returncode == 0
        problem = f"event {events[0].key}: reads otherwise on the desk than in the record."
        assert examined(database)[1] == [problem]


FULL = sum(f.read_text(encoding="utf-8").count("- key:") for f in FILES)


def some_content(folder: Path) -> Path:
    """Sources of the real content: enough to be caught half-way."""
    (folder / "sources").mkdir(parents=True)
    for file in FILES:
        shutil.copy(file, folder / "sources")
    return folder


def importing(database: str, folder: Path) -> subprocess.Popen:
    command = [sys.executable, "manage.py", "load_content", str(folder), "-v0"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment(database), stdout=quiet, stderr=quiet
    )


@contextmanager
def migrated(folder: Path, name: str) -> Iterator[str]:
    """DATABASE_URL of a tracker without any content."""
    with empty_place(folder, name) as database:
        assert manage(database, "migrate", "-v0").returncode == 0
        yield database


def kill_within(process: subprocess.Popen, seconds: float) -> int:
    """kill -9 at a random moment of so many seconds: how many were killed, 0 if it had ended."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(random.uniform(0.2, seconds))
        return 0
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    return 1


def test_an_importer_killed_half_way_leaves_nothing_half_done(tmp_path):
    content = some_content(tmp_path / "content")
    begun, killed, places, whole = time.monotonic(), 0, 0, 4.0
    while time.monotonic() < begun + SECONDS or not killed:
        places, held = places + 1, []
        with migrated(tmp_path, f"import{places}") as database:
            while not held and (time.monotonic() < begun + SECONDS or not killed):
                killed += kill_within(importing(database, content), whole)
                held, problems = examined(database)
                assert (len(held) in (0, FULL), problems) == (True, [])
            start = time.monotonic()
            assert importing(database, content).wait() == 0
            whole = whole if held else time.monotonic() - start  # seconds of an undisturbed one
            held, problems = examined(database)
            assert (len(held), problems) == (FULL, [])
    note("kill -9 of the importer", begun, harms=killed, lost=0)


def test_a_reload_under_way_fails_no_request(tmp_path):
    begun = time.monotonic()
    with stage(tmp_path, "reload", 1) as (database, _events), serving(database, 2) as served:
        site, process = served
        browser, answers = Browser(site), []
        end, reloads, former = time.monotonic() + SECONDS, 0, set(workers(process))
        while time.monotonic() < end or not reloads:
            if len(answers) % 40 == 0:
                os.kill(process.pid, signal.SIGHUP)
                reloads += 1
            answers.append(browser.ask("/en/")[0])
        assert set(answers) == {200}
        assert former.isdisjoint(workers(process))
        peak = memory(process)
    note("reloads", begun, harms=reloads, requests=len(answers), failed=0, peak_MB=peak)
