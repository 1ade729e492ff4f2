import pytest
from django.urls import reverse

from disputes.models import Actor, Event, Source, State
from timeline.models import Entry

from ..admin.pages import editor, researcher
from ..factories import make_actor, make_dispute, make_event, make_source

pytestmark = pytest.mark.django_db
PAGE = "/admin/quick-event/"
NEW_SOURCE = {
    "source": "https://example.org/press/1",
    "source_title": "Press release",
    "source_publisher": "Ministry",
    "source_language": "en",
    "source_kind": "official",
}


def typed(**values):
    return {"date": "2019-08-22", "title_en": "Notice of termination", "kind": "measure"} | {
        "effect": "escalation",
        **NEW_SOURCE,
        **values,
    }


def test_an_event_with_a_new_source_is_handed_in_with_one_page():
    actor, dispute = make_actor(), make_dispute()
    values = typed(
        plover="SANCTION",
        plover_mode="withdraw",
        initiators=[actor.pk],
        disputes=[dispute.pk],
        locator="para. 2",
        _submit="1",
    )
    client = researcher()
    response = client.post(PAGE, values)
    event = Event.objects.get()
    assert response.url == reverse("admin:disputes_event_change", args=[event.pk])
    assert (event.key, event.state, event.plover_mode, event.effect) == (
        "2019-08-22-notice-of-termination",
        State.IN_REVIEW,
        "withdraw",
        "escalation",
    )
    cited = event.citations.get()
    assert (cited.source.url, cited.locator, cited.source.state) == (
        "https://example.org/press/1",
        "para. 2",
        State.DRAFT,
    )
    assert [p.actor for p in event.participations.all()] == [actor]
    assert [b.dispute for b in event.bearings.all()] == [dispute]
    assert (event.modified_by.username, event.submitted_by.username) == ("researcher",) * 2
    assert Entry.objects.filter(type="event").count() == 0


@pytest.mark.parametrize(
    "given", ["a-source", "http://www.example.org/a/", "https://example.org/a"]
)
def test_a_source_that_is_here_is_found_by_key_and_by_address(given):
    source = make_source(key="a-source", url="https://example.org/a")
    editor().post(PAGE, typed(source=given))
    assert Event.objects.get().citations.get().source == source
    assert Source.objects.count() == 1


def test_every_fault_is_said_and_nothing_saved():
    values = typed(date="tomorrow", title_en="", kind="x", source_title="")
    response = editor().post(PAGE, values)
    assert set(response.context["form"].errors) == {"date", "title_en", "kind", "source_title"}
    assert (Event.objects.count(), Source.objects.count()) == (0, 0)


def test_a_mode_of_another_type_is_refused():
    response = editor().post(PAGE, typed(plover="AGREE", plover_mode="riot"))
    assert response.status_code == 200
    assert list(response.context["form"].non_field_errors()) == [
        "AGREE has no mode “riot”. Its modes: –."
    ]
    assert Event.objects.count() == 0


def test_something_alike_is_shown_before_it_is_saved():
    there = make_event(date="2019-08-23", title_en="Notice of the termination")
    make_event(date="2019-10-23", title_en="Notice of termination")
    make_event(date="2019-08-22", title_en="Something else altogether, elsewhere")
    client = editor()
    response = client.post(PAGE, typed())
    assert [found.happening for found in response.context["alike"]] == [there]
    assert Event.objects.count() == 3
    assert client.post(PAGE, typed(another="on")).status_code == 302
    assert Event.objects.count() == 4


def test_the_page_asks_for_what_is_alike_while_somebody_types():
    there = make_event(date="2019-08", title_ko="지소미아 종료 통보")
    query = {"date": "2019-08-22", "title_ko": "지소미아 종료 통보 발표"}
    found = editor().get(f"{PAGE}alike/", query).json()["results"]
    assert found == [{"text": str(there), "address": f"/admin/disputes/event/{there.pk}/change/"}]


