"""PostgreSQL's programs, run as the account that may run them."""

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

ACCOUNT = "postgres"  # PostgreSQL refuses to run as root
PORTS = range(20_000, 32_000)  # below those that the kernel gives to outgoing connections
PATIENCE = 60  # seconds


def programs() -> Path | None:
    """The folder of the newest server's programs on this machine."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(folders, key=lambda path: int(path.parent.parent.name))
    return newest[-1].parent if newest else None


def run(bin_: Path, command: Sequence[Any]) -> None:
    program = bin_ / command[0]
    whole = [*as_account(), program if program.exists() else command[0], *command[1:]]
    done = subprocess.run(whole, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stderr}")


def as_account() -> list[str]:
    """What stands before a command, when root gives it."""
    if os.geteuid() != 0:
        return []
    account = pwd.getpwnam(ACCOUNT)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--init-groups"]


def free_port() -> int:
    for port in random.sample(PORTS, 200):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise RuntimeError("No port is free.")


def signal_all(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def wait_for_end(pids: Sequence[int]) -> None:
    """Until none of the processes runs; a new start would refuse to share memory with them."""
    for _moment in moments():
        if not any(map(runs, pids)):
            return
    signal_all(pids, signal.SIGKILL)


def runs(pid: int) -> bool:
    """Whether the process is there and is more than an entry that nobody has read yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def moments(step: float = 0.05) -> Iterator[float]:
    end = time.monotonic() + PATIENCE
    while (now := time.monotonic()) < end:
        yield now
        time.sleep(step)
