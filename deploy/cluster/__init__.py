"""A primary and streaming replicas of PostgreSQL on this machine, for tests and measurements.

    with running(replicas=2, synchronous=1) as cluster:
        cluster.create_database("tracker")
        cluster.primary.url("tracker")  # a DATABASE_URL; `cluster.url`: of whichever leads
        cluster.primary.kill()  # kill -9
        cluster.promote(cluster.most_advanced())  # the other replica follows the new primary

From a shell, until Ctrl-C: `python -m deploy.cluster --replicas 2`. It needs the programs of a
PostgreSQL server (Debian: postgresql), from PATH or /usr/lib/postgresql; lives in a temporary
folder and on free ports of 127.0.0.1; trusts everybody there; and leaves nothing behind: each
server ends too when the thread that began it does.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .node import Node
from .processes import ACCOUNT, free_port, moments, programs, run

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "wal_level": "replica",
    "hot_standby": "on",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "wal_keep_size": "512MB",
    "wal_retrieve_retry_interval": "200ms",
    "wal_receiver_status_interval": "1s",
    # A process that is killed loses nothing by this; only a machine without power would.
    "fsync": "off",
}


@dataclass
class Cluster:
    """Servers that hold the same databases: `primary` takes what is written, `replicas` follow."""

    folder: Path
    bin: Path
    primary: Node
    synchronous: int = 0
    replicas: list[Node] = field(default_factory=list)
    all_nodes: list[Node] = field(default_factory=list)  # those that were left behind too

    @property
    def nodes(self) -> list[Node]:
        return [self.primary, *self.replicas]

    def url(self, database: str = "postgres") -> str:
        """DATABASE_URL with all servers; libpq finds the one that can be written to."""
        places = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgres://{ACCOUNT}@{places}/{database}?target_session_attrs=read-write"

    def create_database(self, name: str) -> None:
        """An empty database, as the tracker wants it, and wait until the replicas have it."""
        self.primary.query(
            f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
        self.catch_up()

    def add_replica(self) -> Node:
        """One more replica, from a copy of the primary as it runs."""
        name = f"replica{len(self.all_nodes)}"
        node = Node(name, self.folder / name, free_port(), self.bin, dict(self.primary.settings))
        copy = ["pg_basebackup", "--no-sync", "-c", "fast", "-X", "stream", "-D", node.folder]
        run(self.bin, [*copy, "-d", self.primary.url()])
        self._follow(node)
        self.all_nodes.append(node)
        node.start()
        self.replicas.append(node)
        self._wait_until_streaming()
        return node

    def most_advanced(self) -> Node:
        """The replica that has received most: the one to promote when the primary is lost. With
        `synchronous` it has everything that was acknowledged.
        """
        received = (
            "SELECT (greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0')::bigint"
        )
        running = [node for node in self.replicas if node.running]
        return max(running, key=lambda node: node.query(received)[0][0])

    def promote(self, replica: Node) -> None:
        """It becomes the primary; the former one, running or not, is left out of `nodes`; the other
        replicas follow the new one, which waits for as many of them as it can.
        """
        replica.query("SELECT pg_promote(true, 60)")
        self.primary = replica
        self.replicas = [node for node in self.replicas if node is not replica]
        for node in self.replicas:
            self._follow(node)
            if node.running:
                node.stop()
                node.start()
        self._set_synchronous(min(self.synchronous, len(self.replicas)))
        self._wait_until_streaming()

    def catch_up(self) -> None:
        """Wait until the replicas that run show all that the primary has written so far."""
        written = self.written()
        for node in self.replicas:
            if node.running:
                node.wait_for_replay(written)

    def written(self) -> str:
        """The place in the log up to which the primary has written."""
        return self.primary.query("SELECT pg_current_wal_flush_lsn()::text")[0][0]

    def wait_for_standbys(self) -> None:
        """From here on what is acknowledged is on as many replicas as `synchronous` says."""
        self._set_synchronous(self.synchronous)

    def _follow(self, node: Node) -> None:
        """Settings of a replica of the primary."""
        dsn = f"host=127.0.0.1 port={self.primary.port} user={ACCOUNT} application_name={node.name}"
        node.settings |= {"primary_conninfo": dsn, "synchronous_standby_names": ""}
        node.settings |= {"recovery_target_timeline": "latest"}
        run(self.bin, ["touch", node.folder / "standby.signal"])

    def _set_synchronous(self, number: int) -> None:
        names = ", ".join(node.name for node in self.replicas)
        value = f"ANY {number} ({names})" if number else ""
        self.primary.settings["synchronous_standby_names"] = value
        self.primary.query(f"ALTER SYSTEM SET synchronous_standby_names = '{value}'")
        self.primary.query("SELECT pg_reload_conf()")

    def _wait_until_streaming(self) -> None:
        due = sum(node.running for node in self.replicas)
        for _moment in moments():
            found = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
            if self.primary.query(found)[0][0] >= due:
                return
        raise TimeoutError("The replicas do not follow.")


@contextmanager
def running(
    replicas: int = 2, synchronous: int = 0, settings: dict[str, str] | None = None
) -> Iterator[Cluster]:
    """A new cluster, until the end of the block.

    `synchronous`: so many replicas have what a commit acknowledges. `settings`: of PostgreSQL, for
    every server, such as {"fsync": "on"}. RuntimeError where there are no programs of a server.
    """
    bin_ = programs()
    if bin_ is None:
        raise RuntimeError("There is no PostgreSQL server here. Debian: apt install postgresql")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cluster-")))
        if os.geteuid() == 0:
            shutil.chown(folder, ACCOUNT)
        primary = Node(
            "primary", folder / "primary", free_port(), bin_, SETTINGS | (settings or {})
        )
        cluster = Cluster(folder, bin_, primary, synchronous, all_nodes=[primary])
        stack.callback(lambda: [node.kill() for node in cluster.all_nodes])
        _initialise(primary)
        primary.start()
        for _number in range(replicas):
            cluster.add_replica()
        cluster.wait_for_standbys()
        yield cluster


def _initialise(node: Node) -> None:
    options = ["--auth=trust", f"--username={ACCOUNT}", "--encoding=UTF8", "--locale=C.UTF-8"]
    run(node.bin, ["initdb", "--no-sync", *options, "-D", node.folder])
    with (node.folder / "postgresql.conf").open("a") as conf:
        conf.write("include_if_exists = 'node.conf'\n")
