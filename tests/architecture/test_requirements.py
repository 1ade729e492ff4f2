"""The locked requirements: no index address, a hash for every pin, nothing forgotten."""

import re
import tomllib

import pytest
from django.conf import settings

FILES = ("requirements.txt", "requirements-dev.txt")


def text_of(name: str) -> str:
    return (settings.BASE_DIR / name).read_text(encoding="utf-8")


def requirements(name: str) -> list[str]:
    """One line for each, without comments."""
    lines = text_of(name).replace("\\\n", "").splitlines()
    return [line for line in lines if not line.lstrip().startswith("#")]


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9.-]+)==(\S+)", text_of(name), flags=re.MULTILINE))


def declared(requirement: str) -> str:
    return re.match(r"[a-z0-9.-]+", requirement)[0]


@pytest.mark.parametrize("name", FILES)
def test_requirements_hold_no_address(name):
    address = re.compile(r"/|--(?!hash=)")
    assert [line for line in text_of(name).splitlines() if address.search(line)] == []


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_a_hash(name):
    pinned = re.compile(r"[a-z0-9.-]+==\S+ (; .+? )?( +--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in requirements(name) if not pinned.fullmatch(line)] == []


def test_development_installs_the_same_versions_as_production():
    production, development = (pins(name) for name in FILES)
    assert {name: development.get(name) for name in production} == production


def test_every_declared_dependency_is_locked():
    project = tomllib.loads(text_of("pyproject.toml"))
    production = {declared(r) for r in project["project"]["dependencies"]}
    development = {declared(r) for r in project["dependency-groups"]["dev"]}
    assert production - pins("requirements.txt").keys() == set()
    assert development - pins("requirements-dev.txt").keys() == set()
