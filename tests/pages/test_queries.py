"""A page asks the same number of questions, however much there is to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from timeline import record_types

from ..factories import MAKERS, make_actor, make_dispute, make_event, make_status, make_summit

pytestmark = pytest.mark.django_db


def queries(client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", MAKERS)
def test_list_page_runs_a_constant_number_of_queries(client, name):
    path = f"/en{record_types.get(name).page}"
    MAKERS[name]()
    with_one = queries(client, path)
    MAKERS[name]()
    MAKERS[name]()
    assert queries(client, path) == with_one


@pytest.mark.parametrize(
    "path", ["/en/", "/en/timeline/", "/en/changes/", "/en/search/?q=happened"]
)
def test_joined_page_runs_a_constant_number_of_queries(client, path):
    _fill()
    queries(client, path)  # PostgreSQL is asked once how frequent a word is
    _fill()
    with_one = queries(client, path)
    _fill()
    assert queries(client, path) == with_one


def _fill() -> None:
    dispute = make_dispute()
    make_status(dispute)
    cause = make_event(disputes=(dispute,), initiators=(make_actor(),))
    make_event(disputes=(dispute,), answers=(cause,), title_en="It happened")
    make_summit(disputes=(dispute,))
