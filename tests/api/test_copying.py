"""A stranger copies the record through the API, and rebuilds a release with the same bytes."""

import orjson
import pytest
from django.core.management import call_command

from disputes.publishing import publish, withdraw
from timeline import copying, record_types
from timeline.copying import NoCopy
from timeline.models import Entry
from timeline.releases import shelf

from ..factories import EDITOR, MAKERS, make_actor, make_dispute, make_event
from ..safety.databases import empty_place, manage
from .test_forms import body
from .test_releases import contents

ADDED = {"disputes": "&omit=status", "commitments": "&omit=fulfilment"}


def edited_record() -> None:
    """Records of all types, some corrected, some withdrawn, one of them back."""
    for maker in MAKERS.values():
        maker()
    event = make_event(key="corrected", disputes=(make_dispute(),), title_ko="가 =나")
    event.title_en = "Corrected"
    event.save()
    publish(event, EDITOR, "a correction")
    gone, back = make_actor(key="gone"), make_actor(key="back")
    withdraw(gone, EDITOR, "entered twice")
    withdraw(back, EDITOR, "a mistake")
    publish(back, EDITOR, "it was none")


@pytest.mark.django_db(transaction=True)
def test_a_stranger_rebuilds_a_release_from_the_api_alone(live_server, settings, tmp_path):
    settings.SITE_URL, settings.RELEASES = live_server.url, str(tmp_path / "shelf")
    edited_record()
    call_command("make_release", "2026.11", verbosity=0)
    release = shelf.release("2026.11")
    make_event(key="after-the-release")
    readme = (release.folder / "README.md").read_text().splitlines()
    commands = [line.split()[2:] for line in readme if line.startswith("    python manage.py")]
    assert [command[0] for command in commands] == ["migrate", "copy_record", "make_release"]
    (exported,) = [line for line in readme if line.startswith("    export ")]
    with empty_place(tmp_path, "copy") as database:
        own = {"SITE_URL": exported.partition("=")[2], "RELEASES": str(tmp_path / "other")}
        commands[-1][-1] = str(tmp_path / "rebuilt")
        for command in [*commands, ["verify_ledger"]]:
            done = manage(database, *command, **own)
            assert done.returncode == 0, done.stdout + done.stderr
        make_event(key="later-still")
        more = manage(database, "copy_record", live_server.url, **own)
        assert more.stdout.startswith("2 entries copied. "), more.stderr  # it, and its source
        assert Entry.objects.head().digest in more.stdout
        assert manage(database, "verify_ledger", **own).returncode == 0
    assert contents(tmp_path / "rebuilt") == contents(release.folder)


@pytest.mark.django_db
def test_the_documents_of_a_release_are_answers_of_the_api(settings, tmp_path):
    settings.RELEASES = str(tmp_path / "shelf")
    edited_record()
    call_command("make_release", "2026.11", verbosity=0)
    release = shelf.release("2026.11")
    make_event()
    for record_type in record_types.all_types():
        plural = record_type.plural
        asked = f"{plural}.jsonl?ordering=key&as_of={release.package['as_of']}"
        file = (release.folder / "jsonl" / f"{plural}.jsonl").read_bytes()
        assert body(asked + ADDED.get(plural, "")) == file != b""


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["document", "digest", "id", "reason"])
def test_what_was_tampered_with_is_not_copied(monkeypatch, tmp_path, fault):
    make_actor(key="a")
    (line,) = body("changes.jsonl").splitlines()
    change = orjson.loads(line) | {"id": Entry.objects.head().pk + 1}
    altered = {"document": {"type": "actor"}, "digest": "0" * 64, "id": 0, "reason": "another"}
    file = tmp_path / "changes"
    file.write_bytes(orjson.dumps(change | {fault: altered[fault]}))
    monkeypatch.setattr(copying, "urlopen", lambda _request, timeout: file.open("rb"))
    with pytest.raises(NoCopy, match="does not follow"):
        copying.copy("https://tracker.example")
    assert Entry.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("site", ["file:///etc/passwd", "tracker.example", "http://127.0.0.1:1"])
def test_an_address_that_is_none_is_refused_in_words(site):
    with pytest.raises(NoCopy, match=r"no address|does not answer"):
        copying.copy(site)
