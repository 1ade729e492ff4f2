"""Content files to the desk and the record."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from disputes.content.files import dumps
from disputes.content.loading import ContentError, load
from disputes.models import Event, Source, State
from timeline.models import Entry

pytestmark = pytest.mark.django_db

SOURCE = {
    "key": "mofa-2019",
    "title": "Press release",
    "publisher": "Ministry",
    "language": "en",
    "kind": "official",
    "address": "https://example.org/1",
}
CAUSE = {
    "key": "2019-08-02-delisting",
    "title": {"en": "Delisting"},
    "date": "2019-08-02",
    "kind": "measure",
    "sources": ["mofa-2019"],
}
EFFECT = {
    "key": "2019-08-22-notice",
    "title": {"en": "Notice", "ko": "통보"},
    "date": "2019-08-22",
    "kind": "measure",
    "sources": [{"key": "mofa-2019", "locator": "p. 2"}],
    "links": [{"kind": "responds_to", "event": "2019-08-02-delisting", "asserted_by": "KR"}],
}


@pytest.fixture
def root(tmp_path):
    """A folder with three records; the effect stands before its cause."""
    put(tmp_path, "sources", [SOURCE])
    put(tmp_path, "events", [EFFECT, CAUSE])
    return tmp_path


def put(root, folder: str, records: list) -> None:
    (root / folder).mkdir(exist_ok=True)
    (root / folder / "all.yaml").write_text(dumps(records))


def loaded(root, **kwargs):
    return load(root, "Tester", "a test", **kwargs)


def faults(root) -> list[str]:
    with pytest.raises(ContentError) as error:
        loaded(root)
    return [str(fault) for fault in error.value.faults]


def test_load_publishes_everything_at_one_instant(root):
    result = loaded(root)
    assert (len(result.created), result.published) == (3, 3)
    entries = Entry.objects.current()
    assert len({entry.recorded_at for entry in entries}) == 1
    effect = entries.get(type="event", key="2019-08-22-notice").data
    assert effect["links"][0]["event"]["key"] == "2019-08-02-delisting"
    assert effect["sources"][0]["locator"] == "p. 2"


def test_second_load_changes_nothing(root):
    loaded(root)
    again = loaded(root)
    assert (again.created, again.changed, again.left_alone) == ([], [], [])
    assert (len(again.unchanged), again.published) == (3, 0)


def test_changed_file_becomes_a_second_version(root):
    loaded(root)
    put(root, "events", [EFFECT, CAUSE | {"title": {"en": "Removal"}}])
    result = loaded(root)
    assert result.changed == [("event", "2019-08-02-delisting")]
    assert result.published == 2  # and the effect, in which its title stands
    effect = Entry.objects.current().get(type="event", key="2019-08-22-notice")
    assert effect.data["links"][0]["event"]["title"]["en"] == "Removal"


def test_what_an_editor_changed_is_left_alone_unless_it_is_insisted(root):
    loaded(root)
    event = Event.objects.get(key="2019-08-02-delisting")
    event.title_en = "The editor's title"
    event.save()
    put(root, "events", [EFFECT, CAUSE | {"title": {"en": "From the file"}}])
    assert loaded(root).left_alone == [("event", event.key)]
    event.refresh_from_db()
    assert event.title_en == "The editor's title"
    assert loaded(root, overwrite=True).changed == [("event", event.key)]
    event.refresh_from_db()
    assert event.title_en == "From the file"


def test_what_the_files_no_longer_hold_stays_and_is_told(root):
    loaded(root)
    put(root, "events", [CAUSE])
    assert loaded(root).gone == [("event", "2019-08-22-notice")]
    assert Entry.objects.current().filter(key="2019-08-22-notice").exists()


def test_draft_stays_on_the_desk_with_its_remark(root):
    draft = CAUSE | {"key": "draft", "state": "draft", "remark": "No page read.", "sources": []}
    put(root, "events", [EFFECT, CAUSE, draft])
    loaded(root)
    event = Event.objects.get(key="draft")
    assert (event.state, event.remark) == (State.DRAFT, "No page read.")
    assert not Entry.objects.filter(key="draft").exists()


def test_every_fault_is_told_with_file_line_and_field_and_nothing_is_saved(root):
    put(root, "sources", [SOURCE | {"address": "javascript:alert(1)", "kind": "gossip"}])
    put(root, "events", [EFFECT | {"colour": "red"}, CAUSE | {"sources": ["nowhere"], "date": "x"}])
    found = faults(root)
    assert [fault.split(": ")[:2] for fault in found] == [
        ["events/all.yaml:14", "2019-08-22-notice.colour"],
        ["events/all.yaml:19", "2019-08-02-delisting.date"],
        ["events/all.yaml:22", "2019-08-02-delisting.sources.0.key"],
        ["sources/all.yaml:5", "mofa-2019.kind"],
        ["sources/all.yaml:6", "mofa-2019.address"],
    ]
    assert (Source.objects.count(), Event.objects.count(), Entry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ([EFFECT, CAUSE | {"sources": []}], "sources: no source is cited."),
        ([EFFECT, CAUSE | {"title": {"ko": "배제"}}], "title_en: there is no English title."),
        ([EFFECT, CAUSE | {"date": "2020"}], "the effect (2019-08-22) precedes its cause"),
        ([EFFECT, CAUSE, CAUSE], "The key stands in events/all.yaml already."),
        ([EFFECT, CAUSE | {"state": "draft"}], "which is not published."),
        ([EFFECT, CAUSE | {"state": "secret"}], "Known states: draft, in_review, published."),
        ([EFFECT | {"links": EFFECT["links"] * 2}, CAUSE], "It stands in this list already."),
        ([EFFECT, CAUSE | {"title": {"en": "a\x00b"}}], "Null characters are not allowed."),
        ([EFFECT, CAUSE, "text"], "Each entry is a record with a key"),
    ],
)
def test_fault_is_told(root, records, message):
    put(root, "events", records)
    assert any(message in fault for fault in faults(root)), faults(root)
    assert Event.objects.count() == 0


def test_published_record_cannot_become_a_draft_by_a_file(root):
    loaded(root)
    put(root, "events", [EFFECT | {"state": "draft"}, CAUSE])
    [fault] = faults(root)
    assert "it can only be withdrawn" in fault


def test_two_assessments_of_one_day_are_a_fault_not_a_crash(root):
    position = {"side": "KR", "text": {"en": "K"}}, {"side": "JP", "text": {"en": "J"}}
    dispute = {"key": "d", "title": {"en": "D"}, "domain": "security", "began": "2016"}
    put(root, "disputes", [dispute | {"positions": list(position), "sources": ["mofa-2019"]}])
    status = {"date": "2019", "dispute": "d", "status": "raised", "trend": "worse"}
    status |= {"summary": {"en": "Why"}, "sources": ["mofa-2019"]}
    put(root, "statuses", [status | {"key": "d.1"}, status | {"key": "d.2"}])
    [fault] = faults(root)
    assert "d.2: It contradicts another record" in fault


def test_command_tells_what_it_did(root, capsys):
    call_command("load_content", root)
    assert "3 created, 0 changed, 0 unchanged; 3 published." in capsys.readouterr().out
    put(root, "events", [CAUSE | {"date": "never"}])
    with pytest.raises(CommandError, match=r"1 faults\. Nothing was saved\."):
        call_command("load_content", root)
    assert "events/all.yaml:4: 2019-08-02-delisting.date: “never”" in capsys.readouterr().err
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_content", root / "nowhere")
