"""The content that the tracker begins with: loaded once, looked at from every side."""

import gzip
from datetime import date
from filecmp import dircmp

import pytest
from django.core.management import call_command
from django.db import transaction

from disputes.content.checking import gaps
from disputes.content.exporting import export
from disputes.content.files import CONTENT
from disputes.content.loading import load
from disputes.models import Event, Summit
from disputes.summits import clock
from timeline.models import Entry
from timeline.slices import Slice

from ..pages.test_pages import text_of

pytestmark = pytest.mark.xdist_group("content")  # loaded once, by one process

DISPUTES = [
    "comfort-women",
    "export-controls",
    "forced-labor",
    "fukushima-water",
    "gsomia",
    "sado-mines",
]


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """All of content/, in a transaction that ends with the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(CONTENT, "Content files", "Loaded from the content files.")
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _record(content, db):
    pass


def differences(compared: dircmp) -> list[str]:
    here = compared.left_only + compared.right_only + compared.diff_files + compared.funny_files
    return here + [name for sub in compared.subdirs.values() for name in differences(sub)]


def test_export_gives_the_same_bytes(tmp_path):
    export(tmp_path)
    assert differences(dircmp(CONTENT, tmp_path, ignore=["LICENSE"])) == []


def test_second_load_finds_everything_unchanged():
    again = load(CONTENT, "Content files", "again")
    assert (again.created, again.changed, again.left_alone, again.published) == ([], [], [], 0)


def test_nothing_public_lacks_anything():
    today = Entry.objects.head().recorded_at.date()
    assert [gap for gap in gaps(today) if gap.state == "published"] == []


def test_what_is_unverified_is_on_the_desk_alone():
    drafts = {e.key for e in Event.objects.exclude(state="published")}
    drafts |= {s.key for s in Summit.objects.exclude(state="published")}
    assert len(drafts) == 53
    assert not Entry.objects.filter(key__in=drafts).exists()


def test_numbers_are_those_of_the_research():
    counted = {t: Entry.objects.current().of_type(t).count() for t in ("event", "summit", "source")}
    assert counted == {"event": 919, "summit": 94, "source": 2032}


@pytest.mark.parametrize("key", DISPUTES)
def test_every_dispute_has_a_status_with_reasons_and_sources_on_the_day_of_the_brief(client, key):
    answer = client.get(f"/api/v1/disputes/{key}/", {"on": "2022-05-11"}).json()
    status = answer["status"]
    assert status["date_earliest"] <= "2022-05-11"
    assert status["summary"]["en"] and status["sources"]
    if key == "comfort-women":
        assert status["status"] in ("contested_settlement", "deadlocked")


def test_no_bilateral_visit_lies_in_the_long_gap(client):
    span = {"date__gte": "2011-12-19", "date__lte": "2023-03-15"}
    answer = client.get("/api/v1/summits/", {"setting": "bilateral_visit"} | span).json()
    assert answer["results"] == []
    longest = clock(Slice(), date(2026, 6, 1)).longest[0]
    assert (longest.start, longest.end, longest.days) == (
        date(2011, 12, 18),
        date(2023, 3, 16),
        4106,
    )


def test_merged_timeline_of_two_disputes_has_every_type_in_order(client):
    query = "dispute=gsomia&dispute=export-controls&date__gte=2019-07-01&date__lte=2019-12-31"
    answer = client.get(f"/api/v1/timeline/?{query}&page_size=500").json()
    found = answer["results"]
    assert {row["type"] for row in found} == {"event", "status", "summit"}
    places = [(row["date_earliest"], row["key"], row["type"]) for row in found]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("word", ["강제동원", "지소미아", "佐渡", "徴用工", "comfort women"])
def test_search_finds_the_words_of_all_three_languages(client, word):
    assert "Nothing is found" not in text_of(client.get("/en/search/", {"q": word}))


def test_ledger_is_sound():
    call_command("verify_ledger", verbosity=0)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("key", DISPUTES)
def test_dispute_page_shows_its_status(client, language, key):
    response = client.get(f"/{language}/disputes/{key}/")
    assert response.status_code == 200
    assert 'class="now"' in response.content.decode()
    assert len(gzip.compress(response.content)) < 150_000  # as it is sent
