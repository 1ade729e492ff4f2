"""`manage.py verify_ledger`: is the record what was published?"""

import json
import re
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from timeline.ledger import GENESIS
from timeline.models import Entry
from timeline.verification import Fault, Verification


def digest_in(noted: str) -> str:
    """The digest in what was noted; "" for none, and for the head of an empty record."""
    text = Path(noted).read_text(encoding="utf-8") if noted and Path(noted).is_file() else noted
    found = re.search(r"\b[0-9a-f]{64}\b", text)
    if text and not found:
        raise CommandError(_("There is no digest of 64 hexadecimal digits in what was noted."))
    return "" if not found or found[0] == GENESIS else found[0]


class Command(BaseCommand):
    help = (
        "Walks the record's hash chain and recomputes all that follows from the documents. "
        "Note the head that it prints: with --head it is found out later if the end was cut off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-id", type=int, default=1, help="Begin at this entry.")
        parser.add_argument(
            "--against",
            "--head",
            dest="head",
            default="",
            help="A head noted earlier: its digest, or a file with what /ledger/head answered.",
        )
        parser.add_argument("--limit", type=int, default=50, help="How many faults are printed.")
        parser.add_argument("--json", action="store_true", help="Print one JSON object.")

    def handle(self, **options: Any) -> None:
        total = Entry.objects.filter(pk__gte=options["from_id"]).count()
        with tqdm(total=total, unit=" entries", disable=not sys.stderr.isatty()) as bar:
            noted = digest_in(options["head"])
            check = Verification(options["from_id"], noted, progress=bar.update)
            faults = check.faults()
            shown = list(islice(faults, options["limit"]))
            number = len(shown) + sum(1 for __ in faults)
        report = self.as_json if options["json"] else self.as_text
        self.stdout.write(report(check, shown, number))
        if number:
            raise CommandError(_("Faults in the record: %(number)s") % {"number": number})

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
