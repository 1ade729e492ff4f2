"""Say what the content lacks."""

from datetime import date

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from disputes.content.checking import Gap, counts, gaps


class Command(BaseCommand):
    help = (
        "List what is missing or old on the desk: translations, sources, positions, dangling "
        "links, repeated addresses, assessments past their review date."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="as JSON instead of a table")
        parser.add_argument("--public", action="store_true", help="leave drafts out")
        parser.add_argument("--at", type=date.fromisoformat, help="judge reviews at this day")
        parser.add_argument(
            "--fail", action="store_true", help="exit with an error when anything public lacks"
        )

    def handle(self, **options: object) -> None:
        found = list(gaps(options["at"]))
        public = [gap for gap in found if gap.state == "published"]
        if options["public"]:
            found = public
        if options["json"]:
            answer = {"counts": counts(found), "gaps": [gap.as_dict() for gap in found]}
            self.stdout.write(orjson.dumps(answer, option=orjson.OPT_INDENT_2).decode())
        else:
            self._table(found)
        if options["fail"] and public:
            raise CommandError(f"{len(public)} gaps in what is published.")

    def _table(self, found: list[Gap]) -> None:
        rows = [(g.check, f"{g.type} {g.key}", g.state, g.detail) for g in found]
        widths = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
            self.stdout.write("  ".join([*cells, row[3]]))
        for check, types in counts(found).items():
            listed = ", ".join(f"{number} {type_}" for type_, number in types.items())
            self.stdout.write(f"{check}: {sum(types.values())} ({listed})")
        if not rows:
            self.stdout.write("Nothing is missing.")
