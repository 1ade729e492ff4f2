"""Every kind of page, with one record of every type."""

import re

import pytest
from django.utils import timezone

from disputes.pages import details
from disputes.publishing import publish, withdraw
from timeline import record_types
from timeline.models import Entry
from timeline.slices import Slice

from ..factories import (
    EDITOR,
    MAKERS,
    make_dispute,
    make_event,
    make_source,
    make_status,
    make_summit,
)

pytestmark = pytest.mark.django_db

LISTS = [t.plural for t in record_types.all_types()]
JOINED = ["", "timeline/", "search/", "changes/", "method/"]


def text_of(response) -> str:
    """The words of a page, without its tags."""
    body = re.sub(r"<(style|script|head).*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("page", JOINED + [f"{plural}/" for plural in LISTS])
def test_list_page_without_any_record_says_so(client, language, page):
    response = client.get(f"/{language}/{page}")
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize("name", MAKERS)
def test_record_has_a_page_a_history_and_a_place_in_its_list(client, name):
    record = MAKERS[name]()
    path = record_types.get(name).page + record.key + "/"
    title = Entry.objects.current().get(type=name, key=record.key).data["title"]["en"]
    assert title in text_of(client.get(f"/en{path}"))
    assert title in text_of(client.get(f"/en{record_types.get(name).page}"))
    history = text_of(client.get(f"/en{path}versions/"))
    assert "Version 1" in history and "first published" in history and EDITOR in history


def test_address_without_language_leads_to_the_reader_s(client):
    make_dispute(key="gsomia")
    response = client.get("/disputes/gsomia/", headers={"accept-language": "ja"})
    assert (response.status_code, response["Location"]) == (302, "/ja/disputes/gsomia/")


def test_draft_is_on_no_page(client):
    dispute = make_dispute(name_en="Open dispute")
    make_event(published=False, disputes=(dispute,), title_en="Leaked draft")
    make_event(disputes=(dispute,), title_en="Public event")
    pages = ["/en/", "/en/timeline/", "/en/events/", f"/en/disputes/{dispute.key}/"]
    pages += ["/en/search/?q=leaked", "/en/changes/"]
    for page in pages:
        assert "Leaked draft" not in text_of(client.get(page)), page
    assert "Public event" in text_of(client.get("/en/timeline/"))


def test_dispute_page_says_where_it_stands_in_the_reader_s_language(client):
    dispute = make_dispute(key="gsomia", question_ko="무엇이 쟁점인가?")
    make_status(dispute, date="2019-11-22", status="deadlocked", why_en="Nobody moves.")
    page = text_of(client.get("/ko/disputes/gsomia/"))
    assert "무엇이 쟁점인가?" in page
    assert "2019년 11월 22일" in page
    assert "Nobody moves." in page  # the English stands where Korean is missing
    assert 'lang="en"><strong>Nobody moves.' in client.get("/ko/disputes/gsomia/").content.decode()


def test_both_positions_stand_in_the_same_form(
    client,
):
    dispute = make_dispute(korean_position_en="K speaks.", japanese_position_en="J speaks.")
    for language in ("en", "ko", "ja"):
        body = client.get(f"/{language}/disputes/{dispute.key}/").content.decode()
        assert body.index("K speaks.") < body.index("J speaks.")
        assert body.count('class="side side-') == 2


def test_as_of_shows_the_former_page_with_a_banner_and_keeps_the_instant_in_links(client):
    event = make_event(title_en="Former title")
    before = timezone.now()
    event.title_en = "Corrected title"
    event.save()
    publish(event, EDITOR, "corrected")
    path, instant = f"/en/events/{event.key}/", before.isoformat().replace("+00:00", "Z")
    former = client.get(path, {"as_of": instant})
    assert "Former title" in text_of(former) and "Corrected title" not in text_of(former)
    assert "as the record stood on" in text_of(former)
    assert "as_of=" in former.content.decode().split('href="/en/timeline/')[1][:40]
    assert "Corrected title" in text_of(client.get(path))


def test_page_of_what_was_published_later_is_a_404_that_says_when(client):
    event = make_event()
    response = client.get(f"/en/events/{event.key}/", {"as_of": "2020-01-01"})
    assert response.status_code == 404
    assert "was first published on" in text_of(response)


def test_withdrawn_record_is_a_410_with_its_reason(client):
    event = make_event()
    withdraw(event, EDITOR, "It stood here twice.")
    response = client.get(f"/en/events/{event.key}/")
    assert response.status_code == 410
    assert "It stood here twice." in text_of(response)
    assert "withdrawn" in text_of(client.get(f"/en/events/{event.key}/versions/"))


@pytest.mark.parametrize(
    "path",
    [
        "timeline/?nonsense=1",
        "timeline/?kind=nonsense",
        "timeline/?cursor=AAAA",
        "timeline/?date__gte=yesterday",
        "timeline/?q=%00",
        "timeline/?dispute=" + "x" * 10_000,
        "events/?page_size=99999999999999999999",
        "events/?as_of=3000-01-01",
        "disputes/?as_of=nonsense",
        "summits/?on=2022-13-01",
        "changes/?before=nonsense",
        "search/?q=" + "x" * 10_000,
        "?nonsense=1",
        "method/?x=%00",
    ],
)
def test_what_a_page_cannot_read_is_a_400_with_words(client, path):
    response = client.get(f"/en/{path}")
    assert response.status_code == 400
    assert "asks for something that is not there" in text_of(response)


@pytest.mark.parametrize(
    "path",
    [
        "events/nothing/",
        "events/%00/",
        "events/" + "x" * 10_000 + "/",
        "nonsense/",
        "nonsense/key/",
        "events/nothing/versions/",
        "changes/99999999999999999999999/",
        "changes/0/",
    ],
)
@pytest.mark.parametrize("debug", [False, True])
def test_what_is_not_there_is_a_404_with_words(client, settings, path, debug):
    settings.DEBUG = debug
    response = client.get(f"/en/{path}")
    assert response.status_code == 404
    assert "Not in the record" in text_of(response)


def test_source_titles_are_not_trusted_as_html(client):
    source = make_source(title="<script>alert(1)</script>")
    event = make_event(sources=[source], title_en="<b>bold</b>")
    body = client.get(f"/en/events/{event.key}/").content.decode()
    assert "<script>alert(1)" not in body and "&lt;script&gt;alert(1)" in body
    assert "<b>bold</b>" not in body


def test_page_sends_the_strict_policy_and_has_no_inline_style_or_script(client):
    dispute = make_dispute()
    make_status(dispute)
    response = client.get(f"/en/disputes/{dispute.key}/")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    body = response.content.decode()
    inline = r'<style|<script(?! src="/static/| type="application/ld\+json">)|\sstyle=|\son[a-z]+='
    assert re.findall(inline, body) == []


@pytest.mark.parametrize("past", [False, True])
def test_events_of_a_dispute_are_its_own_up_to_today_and_no_assessments(past):
    dispute = make_dispute(key="gsomia")
    make_event(key="first", date="2019-07-01", disputes=(dispute,))
    make_summit(key="met", date="2019-07-03", disputes=(dispute,))
    make_status(dispute, date="2019-07-04")
    make_event(key="of-others", date="2019-07-05")
    make_event(key="to-come", date="2999-01-01", disputes=(dispute,))
    slice_ = Slice(timezone.now() if past else None)
    found = details.dispute(slice_, slice_.entry("dispute", "gsomia"))
    assert [entry.key for entry in found["latest"]] == ["met", "first"]
    assert found["first_event"].key == "first"


def test_dispute_page_counts_its_happenings_and_shows_its_newest_assessments(client):
    dispute = make_dispute(key="a")
    other = make_dispute(key="b")
    for day in range(1, 18):
        make_status(dispute, date=f"2019-01-{day:02}")
        make_event(date=f"2019-01-{day:02}", disputes=(dispute, other) if day > 9 else (other,))
    page = client.get("/en/disputes/a/").content.decode()
    assert "The timeline of this dispute: 8 events" in page
    states = page.split('<ol class="states">')[1].split("</ol>")[0]
    days = re.findall(r'<p class="when"><time datetime="([\d-]+)"', states)
    assert days == [f"2019-01-{day:02}" for day in range(17, 2, -1)]
    assert '<a href="/en/statuses/?dispute=a">All 17 assessments</a>' in page


@pytest.mark.parametrize("recent", [0, 3, 3000])
def test_last_changes_of_a_dispute_are_the_newest_wherever_they_stand(client, monkeypatch, recent):
    monkeypatch.setattr(details, "RECENT", recent)
    dispute = make_dispute(key="a")
    for n in range(14):
        make_event(key=f"e{n}", disputes=(dispute,))
    withdraw(make_event(key="gone", disputes=(dispute,)), EDITOR, "an error")
    make_event(key="other", disputes=())
    found = details.dispute(Slice(), Slice().entry("dispute", "a"))["changed"]
    assert [entry.key for entry in found] == [f"e{n}" for n in range(13, 1, -1)]
    before = Entry.objects.get(key="e12").recorded_at
    found = details.dispute(Slice(before), Slice(before).entry("dispute", "a"))["changed"]
    assert [entry.key for entry in found] == [f"e{n}" for n in range(12, 0, -1)]
