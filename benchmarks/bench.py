"""The table of `make bench`: our addresses cold, the peers beside us, and each goal's verdict.

DATABASE_URL names a database that `benchmarks.fill` filled. DATABASE_SMALL, a smaller one, gives
the growth. Peers that are not installed, or need PostgreSQL, are left out and said to be.
"""

import argparse
import importlib.metadata
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from random import Random
from statistics import median

import django
import environ

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "1")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402

from timeline.models import Entry  # noqa: E402

from . import load, servers  # noqa: E402
from .addresses import addresses  # noqa: E402
from .synthetic import SEED  # noqa: E402
from .words import Words  # noqa: E402

LIST = "/api/v1/events/"
PACKAGES = ("django", "djangorestframework", "gunicorn", "granian", "fastapi", "django-ninja")
SERVED = {"SECRET_KEY": "only-for-measuring", "DEBUG": "0", "PYTHONWARNINGS": "ignore"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement under load")
    parser.add_argument("--rounds", type=int, default=3, help="0: nothing under load")
    parser.add_argument("--addresses", type=int, default=12, help="of each kind, asked once")
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"))
    given = parser.parse_args()
    os.environ["DEBUG"] = "0"  # as it is served
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        env=os.environ | SERVED,
        check=True,
    )
    result = {"machine": machine(), "entries": Entry.objects.count()}
    result["cold"] = cold(given.addresses, settings.DATABASE_URL, "default")
    if small := os.environ.get("DATABASE_SMALL"):
        usual = connections["default"].settings_dict
        connections.settings["small"] = usual | environ.Env.db_url_config(small)
        result["entries, small"] = Entry.objects.using("small").count()
        result["cold, small"] = cold(given.addresses, small, "small")
    result["load"] = {}
    if given.rounds:
        with tempfile.TemporaryDirectory() as folder:
            result["load"] = load_table(Path(folder), given)
    given.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(report(result))


def machine() -> dict[str, object]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return {
        "cores": os.cpu_count(),
        "load at start": os.getloadavg()[0],
        "python": platform.python_version(),
        "database": connection.vendor,
        **found,
    }


def cold(number: int, database: str, alias: str) -> dict[str, dict[str, float]]:
    """Each kind of address, every one asked once, of a server that just started."""
    random = Random(SEED)  # noqa: S311
    english, korean = (Words(random, language) for language in ("en", "ko"))
    port = servers.free_port()
    command = servers.gunicorn("config.wsgi", port)
    asked = addresses(number, english, korean, alias)
    with servers.server(command, "/healthz", port, **SERVED, DATABASE_URL=database) as origin:
        load.cold(origin, ["/api/v1/sources/", "/en/method/"])  # imports, templates
        return {name: load.cold(origin, paths) for name, paths in asked.items() if paths}


def load_table(folder: Path, given: argparse.Namespace) -> dict[str, float]:
    """Requests a second of the same list, in rounds in which every server has its turn."""
    folder.chmod(0o755)  # nginx reads it as another user
    with ExitStack() as stack:
        urls = started(stack, folder)
        rounds: dict[str, list[float]] = {name: [] for name in urls}
        for _ in range(given.rounds):
            for name, (url, headers) in urls.items():
                rounds[name].append(load.per_second(url, given.seconds, **headers))
    return {name: median(values) for name, values in rounds.items()}


