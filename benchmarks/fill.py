"""Fill an empty database of its own with an invented record: `python -m benchmarks.fill 100000`.

Everything goes through the ledger, so that `verify_ledger` passes. One document in fifty is then
corrected and a few are withdrawn, for a past that differs from the present.
"""

import argparse
import os
import time
from collections.abc import Iterator
from itertools import islice
from random import Random

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "1")
django.setup()
settings.DEBUG = False  # or every statement is kept in memory

from timeline import ledger  # noqa: E402 (models need the settings)
from timeline.ledger import Change  # noqa: E402
from timeline.models import Entry  # noqa: E402

from .synthetic import SEED, record  # noqa: E402

TOGETHER = 5000  # documents in one publication
BY = "The generator"
CORRECTED, WITHDRAWN = 50, 1000  # one in so many


def fill(number: int, seed: int = SEED, quiet: bool = False) -> float:
    """Publish the invented record; gives the seconds that took. ValueError if there is one."""
    if Entry.objects.exists():
        raise ValueError("This database holds a record already. The generator wants its own.")
    start = time.perf_counter()
    with tqdm(total=number, unit=" documents", disable=quiet) as bar:
        for changes in parts(record(number, seed)):
            ledger.append_all(changes, BY, "Invented for measuring", bar.update)
        ledger.append_all(corrections(seed), BY, "Corrected for measuring")
        ledger.append_all(withdrawals(seed), BY, "Withdrawn for measuring")
    seconds = time.perf_counter() - start
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return seconds


def parts(changes: Iterator[Change]) -> Iterator[list[Change]]:
    while part := list(islice(changes, TOGETHER)):
        yield part


def corrections(seed: int) -> Iterator[Change]:
    random = Random(seed)  # noqa: S311 (invented texts)
    for entry in Entry.objects.current().of_type("event").order_by("id").iterator():
        if random.randrange(CORRECTED) == 0:
            title = entry.data["title"] | {"en": entry.data["title"]["en"] + " (corrected)"}
            yield Change("event", entry.key, entry.data | {"title": title})


def withdrawals(seed: int) -> Iterator[Change]:
    random = Random(seed + 1)  # noqa: S311
    for entry in Entry.objects.current().of_type("event").order_by("id").iterator():
        if random.randrange(WITHDRAWN) == 0:
            yield Change("event", entry.key, None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, help="how many documents")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    seconds = fill(given.number, given.seed)
    print(f"{given.number} documents in {seconds:.0f} s, {given.number / seconds:.0f} a second")


if __name__ == "__main__":
    main()
