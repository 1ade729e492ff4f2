"""What a source says, word for word, where it is cited."""

import pytest
from django.test import Client

from disputes.content.exporting import export
from disputes.content.loading import load
from disputes.documents import document_of
from disputes.models import Event
from disputes.proposals import tried
from disputes.publishing import publish
from timeline.comparison import compare

from ..factories import make_event, make_source

pytestmark = pytest.mark.django_db
SAYS = "判決は 国際法違反だ"


def quoting(**kwargs) -> Event:
    source = make_source(key="mofa", language="ja")
    event = make_event(published=False, sources=[source], **kwargs)
    event.citations.update(quotation=SAYS, note="At the press conference.")
    return event


def test_a_document_without_a_quotation_is_what_it_was_before_there_were_any():
    cited = document_of(make_event())["sources"][0]
    assert list(cited)[-3:] == ["locator", "claim", "note"]
    assert "quotation" not in cited


def test_a_quotation_is_exported_loaded_and_exported_as_the_same_bytes(tmp_path):
    export(_folder(tmp_path / "first"))
    event = quoting(key="quoting")
    export(_folder(tmp_path / "second"))
    event.citations.update(quotation="")
    load(tmp_path / "second", "Content files", "Loaded.", overwrite=True)
    assert Event.objects.get(key="quoting").citations.get().quotation == SAYS
    export(_folder(tmp_path / "third"))
    texts = [
        {f.relative_to(folder): f.read_bytes() for f in folder.rglob("*.yaml")}
        for folder in (tmp_path / "second", tmp_path / "third")
    ]
    assert texts[0] == texts[1] != {}


def _folder(path):
    path.mkdir()
    return path


def test_readers_see_the_quotation_in_its_own_language_beside_the_source():
    event = make_event(key="quoted", sources=[make_source(language="ja")])
    event.citations.update(quotation=SAYS)
    publish(event, "An editor", "Quoted.")
    page = Client().get("/en/events/quoted/").content.decode()
    assert f'<q lang="ja">{SAYS}</q>' in page
    answer = Client().get("/api/v1/events/quoted/").json()
    assert answer["sources"][0]["quotation"] == SAYS


def test_a_quotation_that_is_taken_out_is_a_difference_and_leaves_no_key():
    event = quoting()
    before = document_of(event)
    row = before["sources"][0]
    after = tried(event, before | {"sources": [row | {"quotation": None}]}).document
    assert "quotation" not in after["sources"][0]
    found = compare(before, after, embedded=False)
    assert [(d.path[-1], d.kind, d.before) for d in found] == [("quotation", "removed", SAYS)]
