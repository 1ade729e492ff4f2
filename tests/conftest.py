"""What all tests share."""

from collections.abc import Iterator

import pytest
from django.core.management.commands.flush import Command as Flush
from django.db import connection
from django.utils import translation

from timeline import guards, indexing
from timeline.freshness import answers


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
