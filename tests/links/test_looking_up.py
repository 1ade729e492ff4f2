"""Pasting an address offers what the page says of itself, and shows who has it already."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from disputes.models import Source
from disputes.web.pages import read

from ..admin.pages import address, form_of, messages_of, press, researcher
from ..factories import make_source

pytestmark = pytest.mark.django_db
PAGE = """<!doctype html><html lang="ko-KR"><head><meta charset="utf-8"><title> 외교부 |
 보도자료 </title><meta property="og:site_name" content="외교부">
<meta property="article:published_time" content="2019-07-01T09:00:00+09:00"></head></html>"""
SAID = {
    "title": "외교부 | 보도자료",
    "publisher": "외교부",
    "published": "2019-07-01",
    "language": "ko",
}
LOOK_UP = "/admin/disputes/source/look-up/"


def test_a_page_says_what_it_is(site):
    url = site.says("/press", PAGE.encode())
    answer = researcher().post(LOOK_UP, {"url": url}).json()
    assert answer == {"found": SAID, "message": "", "same": []}


@pytest.mark.parametrize("encoding", ["euc-kr", "utf-8"])
def test_a_page_is_read_in_its_own_encoding(encoding):
    raw = PAGE.replace('<meta charset="utf-8">', "").encode(encoding)
    assert read(raw) == SAID


def test_a_page_that_says_nothing_offers_nothing():
    assert read(b"<html><head></head></html>") == {}
    assert read(b'<meta name="date" content="yesterday">\xff\xfe<') == {}


def test_a_private_address_is_refused_in_words(settings, canary, connections):
    settings.OPEN_LINKS = True
    answer = researcher().post(LOOK_UP, {"url": "http://127.0.0.1/"}).json()
    assert answer["message"] == "The address leads into a private network."
    assert (answer["found"], canary.asked, connections) == ({}, [], [])


def test_without_network_only_the_desk_is_asked(connections):
    source = make_source(url="https://www.example.org/a/?utm_source=x")
    answer = researcher().post(LOOK_UP, {"url": "http://example.org/a#b"}).json()
    same = [{"address": address(source), "text": str(source)}]
    assert answer == {"found": {}, "message": "", "same": same}
    assert connections == []


def test_who_may_not_write_sources_opens_nothing(site):
    client = Client()
    client.force_login(User.objects.create_user("member", is_staff=True))
    assert client.post(LOOK_UP, {"url": site.says("/")}).status_code == 403
    assert site.asked == []


def test_saving_a_source_says_who_has_its_address_already():
    other = make_source(url="https://example.org/a")
    client = researcher()
    form = form_of(client.get(address(Source, "add"))) | {"url": "http://www.example.org/a/"}
    typed = {"key": "new", "title": "T", "publisher": "P", "language": "en", "kind": "media"}
    response = press(client, address(Source, "add"), form, **typed)
    assert response.status_code == 302, response.context["adminform"].form.errors
    said = messages_of(client.get(response.url))
    assert any("stands in another source" in m and address(other) in m for m in said)
