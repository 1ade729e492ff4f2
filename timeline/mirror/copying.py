"""From page to page until all are copied, in several processes."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone

from .. import keys
from ..models import Entry
from ..releases import shelf
from .asking import ask
from .folder import STATE, Folder, State
from .links import Page
from .scope import Scope, seeds

TOGETHER = 40  # addresses that a process is given at a time
TRIES = 3  # at a copy during which nothing is published
Progress = Callable[[int, int], None]  # addresses done, known so far


@dataclass
class Copied:
    """What became of some addresses."""

    files: set[str] = field(default_factory=set)
    written: int = 0
    found: set[str] = field(default_factory=set)
    failed: dict[str, int] = field(default_factory=dict)  # address → status

    def add(self, other: "Copied") -> None:
        self.files |= other.files
        self.written += other.written
        self.found |= other.found
        self.failed |= other.failed


@dataclass(frozen=True)
class Result:
    state: State
    files: int = 0
    written: int = 0
    removed: int = 0
    failed: dict[str, int] = field(default_factory=dict)


def now() -> State:
    newest = Entry.objects.newest()
    today = timezone.now().date().isoformat()
    return State(newest[0] if newest else 0, keys.build(), today, settings.SITE_URL)


def copy(root: Path, jobs: int, progress: Progress) -> Result:
    """Bring the folder up to date, if it is not. FileExistsError: see `Folder.open`."""
    folder, state = Folder(root), now()
    if folder.state() == state:
        return Result(state)
    folder.open()
    written = 0
    for _try in range(TRIES):
        copied = _walk(root, jobs, progress)
        written += copied.written
        if (after := now()) == state:
            break
        state = after  # something was published meanwhile: once more, for what differs
    removed = folder.remove_all_but(copied.files)
    if copied.failed:
        return Result(state, len(copied.files), written, removed, copied.failed)
    folder.close(state)
    return Result(state, len(copied.files), written, removed)


def _walk(root: Path, jobs: int, progress: Progress) -> Copied:
    scope = Scope.of_the_record()
    whole = Copied()
    waiting = known = set(seeds(scope))
    done = 0
    with _workers(jobs) as each:
        while waiting:
            batches = _batches(sorted(waiting))
            for copied in each(partial(copy_some, root, scope), batches):
                whole.add(copied)
                done += TOGETHER
                progress(min(done, len(known)), len(known))
            done = len(known)
            waiting = whole.found - known
            known = known | waiting
    whole.add(_beside(Folder(root), scope))
    progress(len(known), len(known))
    return whole


@contextmanager
def _workers(jobs: int) -> Iterator[Callable[..., Iterable[Copied]]]:
    if jobs < 2:
        yield map
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=django.setup) as pool:
        yield pool.map


def _batches(addresses: list[str]) -> list[list[str]]:
    return [addresses[at : at + TOGETHER] for at in range(0, len(addresses), TOGETHER)]


def copy_some(root: Path, scope: Scope, addresses: Collection[str]) -> Copied:
    """Ask for these and write them: what a process does."""
    copied = Copied()
    for address in addresses:
        if address.startswith("/static/"):
            _copy_static(Folder(root), address, copied)
        elif not address.startswith("/data/"):  # releases are copied whole
            _copy_pages(Folder(root), scope, address, copied)
    return copied


def _copy_pages(folder: Folder, scope: Scope, path: str, copied: Copied) -> None:
    """An address, and those that its pager leads to."""
    page, query = Page(scope, path), ""
    while page:
        status, kind, body = ask(f"{path}?{query}" if query else path)
        if status != 200:
            copied.failed[path] = status
            return
        query = None
        if kind.startswith("text/html"):
            text, query = page.html(body.decode())
            body = text.encode()
        elif kind.partition(";")[0] == "application/json":
            body, query = page.json(body)
        elif path == "/sitemap.xml":
            sections = re.findall(r"<loc>[^<]*(/sitemap-\w+\.xml)</loc>", body.decode())
            page.found.update(sections)
        copied.written += folder.write(page.file, body)
        copied.files.add(page.file)
        copied.found |= page.found
        page = Page(scope, path, page.number + 1) if query else None


def _copy_static(folder: Folder, path: str, copied: Copied) -> None:
    name = path.removeprefix("/static/")
    collected = Path(settings.STATIC_ROOT, name)
    source = collected if collected.is_file() else finders.find(name)
    if not source:
        copied.failed[path] = 404
        return
    copied.written += folder.write(path[1:], Path(source).read_bytes())
    copied.files.add(path[1:])


def _beside(folder: Folder, scope: Scope) -> Copied:
    """The door, which asks for the language, and the releases."""
    copied = Copied(files={STATE})
    door = render_to_string("mirror.html", {"site": settings.SITE_URL}).encode()
    copied.written += folder.write("index.html", door)
    copied.files.add("index.html")
    for release in shelf.releases():
        for file in release.files:
            name = f"data/{release.name}/{file.path}"
            copied.written += folder.write(name, (release.folder / file.path).read_bytes())
            copied.files.add(name)
    return copied
