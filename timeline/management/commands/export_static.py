"""Copies the public site and its API into a folder that any static server can serve."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from timeline.mirror import copying

SHOWN = 20  # failures that are named


class Command(BaseCommand):
    help = "Copy the public site and API as files: manage.py export_static DIR"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="new, empty, or a copy made before")
        parser.add_argument(
            "--jobs", type=int, default=os.cpu_count(), help="processes; by default one a core"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        with tqdm(unit="page", disable=quiet, file=self.stderr) as bar:

            def progress(done: int, known: int) -> None:
                bar.total = known
                bar.update(done - bar.n)

            try:
                result = copying.copy(options["folder"], options["jobs"], progress)
            except FileExistsError as error:
                raise CommandError(str(error)) from error
        if result.failed:
            shown = [f"{status} {path}" for path, status in sorted(result.failed.items())]
            raise CommandError("Not whole, these failed: " + ", ".join(shown[:SHOWN]))
        self.stdout.write(
            f"Version {result.state.version}: {result.files} files, "
            f"{result.written} written, {result.removed} removed."
            if result.files
            else f"Version {result.state.version} is there already: nothing to do."
        )
