"""How reading spreads over replicas: servers of PostgreSQL of its own, on this one machine."""

import os
import subprocess
import sys
from pathlib import Path

from deploy.cluster import Cluster, running
from deploy.cluster.node import Node
from deploy.cluster.processes import programs

from . import load, servers
from .beside import LIST, MADE_ANEW

NAME, DOCUMENTS, REPLICAS = "bench", 10_000, 2
TICKS = os.sysconf("SC_CLK_TCK")


def reads(seconds: int) -> dict[str, dict[str, float]]:
    """By the number of replicas: requests a second that two workers answer, each made anew over
    16 connections; and the ms of a core that a request costs the primary, and a replica.

    {} where PostgreSQL's server is not installed.
    """
    if not programs():
        return {}
    with running(REPLICAS) as cluster:
        cluster.create_database(NAME)
        environment = os.environ | {"DATABASE_URL": cluster.primary.url(NAME), "DEBUG": "1"}
        fill = [sys.executable, "-m", "benchmarks.fill", str(DOCUMENTS)]
        subprocess.run(fill, env=environment, check=True, stdout=sys.stderr)
        cluster.catch_up()
        return {f"{n} replicas": _read(cluster, n, seconds) for n in range(REPLICAS + 1)}


def _read(cluster: Cluster, number: int, seconds: int) -> dict[str, float]:
    replicas, port = cluster.replicas[:number], servers.free_port()
    given = {
        "DATABASE_URL": cluster.primary.url(NAME),
        "DATABASE_REPLICA_URLS": ",".join(node.url(NAME) for node in replicas),
        **MADE_ANEW,
    }
    command = servers.ours(port, workers=2)
    with servers.served(command, "/healthz", port, **given) as server:
        load.per_second(server.origin + LIST, 1)  # opens the connections
        before = [_used(node) for node in cluster.nodes]
        rate = load.per_second(server.origin + LIST, seconds)
        used = [_used(n) - b for n, b in zip(cluster.nodes, before, strict=True)]
    each = [1000 * u / (rate * seconds) for u in used]
    found = {"requests a second": rate, "primary, ms of a core a request": each[0]}
    for position in range(number):
        found[f"replica {position + 1}, ms of a core a request"] = each[position + 1]
    return found


def _used(node: Node) -> float:
    """Seconds of a core that the server's processes took so far."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2] for pid in node.children()]
    return sum(int(ticks) for text in fields for ticks in text.split()[11:13]) / TICKS
