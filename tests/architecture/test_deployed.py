"""What is deployed: the image holds what runs and no more, and no password is a default."""

import re
from fnmatch import fnmatch

import pytest
import yaml
from django.conf import settings

BASE = settings.BASE_DIR
REQUIRED = re.compile(r"\$\{[A-Z_]+:\?[^}]+\}\Z")
SECRETS = re.compile(r"PASSWORD|SECRET|TOKEN")
RUNS = (
    "config/settings.py disputes/desk.py timeline/ledger.py templates/base.html "
    "locale/ko/LC_MESSAGES/django.mo static/css/base.css content manage.py gunicorn.conf.py "
    "requirements.txt docs/handbook.md deploy/prepare deploy/probe.py"
).split()
DOES_NOT = (
    "tests/conftest.py benchmarks/bench.py docs/security.md deploy/cluster/node.py "
    "deploy/patroni/create-tracker deploy/sbom.py .git/config .env tracker.sqlite3 releases"
).split()


def is_left_out(path: str) -> bool:
    """By .dockerignore: the last line that is of the path, or of a folder above it, decides."""
    parts = path.split("/")
    above = ["/".join(parts[:number]) for number in range(1, len(parts) + 1)]
    found = False
    for line in (BASE / ".dockerignore").read_text(encoding="utf-8").split():
        pattern = line.removeprefix("!").removeprefix("**/")
        if any(fnmatch(one, pattern) and one.count("/") == pattern.count("/") for one in above):
            found = not line.startswith("!")
    return found


@pytest.mark.parametrize("path", RUNS)
def test_the_image_holds_what_runs(path):
    assert (BASE / path).exists()
    assert not is_left_out(path)


@pytest.mark.parametrize("path", DOES_NOT)
def test_the_image_holds_no_more(path):
    assert is_left_out(path)


def test_no_password_is_a_default():
    services = yaml.safe_load((BASE / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    given = {
        (service, name): str(value)
        for service, options in services.items()
        for name, value in options.get("environment", {}).items()
        if SECRETS.search(name)
    }
    assert len(given) > 10
    assert {where: value for where, value in given.items() if not REQUIRED.match(value)} == {}
