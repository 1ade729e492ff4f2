"""The summit clock."""

from datetime import date

import pytest

from disputes.summits import clock
from timeline.slices import Slice

from ..factories import make_summit
from .test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visits():
    make_summit(date="2011-12-17/2011-12-18", title_en="Kyoto")
    make_summit(date="2023-03-16", title_en="Tokyo")
    make_summit(date="2018-05-09", setting="multilateral_sidelines")
    make_summit(date="2019-06", setting="")


def test_gap_runs_from_the_last_day_of_one_visit_to_the_first_of_the_next(visits):
    [long, running] = clock(Slice(), date(2023, 3, 20)).gaps
    assert (long.start, long.end, long.days) == (date(2011, 12, 18), date(2023, 3, 16), 4106)
    assert (running.days, running.until, long.exact) == (4, None, True)


def test_clock_on_a_former_day_knows_nothing_later(visits):
    before = clock(Slice(), date(2022, 5, 11))
    assert before.running.since.data["title"]["en"] == "Kyoto"
    assert before.running.days == (date(2022, 5, 11) - date(2011, 12, 18)).days


def test_clock_before_the_first_visit_is_empty(visits):
    assert clock(Slice(), date(2000, 1, 1)).running is None


def test_gap_between_vague_dates_is_at_least_so_long(client):
    make_summit(date="1994-03")
    make_summit(date="1997")
    [gap, _running] = clock(Slice(), date(1997, 6, 1)).gaps
    assert (gap.exact, gap.start_date, gap.end_date) == (False, "1994-03", "1997")
    assert gap.days == (date(1997, 1, 1) - date(1994, 3, 31)).days
    assert "at least 1,007 days March 1994 to 1997" in text_of(client.get("/en/summits/"))


def test_page_tells_the_gap_in_words(client, visits):
    page = text_of(client.get("/en/summits/", {"on": "2022-05-11"}))
    assert "Since the last bilateral visit, on 11 May 2022" in page
    now = text_of(client.get("/en/summits/"))
    assert "4,106 days 18 December 2011 to 16 March 2023" in now


def test_the_clock_is_in_the_api_too(client, visits):
    data = client.get("/api/v1/summit-clock/", {"on": "2023-03-20"}).json()
    assert (data["at"], data["running"]["days"], data["running"]["until"]) == (
        "2023-03-20",
        4,
        None,
    )
    long = {**data["longest"][0]}
    kyoto, tokyo = long.pop("since"), long.pop("until")
    assert long == {"days": 4106, "exact": True, "start": "2011-12-18", "end": "2023-03-16"}
    titles = [client.get(f"/api/v1/summits/{key}/").json()["title"]["en"] for key in (kyoto, tokyo)]
    assert titles == ["Kyoto", "Tokyo"]
    assert [gap["days"] for gap in data["gaps"]] == [4106, 4]


def test_the_clock_before_the_first_visit_is_null_in_the_api(client, visits):
    data = client.get("/api/v1/summit-clock/", {"on": "2000-01-01"}).json()
    assert (data["running"], data["longest"], data["gaps"]) == (None, [], [])
    refused = client.get("/api/v1/summit-clock/", {"at": "2000-01-01"})
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (400, "at")