def started(stack: ExitStack, folder: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """Every server that can be had here: name → address, headers."""

    def start(command: list[str], path: str, port: int, **environment: str) -> str:
        context = servers.server(command, path, port, **SERVED | environment)
        return stack.enter_context(context) + path

    found: dict[str, tuple[str, dict[str, str]]] = {}
    ports = [servers.free_port() for _ in range(9)]
    warm = start(servers.gunicorn("config.wsgi", ports[0]), LIST, ports[0])
    _status, headers, body, _taken = load.Client(warm.removesuffix(LIST)).get(LIST)
    Path(folder, "list.json").write_bytes(body)
    uncached = servers.gunicorn("config.wsgi", ports[1])
    found["ours, every answer made anew"] = (
        start(uncached, LIST, ports[1], ANSWERS_IN_MEMORY="0"),
        {},
    )
    found["ours, gunicorn, from memory"] = warm, {}
    found["ours, gunicorn, 304"] = warm, {"If_None_Match": headers["ETag"]}
    if importlib.util.find_spec("granian"):
        url = start(servers.granian("config.wsgi:application", ports[2]), LIST, ports[2])
        found["ours, granian, from memory"] = url, {}
        found["ours, granian, 304"] = url, {"If_None_Match": headers["ETag"]}
    drf = servers.gunicorn("benchmarks.peers.drf_peer", ports[3])
    found["DRF ModelSerializer"] = start(drf, "/events", ports[3]), {}
    if importlib.util.find_spec("ninja"):
        ninja = servers.gunicorn("benchmarks.peers.ninja_peer", ports[4])
        found["django-ninja"] = start(ninja, "/events", ports[4]), {}
    if connection.vendor == "postgresql" and importlib.util.find_spec("fastapi"):
        uvicorn = [sys.executable, "-m", "uvicorn", "benchmarks.peers.fastapi_peer:app"]
        uvicorn += ["--port", str(ports[5]), "--log-level", "critical"]
        url = start(uvicorn, "/events", ports[5], PEER_DSN=settings.DATABASE_URL)
        found["FastAPI and asyncpg"] = url, {}
    if connection.vendor == "sqlite" and importlib.util.find_spec("datasette"):
        name = str(settings.DATABASES["default"]["NAME"])
        datasette = [sys.executable, "-m", "datasette", "serve", name, "-p", str(ports[6])]
        path = f"/{Path(name).stem}.json?_shape=objects&_size=50&sql=" + DATASETTE
        found["Datasette"] = start(datasette, path, ports[6]), {}
    static = servers.nginx(folder, ports[7])
    found["nginx, the same bytes as a file"] = start(static, "/list.json", ports[7]), {}
    proxy = servers.nginx(folder, ports[8], behind=ports[0])
    found["ours, nginx proxy_cache before gunicorn"] = start(proxy, LIST, ports[8]), {}
    return found


DATASETTE = (
    "select+type,key,version,document+from+timeline_entry+where+type='event'"
    "+and+superseded_at+is+null+and+document+is+not+null+order+by+starts_on,key+limit+50"
)
STATIC = "nginx, the same bytes as a file"
GOALS = (  # what, measured, against, goal
    ("cold list ÷ DRF", "ours, every answer made anew", "DRF ModelSerializer", 20),
    ("cold list ÷ Datasette", "ours, every answer made anew", "Datasette", 4),
    ("cold list ÷ FastAPI", "ours, every answer made anew", "FastAPI and asyncpg", 2),
    ("warm list ÷ nginx static, gunicorn", "ours, gunicorn, from memory", STATIC, 0.25),
    ("warm list ÷ nginx static, granian", "ours, granian, from memory", STATIC, 0.25),
    ("304 ÷ nginx static, granian", "ours, granian, 304", STATIC, 0.25),
    ("proxy_cache ÷ nginx static", "ours, nginx proxy_cache before gunicorn", STATIC, 0.7),
)
PAGES = ("home", "dispute page", "timeline page")


def report(result: dict) -> str:
    """The tables as Markdown."""
    lines = ["| requests a second, 16 connections, one process | |", "|---|---:|"]
    lines += [f"| {name} | {value:,.0f} |" for name, value in result["load"].items()]
    small = result.get("cold, small", {})
    lines += [
        "",
        "| asked once, ms | median | p95 | bytes | p95 ÷ small |",
        "|---|---:|---:|---:|---:|",
    ]
    for name, row in result["cold"].items():
        growth = f"{row['p95'] / small[name]['p95']:.2f}" if name in small else "–"
        lines.append(
            f"| {name} | {row['median']:.1f} | {row['p95']:.1f} | {row['bytes']:,} | {growth} |"
        )
    lines += ["", "| goal | due | measured | verdict |", "|---|---:|---:|---|"]
    for what, ours, theirs, due in GOALS:
        if ours in result["load"] and theirs in result["load"]:
            ratio = result["load"][ours] / result["load"][theirs]
            lines.append(f"| {what} | ≥ {due} | {ratio:.2f} | {verdict(ratio >= due)} |")
        else:
            lines.append(f"| {what} | ≥ {due} | – | not measured |")
    for name in PAGES:
        taken = result["cold"][name]["median"]
        lines.append(f"| {name}, cold, ms | ≤ 15 | {taken:.1f} | {verdict(taken <= 15)} |")
    return "\n".join(lines)


def verdict(reached: bool) -> str:
    return "reached" if reached else "missed"


if __name__ == "__main__":
    main()
