"""What one question makes is made by it alone, and never passed off as another version's."""

import pytest

from timeline import again
from timeline.remembering import answers

from ..factories import make_event
from .asking import ask

pytestmark = pytest.mark.django_db
LIST = "/api/v1/events/"
READ = 1  # within a test's transaction no entry is kept, so each list asks for its entries too


@pytest.fixture
def learned(monkeypatch) -> None:
    """The list was asked for, and is in memory no more."""
    again.addresses.clear()
    make_event(key="first", date="2019-07-01")
    monkeypatch.setattr(answers, "most", 0)
    for _time in range(2):
        ask(LIST)


def test_one_question_brings_the_list_and_the_version(learned, django_assert_num_queries):
    with django_assert_num_queries(1 + READ):
        assert ask(LIST)[0] == "200 OK"


def test_another_version_than_the_last_is_noticed(learned, django_assert_num_queries):
    before = ask(LIST)
    make_event(key="second", date="2019-08-01")
    with django_assert_num_queries(3 + 2 * READ):  # in vain, the version, again
        after = ask(LIST)
    assert after[1]["ETag"] != before[1]["ETag"]
    assert b"second" in after[2]


def test_a_list_that_is_empty_does_not_say_the_version(learned, django_assert_num_queries):
    path = f"{LIST}?kind=talks"
    for _time in range(2):
        ask(path)
    with django_assert_num_queries(3):  # the version before and after
        assert ask(path)[0] == "200 OK"


def test_facets_and_a_count_say_the_version_too(learned, django_assert_num_queries):
    path = f"{LIST}?count=true&facet=kind"
    again.addresses.clear()
    for _time in range(2):
        before = ask(path)
    (kept,) = again.addresses.kept.values()
    assert kept.at_once
    make_event(key="second", date="2019-08-01")
    after = ask(path)
    assert b'"count":1' in before[2] and b'"count":2' in after[2]
    assert after[1]["ETag"] != before[1]["ETag"]


def test_what_asks_for_more_asks_for_the_version_before_and_after(learned):
    again.addresses.clear()
    for _time in range(2):
        ask(f"{LIST}?facet=kind&on=2019-07-01")
    (kept,) = again.addresses.kept.values()
    assert not kept.at_once
