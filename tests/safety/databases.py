"""Databases of their own for tests that start the tracker as its users do: in other processes."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psycopg2
from django.conf import settings
from django.db import connection


@contextmanager
def empty_place(folder: Path, name: str) -> Iterator[str]:
    """The DATABASE_URL of an empty database of the engine under test."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    name = f"{connection.settings_dict['NAME']}_{name}"
    try:
        yield empty_database(name)
    finally:
        drop_database(name)


def empty_database(name: str) -> str:
    """The DATABASE_URL of a new database on the PostgreSQL server under test."""
    drop_database(name)
    with _server() as cursor:
        cursor.execute(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
    given = connection.settings_dict
    secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    place = f"{given['HOST']}:{given['PORT'] or 5432}"
    return f"postgres://{given['USER']}{secret}@{place}/{name}"


def drop_database(name: str) -> None:
    with _server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _server() -> Iterator[psycopg2.extensions.cursor]:
    given = connection.get_connection_params() | {"dbname": "postgres"}
    given = {k: given[k] for k in ("dbname", "host", "port", "user", "password") if k in given}
    server = psycopg2.connect(**given)
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            yield cursor
    finally:
        server.close()


def environment(database: str, **more: str) -> dict[str, str]:
    plain = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    return plain | {"DEBUG": "1", "DATABASE_URL": database, "PYTHONUNBUFFERED": "1"} | more


def manage(database: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py in a process of its own, on that database."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=environment(database, **more),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def serving(
    database: str,
    workers: int = 1,
    log: Path | None = None,
    arguments: Sequence[str] = (),
    **more: str,
) -> Iterator[tuple[str, subprocess.Popen]]:
    """The tracker under gunicorn on 127.0.0.1: its address, and its process."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", f"--bind={address}", f"--workers={workers}"]
    command += arguments
    with (log or Path(os.devnull)).open("wb") as written:
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment(database, **more),
            stdout=written,
            stderr=written,
        )
        try:
            wait_for(f"http://{address}/healthz", process)
            yield f"http://{address}", process
        finally:
            process.terminate()
            process.wait(20)


def wait_for(address: str, process: subprocess.Popen) -> None:
    """Until the server that the process is answers there."""
    for _attempt in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urlopen(address, timeout=5):  # noqa: S310 (ours)
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)
