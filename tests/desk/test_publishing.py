"""From the desk to the record: what is refused, and what else is published with a change."""

import pytest
from django.core.exceptions import ValidationError

from disputes.models import Event, State
from disputes.publishing import Unpublishable, publish, publish_all, withdraw
from timeline import ledger
from timeline.models import Entry
from timeline.verification import Verification

from ..factories import (
    EDITOR,
    MAKERS,
    make_actor,
    make_agreement,
    make_claim,
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


def faults(*records) -> list[tuple[str, str]]:
    """The field and the message of each fault, none of which leaves anything behind."""
    before = Entry.objects.count(), [r.state for r in records], [r.revision for r in records]
    with pytest.raises(Unpublishable) as refusal:
        publish_all(records, EDITOR, "because")
    assert (
        Entry.objects.count(),
        [r.state for r in records],
        [r.revision for r in records],
    ) == before
    for record in records:
        saved = type(record).objects.get(pk=record.pk)
        assert (saved.state, saved.revision) == (record.state, record.revision)
    return [(fault.field, fault.message) for fault in refusal.value.faults]


def retitled(source, title: str):
    source.title = title
    source.save()
    return source


@pytest.mark.parametrize("name", MAKERS)
def test_every_type_of_record_can_be_published(name):
    record = MAKERS[name]()
    entry = Entry.objects.current().get(type=name, key=record.key)
    assert (entry.version, entry.data["key"]) == (1, record.key)
    assert (entry.editor, entry.reason) == (EDITOR, "first published")
    assert record.state == type(record).objects.get().state == State.PUBLISHED
    assert list(Verification().faults()) == []


def test_all_faults_of_an_event_are_named_at_once():
    cause = make_event(date="2019-07-01")
    event = make_event(
        published=False,
        sources=[],
        title_en="",
        title_ko="제목",
        kind="",
        date="2019-06",
        plover="AGREE",
        plover_mode="strike",
        answers=(cause,),
        disputes=(make_dispute(published=False, key="gsomia"),),
    )
    assert sorted(faults(event)) == [
        ("dispute", "refers to dispute “gsomia”, which is not published."),
        ("kind", "choose the kind of event."),
        (
            "links",
            f"the effect (2019-06) precedes its cause {cause.key} (2019-07-01).",
        ),
        (
            "plover_mode",
            "AGREE has no mode “strike”. Its modes: –.",
        ),
        ("sources", "no source is cited."),
        ("title_en", "there is no English title."),
    ]


def test_a_bad_field_does_not_hide_what_the_whole_record_lacks():
    summit = make_summit(published=False, japan_leader=make_leader())
    summit.key = "Not a key"
    summit.save()
    assert [field for field, __ in faults(summit)] == ["key", "japan_leader"]


@pytest.mark.parametrize("date", ["soon", "", "2019-02-30", "2019-13"])
def test_a_date_that_is_no_edtf_is_refused(date):
    event = make_event(published=False, date=date)
    assert faults(event) == [("date", f"“{date}” is no EDTF date.")]


@pytest.mark.parametrize("name", ["dispute", "status", "event", "summit", "agreement"])
def test_a_record_without_a_source_is_refused(name):
    record = MAKERS[name](published=False)
    record.citations.all().delete()
    assert faults(record) == [("sources", "no source is cited.")]


def test_each_dated_part_needs_a_source():
    recommendation, survey = make_recommendation(published=False), make_survey(published=False)
    recommendation.progress.get().citations.all().delete()
    survey.readings.first().citations.all().delete()
    assert faults(recommendation, survey) == [
        ("progress", "2023-03-16: no source is cited."),
        ("readings", "2019: no source is cited."),
    ]


def test_a_claim_for_which_no_source_was_found_needs_none():
    claim = make_claim(published=False, verdict="not_found")
    claim.citations.all().delete()
    assert publish(claim, EDITOR, "because") == [current(claim)]


@pytest.mark.parametrize(
    "missing",
    [
        ["korean_position_en"],
        ["japanese_position_en"],
        ["korean_position_en", "japanese_position_en"],
    ],
)
def test_a_dispute_without_both_positions_is_refused(missing):
    dispute = make_dispute(published=False, **dict.fromkeys(missing, ""))
    assert faults(dispute) == [(name, "both positions are needed.") for name in missing]


def test_an_effect_that_precedes_its_cause_is_refused():
    cause = make_summit(date="2019-07-01")
    event = make_event(published=False, date="2019-06-30", answers=(cause,))
    assert faults(event) == [
        ("links", f"the effect (2019-06-30) precedes its cause {cause.key} (2019-07-01).")
    ]
    event.date = "2019-07"  # it may be later
    event.save()
    assert publish(event, EDITOR, "because") == [current(event)]


def test_a_cause_cannot_be_moved_behind_its_published_effect():
    cause = make_event(date="2019-07-01")
    effect = make_event(date="2019-08-22", answers=(cause,))
    draft = make_event(published=False, date="2019-07-02", answers=(cause,))
    cause.date = "2019-09"
    cause.save()
    assert faults(cause) == [
        ("date", f"its effect {effect.key} (2019-08-22) would precede it (2019-09).")
    ]
    assert draft.state == State.DRAFT


def test_a_happening_cannot_answer_itself():
    event = make_event(published=False)
    make_link(event, event)
    assert faults(event)[0] == ("links", "a happening cannot answer itself.")


def test_a_reference_to_an_unpublished_record_is_refused_wherever_it_stands():
    source = make_source(published=False, key="s")
    actor = make_actor(published=False, key="a")
    cause = make_event(published=False, key="c")
    event = make_event(published=False, sources=[source], initiators=(actor,), answers=(cause,))
    event.links.get().citations.create(source=make_source(published=False, key="t"))
    assert [message for __, message in faults(event)] == [
        "refers to actor “a”, which is not published.",
        "refers to event “c”, which is not published.",
        "refers to source “s”, which is not published.",
        "refers to source “t”, which is not published.",
    ]


def test_what_refers_to_each_other_is_published_together_at_one_instant():
    source = make_source(published=False)
    cause = make_event(published=False, sources=[source])
    effect = make_event(published=False, sources=[source], answers=(cause,))
    added = publish_all([effect, cause, source], EDITOR, "together")
    assert [(e.type, e.key) for e in added] == [
        ("event", effect.key),
        ("event", cause.key),
        ("source", source.key),
    ]
    assert len({e.recorded_at for e in added}) == 1


def test_one_fault_keeps_all_of_them_back():
    good, bad = make_event(published=False), make_event(published=False, title_en="")
    assert faults(good, bad) == [("title_en", "there is no English title.")]
    assert [good.state, bad.state] == [State.DRAFT, State.DRAFT]


def test_a_refused_record_can_be_put_right_and_published():
    event = make_event(published=False, sources=[])
    assert faults(event) == [("sources", "no source is cited.")]
    event.citations.create(source=make_source())
    publish(event, EDITOR, "because")
    assert Event.objects.get().state == State.PUBLISHED


def test_what_is_published_is_what_the_desk_has():
    source = make_source()
    event = make_event(sources=[source])
    event.citations.create(source=make_source(title="Another"), position=1)
    event.title_en = "Not saved"
    publish(event, EDITOR, "one more source")
    said = current(event).data
    assert [s["title"] for s in said["sources"]] == [source.title, "Another"]
    assert said["title"]["en"] == "Something happened"
    event.citations.all().delete()
    assert faults(event) == [("sources", "no source is cited.")]


def test_publishing_without_a_change_appends_nothing():
    event = make_event()
    assert publish(event, EDITOR, "again") == []
    assert current(event).version == 1


@pytest.mark.parametrize(("by", "reason"), [("", "why"), (EDITOR, " ")])
def test_publishing_and_withdrawing_need_a_name_and_a_reason(by, reason):
    draft, event = make_event(published=False), make_event()
    for act, record, state in ((publish, draft, "draft"), (withdraw, event, "published")):
        with pytest.raises(ValueError, match="needs a reason"):
            act(record, by, reason)
        assert record.state == type(record).objects.get(pk=record.pk).state == state


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


def test_a_withdrawn_record_leaves_its_reason():
    event = make_event()
    [stone] = withdraw(event, EDITOR, "It did not happen.")
    assert (stone.withdrawn, stone.reason) == (True, "It did not happen.")
    assert event.state == Event.objects.get().state == State.WITHDRAWN
    assert list(Entry.objects.current().of_type("event")) == []


def test_what_is_cited_cannot_be_withdrawn():
    source, dispute, actor = make_source(), make_dispute(), make_actor()
    cause = make_event(sources=[source], disputes=(dispute,), initiators=(actor,))
    effect = make_event(answers=(cause,))
    for record, citing in ((source, cause), (dispute, cause), (actor, cause), (cause, effect)):
        with pytest.raises(ValidationError) as refusal:
            withdraw(record, EDITOR, "because")
        assert refusal.value.code == "in_use"
        assert refusal.value.messages == [
            f"Published records still refer to “{record.key}”: event {citing.key}. "
            "Change or withdraw them first."
        ]
        assert type(record).objects.get(pk=record.pk).state == record.state == State.PUBLISHED
    withdraw(effect, EDITOR, "because")
    withdraw(cause, EDITOR, "because")
    for record in (source, dispute, actor):
        withdraw(record, EDITOR, "because")
    assert Entry.objects.current().filter(key=dispute.key).count() == 0


def test_a_withdrawn_record_can_be_published_again():
    event = make_event()
    withdraw(event, EDITOR, "because")
    [entry] = publish(event, EDITOR, "it did happen")
    assert (entry.version, event.state) == (3, State.PUBLISHED)


@pytest.mark.parametrize(
    ("state", "move", "then"),
    [
        ("draft", "submit", "in_review"),
        ("draft", "mark_published", "published"),
        ("draft", "mark_withdrawn", None),
        ("draft", "return_to_draft", None),
        ("in_review", "submit", None),
        ("in_review", "return_to_draft", "draft"),
        ("in_review", "mark_published", "published"),
        ("in_review", "mark_withdrawn", None),
        ("published", "submit", None),
        ("published", "return_to_draft", None),
        ("published", "mark_published", "published"),
        ("published", "mark_withdrawn", "withdrawn"),
        ("withdrawn", "submit", None),
        ("withdrawn", "return_to_draft", "draft"),
        ("withdrawn", "mark_published", "published"),
        ("withdrawn", "mark_withdrawn", None),
    ],
)
def test_states_follow_one_another(state, move, then):
    event = make_event(published=False, state=state)
    if then is None:
        with pytest.raises(ValidationError) as refusal:
            getattr(event, move)()
        assert refusal.value.code == "illegal_state"
    else:
        getattr(event, move)()
    assert Event.objects.get().state == event.state == (then or state)


def test_what_was_never_published_cannot_be_withdrawn():
    draft = make_event(published=False)
    with pytest.raises(ValidationError):
        withdraw(draft, EDITOR, "because")
    assert Entry.objects.of_type("event").count() == 0


def test_a_fault_in_the_ledger_leaves_the_desk_as_it_was():
    event = make_event(published=False)
    with pytest.raises(ValueError, match="needs a reason"):
        publish(event, EDITOR, "")
    assert (event.state, event.revision) == (
        Event.objects.get().state,
        Event.objects.get().revision,
    )
    assert ledger.withdraw("event", event.key, EDITOR, "because") is None
