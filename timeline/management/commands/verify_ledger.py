"""`manage.py verify_ledger`: is the record what was published?"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from timeline.models import Entry
from timeline.verification import Fault, Verification


class Command(BaseCommand):
    help = (
        "Walks the record's hash chain and recomputes all that follows from the documents. "
        "Note the head that it prints: with --head it is found out later if the end was cut off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-id", type=int, default=1, help="Begin at this entry.")
        parser.add_argument("--head", default="", help="The digest of a head noted earlier.")
        parser.add_argument("--limit", type=int, default=50, help="How many faults are printed.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, **options: Any) -> None:
        total = Entry.objects.filter(pk__gte=options["from_id"]).count()
        with tqdm(total=total, unit=" entries", disable=not sys.stderr.isatty()) as bar:
            check = Verification(options["from_id"], options["head"], progress=bar.update)
            faults = check.faults()
            shown = list(islice(faults, options["limit"]))
            number = len(shown) + sum(1 for __ in faults)
        report = self.as_json if options["json"] else self.as_text
        self.stdout.write(report(check, shown, number))
        if number:
            raise CommandError(_("The record has %(number)s faults.") % {"number": number})

    def as_json(self, check: Verification, shown: list[Fault], number: int) -> str:
        head = check.head and {"id": check.head.pk, "digest": check.head.digest}
        return json.dumps(
            {
                "entries": check.entries,
                "head": head,
                "unused_numbers": check.unused_numbers,
                "fault_count": number,
                "faults": [asdict(fault) for fault in shown],
            },
            ensure_ascii=False,
            indent=2,
        )

    def as_text(self, check: Verification, shown: list[Fault], number: int) -> str:
        lines = [str(fault) for fault in shown]
        if number > len(shown):
            lines.append(_("… and %(number)s more.") % {"number": number - len(shown)})
        lines.append(
            _("%(entries)s entries were read; faults: %(number)s.")
            % {"entries": check.entries, "number": number}
        )
        if check.head:
            lines.append(
                _("Head: %(id)s %(digest)s") % {"id": check.head.pk, "digest": check.head.digest}
            )
        if check.unused_numbers:
            words = _("Numbers given out after the head and not used: %(number)s.")
            lines.append(words % {"number": check.unused_numbers})
        return "\n".join(lines)
