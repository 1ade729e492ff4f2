"""`/metrics`: off unless asked for; what several processes counted; nothing that a reader sent."""

import signal
import time
from collections.abc import Callable
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from disputes import publishing
from timeline.models import Entry

from ..factories import make_event
from ..torture.stages import stage, workers
from .databases import serving

SECRET = "whatareaderasksfor"


def numbers(text: str) -> dict[tuple, float]:
    """Each value by its name and its labels' values, in the order of the labels' names."""
    return {
        (sample.name, *(value for _label, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def ask(address: str, method: str = "GET", **headers: str) -> tuple[int, str, dict]:
    """Over a connection of its own: each request may meet another process."""
    request = Request(address, method=method, headers=headers)  # noqa: S310 (ours)
    try:
        with urlopen(request, timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read().decode(), dict(answer.headers)
    except HTTPError as refusal:
        return refusal.code, refusal.read().decode(), dict(refusal.headers)


@pytest.mark.django_db
def test_without_the_setting_there_is_nothing():
    assert Client().get("/metrics").status_code == 404


@pytest.mark.django_db
def test_the_record_is_told_as_it_is(settings):
    settings.METRICS = True
    before = numbers(Client().get("/metrics").content.decode())
    make_event(key="told")
    withdrawn = make_event(key="taken-back")
    publishing.withdraw(withdrawn, by="me", reason="a mistake")
    told = numbers(Client().get("/metrics").content.decode())
    newest = Entry.objects.order_by("pk").last()
    assert told["tracker_record_version",] == newest.pk
    at = told["tracker_record_newest_timestamp_seconds",]
    assert at == pytest.approx(newest.recorded_at.timestamp(), abs=0.01)
    kinds = {kind: told["tracker_entries_total", kind] for kind in ("published", "withdrawn")}
    withdrawals = Entry.objects.filter(document=None).count()
    everything = Entry.objects.count()
    assert kinds == {"published": everything - withdrawals, "withdrawn": withdrawals}
    assert withdrawals == before["tracker_entries_total", "withdrawn"] + 1


@pytest.mark.django_db
def test_only_reading_is_answered(settings):
    settings.METRICS = True
    assert Client().post("/metrics").status_code == 405
    assert Client().get("/metrics")["Cache-Control"].count("no-store") == 1


@pytest.fixture
def site(tmp_path):
    """Two processes that count."""
    with (
        stage(tmp_path, "counted", events=1) as (database, _events),
        serving(database, workers=2, METRICS="1", TMPDIR=str(tmp_path)) as (address, process),
    ):
        yield address, process


def requests_of(told: dict[tuple, float], kind: str) -> dict[tuple, float]:
    return {
        (method, status): value
        for (name, *labels), value in told.items()
        if name == "tracker_requests_total"
        for of, method, status in [labels]
        if of == kind
    }


@pytest.mark.django_db(transaction=True)
def test_both_processes_are_counted_and_what_is_answered_before_django(site):
    address, _process = site
    etags = {ask(f"{address}/en/events/counted-0/")[2]["ETag"] for _ in range(20)}
    (etag,) = etags
    for _ in range(10):
        assert ask(f"{address}/en/events/counted-0/", **{"If-None-Match": etag})[0] == 304
    assert ask(f"{address}/en/?q={SECRET}")[0] == 400
    assert ask(f"{address}/{SECRET}")[0] == 404
    assert ask(f"{address}/en/{SECRET}/", SECRET.upper())[0] in (404, 405)
    assert ask(f"{address}/api/v1/events/", "POST")[0] == 405
    assert ask(f"{address}/admin/login/")[0] == 200
    status, text, headers = ask(f"{address}/metrics")
    told = numbers(text)
    assert status == 200
    assert headers["Content-Type"].startswith("text/plain")
    pages = requests_of(told, "page")
    refused = pages.pop(("other", "404"), 0) + pages.pop(("other", "405"), 0)
    assert pages == {("GET", "200"): 20, ("GET", "304"): 10, ("GET", "400"): 1}
    assert refused == 1
    assert requests_of(told, "api") == {("POST", "405"): 1}
    assert requests_of(told, "desk") == {("GET", "200"): 1}
    assert requests_of(told, "other") == {("GET", "404"): 1}
    assert told["tracker_request_seconds_count", "page"] == 32
    source = {name: told["tracker_public_answers_total", name] for name in ("memory", "made")}
    assert source["memory"] + source["made"] == 21  # the refusal is made too
    assert 2 <= source["made"] <= 3  # once in each process that was asked
    assert told["tracker_public_answers_total", "not_modified"] == 10
    assert SECRET not in text.lower()
    assert "127.0.0.1" not in text


@pytest.mark.django_db(transaction=True)
def test_what_a_process_counted_outlives_it_and_not_the_server(site, tmp_path):
    address, process = site
    for _ in range(8):
        ask(f"{address}/en/events/counted-0/")
    (folder,) = tmp_path.glob("tracker-metrics-*")
    former = set(workers(process))
    process.send_signal(signal.SIGHUP)  # new processes, and the former ones end
    until(lambda: len(workers(process)) == 2 and not former & set(workers(process)))
    told = numbers(ask(f"{address}/metrics")[1])
    assert requests_of(told, "page") == {("GET", "200"): 8}
    process.terminate()
    process.wait(30)
    assert not folder.exists()


def until(true: Callable[[], bool]) -> None:
    for _attempt in range(600):
        if true():
            return
        time.sleep(0.1)
    raise TimeoutError
