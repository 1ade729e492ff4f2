"""One site for all of pytest's processes, on the engine under test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from django.db import connection

from ..safety.databases import drop_database, empty_database
from . import site


@contextmanager
def shared(folder: Path) -> Iterator[Path]:
    """The folder with the site's database: the first process fills it, the last one drops it."""
    folder.mkdir(parents=True, exist_ok=True)
    name = f"site_in_a_browser_{crc32(bytes(folder)):08x}"
    postgresql = connection.vendor == "postgresql"
    with site.alone(folder):
        if users(folder, +1) == 1 and postgresql:
            (folder / "database").write_text(empty_database(name))
    try:
        yield site.prepared(folder)
    finally:
        with site.alone(folder):
            if users(folder, -1) == 0 and postgresql:
                drop_database(name)
                for done in ("prepared", "desk"):
                    (folder / done).unlink(missing_ok=True)


def users(folder: Path, change: int) -> int:
    """How many processes use the folder, once they are more or fewer by the change."""
    counted = folder / "users"
    number = (int(counted.read_text()) if counted.exists() else 0) + change
    counted.write_text(str(number))
    return number
