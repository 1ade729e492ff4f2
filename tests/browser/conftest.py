"""A browser before the real content. Without Chromium these tests are left out, aloud."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from . import reading, site
from .chromium import CHROMIUM, launched

MISSING = "Without Chromium the tests in a browser were left out. Debian: apt install chromium"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser's tests out where there is none; BROWSER_REQUIRED=1 makes that a fault."""
    if CHROMIUM:
        return
    if os.environ.get("BROWSER_REQUIRED"):
        pytest.exit("BROWSER_REQUIRED is set, and Chromium is missing.", returncode=1)
    left_out = [item for item in items if item.get_closest_marker("browser")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not CHROMIUM:
        terminalreporter.write_line(MISSING, yellow=True)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served; its database is made once for all workers."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with site.serving(site.prepared(shared / "site")) as found:
        yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """For this package alone: while Playwright runs, Django takes the thread for asynchronous."""
    with launched() as found:
        yield found


@pytest.fixture
def open_context(browser: Browser, address: str) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a reader's browser; what went wrong in any of its pages fails the test at the end."""
    watches = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(base_url=address, **options)
        watches.append((reading.Watch(context, address), context))
        return context

    yield make
    faults = [fault for watch, _context in watches for fault in watch.faults]
    for _watch, context in watches:
        context.close()
    assert faults == []


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A reader at a desk: 1280 pixels, light, with script."""
    return open_context(viewport={"width": 1280, "height": 800}).new_page()
