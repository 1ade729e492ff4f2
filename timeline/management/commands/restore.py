"""`manage.py restore`: a backup into an empty database, with every check there is."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from timeline import backups
from timeline.backups.manifest import Manifest


class Command(BaseCommand):
    help = "Puts a backup into the configured database, which must be empty, and verifies it."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="Only check the backup; touch no database."
        )
        parser.add_argument(
            "--migrate", action="store_true", help="Bring an older backup up to this version."
        )

    def handle(self, **options: Any) -> None:
        try:
            if options["check"]:
                manifest = backups.checked(options["file"])
            else:
                manifest = backups.restore(options["file"])
        except (backups.Unusable, OSError) as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest.contents["rows"].values())
        self.stdout.write(
            _("%(rows)s rows, made at %(at)s.") % {"rows": rows, "at": manifest.made_at}
        )
        if not options["check"]:
            self.verify(manifest, options["migrate"])

    def verify(self, manifest: Manifest, migrate: bool) -> None:
        """Recompute the record; an older backup has to be brought up to this version before."""
        if unapplied():
            if not migrate:
                words = _("The backup is older than this version: run migrate, then verify_ledger.")
                self.stdout.write(words)
                return
            call_command("migrate", interactive=False, verbosity=0)
        head = manifest.contents["head"]
        call_command("verify_ledger", head=head["digest"] if head else "", stdout=self.stdout)


def unapplied() -> list[str]:
    """Migrations of this version that the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
