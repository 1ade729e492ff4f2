"""The cluster of the tests does what it says: a test of failovers is worth no more than it."""

from contextlib import closing
from threading import Thread

import psycopg2
import pytest

from deploy.cluster import Cluster, Node, running
from deploy.cluster.processes import runs

from .clusters import on_a_cluster

pytestmark = [*on_a_cluster]


def add(cluster: Cluster, number: int) -> None:
    cluster.primary.query("INSERT INTO numbers VALUES (%s)", [number])


def numbers(node: Node) -> list[int]:
    return [row[0] for row in node.query("SELECT number FROM numbers ORDER BY number")]


@pytest.fixture(scope="module")
def started():
    with running(replicas=2, synchronous=1) as found:
        yield found


@pytest.fixture
def cluster(started):
    started.primary.query("DROP TABLE IF EXISTS numbers")
    started.primary.query("CREATE TABLE numbers (number int)")
    add(started, 1)
    started.catch_up()
    return started


def test_replicas_follow_lag_and_catch_up(cluster):
    late = cluster.replicas[0]
    late.pause_replay()
    add(cluster, 2)
    cluster.replicas[1].wait_for_replay(cluster.written())
    assert [numbers(node) for node in cluster.nodes] == [[1, 2], [1], [1, 2]]
    late.resume_replay()
    cluster.catch_up()
    assert numbers(late) == [1, 2]
    with pytest.raises(psycopg2.errors.ReadOnlySqlTransaction):
        late.query("INSERT INTO numbers VALUES (3)")


def test_a_commit_waits_for_a_synchronous_replica(cluster):
    """The control of the test before: without replicas nothing is acknowledged."""
    for node in cluster.replicas:
        node.stop()
    commit = Thread(target=add, args=[cluster, 2])
    commit.start()
    commit.join(0.5)
    assert commit.is_alive()
    cluster.replicas[0].start()
    commit.join(20)
    assert not commit.is_alive()
    cluster.replicas[1].start()
    cluster.catch_up()
    assert numbers(cluster.replicas[0]) == [1, 2]


def test_a_server_recovers_from_the_loss_of_its_processes(cluster):
    cluster.primary.kill_child()
    cluster.primary.wait()
    add(cluster, 2)
    left = cluster.primary.children()
    cluster.primary.kill_postmaster()
    assert not any(map(runs, left))
    cluster.primary.start()
    add(cluster, 3)
    cluster.catch_up()
    assert [numbers(node) for node in cluster.nodes] == [[1, 2, 3]] * 3


def test_a_frozen_server_accepts_and_says_nothing(cluster):
    cluster.replicas[0].freeze()
    with pytest.raises(psycopg2.OperationalError, match="timeout expired"):
        numbers(cluster.replicas[0])
    cluster.replicas[0].thaw()
    assert numbers(cluster.replicas[0]) == [1]


def test_what_was_acknowledged_survives_a_primary_that_is_gone():
    with running(replicas=2, synchronous=1) as cluster:
        processes = [pid for node in cluster.nodes for pid in (node.process.pid, *node.children())]
        lost = cluster.primary
        lost.query("CREATE TABLE numbers (number int)")
        for number in range(30):
            add(cluster, number)
        lost.kill()
        with pytest.raises(psycopg2.OperationalError):
            numbers(lost)
        cluster.promote(cluster.most_advanced())
        add(cluster, 30)
        cluster.catch_up()
        assert [numbers(node) for node in cluster.nodes] == [list(range(31))] * 2
        with closing(psycopg2.connect(cluster.url())) as found:
            assert found.info.port == cluster.primary.port
        assert lost not in cluster.nodes
    assert len(processes) > 12
    assert (cluster.folder.exists(), [pid for pid in processes if runs(pid)]) == (False, [])
