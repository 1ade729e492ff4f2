"""docs/security.md names tests that are there, so that who doubts can run them."""

import re

from django.conf import settings

NAMED = re.compile(r"`([a-z_]+/(?:[a-z_]+\.py(?:::(\w+))?)?)`")


def named() -> list[tuple[str, str]]:
    text = (settings.BASE_DIR / "docs" / "security.md").read_text(encoding="utf-8")
    return [
        (found[1].partition("::")[0], found[2] or "")
        for found in NAMED.finditer(text)
        if found[1] != "tests/"
    ]


def test_every_test_that_is_named_is_there():
    assert len(named()) > 40
    folder = settings.BASE_DIR / "tests"
    missing = [
        (path, name)
        for path, name in named()
        if not (folder / path).exists()
        or (name and f"def {name}(" not in (folder / path).read_text(encoding="utf-8"))
    ]
    assert missing == []
