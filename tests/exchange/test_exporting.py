"""What an export gives: all that an import reads again, nothing that a spreadsheet would run."""

import pytest

from disputes.exchange import xlsx_files
from disputes.exchange.cells import defused
from disputes.models import Event

from ..admin.pages import researcher
from ..factories import make_event, make_summit, make_survey
from .files import WRITERS, address, csv_of, exported, faults, imported, rows_of, sent

pytestmark = pytest.mark.django_db


def test_the_desk_is_exported_and_imported_again_without_a_change():
    """All that could be run, quoted or lost on the way."""
    odd = ["=1+1", "+1", "-1", "@x", "\tx", "＝1", "－", "'quoted'", "''", "a, b; c", "줄\n바꿈"]
    for number, words in enumerate(odd):
        event = make_event(
            published=number % 2 == 0, title_en=words.strip() or "x", title_ja=words.strip()
        )
        citation = event.citations.get()
        citation.note = f"{words} | {words}"
        citation.quotation = words.strip() if number % 3 else ""
        citation.save()
    make_summit()
    make_survey()
    client = researcher()
    for model in ("event", "summit", "source", "survey"):
        for extension in WRITERS:
            response = sent(client, model, exported(client, model, extension))
            result = response.context["result"]
            assert ([c.differences for c in result.waiting], faults(response)) == ([], [])
            assert len(result.changes) >= 1


@pytest.mark.parametrize("words", ["=cmd|' /C calc'!A0", "@SUM(1)", "＝1", "-2", "'", "'=x"])
def test_no_cell_of_an_export_begins_like_a_formula(words):
    make_event(published=False, title_en=words)
    client = researcher()
    (row,) = rows_of(exported(client, "event"))
    assert row["title_en"] == defused(words) == "'" + words
    changed = row | {"summary_en": "New"}
    imported(client, "event", csv_of([changed]))
    event = Event.objects.get()
    assert (event.title_en, event.summary_en) == (words, "New")


def test_an_export_is_the_list_as_it_was_narrowed():
    make_event(published=False, key="mine")
    make_event(key="public")
    client = researcher()
    rows = rows_of(exported(client, "event", query="?state__exact=draft"))
    assert [row["key"] for row in rows] == ["mine"]
    assert client.get(address("event", "export") + "?state__exact=a&nonsense=1").status_code == 400


@pytest.mark.parametrize("model", ["event", "summit", "source", "survey"])
def test_a_template_has_every_column_of_an_export(model):
    make_survey()
    make_summit()
    make_event()
    client = researcher()
    (line,) = client.get(address(model, "import_template", "csv")).content.decode().splitlines()
    header = line.removeprefix("\ufeff").split(",")
    assert header == list(rows_of(exported(client, model))[0])
    sheet = client.get(address(model, "import_template", "xlsx")).content
    assert list(xlsx_files.read(sheet)) == [header]
    assert client.get(f"/admin/disputes/{model}/import/template.exe").status_code == 400
