"""The databases that are measured: each filled once with the invented record, and then kept."""

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.db import DatabaseError, connections

from timeline.models import Entry

AT_ONCE = 8_000_000  # bytes


@dataclass(frozen=True)
class Base:
    """A database with so many documents; its name is its alias for Django too."""

    name: str
    url: str
    documents: int
    source: Path | None = None  # the same record on SQLite, from which it may be copied

    @property
    def engine(self) -> str:
        return "SQLite" if self.url.startswith("sqlite") else "PostgreSQL"

    @property
    def path(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    def connect(self) -> None:
        """Make it known to Django under its name."""
        if self.name not in connections.settings:
            usual = connections["default"].settings_dict
            options = dict(usual["OPTIONS"]) if self.engine == "SQLite" else {}
            given = environ.Env.db_url_config(self.url)
            connections.settings[self.name] = usual | given | {"OPTIONS": options}

    def entries(self) -> int:
        self.connect()
        newest = Entry.objects.using(self.name).order_by("-id").values_list("id", flat=True)
        return newest.first() or 0

    def read_through(self) -> None:
        """All of it once, so that it is in the machine's memory, as where a server has run a while.

        On PostgreSQL by its extension pg_prewarm, where it is installed and may be used.
        """
        if self.engine == "SQLite":
            with self.path.open("rb") as file:
                while file.read(AT_ONCE):
                    pass
            return
        self.connect()
        with suppress(DatabaseError), connections[self.name].cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
            cursor.execute(
                "SELECT pg_prewarm(oid, 'read') FROM pg_class"
                " WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"
            )

    def size(self) -> int:
        """Bytes on disk, indexes included."""
        if self.engine == "SQLite":
            return self.path.stat().st_size
        self.connect()
        with connections[self.name].cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]


def bases(folder: Path, postgresql: str, large: int) -> list[Base]:
    """10,000 and so many documents on each engine, and a size between, the smallest first;
    PostgreSQL's only where a server is given.
    """
    found = []
    for documents in sorted({10_000, max(10_000, large // 10), large}):
        name = f"{documents // 1_000_000}m" if documents >= 1_000_000 else f"{documents // 1000}k"
        found.append(Base(f"sqlite_{name}", f"sqlite:///{folder}/{name}.sqlite3", documents))
        if postgresql:
            url, source = f"{postgresql}/bench_{name}", found[-1].path
            found.append(Base(f"bench_{name}", url, documents, source))
    return found


def prepare(base: Base) -> None:
    """Create and fill what is not there; bring what is there up to date with this code."""
    if base.engine == "PostgreSQL":
        server = urlsplit(base.url)
        given = ["-h", server.hostname or "", "-p", str(server.port or 5432)]
        given += ["-U", server.username or "postgres"]
        form = ["--encoding=UTF8", "--locale=C.UTF-8", "--template=template0"]
        subprocess.run(["createdb", *given, *form, base.name], stderr=subprocess.DEVNULL)
    else:
        base.path.parent.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {"DATABASE_URL": base.url, "DEBUG": "1"}
    command = [sys.executable, "-m", "benchmarks.fill", str(base.documents)]
    command += ["--from", str(base.source)] if base.source else []
    subprocess.run(command, env=environment, check=True)
