"""The tables of `make bench`: every kind of address on every database, our list beside its peers,
what writing costs, memory, disk, Lighthouse; and each goal's verdict.

Databases that are not there are filled first. What there is no time left for, and what is not
installed, is left out and said to be.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "1")
django.setup()

from . import beside, growth, lighthouse, plots, replicas, report, servers, writing  # noqa: E402
from .bases import Base, bases, prepare  # noqa: E402

PACKAGES = "django djangorestframework gunicorn granian fastapi django-ninja datasette".split()


def main() -> None:
    given = arguments()
    os.environ["DEBUG"] = "0"  # as it is served
    # The folder is shared by all: ports and files are this run's own.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)  # nginx reads it as another user
        result = Run(given, folder).all()
    given.json.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    text = report.report(result)
    given.markdown.write_text(text + "\n")
    plots.draw(result, given.plot)
    print(text)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("benchmark-data"), help="for SQLite")
    parser.add_argument("--postgresql", default="", help="postgres://user@host:port, or none")
    parser.add_argument("--large", type=int, default=1_000_000, help="documents of the large ones")
    parser.add_argument("--minutes", type=float, default=18, help="then the rest is left out")
    parser.add_argument("--rounds", type=int, default=3, help="in which each peer has its turn")
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement under load")
    parser.add_argument("--addresses", type=int, default=40, help="of each kind")
    parser.add_argument("--only", nargs="*", default=[], help="parts: " + ", ".join(PARTS))
    parser.add_argument("--json", type=Path, default=Path("benchmarks.json"))
    parser.add_argument("--markdown", type=Path, default=Path("benchmarks.md"))
    parser.add_argument("--plot", type=Path, default=Path("benchmarks.svg"), help="of the growth")
    return parser.parse_args()


class Run:
    """All parts in order of their worth, each only while there is time left."""

    def __init__(self, given: argparse.Namespace, folder: Path) -> None:
        self.given, self.folder = given, folder
        self.bases = bases(given.folder.resolve(), given.postgresql, given.large)
        self.large = {b.engine: b for b in self.bases}
        self.small = {b.engine: b for b in reversed(self.bases)}

    def all(self) -> dict[str, Any]:
        for base in self.bases:
            prepare(base)
        environment = os.environ | servers.SERVED
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
        subprocess.run(command, env=environment, check=True)
        result: dict[str, Any] = {"machine": machine(), "left out": []}
        end = time.monotonic() + 60 * self.given.minutes
        for name, part in PARTS.items():
            if self.given.only and name not in self.given.only:
                continue
            if time.monotonic() > end:
                result["left out"].append(name)
                continue
            start = time.monotonic()
            try:
                result[name] = part(self)
            except (RuntimeError, OSError, subprocess.SubprocessError) as error:
                result["left out"].append(f"{name}: {error}")
            beside.settle()
            print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr)
        result["machine"]["load at end"] = os.getloadavg()[0]
        return result

    def each(self, bases: list[Base], ask: Callable[[Base], Any]) -> dict[str, Any]:
        return {base.name: ask(base) for base in bases}

    def peers(self) -> dict[str, Any]:
        given = self.given
        small = list(self.small.values())
        ask = lambda b: beside.beside(b, self.folder, given.rounds, given.seconds)  # noqa: E731
        return self.each(small, ask)

    def asked_once(self) -> dict[str, Any]:
        return self.each(self.bases, lambda b: growth.asked_once(b, self.given.addresses))

    def by_turns(self) -> dict[str, Any]:
        large = list(self.large.values())
        return self.each(large, lambda b: growth.by_turns(b, self.given.addresses, 3))

    def publishing(self) -> dict[str, Any]:
        return self.each(list(self.large.values()), writing.publishing)

    def importing(self) -> dict[str, Any]:
        return self.each(list(self.small.values()), writing.importing)

    def replicas(self) -> dict[str, Any]:
        return replicas.reads(2 * self.given.seconds)

    def rebuilding(self) -> dict[str, Any]:
        return self.each(list(self.small.values()), writing.rebuilding)

    def verifying(self) -> dict[str, Any]:
        return self.each(list(self.small.values()), lambda b: writing.run("verify", b.url))

    def questions(self) -> dict[str, Any]:
        return self.each(list(self.large.values()), lambda b: writing.run("questions", b.url))

    def disk(self) -> dict[str, Any]:
        return self.each(self.bases, lambda b: {"entries": b.entries(), "bytes": b.size()})

    def pages(self) -> dict[str, Any]:
        return lighthouse.scores(self.small["SQLite"])


PARTS: dict[str, Callable[[Run], Any]] = {
    "disk": Run.disk,
    "importing": Run.importing,
    "peers": Run.peers,
    "asked once": Run.asked_once,
    "publishing": Run.publishing,
    "by turns": Run.by_turns,
    "questions": Run.questions,
    "lighthouse": Run.pages,
    "replicas": Run.replicas,
    "rebuilding": Run.rebuilding,
    "verifying": Run.verifying,
}


def machine() -> dict[str, object]:
    found: dict[str, object] = {}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return {
        "cores": os.cpu_count(),
        "load at start": os.getloadavg()[0],
        "python": platform.python_version(),
        **found,
    }


if __name__ == "__main__":
    main()
