from datetime import date, timedelta

import pytest
from django.urls import reverse

from disputes.models import Event, LinkCheck, Source, State, StatusAssessment
from disputes.work_queue import assessments_due

from ..admin.pages import address, editor, opened, press, researcher
from ..factories import make_dispute, make_event, make_source, make_status
from .proposing import decide, propose

pytestmark = pytest.mark.django_db


def front(client):
    return client.get(reverse("admin:index")).context


def rows(context, name, count):
    return {row["model"]: row[count] for row in context[name]}


def test_proposals_stand_with_those_who_decide_and_with_their_author():
    hana, kim, reviewer = researcher("hana"), researcher("kim"), editor()
    first = propose(hana, make_event(), title_en="One")
    second = propose(hana, make_event(), title_en="Two")
    decide(reviewer, second, "send_back", comment="Which page?")
    assert list(front(reviewer)["to_decide"]) == [first]
    mine, theirs = front(hana), front(kim)
    assert (list(mine["proposed"]), list(mine["sent_back"])) == ([first], [second])
    assert [list(theirs[name]) for name in ("to_decide", "proposed", "sent_back")] == [[], [], []]


def test_drafts_are_counted_and_the_counts_open_their_lists():
    hana, reviewer = researcher("hana"), editor()
    own, returned = make_event(published=False), make_event(published=False)
    make_event(published=False)
    press(hana, address(own), opened(hana, own), title_en="Mine")
    press(hana, address(returned), opened(hana, returned), "_submit")
    press(reviewer, address(returned), opened(reviewer, returned), "_draft", draft_comment="Why?")
    context = front(hana)
    assert rows(context, "waiting", "drafts") == {Event: 3}
    assert rows(context, "mine", "mine") == {Event: 1}
    assert rows(context, "returned", "returned") == {Event: 1}
    lists = {
        whose: hana.get(address(Event, "changelist"), {"whose": whose}).context["cl"].result_list
        for whose in ("mine", "returned")
    }
    assert {name: list(found) for name, found in lists.items()} == {
        "mine": [own],
        "returned": [returned],
    }


def test_missing_and_stale_translations_are_counted_and_listed():
    missing = make_event(title_ko="", title_ja="題")
    stale = make_event(title_ko="제", title_ja="題", translation_ja="stale")
    withdrawn = make_event(title_ko="", title_ja="")
    client = editor()
    client.post(address(withdrawn, "withdraw"), {"reason": "Doubtful."})
    row = next(row for row in front(client)["wanting"] if row["model"] is Event)
    assert (row["ko"], row["ja"]) == (1, 1)
    found = {
        language: list(
            client.get(address(Event, "changelist"), {"wanting": language})
            .context["cl"]
            .result_list
        )
        for language in ("ko", "ja")
    }
    assert found == {"ko": [missing], "ja": [stale]}


def test_the_newest_assessment_of_each_dispute_falls_due():
    dispute = make_dispute(name_en="A matter")
    make_status(dispute, date="2019-01-01", review_on="2019-02-01")
    make_status(dispute, date="2020-01-01", review_on="2020-02-01")
    due = assessments_due(date(2020, 2, 1))
    assert [item.when for item in due] == [date(2020, 2, 1)]
    assert assessments_due(date(2020, 2, 1) - timedelta(days=1)) == []


def test_the_front_page_asks_as_often_for_three_as_for_one(django_assert_num_queries):
    hana, reviewer = researcher("hana"), editor()

    def wait():
        draft = make_event(published=False)
        draft.submit()
        propose(hana, make_event(), title_en="Mine")
        make_status(review_on="2020-01-01")

    wait()
    reviewer.get(reverse("admin:index"))
    with django_assert_num_queries(12):
        reviewer.get(reverse("admin:index"))
    wait(), wait()
    with django_assert_num_queries(12):
        reviewer.get(reverse("admin:index"))


def test_submitting_tells_who_handed_it_in():
    draft = make_event(published=False)
    client = researcher("hana")
    press(client, address(draft), opened(client, draft), "_submit")
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_by.username) == (State.IN_REVIEW, "hana")


def test_records_that_rest_on_a_dead_link_are_counted_and_listed():
    dead = make_source()
    LinkCheck.objects.create(source=dead, address=dead.url, outcome="dead")
    event, _other = make_event(sources=[dead]), make_event(sources=[make_source()])
    client = editor()
    assert rows(front(client), "dead", "dead") == {Event: 1, Source: 1}
    found = client.get(address(Event, "changelist"), {"links": "dead"}).context["cl"].result_list
    assert list(found) == [event]


def test_the_assessments_that_are_due_open_as_a_list():
    due = make_status(date="2020-01-01", review_on="2020-02-01")
    make_status(date="2020-01-01", review_on="2999-02-01")
    found = editor().get(address(StatusAssessment, "changelist"), {"due": "yes"}).context["cl"]
    assert list(found.result_list) == [due]
