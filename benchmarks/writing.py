"""What writing costs: one publication among very many entries, while readers read; an import."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread

from . import load, servers
from .bases import Base

READ = "/api/v1/events/?page_size=10"


def publishing(base: Base) -> dict[str, float]:
    """Milliseconds of publications while a reader asks; and of the reader, without and with."""
    port = servers.free_port()
    command = servers.ours(port)
    with servers.served(command, "/healthz", port, DATABASE_URL=base.url) as server:
        alone = reading(server.origin, lambda: time.sleep(3))
        found: dict[str, float] = {}
        during = reading(server.origin, lambda: found.update(run("publish", base.url)))
    return found | {"reader alone": alone, "reader meanwhile": during}


def reading(origin: str, meanwhile: Callable[[], object]) -> float:
    """The longest time in ms that one reader of a fresh address waited meanwhile."""
    done, times = Event(), []

    def read() -> None:
        client, number = load.Client(origin), 0
        while not done.is_set():
            number = number % 400 + 1
            times.append(client.get(f"/api/v1/events/?page_size={number}")[3])
            time.sleep(0.01)

    load.Client(origin).get(READ)
    thread = Thread(target=read)
    thread.start()
    meanwhile()
    done.set()
    thread.join()
    return sorted(times)[int(len(times) * 0.99)]


def importing(base: Base) -> dict[str, float]:
    """Rows a second into an empty database of its own."""
    return run("import", _empty_beside(base))


def rebuilding(base: Base) -> dict[str, float]:
    """The whole record from its ledger alone, into an empty database: entries a second."""
    return run("rebuild", _empty_beside(base), source=base.url)


def _empty_beside(base: Base) -> str:
    """The address of a database without anything; what an earlier run left there is removed."""
    if base.engine == "SQLite":
        path = base.path.with_name("import.sqlite3")
        for ending in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.unlink(f"{path}{ending}")
        return f"sqlite:///{path}"
    server, _, _name = base.url.rpartition("/")
    admin = f"{server}/postgres"
    name = "bench_import"
    form = "ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0"
    for statement in (f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} {form}"):
        subprocess.run(["psql", "-q", admin, "-c", statement], check=True, capture_output=True)
    return f"{server}/{name}"


def run(what: str, url: str, source: str = "") -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.work", what, *([source] if source else [])]
    environment = os.environ | {"DATABASE_URL": url, "DEBUG": "0", "SECRET_KEY": "measuring"}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(told.stdout.splitlines()[-1])
