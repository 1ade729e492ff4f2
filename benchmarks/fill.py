"""Fill an empty database of its own with an invented record: `python -m benchmarks.fill 100000`.

One that is filled already is only brought up to date with this version of the code.
"""

import argparse
import os
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from tqdm import tqdm

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DEBUG", "1")
django.setup()
settings.DEBUG = False  # or every statement is kept in memory

from timeline.models import Entry  # noqa: E402 (models need the settings)

from . import bulk, copying  # noqa: E402
from .synthetic import SEED  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, help="how many documents")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--from", type=Path, dest="source", help="a filled SQLite file to copy")
    given = parser.parse_args()
    call_command("migrate", verbosity=0)
    if Entry.objects.exists():
        return
    start = time.perf_counter()
    if given.source and given.source.exists():
        copying.copy(given.source)
    else:
        with tqdm(total=given.number, unit=" documents") as bar:
            bulk.fill(given.number, given.seed, bar.update)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")
    print(f"{given.number} documents in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
