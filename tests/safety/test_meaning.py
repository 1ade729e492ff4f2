"""What somebody types is decoded once, kept as it is, never a pattern or a form, escaped once."""

import re
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.test import Client
from django.urls import reverse

from disputes.drawing import lanes
from disputes.models import Event

from ..admin.pages import editor
from ..factories import make_dispute, make_event, make_status

pytestmark = pytest.mark.django_db
TYPED = "A &amp; B < C %3Cb%3E {0.__class__} %(name)s %s ${x} {{ 7 }} \\u003c"


def test_an_address_is_decoded_once():
    make_event(key="a-b")
    found = [
        Client().get(f"/{place}/events/a{dash}b/").status_code
        for place in ("en", "api/v1")
        for dash in ("-", "%2D", "%252D")
    ]
    assert found == [200, 200, 404, 200, 200, 404]


def test_a_value_is_decoded_once_and_then_checked():
    make_event(kind="ruling")
    asked = [Client().get(f"/api/v1/events/?kind={kind}") for kind in ("rul%69ng", "rul%2569ng")]
    assert [answer.status_code for answer in asked] == [200, 400]
    assert "“rul%69ng”" in asked[1].json()["errors"][0]["detail"]


def test_what_is_typed_is_kept_as_it_is_and_escaped_once_where_it_is_shown():
    event = make_event(title_en=TYPED)
    assert Client().get(f"/api/v1/events/{event.key}/").json()["title"]["en"] == TYPED
    page = Client().get(f"/en/events/{event.key}/").content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)[1]
    assert "A &amp;amp; B &lt; C %3Cb%3E {0.__class__} %(name)s %s ${x} {{ 7 }}" in heading


@pytest.mark.parametrize("typed", ["a%c", "a_c", "a.c", "a.*c", "(abc|x)", "[abc]", "^abc", "a\\c"])
def test_no_search_of_the_desk_is_a_pattern(typed):
    make_event(title_en="abc")
    address, client = reverse("admin:disputes_event_changelist"), editor()
    assert found(client.get(address, {"q": "abc"})) == ["abc"]
    assert found(client.get(address, {"q": typed})) == []
    Event.objects.update(title_en=f"x{typed}x")
    assert found(client.get(address, {"q": typed})) == [f"x{typed}x"]


def found(page) -> list[str]:
    return [event.title_en for event in page.context["cl"].result_list]


@pytest.mark.parametrize("typed", ["{first}", "{0.__class__}", "{", "%(key)s", "%s", "{first!r}"])
def test_no_question_is_a_form_that_is_filled_in(typed, monkeypatch):
    """Links to parts of the drawing are made of forms that hold the question."""
    monkeypatch.setattr(lanes.draw, "__defaults__", (0,))  # happenings are drawn as counts
    dispute = make_dispute()
    make_status(dispute, date="2018-01-01")
    make_event(date="2019-01-01", disputes=[dispute], title_en=f"x {typed} y")
    asked = {"q": f"x {typed} y", "date__gte": "2018-06-01", "date__lte": "2019-06-30"}
    page = Client().get("/en/timeline/", asked).content.decode()
    assert f'value="x {typed} y"' in page
    (bar,) = re.findall(r'<g class="bars"[^>]*><a href="[^"]*\?([^"]*)"', page)
    leads = parse_qs(unescape(bar))
    assert (leads["q"], leads["date__gte"]) == ([f"x {typed} y"], ["2019-01"])
    refused = Client().get("/api/v1/events/", {typed: typed, "kind": typed})
    assert refused.status_code == 400
    assert f"“{typed}”" in " ".join(fault["detail"] for fault in refused.json()["errors"])
