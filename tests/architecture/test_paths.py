import re
import subprocess
from pathlib import Path

from django.conf import settings

# Not within an address, where /home/ is an ordinary folder of a site.
ON_ONE_MACHINE = re.compile(
    rb"(?<![\w./:%~?=&#)-])(?:/(?:home|Users)/\w+/|/(?:root|work)/\w)|\b[A-Z]:\\Users\\"
)


def tracked_files() -> list[Path]:
    command = ["git", "-C", settings.BASE_DIR, "ls-files", "-z"]
    listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [settings.BASE_DIR / name for name in listing.split("\0") if name]


def test_pattern_finds_a_path_of_one_machine_and_no_address():
    assert ON_ONE_MACHINE.search(b'open("/' + b'home/someone/tracker.sqlite3")')
    assert not ON_ONE_MACHINE.search(b"https://www.example.org/home/someone/index.html")


def test_no_file_names_a_path_of_one_machine():
    files = [path for path in tracked_files() if path.is_file()]
    assert [str(p) for p in files if ON_ONE_MACHINE.search(p.read_bytes())] == []
