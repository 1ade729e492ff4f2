import pytest

from timeline.models import Entry

from ..factories import make_event, make_source, make_survey
from .pages import add_row, address, editor, errors_of, form_of, opened, press

pytestmark = pytest.mark.django_db


def differences(response):
    return [tuple(found[:3]) for found in response.context["differences"]]


def test_the_second_of_two_editors_is_told_who_saved_and_keeps_the_input():
    event = make_event(published=False, title_en="As it was")
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    assert press(first, address(event), theirs, title_en="Hana's title").status_code == 302
    response = press(second, address(event), mine, title_en="Kenji's title", effect="escalation")
    message = errors_of(response)["__all__"][0]
    assert message.startswith("Hana saved this record on ")
    assert message.endswith("compare it with what is saved now, then save again.")
    assert differences(response) == [
        ("Title · English", "Kenji's title", "Hana's title"),
        ("Effect", "escalation", "neutral"),
    ]
    form = form_of(response)
    assert (form["title_en"], form["effect"]) == ("Kenji's title", "escalation")
    event.refresh_from_db()
    assert (event.title_en, event.effect) == ("Hana's title", "neutral")


def test_the_second_editor_may_save_after_having_seen_what_differs():
    event = make_event(published=False, title_en="As it was")
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    press(first, address(event), theirs, title_en="Hana's title")
    refused = press(second, address(event), mine, title_en="Kenji's title")
    assert press(second, address(event), form_of(refused)).status_code == 302
    event.refresh_from_db()
    assert (event.title_en, event.modified_by.username) == ("Kenji's title", "kenji")


def test_fields_that_the_second_editor_did_not_touch_take_over_what_was_saved():
    event = make_event(published=False, title_en="T", title_ko="제목", summary_en="One\n\nTwo")
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    press(first, address(event), theirs, title_en="Hana's", summary_en="Three", kind="talks")
    typed = {"effect": "escalation", "summary_en": "One\r\n\r\nTwo"}
    refused = press(second, address(event), mine, **typed)
    assert differences(refused) == [("Effect", "escalation", "neutral")]
    assert press(second, address(event), form_of(refused)).status_code == 302
    event.refresh_from_db()
    found = (event.title_en, event.summary_en, event.kind, event.effect, event.translation_ko)
    assert found == ("Hana's", "Three", "talks", "escalation", "stale")


def test_values_at_opening_that_cannot_be_read_count_as_touched():
    event = make_event(published=False, title_en="As it was")
    client = editor()
    for values in ("[1]", "{", '{"title_en": 5, "date": [], "effect": "?"}', "null", "[" * 100_000):
        typed = {"opened_revision": "99", "opened_values": values, "title_en": "Mine"}
        response = press(client, address(event), opened(client, event), **typed)
        assert (response.status_code, form_of(response)["title_en"]) == (200, "Mine")


def test_editors_who_change_only_rows_conflict_as_well():
    event = make_event(published=False)
    sources = [make_source(), make_source()]
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    press(first, address(event), add_row(theirs, "citations", source=sources[0].pk))
    form = add_row(mine, "citations", source=sources[1].pk, locator="p. 9")
    response = press(second, address(event), form)
    assert differences(response) == [("Source 3", "a row of yours", "no such row")]
    assert form_of(response)["citations-2-locator"] == "p. 9"
    assert sources[1].pk not in event.citations.values_list("source", flat=True)


def test_a_row_that_the_other_editor_removed_keeps_the_input_as_a_new_row():
    event = make_event(published=False, sources=[make_source(), make_source()])
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    press(first, address(event), theirs | {"citations-0-DELETE": "on"})
    typed = {"citations-0-locator": "p. 1", "citations-1-locator": "p. 2"}
    response = press(second, address(event), mine, **typed)
    form = form_of(response)
    kept = event.citations.get()
    assert (form["citations-INITIAL_FORMS"], form["citations-TOTAL_FORMS"]) == ("1", "2")
    assert (form["citations-0-id"], form["citations-0-locator"]) == (str(kept.pk), "p. 2")
    assert (form["citations-1-id"], form["citations-1-locator"]) == ("", "p. 1")
    assert press(second, address(event), form).status_code == 302
    assert sorted(event.citations.values_list("locator", flat=True)) == ["p. 1", "p. 2"]


