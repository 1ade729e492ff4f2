"""What pages say of themselves to machines, and the addresses for crawlers."""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disputes.publishing import withdraw
from timeline import record_types, sitemaps
from timeline.instants import spell
from timeline.models import Entry

from ..factories import EDITOR, MAKERS, make_dispute, make_event, make_source, make_status

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


class Head(HTMLParser):
    """The links and meta elements of a page, and its JSON-LD."""

    def __init__(self, response) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.meta: dict[str, str] = {}
        self.json_ld: list[dict] = []
        self.in_json = False
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs) -> None:
        found = dict(attrs)
        if tag == "link":
            self.links.append(found)
        if tag == "meta":
            self.meta |= {found.get(n): found.get("content") for n in ("name", "property")}
        self.in_json = found.get("type") == "application/ld+json"

    def handle_data(self, data) -> None:
        if self.in_json:
            self.json_ld.append(json.loads(data))
            self.in_json = False

    def rel(self, name: str) -> list[str]:
        return [link["href"] for link in self.links if link.get("rel") == name]


def parsed(response) -> ElementTree.Element:
    return ElementTree.fromstring(response.content)  # noqa: S314 (our own sitemap)


def test_page_names_its_address_and_those_in_the_other_languages(client):
    make_event(key="e")
    head = Head(client.get("/ko/events/e/"))
    assert head.rel("canonical") == [f"{SITE}/ko/events/e/"]
    alternates = {link["hreflang"]: link["href"] for link in head.links if "hreflang" in link}
    assert {code: alternates[code] for code in ("en", "ko", "ja", "x-default")} == {
        "en": f"{SITE}/en/events/e/",
        "ko": f"{SITE}/ko/events/e/",
        "ja": f"{SITE}/ja/events/e/",
        "x-default": f"{SITE}/events/e/",
    }


def test_filtered_list_keeps_its_address_without_the_filter_and_its_filter_in_other_languages(
    client,
):
    head = Head(client.get("/en/timeline/?kind=ruling"))
    assert head.rel("canonical") == [f"{SITE}/en/timeline/"]
    [korean] = [link["href"] for link in head.links if link.get("hreflang") == "ko"]
    assert korean == f"{SITE}/ko/timeline/?kind=ruling"


def test_record_is_described_as_a_work_about_what_happened(client):
    source = make_source(title="Press release", url="https://example.org/1", publisher="Ministry")
    make_event(key="e", title_en="A ruling", date="2018-10-30", sources=[source])
    [found] = Head(client.get("/en/events/e/")).json_ld
    assert found["@type"] == "CreativeWork"
    assert found["@id"] == f"{SITE}/events/e/"
    assert found["about"] == {
        "@type": "Event",
        "name": "A ruling",
        "startDate": "2018-10-30",
        "endDate": "2018-10-30",
    }
    assert found["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "Press release",
            "url": "https://example.org/1",
            "publisher": {"@type": "Organization", "name": "Ministry"},
            "inLanguage": "en",
        }
    ]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2018-10", {"startDate": "2018-10", "endDate": "2018-10"}),
        ("2018", {"startDate": "2018", "endDate": "2018"}),
        ("2018-10~", {}),
        ("201X", {}),
        ("2018-10-30/..", {"startDate": "2018-10-30"}),
    ],
)
def test_described_date_is_no_more_exact_than_it_is(client, written, days):
    make_event(key="e", title_en="A ruling", date=written)
    [found] = Head(client.get("/en/events/e/")).json_ld
    assert found["about"] == {"@type": "Event", "name": "A ruling"} | days


@pytest.mark.parametrize("name", MAKERS)
def test_every_type_of_record_has_a_description_that_parses(client, name):
    record = MAKERS[name]()
    page = record_types.get(name).page
    head = Head(client.get(f"/ja{page}{record.key}/"))
    assert [found["@id"] for found in head.json_ld] == [f"{SITE}{page}{record.key}/"]
    assert head.rel("cite-as") == [f"{SITE}{page}{record.key}/"]


def test_nothing_in_a_record_ends_the_script(client):
    title = "</script><script>alert(1)</script>&lt;!--"
    make_event(key="e", title_en=title)
    response = client.get("/en/events/e/")
    body = response.content.decode()
    assert re.findall(r"<script(?! src=| type=.application/ld.json)", body) == []
    assert [found["name"] for found in Head(response).json_ld] == [title]


@pytest.mark.parametrize("page", ["", "method/"])
def test_home_and_method_describe_the_whole_record_as_a_dataset(client, page):
    make_event()
    [found] = Head(client.get(f"/en/{page}")).json_ld
    assert (found["@type"], found["license"], found["inLanguage"]) == (
        "Dataset",
        "https://creativecommons.org/licenses/by/4.0/",
        ["en", "ko", "ja"],
    )
    assert found["distribution"]["contentUrl"] == f"{SITE}/api/v1/"


