"""What a release says about itself: datapackage.json, metadata for Datasette, README, citation."""

from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from ..api.structure import SEPARATOR, Column, is_required
from ..instants import spell
from .building import DATABASE, Written, sha256
from .edition import Edition
from .tables import Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
LICENCE = {
    "name": settings.RECORD_LICENCE,
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0 International",
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "json": "application/json",
    "md": "text/markdown",
    "cff": "application/yaml",
    "sqlite": "application/vnd.sqlite3",
}
KINDS = {"date": "date", "integer": "integer", "number": "number", "boolean": "boolean"}
TEXTS = {"README.md": "data/README.md", "CITATION.cff": "data/CITATION.cff"}


def describe(written: Written, edition: Edition) -> None:
    """Add README, citation and metadata to the written files, and at last the package itself."""
    context = {"edition": edition, "licence": LICENCE, "site": settings.SITE_URL}
    context |= {
        "title": settings.RECORD_TITLE,
        "rows": written.rows,
        "instant": spell(edition.as_of),
    }
    for name, template in TEXTS.items():
        with override("en"):
            text = render_to_string(template, context)
        (written.folder / name).write_text(text, encoding="utf-8")
    _save(written.folder / "metadata.json", datasette(written))
    _save(written.folder / "datapackage.json", package(written, edition))


def package(written: Written, edition: Edition) -> dict[str, Any]:
    """The Data Package (version 2) of all files that are there."""
    files = sorted(p for p in written.folder.rglob("*") if p.is_file())
    names = [path.relative_to(written.folder).as_posix() for path in files]
    return {
        "$schema": PROFILE,
        "name": "korea-japan-dispute-tracker",
        "title": settings.RECORD_TITLE,
        "homepage": settings.SITE_URL,
        "version": edition.name,
        "created": spell(edition.as_of),
        "licenses": [LICENCE],
        "contributors": [{"title": settings.RECORD_TITLE, "roles": ["creator"]}],
        "as_of": spell(edition.as_of),
        "record_version": edition.version,
        "record_digest": edition.digest,
        "former": edition.former
        and {
            "version": edition.former.name,
            "as_of": spell(edition.former.as_of),
        },
        "resources": [_resource(written, name) for name in names],
    }


def _resource(written: Written, name: str) -> dict[str, Any]:
    path = written.folder / name
    kind = name.rpartition(".")[2]
    table = written.tables.get(name)
    found: dict[str, Any] = {
        "name": name.lower().replace("/", "-").replace(".", "-").replace("_", "-"),
        "path": name,
        "format": kind,
        "mediatype": MEDIA_TYPES[kind],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
    }
    if kind != "sqlite":
        found["encoding"] = "utf-8"
    if name in written.rows:
        found["rows" if table else "records"] = written.rows[name]
    if table:
        with override("en"):
            found |= {"type": "table", "name": resource_name(table), "title": table.title}
        found["schema"] = schema(table)
    else:
        found["type"] = "file"
    return found


def resource_name(table: Table) -> str:
    return table.name.replace("_", "-")


def schema(table: Table) -> dict[str, Any]:
    """The Table Schema of a CSV file."""
    found: dict[str, Any] = {
        "fields": [_field(table, column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": table.key,
    }
    if table.inside:
        parent = {"resource": table.record_type.plural, "fields": ["key"]}
        found["foreignKeys"] = [{"fields": [table.key[0]], "reference": parent}]
    return found


def _field(table: Table, column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "type": KINDS.get(column.kind, "string")}
    about = column.description
    if column.kind == "list":
        about = f"{about} Several values are separated by “{SEPARATOR}”.".strip()
    if about:
        found["description"] = about
    rules: dict[str, Any] = {}
    always = len(column.path) == 1 and is_required(column.shape) and not column.optional
    if column.kind != "list" and (column.name in table.key or always):
        rules["required"] = True
    if codes := column.shape.get("enum"):
        rules["enum"] = [code for code in codes if code]
    return found | ({"constraints": rules} if rules else {})


def datasette(written: Written) -> dict[str, Any]:
    """What Datasette shows above the tables (`datasette tracker.sqlite -m metadata.json`)."""
    with override("en"):
        tables = {
            t.name: {"title": t.title, "description": f"{written.rows[name]} rows"}
            for name, t in written.tables.items()
        }
    return {
        "title": settings.RECORD_TITLE,
        "license": LICENCE["title"],
        "license_url": LICENCE["path"],
        "source_url": settings.SITE_URL,
        "databases": {Path(DATABASE).stem: {"tables": tables}},
    }


def _save(path: Path, data: Any) -> None:
    path.write_bytes(orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n")
