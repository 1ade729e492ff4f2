"""The locked requirements: no index address, a hash for every pin, nothing forgotten."""

import re
import tomllib

import pytest
from django.conf import settings

FILES = ("requirements.txt", "requirements-dev.txt")


def text_of(name: str) -> str:
    return (settings.BASE_DIR / name).read_text(encoding="utf-8")


def blocks(name: str) -> list[str]:
    """Each pin with the lines that belong to it."""
    return re.split(r"^(?=[a-z0-9])", text_of(name), flags=re.MULTILINE)[1:]


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text_of(name), flags=re.MULTILINE))


def declared(requirement: str) -> str:
    return re.match(r"[a-z0-9.-]+", requirement)[0]


@pytest.mark.parametrize("name", FILES)
def test_requirements_hold_no_address(name):
    address = re.compile(r"/|--(?:extra-)?index-url|--find-links")
    assert [line for line in text_of(name).splitlines() if address.search(line)] == []


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_a_hash(name):
    pin = re.compile(r"[a-z0-9.-]+==\S+ (?:; .+ )?\\\n    --hash=sha256:[0-9a-f]{64}\b")
    assert [block for block in blocks(name) if not pin.match(block)] == []
    assert len(blocks(name)) == len(pins(name))


def test_development_installs_the_same_versions_as_production():
    production, development = (pins(name) for name in FILES)
    assert {name: development.get(name) for name in production} == production


def test_every_declared_dependency_is_locked():
    project = tomllib.loads(text_of("pyproject.toml"))
    production = {declared(r) for r in project["project"]["dependencies"]}
    development = {declared(r) for r in project["dependency-groups"]["dev"]}
    assert production - pins("requirements.txt").keys() == set()
    assert development - pins("requirements-dev.txt").keys() == set()
