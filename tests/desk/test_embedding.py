"""A record that stands in others' documents is changed there too."""

import pytest

from disputes.publishing import publish, publish_all
from timeline.models import Entry
from timeline.verification import Verification

from ..factories import (
    EDITOR,
    make_actor,
    make_agreement,
    make_commitment,
    make_dispute,
    make_event,
    make_fulfilment,
    make_leader,
    make_link,
    make_recommendation,
    make_source,
    make_status,
    make_summit,
    make_survey,
)

pytestmark = pytest.mark.django_db


AGAIN = "A record that it refers to was changed."


def current(record) -> Entry:
    return Entry.objects.current().get(type=record.document_type, key=record.key)


def retitled(source, title: str):
    source.title = title
    source.save()
    return source


def test_a_changed_source_is_changed_in_all_that_cites_it():
    source = make_source()
    cause = make_event(sources=[source])
    effect = make_event(answers=(cause,))
    effect.links.get().citations.create(source=source)
    publish(effect, EDITOR, "a source of the link")
    survey, recommendation = make_survey(), make_recommendation(paper=source)
    added = publish(retitled(source, "Corrected"), EDITOR, "a misprint")
    assert (added[0].key, added[0].reason) == (source.key, "a misprint")
    assert sorted((e.type, e.key, e.reason) for e in added[1:]) == sorted(
        (r.document_type, r.key, AGAIN) for r in (cause, effect, recommendation)
    )
    assert current(cause).data["sources"][0]["title"] == "Corrected"
    assert current(effect).data["links"][0]["sources"][0]["title"] == "Corrected"
    assert current(survey).version == 1
    assert list(Verification().faults()) == []


def test_what_embeds_an_embedder_is_changed_too():
    source = make_source()
    agreement = make_agreement()
    agreement.citations.create(source=source, position=1)
    publish(agreement, EDITOR, "one more source")
    commitment = make_commitment(agreement)
    fulfilment = make_fulfilment(commitment)
    publish(retitled(source, "Corrected"), EDITOR, "a misprint")
    assert current(commitment).data["sources"][1]["title"] == "Corrected"
    assert current(fulfilment).version == 1  # says nothing of that source
    agreement.title_en = "Renamed"
    agreement.save()
    publish(agreement, EDITOR, "its usual name")
    assert current(commitment).data["agreement"]["title"]["en"] == "Renamed"
    assert current(fulfilment).data["agreement"]["title"]["en"] == "Renamed"
    commitment.refresh_from_db()
    commitment.text_en = "To do more."
    commitment.save()
    publish(commitment, EDITOR, "closer to the text")
    assert current(fulfilment).data["title"]["en"] == "under way: To do more."


def test_names_are_changed_where_they_stand():
    dispute, leader, actor = make_dispute(), make_leader(), make_actor()
    status = make_status(dispute)
    summit = make_summit(rok_leader=leader)
    event = make_event(initiators=(actor,))
    for record in (dispute, leader, actor):
        record.name_en = "Renamed"
        record.save()
    publish_all([dispute, leader, actor], EDITOR, "renamed")
    assert current(status).data["title"]["en"] == "Renamed: deadlocked"
    assert current(summit).data["rok_leader"]["name"]["en"] == "Renamed"
    assert current(event).data["initiators"][0]["name"]["en"] == "Renamed"


def test_happenings_that_name_each_other_end():
    first = make_event(date="2019-07")
    second = make_event(date="2019-07", answers=(first,))
    make_link(first, second, kind="part_of")
    publish(first, EDITOR, "part of it")
    second.refresh_from_db()
    second.title_en = "Renamed"
    second.save()
    assert [e.key for e in publish(second, EDITOR, "renamed")] == [second.key, first.key]
    assert current(first).data["links"][0]["event"]["title"]["en"] == "Renamed"
