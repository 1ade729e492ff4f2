"""Schemathesis asks a running server what the description allows, and checks every answer."""

import subprocess
import sys
from pathlib import Path

import pytest

from timeline import record_types
from timeline.api.description import description

from ..factories import MAKERS, make_actor, make_dispute, make_event

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)
# Lists, details and parts are made by the same views for every type: one of each is asked, in turn.
VIEWS = (
    "",
    "calendar/",
    "changes/",
    "codebook",
    "feeds/",
    "summit-clock/",
    "timeline/",
    "timeline/density/",
    "events/",
    "disputes/",
    "commitments/\\{key\\}/",
    *(f"events/\\{{key\\}}/{part}" for part in ("", "versions/", "diff/", "timemap/", "cite/")),
    "summits/\\{key\\}/chain/",
)
OPERATIONS = f"^/api/v1/({'|'.join(VIEWS)})$"
SECONDS = 90  # of fuzzing and of walks from link to link


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phases", ["examples,coverage", "fuzzing,stateful"])
def test_answers_are_as_described_whatever_is_asked(live_server, phases):
    for name, maker in MAKERS.items():
        maker(key=record_types.get(name).example)
    cause = make_event()
    make_event(disputes=(make_dispute(),), initiators=(make_actor(),), answers=(cause,))
    description()  # made once, and not within the ten seconds that schemathesis waits
    bounds = [f"--max-time={SECONDS}"] if "fuzzing" in phases else []
    done = subprocess.run(
        [
            str(SCHEMATHESIS),
            "run",
            f"{live_server.url}/api/v1/openapi.json",
            f"--checks={','.join(CHECKS)}",
            f"--include-path-regex={OPERATIONS}",
            f"--phases={phases}",
            "--max-examples=5",
            "--seed=1",
            "--no-color",
            *bounds,
        ],
        capture_output=True,
        text=True,
        timeout=400,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    for phase in phases.split(","):
        assert f"✅ {phase.capitalize()}" in done.stdout
