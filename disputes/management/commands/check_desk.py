"""`manage.py check_desk`: do desk and record say the same?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from disputes.agreeing import differences


class Command(BaseCommand):
    help = "Compares every published record on the desk with its document in the record."

    def handle(self, **options: Any) -> None:
        found = [str(difference) for difference in differences()]
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(_("Desk and record differ in %(n)s records.") % {"n": len(found)})
        self.stdout.write(_("Desk and record say the same."))
