"""Writes a release: the record at one instant as files that anyone can rebuild."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline.faults import Refused
from timeline.instants import past_instant
from timeline.releases import shelf
from timeline.releases.edition import Edition, Former, Impossible


class Command(BaseCommand):
    help = "Write a release of the record: manage.py make_release 2026.11"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="such as 2026.11, or 2026.11.1 for a second one")
        parser.add_argument("--as-of", help="the record's state then; by default its newest")
        parser.add_argument(
            "--former", help="the release to compare with; by default the one before"
        )
        parser.add_argument(
            "--into", type=Path, help="a new folder elsewhere, to compare checksums"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            instant = past_instant(options["as_of"]) if options["as_of"] else None
            former = self._former(options["former"], options["name"], instant)
            edition = Edition.at(options["name"], instant, former)
            made = self._made(edition, options["into"])
        except (Impossible, Refused) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made.rows} records as of {edition.as_of.isoformat()}: {made.folder}")
        self.stdout.write(f"sha256 of SHA256SUMS: {made.digest}")

    def _former(self, given: str | None, name: str, instant: datetime | None) -> Former | None:
        """NAME=INSTANT, NAME of a release that is there, or "none"."""
        if given is None:
            return shelf.former(name, instant)
        if given == "none":
            return None
        former, _, moment = given.partition("=")
        if moment:
            return Former(former, past_instant(moment))
        if found := shelf.release(former):
            return Former(found.name, found.as_of)
        raise Impossible(f"There is no release {former}; write {former}=INSTANT.")

    def _made(self, edition: Edition, into: Path | None) -> shelf.Release:
        if into is None:
            return shelf.make(edition, self._progress)
        if into.exists():
            raise Impossible(f"{into} is there already.")
        shelf.build(into, edition, self._progress)
        return shelf.Release(edition.name, into)

    def _progress(self, done: str) -> None:
        self.stdout.write(f"  {done}")
