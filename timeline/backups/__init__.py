"""Copies of the whole database, desk and record, and how they are put back.

A backup is one file with a manifest beside it. It is made while the tracker runs; it is only ever
put into an empty database, so nothing can be overwritten by a wrong address.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from django.db import connection
from django.utils.translation import gettext as _

from . import postgresql, sqlite
from .manifest import Manifest, sha256_of

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


class Unusable(Exception):
    """A backup, or the place for it, is not what it should be."""


def make(folder: Path) -> Path:
    """Write a backup into the folder; gives its file. The manifest is written last."""
    engine = ENGINES[connection.vendor]
    made_at = datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"tracker-{made_at:%Y%m%dT%H%M%S%fZ}.{engine.ENDING}"
    part = file.with_name(file.name + ".part")
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        contents = engine.copy(connection, part)
        _to_disk(part)
        manifest = Manifest(
            connection.vendor, made_at.isoformat(), sha256_of(part), part.stat().st_size, contents
        )
        part.rename(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    manifest.write(file)
    return file


def whole(folder: Path) -> list[Path]:
    """The backups in the folder that have their manifest, the oldest first."""
    files = [f for e in ENGINES.values() for f in folder.glob(f"tracker-*.{e.ENDING}")]
    return sorted(f for f in files if Manifest.place(f).exists())


def prune(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest backups; gives those that went."""
    gone = whole(folder)[:-keep] if keep > 0 else []
    for file in gone:
        Manifest.place(file).unlink()
        file.unlink()
    return gone


def checked(file: Path) -> Manifest:
    """The manifest of a backup whose bytes are those that were written. Unusable otherwise."""
    if not file.is_file():
        raise Unusable(_("There is no file %(file)s.") % {"file": file})
    try:
        manifest = Manifest.read(file)
    except (OSError, ValueError, TypeError, KeyError) as error:
        words = _("%(file)s has no readable manifest beside it: %(error)s")
        raise Unusable(words % {"file": file, "error": error}) from error
    if sha256_of(file) != manifest.sha256:
        words = _("%(file)s is not what was written: its SHA-256 differs from the manifest's.")
        raise Unusable(words % {"file": file})
    if fault := ENGINES[manifest.engine].fault(file):
        raise Unusable(_("%(file)s cannot be read: %(fault)s") % {"file": file, "fault": fault})
    return manifest


def restore(file: Path) -> Manifest:
    """Put a backup into the configured database, which must be empty. Unusable otherwise."""
    manifest = checked(file)
    if manifest.engine != connection.vendor:
        words = _("The backup is of %(theirs)s, the configured database is %(ours)s.")
        raise Unusable(words % {"theirs": manifest.engine, "ours": connection.vendor})
    engine = ENGINES[manifest.engine]
    if not engine.is_empty(connection):
        raise Unusable(_("The configured database is not empty. Set DATABASE_URL to an empty one."))
    engine.put_back(connection, file)
    if differences := list(_differences(manifest.contents, engine.contents(connection))):
        raise Unusable("\n".join(differences))
    return manifest


def _differences(written: dict, found: dict) -> Iterator[str]:
    for name in written["rows"].keys() | found["rows"].keys():
        there, here = written["rows"].get(name), found["rows"].get(name)
        if there != here:
            words = _("%(table)s: %(there)s rows were backed up, %(here)s are restored.")
            yield words % {"table": name, "there": there, "here": here}
    if written["head"] != found["head"]:
        yield _("The head of the record is not the one that was backed up.")


def _to_disk(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
