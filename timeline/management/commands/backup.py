"""`manage.py backup`: a copy of the whole database, made while the tracker runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from timeline import backups
from timeline.backups.manifest import Manifest


class Command(BaseCommand):
    help = "Copies the whole database into a folder, with a manifest to check the copy by."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--keep", type=int, default=0, help="Remove all but so many of the newest backups."
        )

    def handle(self, **options: Any) -> None:
        try:
            file = backups.make(options["folder"])
        except OSError as error:
            raise CommandError(_("No backup was made: %(error)s") % {"error": error}) from error
        head = Manifest.read(file).contents["head"]
        self.stdout.write(str(file))
        if head:
            self.stdout.write(_("Head: %(id)s %(digest)s") % head)
        for gone in backups.prune(options["folder"], options["keep"]):
            self.stdout.write(_("Removed: %(file)s") % {"file": gone})
