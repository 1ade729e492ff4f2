"""Write the desk to content files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from disputes.content.exporting import export
from disputes.content.files import CONTENT


class Command(BaseCommand):
    help = (
        "Write every record of the desk that is not withdrawn to content files (YAML), drafts and "
        "remarks included. The same desk gives the same bytes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=CONTENT, help="default: content/")

    def handle(self, path: Path, **options: object) -> None:
        with tqdm(disable=not options["verbosity"] or None, desc="export") as bar:

            def step(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            counts = export(path, step)
        if not options["verbosity"]:
            return
        listed = ", ".join(f"{count} {folder}" for folder, count in counts.items())
        self.stdout.write(f"Files written in {path}: {listed}.")
