"""Which addresses of the site are copied, and into which file."""

import posixpath
import re
from dataclasses import dataclass, field

from django.conf import settings

from .. import record_types
from ..models import Entry

ROOTS = ("/robots.txt", "/sitemap.xml", "/llms.txt", "/ledger/head", "/ledger/head.txt")
API = "/api/v1/"
WHOLE = ("codebook", "openapi.json", "changes.json", "feeds.json", "feeds.opml")
LISTS = ("json", "csv", "jsonl", "atom")
DATED = ("ics",)
# Drawn or computed for each asker, or alive: they stay where they are.
DESK = re.escape(settings.ADMIN_PATH.rstrip("/"))
LEFT = re.compile(rf"/(?:search|manifest\.json|card\.png|i18n|{DESK})(?:/|$)|\.\./?$|/versions/.")
FILES = re.compile(r"/static/|/sitemap-\w+\.xml$|/data/(?!latest/)[^/]+/.*[^/]$")
PAGING = re.compile(r"(?:cursor|before|after)=[^&]*")


@dataclass(frozen=True)
class Scope:
    """`revised`: the pages of records that have former versions, without the language."""

    languages: tuple[str, ...]
    lists: frozenset[str]
    revised: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of_the_record(cls) -> "Scope":
        types = {t.name: t for t in record_types.all_types()}
        revised = Entry.objects.current().filter(version__gt=1).values_list("type", "key")
        return cls(
            tuple(code for code, _name in settings.LANGUAGES),
            frozenset(t.plural for t in types.values()),
            frozenset(f"{types[type_].page}{key}/" for type_, key in revised),
        )

    def holds(self, path: str) -> bool:
        """Whether the address (without a query) is copied."""
        if path in ROOTS or FILES.match(path):
            return True
        if path.startswith("/api/"):
            return self.document(path) is not None
        language, _, rest = path[1:].partition("/")
        if language not in self.languages or LEFT.search(f"/{rest}"):
            return False
        return not rest.endswith("/versions/") or f"/{rest}"[: -len("versions/")] in self.revised

    def document(self, path: str) -> str | None:
        """The same answer of the API under the ending of its form; None if it is not copied."""
        if not path.startswith(API):
            return None
        rest = path.removeprefix(API)
        if path == API or rest in WHOLE:
            return path
        parts = rest.removesuffix("/").split("/")
        if path.endswith("/"):
            parts[-1] += ".json"
        name, _, ending = parts[-1].rpartition(".")
        if len(parts) == 1 and name in {*self.lists, "timeline"}:
            return f"{API}{parts[0]}" if ending in (*LISTS, *DATED) else None
        if len(parts) == 2 and parts[0] in self.lists and ending == "json":
            return f"{API}{'/'.join(parts)}"
        return None

    def file(self, path: str, page: int = 1) -> str:
        """The name of its file, with slashes, from the folder of the copy on."""
        if path.startswith("/api/"):
            path = self.document(path) or path
            path += "index.json" if path == API else ""
            stem, dot, ending = path.rpartition(".")
            return (path if page == 1 else f"{stem}.page-{page}{dot}{ending}")[1:]
        if page > 1:
            path += f"page-{page}/"
        return (path + "index.html" if path.endswith("/") else path)[1:]

    def relative(self, source: str, target: str) -> str:
        """The link from one file to another."""
        return posixpath.relpath(target, posixpath.dirname(source) or ".")


def seeds(scope: Scope) -> list[str]:
    """Where the walk begins: the home pages, every record, and what no page has to link to."""
    types = {t.name: t for t in record_types.all_types()}
    found = [*ROOTS, API, *(API + name for name in WHOLE)]
    for type_ in types.values():
        forms = (*LISTS, *DATED) if type_.dated else LISTS
        found += [f"{API}{type_.plural}.{form}" for form in forms]
    found += [f"{API}timeline.{form}" for form in (*LISTS, *DATED)]
    found += [f"/{language}/" for language in scope.languages]
    current = Entry.objects.current().by_key().values_list("type", "key")
    for type_, key in current.iterator(chunk_size=2000):
        page = f"{types[type_].page}{key}"
        found += [f"/{language}{page}/" for language in scope.languages]
        found.append(f"/api/v1{page}.json")
    return found
