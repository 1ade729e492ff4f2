"""What is made again without Django is, byte for byte and header for header, what Django makes."""

import pytest

from disputes.publishing import publish, withdraw
from timeline import again
from timeline.remembering import answers

from ..factories import EDITOR, make_dispute, make_event, make_source, make_status, make_summit
from .asking import application, ask
from .test_entrance import GZIP, but_its_id

pytestmark = pytest.mark.django_db
ORIGIN = {"HTTP_ORIGIN": "https://example.org"}
ADDRESSES = [
    "/api/v1/events/",
    "/api/v1/events/?page_size=1&count=true&facet=dispute,kind,year",
    "/api/v1/events/?dispute=a&kind=ruling&date__gte=2019",
    "/api/v1/events/?q=happened&fields=key,title.en",
    "/api/v1/events/?include=source&ordering=-recorded_at",
    "/api/v1/timeline/?page_size=2&format=json",
    "/api/v1/timeline/density/?dispute=a&date__gte=2019",
    "/api/v1/timeline/density/?on=2019-07-02",
    "/api/v1/disputes/",
    "/api/v1/disputes/?on=2019-07-02",
    "/api/v1/statuses/?on=2019-07-02",
    "/api/v1/commitments/",
    "/api/v1/events/first/",
    "/api/v1/events/first/versions/",
    "/api/v1/events/first/timemap/",
    "/api/v1/events/first/chain/",
    "/api/v1/events/first/cite/",
    "/api/v1/disputes/a/",
    "/api/v1/disputes/a/?on=2019-07-02&omit=names",
]


@pytest.fixture
def fill():
    again.addresses.clear()
    dispute = make_dispute(key="a")
    make_status(dispute, date="2019-07-01")
    make_event(key="first", date="2019-07-01", disputes=(dispute,), kind="ruling")
    make_event(key="second", date="2019-08-01", disputes=(dispute,), title_en="It happened")
    make_summit(disputes=(dispute,))
    return dispute


def differently(monkeypatch) -> None:
    """From now on the entrance must answer by itself."""

    def fails(*_given: object) -> None:
        raise AssertionError("Django was asked.")

    monkeypatch.setattr(application(), "django", fails)


@pytest.mark.parametrize("more", [{}, GZIP | ORIGIN])
@pytest.mark.parametrize("path", ADDRESSES)
def test_answer_after_a_publication_is_what_django_makes(path, more, fill, monkeypatch):
    before = ask(path, **more)
    assert before[0] == "200 OK"
    learned = len(again.addresses.kept)
    make_event(key="third", date="2019-08-02", disputes=(fill,), kind="ruling")
    with monkeypatch.context() as patched:
        if learned:
            differently(patched)
        made = ask(path, **more)
    answers.clear()
    again.addresses.clear()
    usual = ask(path, **more)
    assert (made[0], but_its_id(made[1]), made[2]) == (usual[0], but_its_id(usual[1]), usual[2])
    assert made[1]["ETag"] != before[1]["ETag"]


def test_lists_and_details_are_learned_and_pages_and_tables_are_not(fill):
    learned = {}
    for path in (*ADDRESSES, "/en/", "/api/v1/events.csv", "/api/v1/events/?as_of=2026-01-01"):
        again.addresses.clear()
        ask(path)
        learned[path] = len(again.addresses.kept)
    assert {learned[path] for path in ADDRESSES[:11]} == {1}
    assert not learned["/en/"] and not learned["/api/v1/events.csv"]
    assert not learned["/api/v1/events/?as_of=2026-01-01"]


def test_what_is_withdrawn_meanwhile_is_gone(fill):
    event = make_event(key="gone", date="2019-07-01")
    assert ask("/api/v1/events/gone/")[0] == "200 OK"
    withdraw(event, EDITOR, "an error")
    assert ask("/api/v1/events/gone/")[0] == "410 Gone"
    publish(event, EDITOR, "after all")
    assert ask("/api/v1/events/gone/")[0] == "200 OK"


def test_least_lately_asked_is_forgotten_first(fill, monkeypatch):
    monkeypatch.setattr(again.addresses, "most", 2)
    for path in ("/api/v1/events/", "/api/v1/sources/", "/api/v1/statuses/"):
        ask(path)
    assert len(again.addresses.kept) == 2
    differently(monkeypatch)
    make_source(published=False)
    assert ask("/api/v1/statuses/")[0] == "200 OK"
