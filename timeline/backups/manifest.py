"""What a backup holds, written beside it: enough to know later that all of it is there."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """`contents`: rows by table, the migrations applied, and the head of the record (or null)."""

    engine: str
    made_at: str
    sha256: str
    bytes: int
    contents: dict[str, Any]
    format: int = FORMAT

    @staticmethod
    def place(file: Path) -> Path:
        return file.with_name(file.name + ".json")

    def write(self, file: Path) -> None:
        """Write it whole or not at all, and to the disk."""
        part = file.with_name(file.name + ".json.part")
        with part.open("w", encoding="utf-8") as opened:
            json.dump(asdict(self), opened, indent=2)
            opened.flush()
            os.fsync(opened.fileno())
        part.rename(self.place(file))

    @classmethod
    def read(cls, file: Path) -> "Manifest":
        """ValueError, TypeError or KeyError when it is none of ours."""
        found = json.loads(cls.place(file).read_text(encoding="utf-8"))
        manifest = cls(**found)
        if manifest.format != FORMAT or manifest.engine not in ("sqlite", "postgresql"):
            raise ValueError(f"format {manifest.format}, engine {manifest.engine}")
        _rows, _head = manifest.contents["rows"], manifest.contents["head"]
        return manifest


def sha256_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def contents(cursor: Any, tables: list[str]) -> dict[str, Any]:
    """Count and name what a database holds, by any DB-API cursor."""
    found: dict[str, Any] = {"rows": {}, "migrations": [], "head": None}
    for table in sorted(tables):
        cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608 (names from the catalogue)
        found["rows"][table] = cursor.fetchone()[0]
    if "django_migrations" in tables:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        found["migrations"] = [f"{app}.{name}" for app, name in cursor.fetchall()]
    if "timeline_entry" in tables:
        cursor.execute("SELECT id, digest FROM timeline_entry ORDER BY id DESC LIMIT 1")
        if row := cursor.fetchone():
            found["head"] = {"id": row[0], "digest": row[1]}
    return found
