"""The copy of the site as files: every link of it, under any address; nothing is written twice."""

import html
import logging
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from disputes.publishing import withdraw
from timeline.mirror.asking import QUIET
from timeline.mirror.copying import _workers

from ..desk.full_records import full
from ..factories import MAKERS, make_event, make_source
from .asking import connection_kept

pytestmark = pytest.mark.django_db
LINK = re.compile(r'\s(?:href|src|action)="([^"]*)"')


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture(autouse=True)
def _others_are_heard() -> Iterator[None]:
    """Who copies the site silences its logs for good, which other tests in this process read."""
    levels = {name: logging.getLogger(name).level for name in QUIET}
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "copy"


@pytest.fixture
def mount(folder: Path) -> Iterator[str]:
    """The copy below another path, on a server that knows nothing of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder.parent.parent))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/deep/copy/"
    server.shutdown()
    server.server_close()


@connection_kept()
def export(folder: Path) -> str:
    folder.parent.mkdir(exist_ok=True)
    return call_command("export_static", folder, jobs=1, verbosity=0) or ""


def files(folder: Path) -> dict[str, int]:
    return {
        str(file.relative_to(folder)): file.stat().st_mtime_ns
        for file in folder.rglob("*")
        if file.is_file()
    }


def walk(start: str) -> tuple[set[str], list[str], set[str]]:
    """Pages that were reached, links that led nowhere, links to other places."""
    seen, dead, away, waiting = set(), [], set(), [start]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        try:
            with urlopen(address, timeout=10) as answer:  # noqa: S310 (127.0.0.1)
                kind, body = answer.headers.get_content_type(), answer.read()
        except HTTPError as error:
            dead.append(f"{error.code} {address}")
            continue
        if kind == "text/html":
            for given in LINK.findall(body.decode()):
                target = urljoin(address, html.unescape(given)).partition("#")[0]
                (waiting.append if target.startswith(start) else away.add)(target)
    return seen, dead, away


def test_every_link_of_the_copy_leads_to_a_file_or_to_the_living_site(folder, mount):
    for name in MAKERS:
        full(name)
    for _number in range(51):  # more than a page of a list
        make_source()
    export(folder)
    seen, dead, away = walk(mount)
    assert dead == []
    ours = {urlsplit(link).netloc for link in away if urlsplit(link).hostname == "127.0.0.1"}
    assert ours == {urlsplit(settings.SITE_URL).netloc}
    reached = {address.removeprefix(mount) for address in seen}
    for language in ("en", "ko", "ja"):
        assert {f"{language}/index.html", f"{language}/sources/page-2/index.html"} <= reached
    assert len(reached) > 150
    assert (folder / "api/v1/sources.page-2.json").is_file()
    assert b'"sources.page-2.json"' in (folder / "api/v1/sources.json").read_bytes()


def test_nothing_is_written_again_and_what_is_gone_is_removed(folder):
    make_event(key="stays")
    gone = make_event(key="goes")
    export(folder)
    first = files(folder)
    assert {"en/events/goes/index.html", "api/v1/events/goes.json"} <= first.keys()
    export(folder)
    assert files(folder) == first
    (folder / "mirror.json").unlink()  # as after an export that was broken off
    (folder / "mirror.json.begun").touch()
    export(folder)
    again = files(folder)
    assert {name for name in again if again[name] != first.get(name)} == {"mirror.json"}
    withdraw(gone, "Test Editor", "It was another day.")
    export(folder)
    left = files(folder)
    assert first.keys() - left.keys() >= {"en/events/goes/index.html", "api/v1/events/goes.json"}
    static = {name for name in first if name.startswith("static/")}
    assert static
    assert {name for name in static if left[name] != first[name]} == set()


def test_a_folder_of_something_else_is_left_alone(folder):
    folder.mkdir(parents=True)
    (folder / "thesis.txt").write_text("all of my work")
    with pytest.raises(CommandError, match="is not empty, and no copy of this site"):
        export(folder)
    assert list(files(folder)) == ["thesis.txt"]


def test_processes_share_the_work():
    with _workers(2) as each:
        assert list(each(sorted, [[2, 1], [4, 3]])) == [[1, 2], [3, 4]]
