"""Load the content files."""

from collections.abc import Callable
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from disputes.content.files import CONTENT
from disputes.content.loading import ContentError, Result, load

SHOWN = 10  # keys named in each line of the summary


class Command(BaseCommand):
    help = (
        "Load content files (YAML) to the desk and publish them. Everything is checked first; "
        "with a single fault nothing is saved. What an editor changed since is left alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=CONTENT, help="default: content/")
        parser.add_argument(
            "--overwrite", action="store_true", help="also replace what an editor changed since"
        )
        parser.add_argument("--by", default="Content files", help="published under this name")
        parser.add_argument("--reason", default="Loaded from the content files.")

    def handle(self, path: Path, overwrite: bool, by: str, reason: str, **options: object) -> None:
        if not path.is_dir():
            raise CommandError(f"There is no folder {path}.")
        bars = Bars(hidden=not options["verbosity"])
        try:
            result = load(path, by, reason, overwrite, bars.step)
        except ContentError as error:
            bars.close()
            for fault in error.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(error.faults)} faults. Nothing was saved.") from error
        bars.close()
        if options["verbosity"]:
            self._report(result, self.stdout.write)

    def _report(self, result: Result, write: Callable[[str], object]) -> None:
        write(
            f"{len(result.created)} created, {len(result.changed)} changed, "
            f"{len(result.unchanged)} unchanged; {result.published} published."
        )
        for keys, text in (
            (result.left_alone, "left alone, because an editor changed them (--overwrite insists)"),
            (result.gone, "no longer in the files, and left as they are"),
        ):
            if keys:
                names = ", ".join(f"{type_} {key}" for type_, key in keys[:SHOWN])
                more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
                write(f"{len(keys)} {text}: {names}{more}")


class Bars:
    """One progress bar for each stage."""

    def __init__(self, hidden: bool) -> None:
        self.hidden, self.stage, self.bar = hidden, "", None

    def step(self, stage: str, done: int, total: int) -> None:
        if stage != self.stage:
            self.close()
            self.stage = stage
            self.bar = tqdm(total=total, desc=f"{stage:8}", unit="", disable=self.hidden or None)
        self.bar.update(done)

    def close(self) -> None:
        if self.bar:
            self.bar.close()
