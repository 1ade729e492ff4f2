"""Every kind of address on every database: asked once, and by turns over 16 connections."""

from random import Random

from . import load, servers, writing
from .addresses import addresses
from .bases import Base
from .synthetic import SEED
from .words import Words

PAGES = ("home", "dispute page", "timeline page")  # which have goals of their own
CHANGED = ", after a publication"
WARMING = 1  # seconds under load that are not measured
Rows = dict[str, dict[str, float]]


def asked_once(base: Base, number: int) -> Rows:
    """Each kind of address, every one asked once, of one process that just started; pages also
    once more when the record has changed since, so that all of them are made anew.
    """
    base.read_through()
    port = servers.free_port()
    command = servers.ours(port)
    with servers.served(command, "/healthz", port, DATABASE_URL=base.url) as server:
        _imports(server.origin)
        found = {name: load.cold(server.origin, p) for name, p in _kinds(base, number).items()}
        for name, paths in _kinds(base, number).items():
            if name in PAGES:
                found[name]["sent"] = load.sent(server.origin, paths)
        writing.run("change", base.url)
        for name, paths in _kinds(base, number).items():
            if name in PAGES:
                found[name + CHANGED] = load.cold(server.origin, paths)
        return found


def by_turns(base: Base, number: int, seconds: int) -> Rows:
    """The same over 16 connections, of two workers, every answer made anew. What a process does
    only once for an address, it has done before that.
    """
    base.read_through()
    port = servers.free_port()
    command = servers.ours(port, workers=2)
    given = {"DATABASE_URL": base.url, "ANSWERS_IN_MEMORY": "0"}
    with servers.served(command, "/healthz", port, **given) as server:
        _imports(server.origin)
        found = {}
        for name, paths in _kinds(base, number).items():
            load.at_rest(server.origin)  # nothing is left of the kind before
            load.latencies(server.origin, paths, WARMING)
            load.at_rest(server.origin)
            found[name] = load.latencies(server.origin, paths, seconds)
        return found


def _kinds(base: Base, number: int) -> dict[str, list[str]]:
    base.connect()
    return kinds(base.name, number)


def kinds(alias: str, number: int) -> dict[str, list[str]]:
    """So many addresses of each kind that there is."""
    random = Random(SEED)  # noqa: S311
    english, korean = (Words(random, language) for language in ("en", "ko"))
    return {name: p for name, p in addresses(number, english, korean, alias).items() if p}


def _imports(origin: str) -> None:
    """What a process does only once: imports, templates, the first connection."""
    load.cold(origin, ["/api/v1/sources/", "/en/method/", "/en/", "/en/timeline/?q=0"])
