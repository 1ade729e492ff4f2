"""A browser before the real content."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from . import desk as people
from . import reading, site
from .chromium import launched
from .shared import shared


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Of the site, whose database is made once for all workers."""
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    with shared(place / "site") as found:
        yield found


@pytest.fixture(scope="session")
def address(folder: Path) -> Iterator[str]:
    """Where the site is served."""
    with site.serving(folder) as found:
        yield found


@pytest.fixture(scope="session")
def signed_in(folder: Path) -> dict[str, dict]:
    """What the browser keeps of those who signed in, by name."""
    people.prepared(folder)
    return {}


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


@pytest.fixture
def desk(open_context: Callable[..., BrowserContext], signed_in: dict[str, dict]) -> people.Desk:
    return people.Desk(open_context, signed_in)
