"""The deployed shape on this machine: nginx, two web nodes, a primary and two replicas."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from deploy.cluster import Cluster

from ..safety.databases import serving
from .clusters import EVENTS, addresses, ask, load, on_a_cluster, publish, recorded, until
from .proxies import NGINX, configured, proxying

PATHS = ["/en/method/", "/ko/", EVENTS, "/api/v1/changes/", "/ledger/head"]
SECONDS = float(os.environ.get("TORTURE_SECONDS", "2"))
ENOUGH = 50  # requests that a restart is to be seen by


@dataclass
class Stack:
    cluster: Cluster
    nodes: list[str]
    processes: list[subprocess.Popen]
    proxy: str
    held: list[socket.socket] = field(default_factory=list)

    def stop(self, number: int) -> None:
        """End a node, and keep its port: no other server of these tests is to be found there."""
        self.processes[number].terminate()
        self.processes[number].wait(40)
        port = socket.socket()
        port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        port.bind(("127.0.0.1", urlsplit(self.nodes[number]).port))  # bound, not listening
        port.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 0)  # nobody else may bind it
        self.held.append(port)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with ExitStack() as started:
        cluster = started.enter_context(recorded(replicas=2))
        more = addresses(cluster)
        url = more.pop("DATABASE_URL")
        nodes = [started.enter_context(serving(url, workers=1, **more)) for _number in range(2)]
        sites = [site for site, _process in nodes]
        folder = tmp_path_factory.mktemp("proxy") / "nginx"
        proxy = started.enter_context(proxying(folder, sites))
        yield Stack(cluster, sites, [process for _site, process in nodes], proxy)


@pytest.mark.proxy
def test_nginx_accepts_its_configuration(tmp_path: Path):
    main = configured(tmp_path, ["http://127.0.0.1:1", "http://127.0.0.1:2"], "127.0.0.1:3")
    command = [NGINX, "-t", "-q", "-p", str(tmp_path), "-c", str(main)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.proxy
class TestDeployed:
    pytestmark = [*on_a_cluster]

    def test_public_answers_are_remembered_and_private_ones_never(self, stack):
        first, second = ask(stack.proxy), ask(stack.proxy)
        assert (first.said, second.headers["X-Cache"]) == (second.said, "HIT")
        assert second.headers["Cache-Control"] == "public, no-cache, stale-if-error=86400"
        again = ask(stack.proxy, If_None_Match=second.headers["ETag"])
        assert again.status == 304
        desk = [ask(stack.proxy, "/admin/login/") for _time in range(2)]
        assert ["X-Cache" in answer.headers for answer in desk] == [False, False]
        assert desk[0].headers["Cache-Control"].split(",")[0] != "public"
        signed_in = ask(stack.proxy, Cookie="sessionid=somebody")
        assert signed_in.headers["X-Cache"] == "BYPASS"

    def test_what_is_published_is_seen_after_a_second(self, stack):
        former = ask(stack.proxy).said
        publish(stack.cluster, "through-the-proxy")
        stack.cluster.catch_up()
        time.sleep(1.1)
        ask(stack.proxy)  # the one that is answered while the proxy asks
        deadline = time.monotonic() + 5
        while ask(stack.proxy).said == former and time.monotonic() < deadline:
            time.sleep(0.1)
        assert ask(stack.proxy).said[1] == former[1] + 1

    def test_a_rolling_restart_under_load_fails_no_request(self, stack):
        """Each request with a query of its own would be refused: what counts passes the cache."""
        with load(stack.proxy, PATHS) as cached, load(stack.proxy, PATHS) as passing:
            passing.headers["Cookie"] = "sessionid=somebody"  # these reach a node each time
            end, turns = time.monotonic() + SECONDS, 0
            while time.monotonic() < end or turns < 2 or len(passing.statuses) <= ENOUGH:
                process, node = stack.processes[turns % 2], stack.nodes[turns % 2]
                former = children(process)
                os.kill(process.pid, signal.SIGHUP)
                wait_for_others(process, former)
                until(node, lambda found: found["status"] == "ok")
                turns += 1
        assert (cached.faults, passing.faults) == ([], [])
        assert set(cached.statuses) | set(passing.statuses) == {200}
        print(
            f"{turns} restarts, {len(cached.statuses) + len(passing.statuses)} requests, failed 0"
        )

    def test_a_node_that_stops_is_not_missed(self, stack):
        with load(stack.proxy, PATHS) as found:
            found.headers["Cookie"] = "sessionid=somebody"
            time.sleep(0.5)
            stack.stop(0)
            time.sleep(0.5)
        assert (found.faults, set(found.statuses)) == ([], {200})

    def test_the_proxy_answers_from_memory_when_nothing_else_does(self, stack):
        """Last: all nodes are gone afterwards, and so is the primary."""
        said = ask(stack.proxy).said
        stack.cluster.primary.kill()
        time.sleep(1.1)
        assert ask(stack.proxy).said == said
        stack.stop(1)
        time.sleep(1.1)
        stale = ask(stack.proxy)
        assert (stale.said, stale.headers["X-Cache"]) == (said, "STALE")


def children(process: subprocess.Popen) -> set[int]:
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return {int(pid) for pid in found.split()}


def wait_for_others(process: subprocess.Popen, former: set[int]) -> None:
    """Until the workers of before have ended, and others work."""
    deadline = time.monotonic() + 60
    while children(process) & former or not children(process):
        assert time.monotonic() < deadline
        time.sleep(0.1)
