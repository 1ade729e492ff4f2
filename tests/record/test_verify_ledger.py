"""`manage.py verify_ledger`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from timeline.models import Entry

from .tampering import (
    CHAIN,
    tamper,
)

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_ledger", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_ends_with_the_head(record):
    head = Entry.objects.head()
    assert run("--head", head.digest) == (
        f"6 entries were read; faults: 0.\nHead: {head.pk} {head.digest}\n"
    )


def test_the_command_fails_on_faults_and_prints_the_first_of_them(record):
    for key in ("a", "b", "c"):
        tamper(key, reason="x")
    out = StringIO()
    with pytest.raises(CommandError, match="Faults in the record: 3") as error:
        call_command("verify_ledger", "--limit", "1", stdout=out)
    assert error.value.returncode == 1
    first = Entry.objects.get(key="a", version=1)
    assert out.getvalue().splitlines()[:3] == [
        f"{first.pk} event a: {CHAIN}",
        "… and 2 more.",
        "6 entries were read; faults: 3.",
    ]


def test_the_command_speaks_json(record):
    head = Entry.objects.head()
    clean = {
        "entries": 6,
        "head": {"id": head.pk, "digest": head.digest},
        "unused_numbers": 0,
        "fault_count": 0,
        "faults": [],
    }
    assert json.loads(run("--json")) == clean
    tamper("d", reason="x")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_ledger", "--json", stdout=out)
    fault = {"problem": CHAIN, "id": head.pk, "type": "source", "key": "d"}
    assert json.loads(out.getvalue()) == clean | {"fault_count": 1, "faults": [fault]}