def test_a_conflict_on_a_published_record_publishes_nothing():
    event = make_event(title_en="As it was")
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    press(first, address(event), theirs, title_en="Hana's title", reason="Found.")
    response = press(second, address(event), mine, title_en="Kenji's title", reason="Mine.")
    assert form_of(response)["reason"] == "Mine."
    found = Entry.objects.filter(key=event.key).order_by("version")
    assert [entry.reason for entry in found] == ["first published", "Found."]


def test_a_part_conflicts_with_its_record():
    survey = make_survey(published=False, readings=[("2019", 12.2)])
    reading = survey.readings.get()
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, survey), opened(second, reading)
    press(first, address(survey), theirs, **{"readings-0-value": "50"})
    response = press(second, address(reading), mine, value="60")
    assert differences(response) == [("Value", "60", "50.0")]
    reading.refresh_from_db()
    assert reading.value == 50


def test_rows_that_the_second_editor_did_not_touch_take_over_what_was_saved():
    event = make_event(published=False, sources=[make_source(), make_source()])
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    press(first, address(event), theirs, **{"citations-0-locator": "p. 1"})
    refused = press(second, address(event), mine, **{"citations-1-locator": "p. 2"})
    assert differences(refused) == [("Source 2: Locator", "p. 2", "—")]
    assert press(second, address(event), form_of(refused)).status_code == 302
    assert list(event.citations.values_list("locator", flat=True)) == ["p. 1", "p. 2"]


def test_a_row_that_the_other_editor_removed_stays_removed_where_nobody_worked_on_it():
    event = make_event(published=False, sources=[make_source(), make_source()])
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    press(first, address(event), theirs | {"citations-0-DELETE": "on"})
    refused = press(second, address(event), mine, title_en="Kenji's")
    assert press(second, address(event), form_of(refused)).status_code == 302
    event.refresh_from_db()
    assert (event.title_en, event.citations.count()) == ("Kenji's", 1)


def test_a_row_that_the_other_editor_added_is_in_the_form_and_stays():
    event, source = make_event(published=False), make_source()
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    press(first, address(event), add_row(theirs, "citations", source=source.pk, locator="p. 7"))
    refused = press(second, address(event), mine, title_en="Kenji's")
    assert form_of(refused)["citations-1-locator"] == "p. 7"
    assert press(second, address(event), form_of(refused)).status_code == 302
    assert event.citations.count() == 2


def test_the_second_editor_takes_what_is_saved_field_by_field():
    event = make_event(published=False, title_en="T", summary_en="S", sources=[make_source()])
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    typed = {"title_en": "Hana's", "summary_en": "Hana's too", "citations-0-locator": "p. 1"}
    press(first, address(event), theirs, **typed)
    typed = {"title_en": "Kenji's", "summary_en": "Kenji's too", "citations-0-locator": "p. 2"}
    refused = press(second, address(event), mine, **typed)
    data = form_of(refused) | {"take": ["title_en", "citations-0-locator"], "_continue": "1"}
    assert second.post(address(event), data).status_code == 302
    event.refresh_from_db()
    found = (event.title_en, event.summary_en, event.citations.get().locator)
    assert found == ("Hana's", "Kenji's too", "p. 1")


def test_a_removal_of_what_the_other_editor_changed_is_shown_and_can_be_undone():
    event = make_event(published=False, sources=[make_source(title="A paper", publisher="P")])
    first, second = editor("hana"), editor("kenji")
    theirs, mine = opened(first, event), opened(second, event)
    press(first, address(event), theirs, **{"citations-0-locator": "p. 1"})
    refused = press(second, address(event), mine, **{"citations-0-DELETE": "on"})
    assert differences(refused) == [("Source 1", "removed by you", "P: A paper")]
    data = form_of(refused) | {"take": "citations-0-DELETE", "_continue": "1"}
    second.post(address(event), data)
    assert event.citations.get().locator == "p. 1"
