"""A site of the tests' own: the real content in a database of its own, served by gunicorn."""

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]


def environment(folder: Path) -> dict[str, str]:
    """The variables of a production site whose static files are in the folder.

    Its database too, as an SQLite file, unless `database` in the folder names another.
    """
    other = folder / "database"
    file = f"sqlite:///{folder / 'site.sqlite3'}"
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "DATABASE_URL": other.read_text() if other.exists() else file,
        "STATIC_ROOT": str(folder / "static"),
        "SECRET_KEY": "only-for-the-tests-in-a-browser",
        "SITE_URL": "http://127.0.0.1:8000",
        "DEBUG": "0",
    }
    return os.environ | own


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Of several processes one at a time."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepared(folder: Path) -> Path:
    """The folder with the site's database, which the first of several processes fills."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "prepared"
    with alone(folder):
        if not done.exists():
            run([sys.executable, "-m", "tests.browser.prepare"], folder)
            done.touch()
    return folder


def run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=BASE, env=environment(folder), check=True)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The site's address while it is served. Requests wait until the server is up."""
    with socket.create_server(("127.0.0.1", 0)) as door, (folder / "log").open("a") as log:
        command = [sys.executable, "-m", "gunicorn", "--bind", f"fd://{door.fileno()}"]
        server = subprocess.Popen(
            [*command, "--access-logfile", os.devnull],
            cwd=BASE,
            env=environment(folder),
            pass_fds=[door.fileno()],
            stdout=log,
            stderr=log,
        )
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.terminate()
            server.wait(timeout=30)
