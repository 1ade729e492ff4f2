"""kill -9 of PostgreSQL's own processes, failover to a synchronous standby, and its absence."""

import random
import time
from contextlib import contextmanager, nullcontext
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from deploy.cluster import Cluster, running
from deploy.cluster.node import Node

from ..safety.databases import serving
from .editing import Browser, Editor, edit_for, lost
from .figures import note
from .stages import SECONDS, examined, memory, stage
from .test_kills import counted

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.cluster]
EDITORS = 3
NAME = "tortured"
SETTINGS = {"fsync": "on", "shared_buffers": "16MB", "max_wal_size": "128MB"}


@contextmanager
def staged(folder, name: str, replicas: int, synchronous: int = 0):
    """A cluster that holds a tracker, and its events."""
    with running(replicas, synchronous, SETTINGS) as cluster:
        cluster.create_database(NAME)
        place = nullcontext(cluster.primary.url(NAME))
        with stage(folder, name, EDITORS, place) as (_database, events):
            yield cluster, events


def signed_in(site: str, events: list) -> list[Editor]:
    editors = [Editor(Browser(site), event.pk, event.key) for event in events]
    for editor in editors:
        editor.browser.sign_in()
        editor.save()
        assert (editor.acknowledged, editor.failed) == ([1], 0)
    return editors


def going_on(editors: list[Editor]) -> bool:
    """Whether everybody can save again, by itself and before long."""
    for editor in editors:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            editor.save()
            if editor.acknowledged[-1] == editor.tried:
                break
            time.sleep(0.2)
    return all(editor.acknowledged[-1] == editor.tried for editor in editors)


def hurt(node: Node) -> None:
    """kill -9 of one process, whichever; of the postmaster; or of all at once."""
    chosen = random.random()
    if chosen < 0.6:
        node.kill_child()
        node.wait()
        return
    if chosen < 0.8:
        node.kill_postmaster()
    else:
        node.kill()
    node.start()


def test_no_acknowledged_edit_is_lost_when_postgresql_is_killed(tmp_path):
    begun = time.monotonic()
    with staged(tmp_path, "postmaster", 0) as (cluster, events):
        database = cluster.primary.url(NAME)
        with serving(database, workers=2) as (site, process):
            editors = signed_in(site, events)
            kills = edit_for(SECONDS, editors, lambda: hurt(cluster.primary))
            assert going_on(editors)
            peak = memory(process)
        held, problems = examined(database)
        assert (lost(editors, held), problems) == ([], [])
        assert lost(editors, held[:-1]) != []  # the control: one entry less is noticed
    note("kill -9 of PostgreSQL's processes", begun, harms=kills, peak_MB=peak, **counted(editors))


def fail_over(cluster: Cluster) -> None:
    """The primary is gone for good; its standby leads, and gets a standby of its own."""
    cluster.primary.kill()
    cluster.promote(cluster.most_advanced())
    time.sleep(random.uniform(0.5, 2))
    cluster.add_replica()
    cluster.wait_for_standbys()


def either(cluster: Cluster) -> dict[str, str]:
    """What tells libpq to find, of all servers there may be, the one that takes writes."""
    ports = [str(node.port) for node in cluster.nodes]
    hosts = ",".join("127.0.0.1" for _port in ports)
    return {"PGHOST": hosts, "PGPORT": ",".join(ports), "PGTARGETSESSIONATTRS": "read-write"}


def test_no_acknowledged_edit_is_lost_in_a_failover_to_a_synchronous_standby(tmp_path):
    """Each round ends with the web, which knows both servers, finding the new one by itself."""
    begun, rounds, all_editors, peak = time.monotonic(), 0, [], 0
    with staged(tmp_path, "failover", 1, synchronous=1) as (cluster, events):
        while time.monotonic() < begun + SECONDS or not rounds:
            database = f"postgres://postgres@/{NAME}"
            with serving(database, workers=2, **either(cluster)) as (site, process):
                editors = [Editor(Browser(site), event.pk, f"{event.key}") for event in events]
                for editor in editors:
                    editor.tried = rounds * 100_000
                    editor.browser.sign_in()
                    editor.save()
                    assert editor.failed == 0
                edit_for(min(SECONDS, 10), editors, Once(lambda: fail_over(cluster)))
                assert going_on(editors)
                peak = max(peak, memory(process))
            all_editors += editors
            held, problems = examined(cluster.primary.url(NAME))
            assert (lost(all_editors, held), problems) == ([], [])
            rounds += 1
    note("failover to a synchronous standby", begun, harms=rounds, peak_MB=peak,
         **counted(all_editors))  # fmt: skip


class Once:
    """Harm that is done one time, and not again."""

    def __init__(self, harm) -> None:
        self.harm, self.done = harm, False

    def __call__(self) -> None:
        if not self.done:
            self.done = True
            self.harm()


def test_the_checks_see_a_standby_that_nobody_waited_for(tmp_path):
    """The control: an asynchronous standby that was behind has lost what was acknowledged."""
    with staged(tmp_path, "behind", 1) as (cluster, events):
        [standby] = cluster.replicas
        with serving(cluster.primary.url(NAME)) as (site, _process):
            editors = signed_in(site, events)
            cluster.catch_up()
            standby.stop()
            for editor in editors:
                editor.save()
        cluster.primary.kill()
        standby.start()
        cluster.promote(standby)
        held, problems = examined(cluster.primary.url(NAME))
        assert problems == []
        assert lost(editors, held) == [f"{editor.key} edit 2" for editor in editors]


KNOWN = ["/en/", "/ko/timeline/", "/api/v1/events/"]


def asked(address: str) -> tuple[int, str | None, str | None]:
    """Status, Warning and Retry-After."""
    try:
        with urlopen(address, timeout=20) as answer:  # noqa: S310 (ours)
            return answer.status, answer.headers["Warning"], answer.headers["Retry-After"]
    except HTTPError as error:
        return error.code, error.headers["Warning"], error.headers["Retry-After"]


def test_without_the_database_known_pages_are_read_and_the_rest_is_a_503(tmp_path):
    begun, absences, requests = time.monotonic(), 0, 0
    stale = (200, '110 - "Response is Stale"', None)
    with staged(tmp_path, "away", 0) as (cluster, _events):
        node = cluster.primary
        with serving(node.url(NAME), workers=1) as (site, process):
            while time.monotonic() < begun + SECONDS or not absences:
                assert [asked(site + path) for path in KNOWN] == [(200, None, None)] * 3
                node.kill()
                assert [asked(site + path) for path in KNOWN] == [stale] * 3
                new = [f"/en/events/?q={absences}", f"/api/v1/events/?q={absences}", "/readyz"]
                assert [asked(site + path)[0] for path in new] == [503] * 3
                assert asked(site + new[0])[2] == "5"
                assert asked(f"{site}/healthz")[0] == 200
                node.start()
                assert [asked(site + path) for path in (*KNOWN, *new)] == [(200, None, None)] * 6
                absences, requests = absences + 1, requests + 17
            peak = memory(process)
    note("absence of the database", begun, harms=absences, requests=requests, failed=0,
         peak_MB=peak)  # fmt: skip
