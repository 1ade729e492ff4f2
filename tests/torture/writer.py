"""Publishes without end; after each commit writes its number and the size of SQLite's log.

Run by test_power_cuts in a process of its own, which is stopped, copied and killed.
"""

import os
import sys

import django


def main(checkpoints: str) -> None:
    from django.db import connection, transaction

    from disputes.models import Event
    from disputes.publishing import publish

    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA wal_autocheckpoint={checkpoints}")
    log = str(connection.settings_dict["NAME"]) + "-wal"
    number = 0
    while True:
        number += 1
        for event in Event.objects.order_by("pk"):
            event.title_en = f"Written {number}"
            with transaction.atomic():  # as the admin does
                event.save()
                publish(event, "Writer", f"{event.key} edit {number}")
            print(event.key, number, os.stat(log).st_size, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main(sys.argv[1])
