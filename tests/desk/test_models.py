"""What the desk's tables refuse by themselves, and what `clean` says before it comes to that."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from disputes.documents.desk import models_by_type
from disputes.models import (
    EventCitation,
    Link,
    Participation,
    Signature,
    TermOfOffice,
)

from ..factories import (
    MAKERS,
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


def draft(name: str, **kwargs):
    return MAKERS[name](published=False, **kwargs)


def refused_by_the_database(model, constraint: str, **columns) -> bool:
    """Whether a row of these columns, put past `clean` and `save`, breaks that constraint."""
    assert constraint in {c.name for c in model._meta.constraints}
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model.objects.bulk_create([model(**columns)])
    return constraint in str(refusal.value) or "UNIQUE constraint" in str(refusal.value)


def copied(record, **changed) -> dict:
    """The columns of a record, for another one under another key."""
    columns = {
        f.attname: getattr(record, f.attname)
        for f in record._meta.concrete_fields
        if not f.primary_key
    }
    if "key" in columns:
        columns["key"] = f"{record.key}-2"
    return columns | changed


@pytest.mark.parametrize("name", MAKERS)
def test_an_unknown_state_is_refused(name):
    record = draft(name)
    constraint = f"{type(record).__name__.lower()}_state_known"
    assert refused_by_the_database(type(record), constraint, **copied(record, state="secret"))


@pytest.mark.parametrize("name", MAKERS)
def test_a_key_is_there_once(name):
    record = draft(name)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(record).objects.bulk_create([type(record)(**copied(record, key=record.key))])


@pytest.mark.parametrize(
    ("name", "column", "constraint"),
    [
        ("actor", "kind", "actor_kind_known"),
        ("source", "kind", "source_kind_known"),
        ("leader", "country", "leader_country_known"),
        ("leader", "office", "leader_office_known"),
        ("dispute", "domain", "dispute_domain_known"),
        ("status", "status", "statusassessment_status_known"),
        ("status", "trend", "statusassessment_trend_known"),
        ("event", "kind", "event_kind_known"),
        ("event", "effect", "event_effect_known"),
        ("event", "plover", "event_plover_known"),
        ("summit", "setting", "summit_setting_known"),
        ("summit", "effect", "summit_effect_known"),
        ("summit", "plover", "summit_plover_known"),
        ("agreement", "kind", "agreement_kind_known"),
        ("commitment", "obligated", "commitment_obligated_known"),
        ("fulfilment", "fulfilment", "fulfilmentassessment_fulfilment_known"),
        ("recommendation", "kind", "recommendation_kind_known"),
        ("claim", "verdict", "claim_verdict_known"),
        ("survey", "kind", "survey_kind_known"),
        ("survey", "unit", "survey_unit_known"),
    ],
)
def test_an_unknown_code_is_refused_by_the_form_and_by_the_database(name, column, constraint):
    record = draft(name)
    changed = {column: "zz"}
    if name in ("status", "fulfilment"):
        changed["date"] = "2022"
    assert refused_by_the_database(type(record), constraint, **copied(record, **changed))
    setattr(record, column, "zz")
    with pytest.raises(ValidationError) as refusal:
        record.clean_fields()
    assert list(refusal.value.message_dict) == [column]


@pytest.mark.parametrize("name", ["status", "event", "summit", "agreement", "fulfilment"])
def test_bounds_stand_in_order(name):
    record = draft(name)
    constraint = f"{type(record).__name__.lower()}_latest_after_earliest"
    changed = {"date": "2022", "earliest": date(2022, 1, 2), "latest": date(2022, 1, 1)}
    assert refused_by_the_database(type(record), constraint, **copied(record, **changed))


def test_a_series_has_one_assessment_a_day():
    status, fulfilment = make_status(), make_fulfilment()
    reading = make_survey().readings.first()
    progress = make_recommendation().progress.get()
    for row, constraint in (
        (status, "statusassessment_once_a_day"),
        (fulfilment, "fulfilmentassessment_once_a_day"),
        (reading, "reading_once_a_date"),
        (progress, "progressassessment_once_a_day"),
    ):
        assert refused_by_the_database(type(row), constraint, **copied(row))


def test_parts_stand_once():
    actor, dispute, source = make_actor(), make_dispute(), make_source()
    event = make_event(initiators=(actor,), disputes=(dispute,), sources=[source])
    agreement = make_agreement()
    signature = Signature.objects.create(agreement=agreement, actor=actor)
    for row, constraint in (
        (event.participations.get(), "participation_once"),
        (event.bearings.get(), "eventbearing_once"),
        (event.citations.get(), "eventcitation_once"),
        (signature, "signature_once"),
        (make_leader().terms.get(), "term_of_office_once"),
    ):
        assert refused_by_the_database(type(row), constraint, **copied(row))


def test_a_source_is_cited_for_two_claims_and_an_actor_takes_both_parts():
    actor, source = make_actor(), make_source()
    event = make_event(initiators=(actor,), targets=(actor,), sources=[source])
    EventCitation.objects.create(event=event, source=source, claim="another")
    assert (event.participations.count(), event.citations.count()) == (2, 2)
    columns = {"event": event, "actor": actor, "role": "witness"}
    assert refused_by_the_database(Participation, "participation_role_known", **columns)


def test_a_term_of_office_ends_after_it_begins():
    term = TermOfOffice(leader=make_leader(), start=date(2020, 1, 2), end=date(2020, 1, 1))
    with pytest.raises(ValidationError) as refusal:
        term.clean()
    assert refusal.value.message_dict == {"end": ["The term ends before it begins."]}
    assert refused_by_the_database(TermOfOffice, "term_of_office_ends_after_start", **copied(term))


def test_an_agreement_is_issued_once():
    agreement = make_agreement(published=False)
    agreement.issued_event, agreement.issued_summit = make_event(), make_summit()
    with pytest.raises(ValidationError) as refusal:
        agreement.clean()
    assert list(refusal.value.message_dict) == ["issued_summit"]
    assert refused_by_the_database(type(agreement), "agreement_issued_once", **copied(agreement))


def test_a_link_has_one_effect_and_one_cause():
    event, summit, cause = make_event(), make_summit(), make_event(date="2019-01")
    link = {"kind": "responds_to", "asserted_by": "editor"}
    for columns, constraint in (
        ({"event": event}, "link_one_cause"),
        ({"event": event, "cause_event": cause, "cause_summit": summit}, "link_one_cause"),
        ({"cause_event": cause}, "link_one_effect"),
        ({"event": event, "summit": summit, "cause_event": cause}, "link_one_effect"),
        ({"event": event, "cause_event": cause, "kind": "x"}, "link_kind_known"),
        ({"event": event, "cause_event": cause, "asserted_by": "x"}, "link_asserted_by_known"),
        ({"event": event, "cause_event": cause, "denied_by": "x"}, "link_denied_by_known"),
    ):
        assert refused_by_the_database(Link, constraint, **link | columns)


@pytest.mark.parametrize("effect", ["event", "summit"])
@pytest.mark.parametrize("cause", ["event", "summit"])
def test_a_link_of_one_kind_stands_once(effect, cause):
    link = make_link(MAKERS[effect](date="2024"), MAKERS[cause]())
    assert refused_by_the_database(Link, f"link_{effect}_cause_{cause}", **copied(link))
    make_link(link.effect, link.cause, kind="part_of")
    assert Link.objects.count() == 2


def test_a_link_says_what_is_wrong_with_it():
    event, cause = make_event(date="2019-06"), make_event(date="2019-07-01")

    def said(**columns):
        with pytest.raises(ValidationError) as refusal:
            Link(event=event, kind="responds_to", **columns).clean()
        return refusal.value.messages

    one = "Choose the earlier event or the earlier summit, one of them."
    assert said() == [one]
    assert said(cause_event=cause, cause_summit=make_summit()) == [one]
    assert said(cause_event=event) == ["A happening cannot answer itself."]
    assert said(cause_event=cause) == ["The effect (2019-06) precedes its cause (2019-07-01)."]
    cause.date = "soon"
    Link(event=event, cause_event=cause, kind="responds_to").clean()


def test_a_summit_has_a_leader_of_each_country():
    summit = make_summit()
    summit.rok_leader = make_leader(country="JP")
    with pytest.raises(ValidationError) as refusal:
        summit.clean()
    assert refusal.value.message_dict == {"rok_leader": ["Choose a leader of South Korea."]}
    summit.rok_leader, summit.japan_leader = make_leader(), make_leader()
    with pytest.raises(ValidationError) as refusal:
        summit.clean()
    assert refusal.value.message_dict == {"japan_leader": ["Choose a leader of Japan."]}


@pytest.mark.parametrize(
    "key", ["", "A", "a b", "a_b", "-a", "a-", "a--b", "a..b", "ä", "한", "a/b", "a\n", "a" * 201]
)
def test_a_key_that_does_not_fit_an_address_is_refused(key):
    event = make_event(published=False)
    event.key = key
    with pytest.raises(ValidationError) as refusal:
        event.clean_fields()
    assert list(refusal.value.message_dict) == ["key"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/", "example.org"])
def test_an_address_that_is_none_of_the_web_is_refused(address):
    source = make_source(published=False)
    source.url = source.archive_url = address
    with pytest.raises(ValidationError) as refusal:
        source.clean_fields()
    assert sorted(refusal.value.message_dict) == ["archive_url", "url"]


def test_records_that_others_need_cannot_be_deleted():
    source, actor, agreement = make_source(), make_actor(), make_agreement()
    make_event(sources=[source], initiators=(actor,))
    make_commitment(agreement)
    for record in (source, actor, agreement):
        with pytest.raises(IntegrityError), transaction.atomic():
            record.delete()


def test_every_type_of_record_is_known_by_its_name():
    assert sorted(models_by_type()) == sorted(MAKERS)
