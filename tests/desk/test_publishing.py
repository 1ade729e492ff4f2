"""From the desk to the record: what is refused, and what else is published with a change."""

import pytest

from disputes.models import Event, State
from disputes.publishing import Unpublishable, publish, publish_all, withdraw
from timeline import ledger
from timeline.models import Entry
from timeline.verification import Verification

from ..factories import (
    EDITOR,
    MAKERS,
    make_actor,
    make_claim,
    make_dispute,
    make_event,
    make_leader,
    make_link,
    make_recommendation,
    make_source,
    make_summit,
    make_survey,
)

pytestmark = pytest.mark.django_db


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


def test_a_fault_in_the_ledger_leaves_the_desk_as_it_was():
    event = make_event(published=False)
    with pytest.raises(ValueError, match="needs a reason"):
        publish(event, EDITOR, "")
    assert (event.state, event.revision) == (
        Event.objects.get().state,
        Event.objects.get().revision,
    )
    assert ledger.withdraw("event", event.key, EDITOR, "because") is None
