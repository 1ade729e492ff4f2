"""Readers on real replicas: late ones, broken ones, frozen ones, and no primary at all."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from config.replicas import EVERY
from deploy.cluster import Cluster, Node

from ..safety.databases import serving
from ..safety.routes import addresses as routes
from ..safety.test_headers import VALUES
from .clusters import (
    EVENTS,
    NAME,
    addresses,
    ask,
    load,
    on_a_cluster,
    publish,
    recorded,
    serves,
    until,
)

pytestmark = [*on_a_cluster]
LAG = 1.0
PATHS = ["/en/method/", "/api/v1/changes/", EVENTS, "/ledger/head"]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with recorded(replicas=2) as found:
        publish(found, "walked")
        found.catch_up()
        yield found


@pytest.fixture(scope="module")
def site(cluster: Cluster) -> Iterator[str]:
    with serving_with(cluster, LAG) as address:
        yield address


@contextmanager
def serving_with(cluster: Cluster, lag: float) -> Iterator[str]:
    """A web node whose replicas may lag so many seconds."""
    more = addresses(cluster) | {"DATABASE_REPLICA_LAG": str(lag), "ANSWERS_IN_MEMORY": "0"}
    with serving(more.pop("DATABASE_URL"), workers=1, **more) as (address, _process):
        yield address


@pytest.fixture(autouse=True)
def _whole(cluster: Cluster, site: str) -> None:
    cluster.catch_up()
    until(site, lambda found: serves(found) == [True] * 3)


def held(node: Node) -> tuple[int, int]:
    """The version of the record on a server, and how many events it has."""
    events = "type = 'event' AND superseded_at IS NULL AND document IS NOT NULL"
    sql = f"SELECT max(id), count(*) FILTER (WHERE {events}) FROM timeline_entry"
    return node.query(sql, database=NAME)[0]


def test_each_answer_is_of_one_replica_and_agrees_with_itself(cluster, site):
    late, former = cluster.replicas[0], held(cluster.primary)
    late.pause_replay()
    publish(cluster, "read-from-one")
    cluster.replicas[1].wait_for_replay(cluster.written())
    answers = [ask(site) for _number in range(9)]
    newer = held(cluster.primary)
    late.resume_replay()
    assert newer[1] == former[1] + 1
    assert {answer.said for answer in answers} <= {former, newer}
    assert len({(answer.said, answer.headers["ETag"]) for answer in answers}) == len(
        {answer.said for answer in answers}
    )


def test_readers_are_answered_by_replicas_and_not_by_the_primary(cluster):
    """Both stand still for less than they may: what the primary has is read by editors alone."""
    former = held(cluster.primary)
    with serving_with(cluster, lag=600) as patient:
        for node in cluster.replicas:
            node.pause_replay()
        publish(cluster, "not-read-yet")
        found = ask(patient)
        again = ask(patient, If_None_Match=found.headers["ETag"])
        at_desk = ask(patient, Cookie="sessionid=somebody")
        for node in cluster.replicas:
            node.resume_replay()
    assert (found.said, again.status) == (former, 304)
    assert at_desk.said == held(cluster.primary) != former


def test_a_replica_that_lags_is_left_out_and_comes_back(cluster, site):
    cluster.replicas[0].pause_replay()
    publish(cluster, "seen-late")
    until(site, lambda found: serves(found) == [True, False, True])
    found = until(site, lambda found: serves(found) == [True, False, True])  # asked without it
    late = found["databases"][1]
    assert (late["lag_seconds"] > LAG, late["version"] < found["version"]) == (True, True)
    assert {ask(site).said for _number in range(6)} == {held(cluster.primary)}
    cluster.replicas[0].resume_replay()
    found = until(site, lambda found: serves(found) == [True, True, True])
    assert [(database["name"], database["lag_seconds"]) for database in found["databases"]] == [
        ("primary", 0),
        ("replica1", 0),
        ("replica2", 0),
    ]


def test_without_any_fresh_replica_the_primary_answers(cluster, site):
    for node in cluster.replicas:
        node.stop()
    found = until(site, lambda found: serves(found) == [True, False, False])
    assert (found["status"], found["databases"][1]["version"]) == ("ok", None)
    assert ask(site).said == held(cluster.primary)
    for node in cluster.replicas:
        node.start()


def test_no_request_fails_when_a_replica_is_killed(cluster, site):
    with load(site, PATHS) as found:
        for node in cluster.replicas:
            time.sleep(1)
            node.kill()
            until(site, lambda found: serves(found).count(False) == 1)
            node.start()
            until(site, lambda found: serves(found) == [True] * 3)
    assert (found.faults, set(found.statuses)) == ([], {200})
    assert len(found.statuses) > 50


def test_who_waits_for_a_frozen_replica_is_answered_by_another(cluster, site):
    node = cluster.replicas[0]
    with load(site, PATHS) as found:
        time.sleep(0.5)
        node.freeze()
        try:
            until(site, lambda found: serves(found) == [True, False, True])
            answered = len(found.statuses)
            deadline = time.monotonic() + 10 * EVERY
            while len(found.statuses) == answered and time.monotonic() < deadline:
                time.sleep(0.1)
            assert len(found.statuses) > answered
        finally:
            node.thaw()
        until(site, lambda found: serves(found) == [True] * 3)
    assert (found.faults, set(found.statuses)) == ([], {200})
    assert found.slowest < 10 * EVERY


def test_all_that_is_public_stays_up_without_the_primary(cluster, site):
    """Last: afterwards another server leads."""
    public = [path for path in routes(VALUES) if not path.startswith(("/admin/", "/i18n/"))]
    public.remove("/readyz")
    usual = {path: ask(site, path).status for path in public}
    version = held(cluster.primary)
    cluster.primary.kill()
    begun = time.monotonic()
    assert ask(site).said == version
    found = until(site, lambda found: serves(found) == [False, True, True])
    assert (found["status"], found["database"], found["version"]) == (
        "reading only",
        "postgresql",
        version[0],
    )
    assert ask(site, "/readyz").status == 200
    assert {path: ask(site, path).status for path in public} == usual
    assert ask(site, "/en/", Cookie="sessionid=somebody").status == 200
    assert (len(public) > 100, max(usual.values()) < 500) == (True, True)
    print(f"{len(public)} addresses without the primary in {time.monotonic() - begun:.1f} s")
    cluster.promote(cluster.most_advanced())
    found = until(site, lambda found: found["status"] == "ok")
    publish(cluster, "after-the-failover")
    cluster.catch_up()
    assert ask(site).said == held(cluster.primary) == (ask(site).said[0], version[1] + 1)