@pytest.mark.parametrize(
    ("date", "answer"),
    [
        (
            "2019-03~",
            {"words": {"en": "about March 2019", "ko": "2019년 3월경", "ja": "2019年3月頃"}},
        ),
        ("2019-13", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_dates_are_said_in_words(date, answer):
    found = researcher().get(f"{PAGE}date/", {"date": date}).json()
    assert found == answer if answer else set(found) == {"error"}


def test_actors_and_sources_are_suggested():
    actor = make_actor(name_en="Ministry of Trade", name_ko="산업통상자원부")
    source = make_source(title="강제동원 판결문")
    client = researcher()

    def keys(**query):
        return [row["key"] for row in client.get(f"{PAGE}suggest/", query).json()["results"]]

    assert keys(type="actor", q="통상") == [actor.key]
    assert keys(type="source", q="판결") == [source.key]
    assert keys(type="actor", q="") == []


def test_a_preview_shows_the_public_page_and_saves_nothing():
    response = researcher().post(f"{PAGE}preview/", typed(title_en="A heading to be seen"))
    assert response.templates[0].name == "records/event.html"
    assert "A heading to be seen" in response.content.decode()
    assert (Event.objects.count(), Source.objects.count(), Entry.objects.count()) == (0, 0, 0)
    assert researcher("other").post(f"{PAGE}preview/", typed(date="?")).status_code == 400


def test_keys_are_never_used_twice():
    client = editor()
    for _number in range(2):
        client.post(PAGE, typed(another="on"))
    assert sorted(Event.objects.values_list("key", flat=True)) == [
        "2019-08-22-notice-of-termination",
        "2019-08-22-notice-of-termination-2",
    ]


def test_definitions_of_plover_stand_with_the_newest_example():
    make_event(plover="ACCUSE", title_en="Older", date="2018")
    make_event(plover="ACCUSE", title_en="Newer", date="2020")
    shown = {row["code"]: row["example"] for row in editor().get(PAGE).context["plover"]}
    assert (shown["ACCUSE"], shown["AGREE"], len(shown)) == ("Newer", "", 17)


def test_a_missing_actor_is_put_down_as_a_draft():
    client = researcher()
    typed_in = {"actor-name_en": "Board of Audit", "actor-kind": "ministry", "actor-country": "KR"}
    answer = client.post(f"{PAGE}actor/", typed_in | {"actor-name_ko": "감사원"}).json()
    actor = Actor.objects.get()
    assert answer == {"id": actor.pk, "text": "Board of Audit"}
    assert (actor.key, actor.name_ko, actor.country, actor.state, actor.modified_by.username) == (
        "board-of-audit",
        "감사원",
        "KR",
        State.DRAFT,
        "researcher",
    )
    again = client.post(f"{PAGE}actor/", typed_in)
    said = ["An actor of this name is here already."]
    assert (again.status_code, again.json()) == (400, {"errors": {"actor-name_en": said}})
    unknown = client.post(f"{PAGE}actor/", typed_in | {"actor-name_en": "B", "actor-kind": "x"})
    assert list(unknown.json()["errors"]) == ["actor-kind"]
    assert Actor.objects.count() == 1


def test_disputes_are_suggested_by_events_with_titles_like_it():
    mines, water = make_dispute(name_en="Mines"), make_dispute(name_en="Water")
    make_event(title_en="The committee inscribes the Sado mines", disputes=[mines])
    make_event(title_en="Treated water is discharged", disputes=[water])
    query = {"date": "2024-07-27", "title_en": "Committee inscribes mines of Sado"}
    found = researcher().get(f"{PAGE}alike/", query).json()
    assert found["disputes"] == [{"id": mines.pk, "text": "Mines"}]
    assert researcher("kim").get(f"{PAGE}alike/").json()["disputes"] == []


def test_who_writes_an_unknown_address_sees_the_fields_of_the_source():
    page = researcher().post(PAGE, typed(source_publisher="")).content.decode()
    assert '<details id="new-source" open>' in page
    assert '<details id="new-source">' in researcher("kim").get(PAGE).content.decode()
