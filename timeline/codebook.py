"""The codebook: every enumeration of the record with labels and definitions, said once.

The desk describes its enumerations here when it registers its types; the API, the method page and
the releases all read them off this.
"""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import override

from . import record_types
from .documents import LANGUAGES


@dataclass(frozen=True)
class Described:
    """An enumeration (a TextChoices) with what its codes mean. Texts are lazy translations."""

    enumeration: Any
    title: Any
    definitions: Mapping[Any, Any]
    source: str | None = None  # whose vocabulary it is: an address
    since: str = "1"  # the version of the codebook that it came with
    groups: Mapping[Any, Any] = field(default_factory=dict)  # code → a code that it belongs to
    crosswalks: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)  # vocabulary → codes

    @property
    def name(self) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.enumeration.__name__).lower()

    @property
    def codes(self) -> list["Code"]:
        return [Code(self, member) for member in self.enumeration if member.value]


@dataclass(frozen=True)
class Code:
    """One code of an enumeration."""

    of: Described
    member: Any

    @property
    def value(self) -> str:
        return str(self.member.value)

    @property
    def label(self) -> Any:
        return self.member.label

    @property
    def definition(self) -> Any:
        return self.of.definitions[self.member]

    @property
    def group(self) -> Any:
        """The code that it belongs to (a PLOVER type's quad), or None."""
        return self.of.groups.get(self.member)

    @property
    def crosswalk(self) -> dict[str, str]:
        found = self.of.crosswalks.items()
        return {name: codes[self.member] for name, codes in found if self.member in codes}


_described: dict[Any, Described] = {}


def describe(*described: Described) -> None:
    """Add enumerations. Called once, when the application starts."""
    for one in described:
        _described[one.enumeration] = one


def all_described() -> list[Described]:
    return list(_described.values())


def users(enumeration: Any) -> list[dict[str, str]]:
    """The lists and parameters that filter by it."""
    return [
        {"list": record_type.plural, "parameter": parameter}
        for record_type in record_types.all_types()
        for parameter, choices in record_type.choices.items()
        if choices is enumeration
    ]


def as_data() -> list[dict[str, Any]]:
    """The whole codebook, for programs."""
    return [
        {
            "name": one.name,
            "title": in_languages(one.title),
            "source": one.source,
            "used_by": users(one.enumeration),
            "codes": [_code_as_data(code) for code in one.codes],
        }
        for one in all_described()
    ]


def _code_as_data(code: Code) -> dict[str, Any]:
    return {
        "code": code.value,
        "label": in_languages(code.label),
        "definition": in_languages(code.definition),
        "since": code.of.since,
        "group": code.group and str(code.group.value),
        "crosswalk": code.crosswalk,
    }


def in_languages(text: Any) -> dict[str, str]:
    """A lazy translation in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(text)
    return found


def write_codebook(folder: Path) -> None:
    """codebook.json and codebook.csv."""
    data = as_data()
    (folder / "codebook.json").write_bytes(orjson.dumps(data, option=orjson.OPT_INDENT_2) + b"\n")
    texts = [f"{what}_{language}" for what in ("label", "definition") for language in LANGUAGES]
    with (folder / "codebook.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["enumeration", "code", *texts, "since", "group", "crosswalk"])
        for one in data:
            for code in one["codes"]:
                words = [code[what][lang] for what in ("label", "definition") for lang in LANGUAGES]
                crosswalk = "|".join(f"{name}:{c}" for name, c in code["crosswalk"].items())
                row = [one["name"], code["code"], *words, code["since"], code["group"], crosswalk]
                writer.writerow(row)
