"""`python -m benchmarks.work publish|change|import|verify|questions|rebuild FROM`, on DATABASE_URL.

Prints what it took as JSON. `bench` runs it so, since one process of Django's has one database.
"""

import json
import os
import sys
import time
from statistics import median

import django
from django.core.management import call_command
from django.db import transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from timeline import ledger  # noqa: E402 (models need the settings)
from timeline.models import Entry  # noqa: E402
from timeline.verification import Verification  # noqa: E402

from .bases import Base  # noqa: E402
from .questions import questions  # noqa: E402
from .synthetic import record  # noqa: E402

PUBLICATIONS, PAUSE = 15, 0.2  # seconds between two
ROWS = 10_000
LEDGER = "id type key version recorded_at document reason editor digest".split()  # of an entry


def publish() -> dict[str, float]:
    times = []
    for number, entry in enumerate(Entry.objects.current().of_type("event")[:PUBLICATIONS]):
        title = entry.data["title"] | {"en": f"Published again, {number}, {time.time()}"}
        start = time.perf_counter()
        ledger.append("event", entry.key, entry.data | {"title": title}, "Bench", "measuring")
        times.append(1000 * (time.perf_counter() - start))
        time.sleep(PAUSE)
    return {"median": median(times[1:]), "longest": max(times[1:])}


def change() -> dict[str, float]:
    """One event is published again: the record has another version."""
    entry = Entry.objects.current().of_type("event").order_by("id")[0]
    title = entry.data["title"] | {"en": f"Published again, {time.time()}"}
    ledger.append("event", entry.key, entry.data | {"title": title}, "Bench", "measuring")
    return {}


def import_rows() -> dict[str, float]:
    call_command("migrate", verbosity=0)
    changes = list(record(ROWS))
    start, used = time.perf_counter(), time.process_time()
    ledger.append_all(changes, "Bench", "measuring")
    return {
        "rows a second": ROWS / (time.perf_counter() - start),
        "rows a CPU second": ROWS / (time.process_time() - used),
    }


def rebuild() -> dict[str, float]:
    """All that stands beside the ledger is made again: digests, terms, counts, words."""
    call_command("migrate", verbosity=0)
    source = Base("source", sys.argv[2], 0)
    source.connect()
    theirs = Entry.objects.using(source.name).order_by("pk").values(*LEDGER).iterator()
    start = time.perf_counter()
    with transaction.atomic():
        number = ledger.append_copies(Entry(**values) for values in theirs)
    taken = time.perf_counter() - start
    assert Entry.objects.newest() == Entry.objects.using(source.name).newest()  # noqa: S101
    return {"entries": number, "entries a second": number / taken}


def verify() -> dict[str, float]:
    start = time.perf_counter()
    verification = Verification()
    faults = len(list(verification.faults()))
    taken = time.perf_counter() - start
    return {"faults": faults, "entries a second": verification.entries / taken}


if __name__ == "__main__":
    done = {"publish": publish, "import": import_rows, "verify": verify, "rebuild": rebuild}
    done |= {"questions": questions, "change": change}
    work = done[sys.argv[1]]
    print(json.dumps(work()))
