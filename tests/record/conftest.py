"""A small record to tamper with; and what is said of it is compared in English."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from timeline import ledger

from .appending import BY, add, add_status


@pytest.fixture
def record():
    """Entries a1 b1 c1 (a status) a2 b2 (withdrawn) d1."""
    add("a", disputes=["gsomia"], kind="ruling")
    add("b", title="Another", date="2019-08")
    add_status("c", "gsomia", "2019-07-01")
    add("a", title="About A", disputes=["gsomia"], kind="filing")
    ledger.withdraw("event", "b", BY, "It was an error.")
    add("d", "source", language="ko")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Whatever language another test's request left on."""
    with translation.override("en"):
        yield
