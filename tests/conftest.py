"""What all tests share."""

import os
from collections.abc import Iterator

import pytest
from django.core.management.commands.flush import Command as Flush
from django.db import connection
from django.utils import translation

from timeline import guards, indexing
from timeline.freshness import answers

from .browser.chromium import CHROMIUM

LEFT_OUT = "Without Chromium the tests in a browser are left out. Debian: apt install chromium"


def pytest_configure(config: pytest.Config) -> None:
    if not CHROMIUM and os.environ.get("BROWSER_REQUIRED"):
        raise pytest.UsageError("BROWSER_REQUIRED is set, and Chromium is missing.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = [item for item in items if item.get_closest_marker("browser") and not CHROMIUM]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not CHROMIUM:
        terminalreporter.write_line(LEFT_OUT, yellow=True)


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


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A request in another language leaves that language active in its thread."""
    translation.activate("en")
    yield
    translation.activate("en")
