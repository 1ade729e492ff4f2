"""Nothing that somebody types becomes a header of a notice, or ends it."""

from email import message_from_bytes, policy

import pytest
from django.contrib.auth.models import User

from ..admin.pages import editor, researcher
from ..curation.proposing import propose
from ..factories import make_event

pytestmark = pytest.mark.django_db
FORGED = "\r\nSubject: Another\r\nBcc: everybody@example.org\r\n\r\nAnother text"


def test_nothing_typed_becomes_a_header_of_a_notice(mailoutbox, django_capture_on_commit_callbacks):
    hana, event = researcher("hana"), make_event(key="an-event")
    editor()
    User.objects.filter(username="hana").update(first_name=f"Hana{FORGED}")
    User.objects.filter(username="editor").update(email="editor@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        propose(hana, event, f"Found.{FORGED}\n.\nQUIT", title_en="Mine")
    (sent,) = mailoutbox
    assert sent.recipients() == ["editor@example.org"]
    read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert (read["To"], read["Bcc"], len(read.get_all("Subject"))) == (
        "editor@example.org",
        None,
        1,
    )
    name = "Hana Subject: Another Bcc: everybody"  # never an address
    assert read["Subject"] == f"{name} proposes a change: event an-event"
    text = read.get_content().replace("\r\n", "\n")
    assert text.startswith(f"Found.{FORGED}".replace("\r\n", "\n"))
    assert "\n.\nQUIT\n" in text
