"""Rows of a list, written in Python: escaped, and patient with what an old document lacks."""

import pytest

from ..factories import make_event, make_summit
from ..record.appending import add

pytestmark = pytest.mark.django_db
BARE_LINK = {"event": {"key": "cause", "title": {"en": "A cause"}}}


def test_documents_with_nothing_but_an_envelope_are_shown(client):
    add("bare", sources=[{"key": "a-source"}])
    add("linked", links=[BARE_LINK])
    for path in ("/en/", "/ko/timeline/", "/en/events/", "/ja/search/?q=about"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "None" not in answer.content.decode()
    assert "A cause" in client.get("/en/timeline/").content.decode()


def test_what_was_typed_is_escaped(client):
    cause = make_summit(date="2019-01-01", title_en='<b>"Cause" & co</b>')
    make_event(answers=(cause,), title_en="<i>Answer</i>", summary_en="<script>alert(1)</script>")
    page = client.get("/en/timeline/").content.decode()
    assert "<i>" not in page and "<b>" not in page and "<script>alert" not in page
    assert "&lt;i&gt;Answer&lt;/i&gt;" in page
    assert "&lt;b&gt;&quot;Cause&quot; &amp; co&lt;/b&gt;" in page
