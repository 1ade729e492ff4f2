"""What production installs: known, licensed in a way that suits, and listed for others."""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from django.conf import settings

from deploy import licences, upkeep

from .test_paths import ON_ONE_MACHINE
from .test_requirements import pins, text_of

NAMES = sorted({requirement.name for requirement in licences.requirements()})


def output(*words: str) -> str:
    command = [sys.executable, "-m", *words]
    run = subprocess.run(command, cwd=settings.BASE_DIR, check=True, capture_output=True, text=True)
    return run.stdout


@pytest.fixture(scope="module")
def bill() -> str:
    return output("deploy.sbom")


def test_what_is_looked_at_is_what_is_locked():
    elsewhere = {"colorama", "typing-extensions"} - {*NAMES}  # by platform, by version of Python
    assert {*NAMES} | elsewhere == pins("requirements.txt").keys()


@pytest.mark.parametrize("name", NAMES)
def test_the_licence_of_each_dependency_is_known_and_allowed(name):
    known = licences.licence(name)
    assert known, f"{name} names no licence: read its file"
    assert licences.identifiers(known) - licences.ALLOWED == set()


@pytest.mark.parametrize("name", sorted(licences.READ))
def test_no_licence_is_asserted_that_a_package_states_itself(name):
    assert name in NAMES
    assert licences.stated(name) is None


def test_a_licence_that_does_not_suit_is_found():
    assert licences.identifiers("MIT AND (AGPL-3.0-only OR MIT)") - licences.ALLOWED == {
        "AGPL-3.0-only"
    }


def test_the_command_lists_each_dependency_with_its_licence():
    rows = [line.split(maxsplit=2) for line in output("deploy.licences").splitlines()]
    assert sorted(name for name, _version, _licence in rows) == NAMES
    assert ["django", pins("requirements.txt")["django"], "BSD-3-Clause"] in rows


def test_the_bill_lists_every_pin_with_version_hashes_and_licence(bill):
    components = json.loads(bill)["components"]
    assert {part["name"] for part in components} == pins("requirements.txt").keys()
    for part in components:
        assert part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}"
        hashes = [one["content"] for one in part["externalReferences"][0]["hashes"]]
        assert hashes
        assert all(digest in text_of("requirements.txt") for digest in hashes)
        assert ("licenses" in part) is (part["name"] in NAMES)


def test_the_bill_is_valid_cyclonedx(bill):
    version = SchemaVersion.from_version(json.loads(bill)["specVersion"])
    assert JsonStrictValidator(version).validate_str(bill) is None


def test_the_bill_names_no_registry_and_no_machine(bill):
    addresses = [line.strip() for line in bill.splitlines() if "://" in line]
    assert addresses == ['"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",']
    assert not ON_ONE_MACHINE.search(bill.encode())
    assert str(settings.BASE_DIR) not in bill


def test_the_bill_is_the_same_each_time(bill):
    assert output("deploy.sbom") == bill


def test_a_package_without_upkeep_is_found(monkeypatch):
    now = datetime(2026, 11, 25, tzinfo=UTC)
    file = {"upload-time": "2022-01-01T00:00:00.5Z"}
    page = {"files": [file, {"upload-time": "2021-01-01T00:00:00Z"}]}
    old = upkeep.Package(upkeep.newest(page), "old", "1")
    young = upkeep.Package(now, "young", "1")
    assert old.released.year == 2022
    assert upkeep.quiet([old, young], now) == [old]
    monkeypatch.setitem(upkeep.LOOKED, "old", "It is finished.")
    assert upkeep.quiet([old, young], now) == []
