"""Schemathesis asks a running server what the description allows, and checks every answer."""

import subprocess
import sys
from pathlib import Path

import pytest

from ..factories import MAKERS, make_actor, make_dispute, make_event

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
# Lists, details and parts are made by the same views for every type: one of each is asked.
OPERATIONS = r"^/api/v1/(timeline/$|changes/|disputes/\{key\}/$|events/\{key\}/(chain|diff)/)"


@pytest.mark.django_db(transaction=True)
def test_answers_are_as_described_whatever_is_asked(live_server):
    for maker in MAKERS.values():
        maker()
    cause = make_event()
    make_event(disputes=(make_dispute(),), initiators=(make_actor(),), answers=(cause,))
    done = subprocess.run(
        [
            str(SCHEMATHESIS),
            "run",
            f"{live_server.url}/api/v1/openapi.json",
            f"--checks={','.join(CHECKS)}",
            f"--include-path-regex={OPERATIONS}",
            "--phases=examples,coverage,fuzzing",
            "--max-examples=5",
            "--seed=1",
            "--no-color",
        ],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-4000:]
