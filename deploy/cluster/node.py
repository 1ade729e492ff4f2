"""One PostgreSQL server on this machine, started, stopped and harmed by those who test it."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from .processes import ACCOUNT, PATIENCE, as_account, moments, signal_all, wait_for_end


@dataclass
class Node:
    """One server. Its data stay when it is stopped or killed; `start` takes them up again."""

    name: str
    folder: Path
    port: int
    bin: Path
    settings: dict[str, str]
    process: subprocess.Popen | None = None

    def url(self, database: str = "postgres") -> str:
        """DATABASE_URL."""
        return f"postgres://{ACCOUNT}@127.0.0.1:{self.port}/{database}"

    def query(
        self, sql: str, values: Sequence[Any] = (), database: str = "postgres"
    ) -> list[tuple]:
        """The rows, each statement a transaction of its own. psycopg2.Error when it is down."""
        with closing(psycopg2.connect(self.url(database), connect_timeout=3)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall() if cursor.description else []

    def start(self) -> None:
        """Begin, and wait until it answers. RuntimeError with the end of its log otherwise."""
        conf = "".join(f"{name} = '{value}'\n" for name, value in self.settings.items())
        (self.folder / "node.conf").write_text(conf)
        command = ["setpriv", "--pdeathsig", "QUIT", self.bin / "postgres", "-D", self.folder]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 (our own commands)
                [*as_account(), *command, "-p", str(self.port)], stdout=log, stderr=log
            )
        self.wait()

    def wait(self) -> None:
        """Until it answers, as after a crash of one of its processes."""
        for _moment in moments():
            if not self.running:
                break
            with suppress(psycopg2.Error):
                self.query("SELECT 1")
                return
        raise RuntimeError(f"{self.name} does not answer: {self.log.read_text()[-2000:]}")

    @property
    def log(self) -> Path:
        return self.folder.with_suffix(".log")

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def children(self) -> list[int]:
        """The ids of its other processes: writers, senders, a backend for each session."""
        if not self.running:
            return []
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        with suppress(FileNotFoundError):
            return [int(pid) for pid in children.read_text().split()]
        return []

    def stop(self) -> None:
        """An orderly end: sessions are cut, all that was written is kept, replicas get it."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """kill -9 of the postmaster and all its processes at once: the machine is gone."""
        self._end(signal.SIGKILL)

    def kill_postmaster(self) -> None:
        """kill -9 of the postmaster alone; what it leaves notices by itself, and ends."""
        left = self.children()
        self.process.kill()
        self.process.wait()
        wait_for_end(left)

    def kill_child(self) -> int:
        """kill -9 of one process, chosen at random, and its id. PostgreSQL ends all sessions and
        recovers; `wait` waits for that.
        """
        pid = random.choice(self.children())  # noqa: S311 (chance, no secret)
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists() and self.running:  # until the postmaster knows
            time.sleep(0.01)
        return pid

    def freeze(self) -> None:
        """It stands still: connections are accepted and nothing is answered, until `thaw`."""
        self._signal_tree(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal_tree(signal.SIGCONT)

    def pause_replay(self) -> None:
        """A replica goes on receiving and shows nothing of it: it lags, until `resume_replay`."""
        self.query("SELECT pg_wal_replay_pause()")
        for _moment in moments():
            if self.query("SELECT pg_get_wal_replay_pause_state()") == [("paused",)]:
                return
        raise TimeoutError(f"{self.name} replays on.")

    def resume_replay(self) -> None:
        self.query("SELECT pg_wal_replay_resume()")

    def wait_for_replay(self, written: str) -> None:
        """Until this replica shows what was written up to that place in the log."""
        for _moment in moments():
            if self.query("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [written])[0][0]:
                return
        raise TimeoutError(f"{self.name} does not catch up.")

    def _end(self, by: signal.Signals) -> None:
        left = self.children()
        if self.running:
            self.process.send_signal(by)
            if by == signal.SIGKILL:
                signal_all(left, by)
            signal_all(left, signal.SIGCONT)  # a frozen one could not end
            self.process.send_signal(signal.SIGCONT)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        wait_for_end(left)

    def _signal_tree(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        signal_all(self.children(), number)
