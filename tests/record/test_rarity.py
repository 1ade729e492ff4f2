"""Of several filters the rarest is walked by; what is found is the same."""

import pytest
from django.http import QueryDict

from timeline import parameters, rarity, record_types
from timeline.queries import Query

from .appending import add

pytestmark = pytest.mark.django_db
DISPUTES = ["gsomia", "sado-mines"]


@pytest.fixture(autouse=True)
def counted_anew():
    rarity._number.cache_clear()
    yield
    rarity._number.cache_clear()


@pytest.fixture
def many() -> None:
    """Six talks and one ruling, all of one dispute but the last."""
    for key in DISPUTES:
        add(key, "dispute")
    for number in range(7):
        kind = "ruling" if number == 3 else "talks"
        day = f"2019-07-{number + 1:02}"
        add(f"e-{number}", date=day, disputes=[DISPUTES[number == 6]], kind=kind)


def query(text: str) -> Query:
    return parameters.read(QueryDict(text), [record_types.get("event")])


@pytest.mark.parametrize(
    ("text", "leading", "keys"),
    [
        ("dispute=gsomia", "dispute", "0123456"[:6]),
        ("dispute=gsomia&kind=ruling", "kind", "3"),
        ("kind=talks&dispute=sado-mines", "dispute", "6"),
        ("dispute=sado-mines&kind=ruling", "dispute", ""),
        ("kind=talks&dispute=gsomia&dispute=sado-mines", "kind", "012456"),
        ("dispute=gsomia&q=a", "", None),
    ],
)
def test_the_rarest_filter_leads(many, text, leading, keys):
    asked = query(text)
    assert asked.leading == leading
    if keys is not None:
        assert [e.key for e in asked.page().entries] == [f"e-{n}" for n in keys]


def test_it_is_counted_once_for_each_value(many, django_assert_num_queries):
    first, second = query("dispute=gsomia&kind=ruling"), query("kind=ruling&dispute=gsomia")
    with django_assert_num_queries(2):
        assert first.leading == "kind"
    with django_assert_num_queries(0):
        assert second.leading == "kind"
