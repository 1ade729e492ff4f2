"""Ask for the addresses of sources; the report stands in the admin."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from ...web import link_checks

LIMIT = 500


class Command(BaseCommand):
    help = "Asks for the addresses of sources, those asked the longest ago first."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=LIMIT, help=f"so many ({LIMIT})")

    def handle(self, *args, **options):
        if not settings.OPEN_LINKS:
            raise CommandError("OPEN_LINKS is off: this site opens no addresses.")
        sources = link_checks.waiting(options["limit"])
        with tqdm(total=len(sources), desc="ask", unit="link", file=self.stderr) as bar:
            counts = link_checks.check(sources, bar.update)
        said = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
        self.stdout.write(f"{len(sources)} addresses: {said or 'none'}.")
