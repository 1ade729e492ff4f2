"""Conflict and cooperation by month."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from disputes.charts import heat
from timeline.slices import Slice

from ..factories import make_dispute, make_event, make_summit

pytestmark = pytest.mark.django_db
YEAR = timezone.now().year - 1


def told(found: heat.Heat) -> dict[str, dict[str, int]]:
    return {m.code: _by_quad(m.numbers) for m in found.months if any(m.numbers)}


def _by_quad(numbers: tuple[int, ...]) -> dict[str, int]:
    return {quad: number for quad, number in zip(heat.QUADS, numbers, strict=True) if number}


def test_events_and_summits_are_counted_in_their_month_and_quad():
    make_event(date=f"{YEAR}-07-01", plover="SANCTION")
    make_event(date=f"{YEAR}-07", plover="ACCUSE")
    make_event(date=f"{YEAR}-07-31/{YEAR}-09-02", plover="REJECT")
    make_summit(date=f"{YEAR}-08-01", plover="CONSULT")
    assert told(heat.strip(Slice())) == {
        f"{YEAR}-07": {"material_conflict": 1, "verbal_conflict": 2},
        f"{YEAR}-08": {"verbal_cooperation": 1},
    }


def test_positions_and_coming_events_are_not_counted():
    make_event(date=f"{YEAR}-07-01", plover="x-POSITION")
    make_event(date=f"{YEAR}-07-01", plover="")
    tomorrow = Slice().day + timedelta(days=1)
    make_event(date=tomorrow.isoformat(), plover="AGREE")
    assert heat.strip(Slice()) is None


def test_event_known_by_its_year_is_in_no_month_and_said_apart():
    make_event(date=f"{YEAR}", plover="AGREE")
    make_event(date=f"{YEAR}-01", plover="AGREE")
    found = heat.strip(Slice())
    assert (told(found), found.undated) == ({f"{YEAR}-01": {"verbal_cooperation": 1}}, 1)


def test_strip_begins_with_the_first_event_and_ends_with_this_month():
    make_event(date=f"{YEAR - 2}-05-05", plover="AGREE")
    found, today = heat.strip(Slice()), Slice().day
    assert [year for year, _months in found.years] == [YEAR - 2, YEAR - 1, YEAR, YEAR + 1]
    assert [len(months) for _year, months in found.years] == [12, 12, 12, today.month]
    assert found.months[-1].code == today.isoformat()[:7]


def test_older_events_are_counted_apart():
    make_event(date=f"{YEAR - 3}-12-31", plover="AGREE")
    make_event(date=f"{YEAR}-01-01", plover="AGREE")
    found = heat.strip(Slice(), "", 2)
    assert (found.before, found.cooperation, found.years[0][0]) == (1, 1, YEAR)


def test_strip_of_a_dispute_holds_its_own_events():
    dispute = make_dispute(key="gsomia")
    make_event(date=f"{YEAR}-03-01", plover="AGREE", disputes=(dispute,))
    make_event(date=f"{YEAR}-03-02", plover="AGREE")
    assert told(heat.strip(Slice(), "gsomia")) == {f"{YEAR}-03": {"verbal_cooperation": 1}}
    assert heat.strip(Slice(), "sado-mines") is None


def test_month_with_most_is_the_first_of_several():
    for day in ("02-01", "02-02", "05-01", "05-02", "06-01"):
        make_event(date=f"{YEAR}-{day}", plover="REJECT")
    found = heat.strip(Slice())
    month, number = found.most_conflict
    assert (month.code, number, found.conflict, found.most_cooperation[1]) == (
        f"{YEAR}-02",
        2,
        5,
        0,
    )


def test_strip_at_an_earlier_instant_knows_nothing_later():
    make_event(date=f"{YEAR}-03-01", plover="AGREE")
    before = timezone.now()
    make_event(date=f"{YEAR}-03-01", plover="REJECT")
    assert told(heat.strip(Slice(before))) == {f"{YEAR}-03": {"verbal_cooperation": 1}}


@pytest.mark.parametrize(("count", "shade"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (26, 3)])
def test_shade_grows_with_the_number(count, shade):
    assert heat.shade(count) == shade


def test_strip_asks_three_times_however_much_there_is():
    for month in range(1, 4):
        make_event(date=date(YEAR, month, 1).isoformat(), plover="AGREE")
        with CaptureQueriesContext(connection) as captured:
            heat.strip(Slice())
        assert len(captured) == 3


def test_month_on_the_page_leads_to_its_entries_and_says_what_it_holds(client):
    dispute = make_dispute(key="gsomia")
    make_event(date=f"{YEAR}-07-01", plover="SANCTION", disputes=(dispute,))
    make_event(date=f"{YEAR}-07-02", plover="AGREE", disputes=(dispute,))
    body = client.get("/en/disputes/gsomia/").content.decode()
    query = f"date__gte={YEAR}-07&amp;date__lte={YEAR}-07&amp;dispute=gsomia"
    words = f"July {YEAR}: 1 verbal cooperation, 1 material conflict"
    link = f'<a class="a1 d1" href="/en/timeline/?{query}" title="{words}"></a>'
    assert body.count(link) == 1
    assert client.get(f"/en/timeline/?{query.replace('&amp;', '&')}").status_code == 200
