"""What pages share is worked out once for each version of the record, and never stale."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from timeline import facts, few, questions
from timeline.models import Entry
from timeline.remembering import answers
from timeline.slices import Slice

from ..factories import make_agreement, make_dispute, make_event, make_status, make_summit

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted():
    """A function of a slice that says how often it was worked out."""
    times = []

    @facts.once
    def number(slice_: Slice, *values: str) -> int:
        times.append(values)
        return len(times)

    return number


def version() -> int:
    return Entry.objects.newest()[0]


def test_a_version_and_its_values_are_worked_out_once(counted):
    make_event()
    slice_ = Slice(version=version())
    assert [counted(slice_), counted(slice_), counted(slice_, "gsomia")] == [1, 1, 2]
    make_event()
    assert counted(Slice(version=version())) == 3


def test_with_a_new_version_what_was_known_before_is_dropped(counted):
    make_event()
    before = Slice(version=version())
    counted(before)
    make_event()
    assert [counted(Slice(version=version())), counted(before)] == [2, 3]


def test_the_past_and_a_slice_without_a_version_are_not_remembered(counted):
    make_event()
    past = Slice(datetime(2026, 1, 1, tzinfo=UTC), version())
    assert [counted(past), counted(past), counted(Slice()), counted(Slice())] == [1, 2, 3, 4]


def test_what_is_remembered_is_bounded(counted):
    make_event()
    slice_ = Slice(version=version())
    values = [str(number) for number in range(facts.MOST + 1)]
    first = [counted(slice_, value) for value in values]
    assert first == list(range(1, facts.MOST + 2))
    assert counted(slice_, values[-1]) == facts.MOST + 1
    assert counted(slice_, values[0]) == facts.MOST + 2  # it had been forgotten


def test_a_new_day_is_another_one(counted, monkeypatch):
    make_event()
    slice_ = Slice(version=version())
    first = counted(slice_)
    new_year = datetime(2030, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("timeline.slices.timezone.now", lambda: new_year)
    assert (first, counted(slice_)) == (1, 2)


def test_what_was_worked_out_while_something_was_published_is_not_kept():
    make_event()

    @facts.once
    def number(slice_: Slice) -> int:
        make_event()
        return Entry.objects.of_type("event").count()

    slice_ = Slice(version=version())
    assert [number(slice_), number(slice_)] == [2, 3]


@facts.once
def disputes(slice_: Slice) -> list[Entry]:
    return few.all_of(slice_, "dispute")


@facts.once
def number_of_events(slice_: Slice) -> int:
    return slice_.entries("event").count()


def test_a_question_that_says_the_version_is_enough(django_assert_num_queries):
    facts.forget()
    make_dispute()
    slice_ = Slice(version=version())
    with django_assert_num_queries(2):  # the second one for what is not in memory yet
        assert len(disputes(slice_)) == 1
    with django_assert_num_queries(2):  # the version
        assert number_of_events(slice_) == 0


@pytest.mark.parametrize("function", [disputes, number_of_events])
def test_what_is_of_another_version_is_not_kept(function):
    facts.forget()
    make_dispute()
    before = Slice(version=version())
    make_dispute(key="another")
    function(before)
    with CaptureQueriesContext(connection) as captured:
        function(before)
    assert len(captured) > 0


def test_who_watches_is_told_what_was_asked_within():
    facts.forget()
    make_dispute()
    slice_ = Slice(version=version())
    with questions.watched(connection) as watch:
        disputes(slice_)
        few.all_of(slice_, "dispute")
    assert (watch.version, watch.asked) == (version(), 4)
    with questions.watched(connection) as watch:
        disputes(slice_)  # known already
    assert (watch.version, watch.asked) == (None, 0)
    with questions.watched(connection) as watch:
        disputes(slice_)
        number_of_events(slice_)
    assert (watch.version, watch.asked) == (None, 2)


@pytest.mark.parametrize("page", ["/", "/timeline/", "/disputes/gsomia/", "/summits/"])
def test_a_page_says_the_same_whichever_language_was_asked_before(client, page):
    dispute = make_dispute(key="gsomia")
    make_status(dispute)
    make_event(disputes=(dispute,))
    make_summit(disputes=(dispute,))
    make_agreement(disputes=(dispute,))
    alone = {}
    for language in ("en", "ko", "ja"):
        facts.forget()
        answers.clear()
        alone[language] = client.get(f"/{language}{page}").content
    for language in ("ko", "en", "ja"):
        answers.clear()
        assert client.get(f"/{language}{page}").content == alone[language]


def test_the_second_language_of_a_dispute_asks_little(client):
    make_status(make_dispute(key="gsomia"))
    asked = []
    for language in ("en", "ko"):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/{language}/disputes/gsomia/").status_code == 200
        asked.append(len(captured))
    assert asked[1] < asked[0] / 2
