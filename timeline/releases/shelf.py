"""The releases that were made: folders that are written once and never changed or deleted."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson
from django.conf import settings

from ..codebook import write_codebook
from ..instants import instant
from .building import sha256, write_documents
from .changing import write_changes
from .describing import describe
from .edition import NAME, Edition, Former, Impossible

SUMS = "SHA256SUMS"
ZIP = "tracker.zip"


@dataclass(frozen=True)
class File:
    path: str
    bytes: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class Release:
    """One release on the shelf."""

    name: str
    folder: Path

    @cached_property
    def package(self) -> dict[str, Any]:
        return orjson.loads((self.folder / "datapackage.json").read_bytes())

    @property
    def as_of(self) -> datetime:
        return instant(self.package["as_of"])

    @cached_property
    def files(self) -> list[File]:
        """Its files as its list of checksums names them; the archive of all of them first."""
        rows = {r["path"]: r.get("rows", r.get("records")) for r in self.package["resources"]}
        listed = [line.split("  ", 1) for line in self.sums.splitlines()]
        names = [(ZIP, sha256(self.folder / ZIP)), *((name, digest) for digest, name in listed)]
        return [
            File(name, (self.folder / name).stat().st_size, digest, rows.get(name))
            for name, digest in names
        ]

    @cached_property
    def sums(self) -> str:
        return (self.folder / SUMS).read_text()

    @property
    def digest(self) -> str:
        """One checksum for all of it: that of its list of checksums."""
        return hashlib.sha256(self.sums.encode()).hexdigest()

    @property
    def rows(self) -> int:
        """Records in all."""
        resources = self.package["resources"]
        return sum(r.get("records", 0) for r in resources)

    @property
    def bytes(self) -> int:
        """The size of all files, the archive of them left out."""
        return sum(file.bytes for file in self.files if file.path != ZIP)

    def file(self, name: str) -> File | None:
        return next((file for file in self.files if file.path == name), None)


def releases() -> list[Release]:
    """All releases, the newest state first."""
    root = Path(settings.RELEASES)
    found = (
        [Release(p.name, p) for p in root.iterdir() if NAME.match(p.name)] if root.is_dir() else []
    )
    return sorted(found, key=lambda r: (r.as_of, [int(n) for n in r.name.split(".")]), reverse=True)


def stamp() -> str:
    """Changes with every release that is made."""
    root = Path(settings.RELEASES)
    return " ".join(sorted(p.name for p in root.iterdir())) if root.is_dir() else ""


def release(name: str) -> Release | None:
    folder = Path(settings.RELEASES, name)
    return Release(name, folder) if NAME.match(name) and folder.is_dir() else None


def former(name: str, instant_: datetime | None) -> Former | None:
    """What a release of that name follows: as it says itself, or else the newest one before it."""
    if made := release(name):
        said = made.package["former"]
        return Former(said["version"], instant(said["as_of"])) if said else None
    earlier = [r for r in releases() if instant_ is None or r.as_of <= instant_]
    return Former(earlier[0].name, earlier[0].as_of) if earlier else None


def make(edition: Edition, progress: Callable[[str], Any] = lambda name: None) -> Release:
    """Build the release and put it on the shelf at once, when all of it is there."""
    root = Path(settings.RELEASES)
    if (root / edition.name).exists():
        raise Impossible(f"Release {edition.name} is there already; a release is never changed.")
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=".building-") as partial:
        folder = Path(partial) / edition.name
        build(folder, edition, progress)
        folder.chmod(0o755)
        shutil.move(folder, root / edition.name)
    return Release(edition.name, root / edition.name)


def build(folder: Path, edition: Edition, progress: Callable[[str], Any]) -> None:
    """Write all files of a release into a new folder: the same edition gives the same bytes."""
    written = write_documents(folder, edition.as_of, progress)
    write_changes(folder, edition)
    write_codebook(folder)
    describe(written, edition)
    names = sorted(_names(folder))
    lines = [f"{sha256(folder / name)}  {name}\n" for name in names]
    (folder / SUMS).write_text("".join(lines))
    _archive(folder, [*names, SUMS], edition)


def _names(folder: Path) -> Iterator[str]:
    return (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def _archive(folder: Path, names: list[str], edition: Edition) -> None:
    with ZipFile(folder / ZIP, "w", ZIP_DEFLATED) as archive:
        for name in names:
            entry = ZipInfo(f"{edition.name}/{name}", edition.as_of.timetuple()[:6])
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            with archive.open(entry, "w") as out, (folder / name).open("rb") as source:
                shutil.copyfileobj(source, out)
