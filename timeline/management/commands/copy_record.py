"""Copies the public record of another tracker: to check it, to rebuild its releases."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from timeline.copying import NoCopy, copy
from timeline.models import Entry


class Command(BaseCommand):
    help = (
        "Copy the public record of another tracker through its API, checking every digest. "
        "The record here must be empty, or an earlier state of the same; the desk stays empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", help="its address, such as https://tracker.example")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = copy(options["site"])
        except NoCopy as error:
            raise CommandError(str(error)) from error
        head = Entry.objects.head()
        at = f"{head.pk}, digest {head.digest}" if head else "none"
        self.stdout.write(f"{count} entries copied. The newest: {at}")
