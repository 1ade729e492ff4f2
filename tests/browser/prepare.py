"""Fill the database that the browser's site reads: run by a process of its own, with its settings.

The content is published as of a month ago, and one event corrected today: there is a past to see.
"""

from datetime import timedelta
from unittest.mock import patch

import django
from django.core.management import call_command
from django.utils import timezone

CORRECTED = "2018-10-30-supreme-court-nippon-steel"
TITLE = "Supreme Court of Korea upholds the award against Nippon Steel"


def prepare() -> None:
    """Migrate, load all content, correct one title, collect the static files."""
    from disputes.models import Event
    from disputes.publishing import publish

    call_command("migrate", verbosity=0)
    past = timezone.now() - timedelta(days=30)
    with patch("django.utils.timezone.now", lambda: past):
        call_command("load_content", verbosity=0)
    event = Event.objects.get(key=CORRECTED)
    event.title_en = TITLE
    event.save()
    publish(event, "An editor", "The title named no court.")
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    django.setup()
    prepare()
