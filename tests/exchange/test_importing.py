"""What becomes of a file: drafts and proposals, all or nothing, nothing public, nobody's edit."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail

from disputes.exchange.outcomes import SHOWN
from disputes.models import Event, Proposal, Source, State, Summit, Upload
from timeline.models import Entry

from ..admin.pages import address as page
from ..admin.pages import editor, messages_of, researcher
from ..factories import (
    make_actor,
    make_dispute,
    make_event,
    make_leader,
    make_source,
)
from .files import (
    REASON,
    WRITERS,
    address,
    confirmed,
    csv_of,
    exported,
    faults,
    imported,
    rows_of,
    sent,
)

pytestmark = pytest.mark.django_db


def new(number: int, **cells) -> dict:
    return {"key": f"new-{number}", "date": "2019-07-01", "title_en": f"Event {number}"} | cells


@pytest.mark.parametrize("extension", WRITERS)
def test_new_rows_become_drafts_of_who_sent_them(extension):
    source, dispute, actor = make_source(), make_dispute(), make_actor()
    cells = {
        "kind": "measure",
        "title_ko": "사건",
        "disputes": dispute.key,
        "initiators": actor.key,
        "sources": f"{source.key} | p. 4 | the date",
    }
    client = researcher()
    response = imported(client, "event", WRITERS[extension]([new(1, **cells), new(2)]))
    assert response.url == address("event", "changelist")
    first, second = Event.objects.order_by("key")
    assert (first.state, second.state, first.title_ko) == (State.DRAFT, State.DRAFT, "사건")
    assert (first.modified_by.username, first.kind) == ("researcher", "measure")
    cited = first.citations.get()
    assert (cited.source, cited.locator, cited.claim) == (source, "p. 4", "the date")
    assert [b.dispute for b in first.bearings.all()] == [dispute]
    assert [p.actor for p in first.participations.all()] == [actor]
    assert Entry.objects.filter(type="event").count() == 0
    assert messages_of(client.get(response.url)) == ["Imported. new draft: 2"]
    assert client.get(page(first, "delete")).status_code == 200  # as what one wrote oneself


def test_a_dry_run_shows_what_differs_and_saves_nothing():
    event = make_event(published=False, title_en="Old words", title_ko="옛 제목")
    client = researcher()
    row = rows_of(exported(client, "event"))[0] | {"title_en": "New words"}
    response = sent(client, "event", csv_of([row]))
    (change,) = response.context["result"].shown_changes
    found = [(d.field, d.language, d.before, d.after) for d in change.differences]
    assert found == [
        ("title", "en", "Old words", "New words"),
        ("translations", "ko", "unreviewed", "stale"),
    ]
    assert "<del>Old</del>" in response.content.decode()
    event.refresh_from_db()
    assert (event.title_en, event.revision) == ("Old words", 1)


def test_a_fault_in_row_seven_and_nothing_is_imported():
    rows = [new(number) for number in range(2, 9)]
    rows[5] |= {"date": "July", "kind": "rumour", "sources": "nowhere"}
    response = sent(researcher(), "event", csv_of(rows))
    assert [(row, column) for row, column, _m in faults(response)] == [
        (7, "date"),
        (7, "kind"),
        (7, "sources"),
    ]
    assert "There is no source with the key “nowhere”." in faults(response)[2][2]
    assert "confirm_form" not in response.context
    assert (Event.objects.count(), Upload.objects.count()) == (0, 0)


def test_a_change_of_what_is_public_is_a_proposal_for_editors_too():
    event = make_event(title_en="Public words")
    before = Entry.objects.count()
    for client in (researcher(), editor()):
        row = rows_of(exported(client, "event"))[0] | {"title_en": "Other words"}
        imported(client, "event", csv_of([row]))
    event.refresh_from_db()
    assert (event.title_en, Entry.objects.count()) == ("Public words", before)
    assert [p.data["title"]["en"] for p in Proposal.objects.all()] == ["Other words"] * 2
    assert {p.reason for p in Proposal.objects.all()} == {REASON}
    assert [p.proposer.username for p in Proposal.objects.order_by("pk")] == [
        "researcher",
        "editor",
    ]


def test_the_same_proposal_is_not_made_twice():
    make_event()
    client = researcher()
    raw = csv_of([rows_of(exported(client, "event"))[0] | {"title_en": "Other"}])
    imported(client, "event", raw)
    assert faults(sent(client, "event", raw)) == [(2, "", "You have proposed the same already.")]


def test_what_would_be_unpublishable_is_no_proposal():
    make_event(key="e")
    client = researcher()
    row = rows_of(exported(client, "event"))[0] | {"sources": ""}
    assert faults(sent(client, "event", csv_of([row]))) == [(2, "sources", "no source is cited.")]


def test_an_edit_since_the_export_is_not_overwritten():
    event = make_event(published=False)
    client = researcher()
    raw = csv_of([rows_of(exported(client, "event"))[0] | {"title_en": "Mine"}])
    event.title_en = "Theirs"
    event.save()
    ((row, column, message),) = faults(sent(client, "event", raw))
    assert (row, column) == (2, "revision")
    assert "revision 2 now, 1 in the file" in message
    assert Event.objects.get().title_en == "Theirs"


def test_an_edit_between_the_preview_and_the_word_is_not_overwritten():
    event = make_event(published=False)
    client = researcher()
    raw = csv_of([rows_of(exported(client, "event"))[0] | {"title_en": "Mine"}, new(1)])
    preview = sent(client, "event", raw)
    event.title_en = "Theirs"
    event.save()
    response = confirmed(client, "event", preview)
    assert [(row, column) for row, column, _m in faults(response)] == [(2, "revision")]
    assert Event.objects.get().title_en == "Theirs"


def test_a_row_of_a_record_that_exists_needs_its_revision():
    event = make_event(published=False)
    found = faults(sent(researcher(), "event", csv_of([{"key": event.key, "title_en": "x"}])))
    assert [(row, column) for row, column, _m in found] == [(2, "revision")]


def test_columns_that_the_file_lacks_stay_and_empty_cells_empty():
    source = make_source()
    event = make_event(
        published=False, sources=[source], title_ko="제목", summary_en="Words", plover="CONSULT"
    )
    row = {"key": event.key, "revision": "1", "summary_en": "", "title_ja": "題"}
    imported(researcher(), "event", csv_of([row]))
    event.refresh_from_db()
    assert (event.title_ko, event.title_ja, event.summary_en) == ("제목", "題", "")
    assert [c.source for c in event.citations.all()] == [source]


def test_rows_may_refer_to_rows_after_them():
    link = '[{"kind": "responds_to", "event": "new-2"}]'
    imported(researcher(), "event", csv_of([new(1, links=link), new(2, date="2019-06-01")]))
    assert Event.objects.get(key="new-1").links.get().cause_event.key == "new-2"


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"address": "javascript:alert(1)"}, ("address", "Enter a valid URL.")),
        ({"archive_url": "file:///etc/passwd"}, ("archive_url", "Enter a valid URL.")),
        ({"kind": "gossip"}, ("kind", '"gossip" is not a valid choice.')),
        ({"published": "=1+1"}, ("published", None)),
        ({"title": ""}, ("title", None)),
    ],
)
def test_a_source_is_checked_as_its_form_checks_it(cells, fault):
    row = {
        "key": "a-source",
        "title": "T",
        "publisher": "P",
        "language": "en",
        "kind": "media",
        "address": "https://example.org/1",
    }
    ((number, column, message),) = faults(sent(researcher(), "source", csv_of([row | cells])))
    assert (number, column) == (2, fault[0])
    assert fault[1] in (None, message)
    assert Source.objects.count() == 0


def test_what_a_model_forbids_is_a_fault_of_its_column():
    korean = make_leader()
    row = {"key": "s", "date": "2023", "title_en": "Met"}
    row |= {"rok_leader": korean.key, "japan_leader": korean.key}
    found = faults(sent(researcher(), "summit", csv_of([row, row | {"key": "t", "host": "KOR"}])))
    assert [(n, column) for n, column, _m in found] == [
        (2, "japan_leader"),
        (3, "host"),
    ]
    assert Summit.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"key": "a", "colour": "red"}, (1, "colour")),
        ({"title_en": "No key"}, (1, "key")),
        ({"key": "A B", "date": "2019"}, (2, "key")),
        ({"key": "a", "date": "2019", "state": "published"}, (2, "state")),
        ({"key": "a", "date": "2019", "revision": "3"}, (2, "revision")),
        ({"key": "a", "date": "2019", "links": "[["}, (2, "links")),
        ({"key": "a", "date": "2019", "links": "[" * 20_000}, (2, "links")),
        ({"key": "a", "date": "2019", "sources": "a|b|c|d|e"}, (2, "sources")),
        ({"key": "a", "date": ""}, (2, "date")),
        ({"key": "a", "date": "2019", "title_en": "x" * 301}, (2, "title_en")),
        ({"key": "a", "date": "2019", "translations_ko": "fine"}, (2, "translations_en")),
    ],
)
def test_a_fault_is_named_by_row_and_column(row, fault):
    found = faults(sent(researcher(), "event", csv_of([row])))
    assert fault in [(number, column) for number, column, _message in found]
    assert Event.objects.count() == 0


def test_a_withdrawn_record_is_not_written():
    event = make_event()
    raw = exported(researcher(), "event")
    event.state = State.WITHDRAWN
    Event.objects.filter(pk=event.pk).update(state=State.WITHDRAWN)
    row = rows_of(raw)[0] | {"title_en": "Again"}
    assert [(n, c) for n, c, _m in faults(sent(editor(), "event", csv_of([row])))] == [(2, "state")]


def test_nobody_confirms_the_file_of_another():
    client, other = researcher("one"), researcher("two")
    preview = sent(client, "event", csv_of([new(1)]))
    form = preview.context["confirm_form"].initial
    response = other.post(address("event", "process_import"), form)
    assert "The file is no longer here" in response.content.decode()
    assert Event.objects.count() == 0


def test_a_page_shows_a_bounded_number_of_faults():
    rows = [{"key": f"a-{number}", "date": "x"} for number in range(SHOWN + 30)]
    response = sent(researcher(), "event", csv_of(rows))
    assert len(faults(response)) == SHOWN
    assert "And 30 more." in response.content.decode()


def test_the_log_says_who_imported_what():
    make_event(key="public")
    client = researcher()
    row = rows_of(exported(client, "event"))[0] | {"title_en": "Other"}
    imported(client, "event", csv_of([row, new(1)]))
    entries = LogEntry.objects.order_by("pk")
    assert [(e.user.username, e.get_change_message()) for e in entries] == [
        ("researcher", f"Proposed: {REASON}"),
        ("researcher", f"Imported from events.csv: {REASON}"),
    ]


def test_editors_get_one_notice_of_all_proposals(settings, django_capture_on_commit_callbacks):
    editor("lee")
    User.objects.filter(username="lee").update(email="lee@example.org")
    make_event(), make_event()
    client = researcher()
    rows = [row | {"title_en": "Other"} for row in rows_of(exported(client, "event"))]
    with django_capture_on_commit_callbacks(execute=True):
        imported(client, "event", csv_of(rows))
    assert [message.subject for message in mail.outbox] == [
        "Researcher proposes changes to 2 records"
    ]