def test_reference_managers_find_what_to_cite(client):
    make_event(key="e", title_en="A ruling", title_ko="판결")
    at = spell(Entry.objects.head().recorded_at)
    meta = Head(client.get("/ko/events/e/")).meta
    assert {name: meta[name] for name in meta if (name or "").startswith("citation_")} == {
        "citation_title": "판결",
        "citation_author": settings.RECORD_TITLE,
        "citation_publication_date": f"{timezone.now():%Y/%m/%d}",
        "citation_language": "ko",
        "citation_public_url": f"{SITE}/events/e/?as_of={at}",
    }


def test_former_page_is_cited_at_its_instant_and_left_out_of_indexes(client):
    make_event(key="e")
    at = timezone.now().isoformat().replace("+00:00", "Z")
    head = Head(client.get("/en/events/e/", {"as_of": at}))
    assert head.rel("cite-as") == [f"{SITE}/events/e/?as_of={at}"]
    assert head.meta["robots"] == "noindex"
    assert "robots" not in Head(client.get("/en/events/e/")).meta


@pytest.mark.parametrize(
    ("page", "picture"),
    [
        ("disputes/gsomia/", "disputes/gsomia/card.png"),
        ("disputes/gsomia/versions/", "disputes/gsomia/card.png"),
        ("disputes/", "card.png"),
        ("", "card.png"),
    ],
)
def test_page_names_a_picture_that_is_there(client, page, picture):
    make_status(make_dispute(key="gsomia"))
    address = Head(client.get(f"/en/{page}")).meta["og:image"]
    assert address == f"{SITE}/en/{picture}"
    assert client.get(address.removeprefix(SITE))["Content-Type"] == "image/png"


def test_link_to_a_dispute_says_where_it_stands(client):
    make_status(make_dispute(key="gsomia", name_en="GSOMIA"), why_en="Neither side moves.")
    meta = Head(client.get("/en/disputes/gsomia/")).meta
    assert meta["og:title"] == "GSOMIA"
    assert meta["og:description"] == meta["description"] == "deadlocked: Neither side moves."


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_manifest_is_json_with_icons_that_are_there(client, language):
    [address] = Head(client.get(f"/{language}/")).rel("manifest")
    found = json.loads(client.get(address).content)
    assert (found["lang"], found["start_url"]) == (language, f"/{language}/")
    for icon in found["icons"]:
        path = icon["src"].removeprefix("/static/")
        assert (settings.BASE_DIR / "static" / path).is_file()


def test_robots_are_told_where_the_sitemap_is(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().split()
    assert lines[-2:] == ["Sitemap:", f"{SITE}/sitemap.xml"]
    assert "Disallow: /admin/" in response.content.decode()


def test_index_of_the_sitemap_lists_a_section_for_each_type(client):
    index = parsed(client.get("/sitemap.xml"))
    listed = [loc.text.rpartition("/")[2] for loc in index.findall(".//s:loc", NS)]
    names = ["pages", *(t.plural for t in record_types.all_types())]
    assert listed == [f"sitemap-{name}.xml" for name in names]


def test_sitemap_lists_what_is_public_in_every_language_with_its_alternates(client):
    make_event(key="public")
    make_event(key="draft", published=False)
    withdraw(make_event(key="gone"), EDITOR, "It stood here twice.")
    found = parsed(client.get("/sitemap-events.xml"))
    urls = found.findall("s:url", NS)
    assert [url.find("s:loc", NS).text for url in urls] == [
        f"{SITE}/{code}/events/public/" for code in ("en", "ko", "ja")
    ]
    links = [(x.get("hreflang"), x.get("href")) for x in urls[0].findall("x:link", NS)]
    assert links == [
        ("en", f"{SITE}/en/events/public/"),
        ("ko", f"{SITE}/ko/events/public/"),
        ("ja", f"{SITE}/ja/events/public/"),
        ("x-default", f"{SITE}/events/public/"),
    ]
    assert urls[0].find("s:lastmod", NS).text == timezone.now().date().isoformat()


def test_every_page_of_the_sitemap_answers(client):
    found = parsed(client.get("/sitemap-pages.xml"))
    for loc in found.findall(".//s:loc", NS):
        assert client.get(loc.text.removeprefix(SITE)).status_code == 200


def test_long_section_has_pages(client, monkeypatch):
    monkeypatch.setattr(sitemaps.Localized, "limit", 2)
    make_event(key="a")
    index = parsed(client.get("/sitemap.xml"))
    listed = [loc.text for loc in index.findall(".//s:loc", NS) if "events" in loc.text]
    assert [address.rpartition("/")[2] for address in listed] == [
        "sitemap-events.xml",
        "sitemap-events.xml?p=2",
    ]
    second = parsed(client.get("/sitemap-events.xml?p=2"))
    assert [loc.text for loc in second.findall(".//s:loc", NS)] == [f"{SITE}/ja/events/a/"]


def test_section_asks_the_same_number_of_questions_however_long(client):
    counts = []
    for _time in range(3):
        make_event()
        with CaptureQueriesContext(connection) as captured:
            client.get("/sitemap-events.xml")
        counts.append(len(captured))
    assert counts == [counts[0]] * 3
