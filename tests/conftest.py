"""What all tests share."""

import os
from collections.abc import Iterator

import pytest
from django.core.management.commands.flush import Command as Flush
from django.db import connection
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from deploy.cluster.processes import programs
from timeline import again, facts, guards, indexing, kept_entries, making, pieces
from timeline.remembering import answers

from .browser.chromium import CHROMIUM
from .scale.proxies import NGINX
from .torture.wrk import WRK

hypothesis_settings.register_profile("tracker", deadline=None)  # a busy machine is no failure
hypothesis_settings.load_profile("tracker")

WITHOUT_CHROMIUM = (
    "Without Chromium the tests in a browser are left out. Debian: apt install chromium"
)
WITHOUT_SERVERS = (
    "Tests on several PostgreSQL servers are left out: they run with a DATABASE_URL of PostgreSQL "
    "where its server is installed. Debian: apt install postgresql"
)
WITHOUT_NGINX = (
    "Without nginx the tests of a proxy before the nodes are left out. Debian: apt install nginx"
)


def left_out() -> dict[str, str]:
    """The markers of tests that cannot run here, and what to say about it."""
    found = {}
    if not CHROMIUM:
        found["browser"] = WITHOUT_CHROMIUM
    if connection.vendor == "sqlite" or not programs():
        found["cluster"] = WITHOUT_SERVERS
    if not NGINX:
        found["proxy"] = WITHOUT_NGINX
    if not WRK:
        found["wrk"] = "Without wrk the tests under load are left out. Debian: apt install wrk"
    if os.geteuid() != 0:
        found["mounts"] = "Tests of a full disk are left out: only root can mount a small one"
    return found


def pytest_configure(config: pytest.Config) -> None:
    if not CHROMIUM and os.environ.get("BROWSER_REQUIRED"):
        raise pytest.UsageError("BROWSER_REQUIRED is set, and Chromium is missing.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    missing = {"cluster", "proxy"} & left_out().keys()
    if missing and os.environ.get("CLUSTER_REQUIRED"):
        raise pytest.UsageError("CLUSTER_REQUIRED is set. " + " ".join(left_out().values()))
    gone = [item for item in items if any(map(item.get_closest_marker, left_out()))]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for words in left_out().values():
        terminalreporter.write_line(words, yellow=True)


@pytest.fixture(autouse=True, scope="session")
def _flush_passes_the_guards() -> Iterator[None]:
    """Tests with real transactions end by emptying all tables, which the triggers refuse."""
    with pytest.MonkeyPatch.context() as patch:
        flush = Flush.handle

        def handle(self: Flush, **options: object) -> None:
            guards.lift(connection)
            flush(self, **options)
            indexing.empty(connection)
            guards.install(connection)

        patch.setattr(Flush, "handle", handle)
        yield


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """Each test begins with a record of its own, whose versions are numbered alike."""
    answers.clear()
    kept_entries.entries.clear()
    again.addresses.clear()
    making.last.newest = None
    facts.forget()
    pieces.forget()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A request in another language leaves that language active in its thread."""
    translation.activate("en")
    yield
    translation.activate("en")
