"""“Cite this page”: on each page, in four styles, with the instant in the address."""

import html
import json
import re

import pytest
from django.test import Client

from disputes.publishing import publish
from timeline.instants import spell
from timeline.models import Entry

from ..factories import EDITOR, MAKERS, make_event

pytestmark = pytest.mark.django_db
PAGES = (
    "/en/",
    "/ko/timeline/?kind=statement",
    "/ja/events/",
    "/en/search/?q=happened",
    "/en/changes/",
    "/en/method/",
    "/en/chains/",
    "/en/developers/",
    "/en/events/e/",
    "/en/events/e/versions/",
)


@pytest.fixture(autouse=True)
def _here(settings):
    settings.SITE_URL = "http://testserver"


def cited(path: str) -> dict[str, str]:
    """The text of each style on a page, and the files that it leads to."""
    page = Client().get(path).content.decode()
    part = page.partition('class="cite-this"')[2].partition("</details>")[0]
    texts = [html.unescape(t) for t in re.findall(r"<p(?:re[^>]*)?>(.*?)</p(?:re)?>", part, re.S)]
    styles = dict(zip(("apa", "bibtex", "ris", "csl"), texts, strict=True))
    return styles | {"files": [html.unescape(a) for a in re.findall(r'href="([^"]*)"', part)]}


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_how_to_cite_it_and_the_address_brings_it_again(path):
    make_event(key="e")
    at = spell(Entry.objects.head().recorded_at)
    found = cited(path)
    (item,) = json.loads(found["csl"])
    assert f"as_of={at}".replace(":", "%3A") in item["URL"]
    assert item["URL"] in found["apa"] and item["URL"] in found["bibtex"]
    assert f"UR  - {item['URL']}" in found["ris"]
    assert Client().get(item["URL"].removeprefix("http://testserver")).status_code == 200


def test_a_page_is_cited_by_its_title_in_its_language():
    make_event(key="e", title_en="It's <b>here</b>", title_ko="여기")
    assert json.loads(cited("/ko/events/e/")["csl"])[0]["title"] == "여기"
    assert json.loads(cited("/en/events/e/")["csl"])[0]["title"] == "It's <b>here</b>"
    assert json.loads(cited("/ja/events/")["csl"])[0]["title"] == "出来事"


def test_a_former_page_is_cited_as_it_was():
    event = make_event(key="e", title_en="First")
    at = spell(Entry.objects.head().recorded_at)
    event.title_en = "Second"
    event.save()
    publish(event, EDITOR, "a correction")
    (item,) = json.loads(cited(f"/en/events/e/?as_of={at}")["csl"])
    assert item["title"] == "First"
    assert item["URL"].endswith(f"as_of={at}".replace(":", "%3A"))


@pytest.mark.parametrize("name", MAKERS)
def test_the_page_of_a_record_leads_to_its_citations_as_files(name):
    record = MAKERS[name]()
    plural = {"status": "statuses"}.get(name, f"{name}s")
    files = cited(f"/en/{plural}/{record.key}/")["files"]
    assert [f.partition("/cite.")[2].partition("?")[0] for f in files] == ["bibtex", "ris", "csl"]
    for file in files:
        assert Client().get(file).status_code == 200


@pytest.mark.parametrize("path", ["/en/nothing/", "/en/events/none/", "/en/events/?x=1"])
def test_a_page_that_is_none_is_not_cited(path):
    make_event()
    assert "cite-this" not in Client().get(path).content.decode()


def test_an_empty_record_is_not_cited():
    assert "cite-this" not in Client().get("/en/events/").content.decode()
