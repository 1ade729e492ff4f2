"""Publishes one event after the other, round after round; after each commit prints its key and the
round. Run by test_fast_path in a process of its own, until it is ended.
"""

import os
import time

import django


def main() -> None:
    from django.db import transaction

    from disputes.models import Event
    from disputes.publishing import publish

    for number in range(1, 10_000):
        for event in Event.objects.order_by("pk"):
            event.title_en = f"Written {number}"
            with transaction.atomic():
                event.save()
                publish(event, "Writer", "written again")
            print(event.key, number, flush=True)
            time.sleep(0.01)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
