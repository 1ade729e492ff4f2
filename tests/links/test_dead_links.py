"""Which records rest on a source whose address is gone."""

import pytest

from disputes.dead_links import resting_on_one, sources
from disputes.models import Claim, Event, LinkCheck, LinkOutcome, Source, Survey

from ..factories import make_claim, make_event, make_link, make_source, make_survey

pytestmark = pytest.mark.django_db


def checked(source: Source, outcome: LinkOutcome = LinkOutcome.DEAD, **values) -> Source:
    defaults = {"address": source.url, "outcome": outcome, "failures": 1}
    LinkCheck.objects.create(source=source, **defaults | values)
    return source


def found(model) -> list:
    return list(model.objects.filter(resting_on_one(model)).order_by("pk"))


def test_a_record_with_a_dead_source_is_found_wherever_it_cites_it():
    dead, alive = checked(make_source()), checked(make_source(), LinkOutcome.ALIVE)
    event, other = make_event(sources=[dead]), make_event(sources=[alive])
    survey, claim = make_survey(), make_claim(paper=dead)
    survey.readings.first().citations.create(source=dead)
    link = make_link(make_event(sources=[alive]), other)
    link.citations.create(source=dead)
    assert found(Event) == [event, link.event]
    assert (found(Survey), found(Claim), found(Source)) == ([survey], [claim], [dead])


def test_an_archived_copy_or_another_address_is_enough():
    archived = checked(make_source(archive_url="https://archive.example/1"))
    renewed = checked(make_source())
    renewed.url = "https://example.org/new"
    renewed.save()
    make_event(sources=[archived, renewed])
    assert (found(Event), list(sources())) == ([], [])


def test_a_silent_address_is_dead_only_after_a_while():
    silent = make_source()
    checked(silent, LinkOutcome.SILENT, failures=LinkCheck.PATIENCE - 1)
    assert list(sources()) == []
    LinkCheck.objects.update(failures=LinkCheck.PATIENCE)
    assert list(sources()) == [silent]
