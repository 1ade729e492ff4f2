"""Makes the small backup of a released version, of SQLite or of an empty DATABASE_URL.

`DEBUG=1 DJANGO_SETTINGS_MODULE=config.settings python -m tests.upgrade.make FOLDER`
For each released version one is kept in a folder beside this file, and never made again.
"""

import gzip
import os
import sys
import tempfile
from pathlib import Path

from timeline.backups.manifest import Manifest

from ..safety.databases import manage

RECORDS = """
from django.contrib.auth.models import User
from disputes import publishing
from tests.factories import *
User.objects.create_user('kim', first_name='Minji', last_name='Kim', is_staff=True)
dispute = make_dispute(key='gsomia', name_ko='지소미아')
make_status(dispute)
first = make_event(key='notice', disputes=(dispute,), title_ja='破棄の通告')
make_event(key='answer', disputes=(dispute,), answers=(first,), date='2019-09-01')
make_summit(disputes=(dispute,))
taken = make_event(key='taken-back', disputes=(dispute,))
publishing.withdraw(taken, by='Minji Kim', reason='It was entered twice.')
make_event(published=False, key='a-draft', title_en='Not yet')
"""


def run(database: str, *words: str) -> None:
    done = manage(database, *words)
    assert done.returncode == 0, done.stderr


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        database = os.environ.get("DATABASE_URL") or f"sqlite:///{place}/made.sqlite3"
        run(database, "migrate", "-v0")
        run(database, "shell", "-v0", "-c", RECORDS)
        run(database, "backup", place)
        (made,) = [*Path(place).glob("tracker-*.sqlite3"), *Path(place).glob("*.pgdump")]
        kept = folder / f"tracker{made.suffix}"
        Manifest.place(kept).write_bytes(Manifest.place(made).read_bytes())
        packed = gzip.compress(made.read_bytes(), mtime=0)
        kept.with_name(kept.name + ".gz").write_bytes(packed)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
