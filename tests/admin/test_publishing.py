import pytest

from disputes.models import Event, Source, State
from timeline.models import Entry

from ..factories import make_actor, make_dispute, make_event, make_source, make_survey
from .pages import (
    add_row,
    address,
    buttons_of,
    editor,
    errors_of,
    form_of,
    messages_of,
    opened,
    press,
    selected,
)

pytestmark = pytest.mark.django_db


def versions(record):
    return list(Entry.objects.filter(type=record.document_type, key=record.key).order_by("version"))


def test_saving_a_published_record_adds_a_version_with_its_reason():
    event = make_event(title_en="As it was")
    before = versions(event)[0]
    client = editor()
    response = press(
        client,
        address(event),
        opened(client, event),
        title_en="As it is",
        reason="The court's own press release was found.",
    )
    assert response.status_code == 302
    first, second = versions(event)
    assert (second.version, second.reason, second.editor) == (
        2,
        "The court's own press release was found.",
        "Editor",
    )
    assert second.data["title"]["en"] == "As it is"
    assert first.document == before.document
    former = Entry.objects.as_of(before.recorded_at).get(type="event", key=event.key)
    assert former.document == before.document


def test_saving_a_published_record_without_a_reason_is_refused_and_input_kept():
    event = make_event(title_en="As it was")
    client = editor()
    response = press(client, address(event), opened(client, event), title_en="As it is")
    assert response.status_code == 200
    assert errors_of(response) == {"reason": ["Say why you change what is public."]}
    assert form_of(response)["title_en"] == "As it is"
    event.refresh_from_db()
    assert (event.title_en, len(versions(event))) == ("As it was", 1)


def test_saving_a_published_record_unchanged_needs_no_reason_and_publishes_nothing():
    event = make_event()
    client = editor()
    assert press(client, address(event), opened(client, event)).status_code == 302
    revision = event.revision
    event.refresh_from_db()
    assert (event.revision, len(versions(event))) == (revision, 1)


def test_line_ends_of_a_browser_are_no_change():
    event = make_event(summary_en="One\n\nTwo")
    client = editor()
    response = press(client, address(event), opened(client, event), summary_en="One\r\n\r\nTwo")
    assert response.status_code == 302
    assert len(versions(event)) == 1


def test_a_changed_row_alone_needs_a_reason_and_is_published():
    event, source = make_event(), make_source()
    client = editor()
    form = add_row(opened(client, event), "citations", source=source.pk, locator="p. 4")
    refused = press(client, address(event), form)
    assert errors_of(refused) == {"reason": ["Say why you change what is public."]}
    assert event.citations.count() == 1
    assert form_of(refused)["citations-1-locator"] == "p. 4"
    assert press(client, address(event), form, reason="A second source.").status_code == 302
    assert [s["locator"] for s in versions(event)[1].data["sources"]] == [None, "p. 4"]


def test_faults_are_listed_at_once_and_nothing_is_saved():
    event = make_event(title_en="As it was", kind="ruling")
    client = editor()
    typed = {"title_en": "", "kind": "", "citations-0-DELETE": "on", "reason": "Tidying."}
    response = press(client, address(event), opened(client, event), **typed)
    assert errors_of(response) == {
        "title_en": ["there is no English title."],
        "kind": ["choose the kind of event."],
        "__all__": ["sources: no source is cited."],
    }
    assert form_of(response)["reason"] == "Tidying."
    event.refresh_from_db()
    assert (event.title_en, event.kind, event.citations.count()) == ("As it was", "ruling", 1)
    assert len(versions(event)) == 1


def test_a_draft_that_cannot_be_published_is_not_saved_by_the_attempt():
    event = make_event(published=False, sources=[], title_en="Draft")
    client = editor()
    form = opened(client, event)
    response = press(client, address(event), form, "_publish", title_en="Better")
    assert errors_of(response) == {"__all__": ["sources: no source is cited."]}
    assert form_of(response)["title_en"] == "Better"
    event.refresh_from_db()
    assert (event.title_en, event.state) == ("Draft", State.DRAFT)


def test_a_new_event_with_citations_and_links_is_published_from_the_form():
    cause, source, actor, dispute = make_event(), make_source(), make_actor(), make_dispute()
    client = editor()
    form = form_of(client.get(address(Event, "add")))
    form |= {
        "key": "2019-08-22-gsomia-notice",
        "date": "2019-08-22",
        "kind": "measure",
        "title_en": "Notice of termination",
        "title_ko": "종료 통보",
        "effect": "escalation",
        "plover": "SANCTION",
        "plover_mode": "withdraw",
    }
    form = add_row(form, "bearings", dispute=dispute.pk)
    form = add_row(form, "participations", role="initiator", actor=actor.pk)
    form = add_row(form, "citations", source=source.pk, locator="para. 2", note="“terminate”")
    form = add_row(form, "links", kind="responds_to", cause_event=cause.pk, asserted_by="KR")
    response = press(client, address(Event, "add"), form, "_publish")
    event = Event.objects.get(key="2019-08-22-gsomia-notice")
    assert (response.status_code, response.url) == (302, address(event))
    document = versions(event)[0].data
    assert document["title"] == {"en": "Notice of termination", "ko": "종료 통보", "ja": None}
    assert document["disputes"] == [dispute.key]
    assert [a["key"] for a in document["initiators"]] == [actor.key]
    assert [(s["key"], s["locator"]) for s in document["sources"]] == [(source.key, "para. 2")]
    assert [(link["event"]["key"], link["asserted_by"]) for link in document["links"]] == [
        (cause.key, "KR")
    ]
    assert event.modified_by.username == "editor"


