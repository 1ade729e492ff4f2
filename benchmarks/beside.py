"""Our list beside its peers: the same rows, in the same run, over 16 connections."""

import importlib.util
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from . import load, servers
from .bases import Base

LIST = "/api/v1/events/"
MADE_ANEW = {"ANSWERS_IN_MEMORY": "0"}
COLD, MEMORY, KNOWN = "ours, every answer made anew", "ours, from memory", "ours, 304"
STATIC = "nginx, the same bytes as a file"
THREADS, GRANIAN = "ours, gunicorn's own threads, {}", "ours, granian, {}"
DEPLOYED = "ours, two workers behind nginx with proxy_cache"
DRF, NINJA, FASTAPI = "DRF ModelSerializer", "django-ninja", "FastAPI and asyncpg"
DATASETTE = "Datasette"
ROWS = (
    "select+type,key,version,document+from+timeline_entry+where+type='event'"
    "+and+superseded_at+is+null+and+document+is+not+null+order+by+starts_on,key+limit+50"
)
Urls = dict[str, tuple[str, dict[str, str]]]


def beside(base: Base, folder: Path, rounds: int, seconds: int) -> dict[str, float]:
    """Requests a second by server: medians of rounds in which each has its turn.

    And, in bytes, what one process of ours takes at rest and under this load.
    """
    with ExitStack() as stack:
        urls, ours = _started(stack, base, folder)
        at_rest = load.memory(ours.pid)
        found: dict[str, list[float]] = {name: [] for name in urls}
        for _ in range(rounds):
            for name, (url, headers) in urls.items():
                found[name].append(load.per_second(url, seconds, **headers))
        under_load = load.memory(ours.pid)
    result = {name: median(values) for name, values in found.items()}
    return result | {"memory at rest": at_rest, "memory under load": under_load}


def _started(stack: ExitStack, base: Base, folder: Path) -> tuple[Urls, servers.Server]:
    """Every server that can be had here."""
    found: Urls = {}

    def start(name: str, command: list[str], port: int, path: str, **more: str) -> servers.Server:
        given = {"DATABASE_URL": base.url, "PEER_DSN": base.url} | more
        server = stack.enter_context(servers.served(command, path, port, **given))
        found[name] = server.origin + path, {}
        return server

    port = servers.free_port
    warm = (p := port()) and start(MEMORY, servers.ours(p), p, LIST)
    _status, headers, body, _taken = load.Client(warm.origin).get(LIST)
    (folder / "list.json").write_bytes(body)
    known = {"If_None_Match": headers["ETag"]}
    found[KNOWN] = warm.origin + LIST, known
    p = port()
    start(COLD, servers.ours(p), p, LIST, **MADE_ANEW)
    others = {THREADS: lambda port: servers.gunicorn("config.wsgi", port)}
    if importlib.util.find_spec("granian"):
        others[GRANIAN] = servers.granian
    for name, command in others.items():
        p = port()
        server = start(name.format("from memory"), command(p), p, LIST)
        found[name.format("304")] = server.origin + LIST, known
        p = port()
        start(name.format("made anew"), command(p), p, LIST, **MADE_ANEW)
    p = port()
    start(DRF, servers.gunicorn("benchmarks.peers.drf_peer", p), p, "/events")
    if importlib.util.find_spec("ninja"):
        p = port()
        start(NINJA, servers.gunicorn("benchmarks.peers.ninja_peer", p), p, "/events")
    if base.engine == "PostgreSQL" and importlib.util.find_spec("fastapi"):
        p = port()
        uvicorn = [sys.executable, "-m", "uvicorn", "benchmarks.peers.fastapi_peer:app"]
        start(FASTAPI, [*uvicorn, "--port", str(p), "--log-level", "critical"], p, "/events")
    if base.engine == "SQLite" and importlib.util.find_spec("datasette"):
        p = port()
        command = [sys.executable, "-m", "datasette", "serve", str(base.path), "-p", str(p)]
        path = f"/{base.path.stem}.json?_shape=objects&_size=50&sql={ROWS}"
        start(DATASETTE, command, p, path)
    p = port()
    start(STATIC, servers.nginx(folder, p), p, "/list.json")
    p, behind = port(), port()
    workers = servers.ours(behind, workers=2)
    given = {"DATABASE_URL": base.url}
    stack.enter_context(servers.served(workers, LIST, behind, **given))
    start(DEPLOYED, servers.nginx(folder, p, behind), p, LIST)
    return found, warm


def settle(seconds: float = 1) -> None:
    """Between two parts, so that one does not pay for what the other left to do."""
    subprocess.run(["sync"], check=False)
    time.sleep(seconds)
