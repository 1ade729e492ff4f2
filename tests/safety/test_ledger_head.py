"""What an outsider can hold against the record: its head, and thirty lines that recompute it."""

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from disputes.publishing import publish, withdraw
from timeline import backups, ledger
from timeline.models import Entry

from ..factories import EDITOR, make_event, make_source, make_survey
from ..record.tampering import tamper
from .databases import empty_place, manage, serving

DOCS = settings.BASE_DIR / "docs" / "security.md"


def record() -> None:
    """Versions, a tombstone, three scripts, control characters, decimal numbers."""
    source = make_source(title='He said "no" \\ and\tleft \u2028 \x7f 日本 한국 😀')
    event = make_event(sources=[source], title_ja="判決", summary_en="a </script> & <b> é")
    event.title_en = "Corrected"
    event.save()
    publish(event, EDITOR, 'A "correction" \\ of the title.')
    withdraw(event, EDITOR, "entered twice")
    make_survey(readings=[("2019", 12.25), ("2020", 100.0)])


@pytest.mark.django_db
def test_the_head_as_json_and_as_text():
    make_event()
    head = Entry.objects.head()
    found = Client().get("/ledger/head").json()
    assert (found["id"], found["digest"]) == (head.pk, head.digest)
    assert found["recorded_at"] == head.recorded_at.isoformat()
    response = Client().get("/ledger/head.txt")
    line = f"{head.pk} {head.digest} {head.recorded_at.isoformat()}\n"
    assert (response.content.decode(), response["Content-Type"]) == (
        line,
        "text/plain; charset=utf-8",
    )
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.django_db
def test_the_head_of_an_empty_record_is_the_beginning():
    assert Client().get("/ledger/head").json()["digest"] == ledger.GENESIS
    assert Client().get("/ledger/head.txt").content == b"0 " + ledger.GENESIS.encode() + b"\n"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ledger/head", "/ledger/head.txt"])
def test_a_noted_head_is_found_again_and_a_rewritten_record_is_not(address, tmp_path):
    event = make_event()
    noted = tmp_path / "head"
    noted.write_bytes(Client().get(address).content)
    make_event()
    out = StringIO()
    call_command("verify_ledger", against=str(noted), stdout=out)
    assert "faults: 0." in out.getvalue()
    _rewrite(event.key)
    with pytest.raises(CommandError, match="Faults in the record: 1"):
        call_command("verify_ledger", against=str(noted), stdout=out)
    assert "The noted head" in out.getvalue()


def _rewrite(key: str) -> None:
    """What somebody with the database can do: change an entry and make the whole chain anew."""
    tamper(key, reason="It was never so.")
    previous = ledger.GENESIS
    for entry in Entry.objects.order_by("pk"):
        previous = ledger.documents.digest(previous, entry.content())
        tamper(entry.key, entry.version, digest=previous)


@pytest.mark.django_db
def test_what_holds_no_digest_cannot_be_noted():
    with pytest.raises(CommandError, match="no digest"):
        call_command("verify_ledger", against="deadbeef")


def outsiders_program(folder: Path) -> Path:
    """The program as it stands in the documentation."""
    found = re.search(r"```python\n(.+?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[1]
    assert len(found.splitlines()) <= 30
    (folder / "verify.py").write_text(found, encoding="utf-8")
    return folder / "verify.py"


def outside(program: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-I", str(program), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.django_db(transaction=True)
def test_an_outsider_verifies_the_record_through_the_api(tmp_path):
    record()
    head, first = Entry.objects.head(), Entry.objects.order_by("pk").first()
    honest = backups.make(tmp_path)
    program = outsiders_program(tmp_path)
    with empty_place(tmp_path, "outside") as database:
        assert manage(database, "restore", str(honest)).returncode == 0
        with serving(database) as (address, _process):
            words = f"{Entry.objects.count()} entries, head {head.digest}\n"
            assert outside(program, address) == (0, words)
            assert outside(program, address, first.digest) == (0, words)
            assert outside(program, address, "0" * 63 + "1") == (1, "NOT in it: the noted head\n")
    tamper(first.key, reason="It was never so.")
    forged = backups.make(tmp_path)
    with empty_place(tmp_path, "forged") as database:
        assert manage(database, "restore", str(forged)).returncode == 1
        with serving(database) as (address, _process):
            assert outside(program, address) == (1, f"BROKEN at entry {first.pk}\n")