def test_a_reading_is_added_with_its_source_and_its_survey_published_again():
    survey, source = make_survey(readings=[("2019", 12.2)]), make_source()
    client = editor()
    url = f"/admin/disputes/reading/add/?survey={survey.pk}"
    form = form_of(client.get(url)) | {"date": "2020", "value": "41.5"}
    form = add_row(form, "citations", source=source.pk)
    refused = press(client, url, form, "_save")
    assert errors_of(refused) == {"reason": ["Say why you change what is public."]}
    response = press(client, url, form, "_save", reason="The figures of 2020.")
    assert (response.status_code, response.url) == (302, address(survey))
    readings = versions(survey)[1].data["readings"]
    assert [(r["date"], r["value"]) for r in readings] == [("2019", 12.2), ("2020", 41.5)]


def test_a_reading_of_a_date_that_stands_already_is_refused_in_words():
    survey, source = make_survey(readings=[("2019", 12.2)]), make_source()
    client = editor()
    url = f"/admin/disputes/reading/add/?survey={survey.pk}"
    form = form_of(client.get(url)) | {"date": "2019", "value": "1", "reason": "Again."}
    response = press(client, url, add_row(form, "citations", source=source.pk), "_save")
    assert errors_of(response) == {"__all__": ["Reading with this Survey and Date already exists."]}


def test_a_corrected_reading_publishes_its_survey_again():
    survey = make_survey(readings=[("2019", 12.2)])
    reading = survey.readings.get()
    client = editor()
    typed = {"value": "12.5", "reason": "As printed."}
    assert press(client, address(reading), opened(client, reading), **typed).status_code == 302
    assert versions(survey)[1].data["readings"][0]["value"] == 12.5
    survey.refresh_from_db()
    assert survey.modified_by.username == "editor"


def test_a_link_gains_its_source_and_the_event_is_published_again():
    event, source = make_event(answers=(make_event(),)), make_source()
    link = event.links.get()
    client = editor()
    form = add_row(opened(client, link), "citations", source=source.pk)
    assert press(client, address(link), form, reason="Who says so.").status_code == 302
    cited = versions(event)[1].data["links"][0]["sources"]
    assert [s["key"] for s in cited] == [source.key]


def test_a_new_row_comes_after_the_others():
    old, new = [make_source(), make_source()], make_source()
    event = make_event(published=False, sources=old)
    client = editor()
    form = add_row(opened(client, event), "citations", source=new.pk)
    assert press(client, address(event), form).status_code == 302
    cited = [(citation.source, citation.position) for citation in event.citations.all()]
    assert cited == [(old[0], 0), (old[1], 1), (new, 2)]


@pytest.mark.parametrize(
    ("cause", "fault"),
    [
        (None, "Choose the earlier event or the earlier summit, one of them."),
        ("2020", "The effect (2019-08-22) precedes its cause (2020)."),
    ],
)
def test_a_link_that_cannot_be_is_refused_in_words_and_once(cause, fault):
    event = make_event(published=False)
    row = {"kind": "responds_to", "asserted_by": "editor"}
    if cause:
        row["cause_event"] = make_event(date=cause).pk
    client = editor()
    response = press(client, address(event), add_row(opened(client, event), "links", **row))
    links = response.context["inline_admin_formsets"][-1].formset
    assert links.errors == [{"__all__": [fault]}]
    assert event.links.count() == 0


def test_publishing_selected_publishes_all_or_none():
    good = make_source(published=False)
    client = editor()
    action = selected("publish_selected", good)
    response = client.post(address(Source, "changelist"), action, follow=True)
    assert messages_of(response) == ["1 record was published."]
    good.refresh_from_db()
    assert (good.state, len(versions(good))) == (State.PUBLISHED, 1)

    events = [make_event(published=False), make_event(published=False, sources=[])]
    action = selected("publish_selected", *events)
    response = client.post(address(Event, "changelist"), action, follow=True)
    assert messages_of(response) == [
        "Nothing was published:",
        f"event {events[1].key}: sources: no source is cited.",
    ]
    assert set(Event.objects.values_list("state", flat=True)) == {State.DRAFT}


def test_a_published_record_offers_its_page_and_a_draft_does_not():
    public, draft = make_event(), make_event(published=False)
    client = editor()
    page = f'href="/events/{public.key}/"'
    assert page in client.get(address(public)).content.decode()
    assert "/events/" not in client.get(address(draft)).content.decode()
    assert buttons_of(client.get(address(draft))) == [
        "_save",
        "_addanother",
        "_continue",
        "_publish",
        "_submit",
    ]


def test_history_lists_the_published_versions_with_their_reasons():
    event = make_event()
    client = editor()
    press(client, address(event), opened(client, event), title_en="New", reason="Corrected.")
    response = client.get(address(event, "history"))
    found = [(entry.version, entry.reason) for entry, _address in response.context["versions"]]
    assert found == [(2, "Corrected."), (1, "first published")]
    instant = versions(event)[0].recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert f'href="/events/{event.key}/?as_of={instant}"' in response.content.decode()
