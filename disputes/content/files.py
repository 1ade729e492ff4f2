"""YAML content files: read strictly, with each field's line; written in one canonical form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext as _

CONTENT = Path(settings.BASE_DIR) / "content"
MAX_BYTES = 4_000_000  # of one file
MAX_DEPTH = 12
WIDTH = 110

Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """Something wrong in a content file, for the person who wrote it."""

    file: str
    line: int | None
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return (
            f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"
        )


@dataclass(frozen=True)
class Item:
    """One record as it stands in a file."""

    type: str
    file: Path
    name: str  # of the file, for people
    index: int  # its place in the file's list
    data: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.data.get("key", ""))

    def fault(self, message: str, path: Path_ = ()) -> Fault:
        field = ".".join(str(step) for step in (self.key or f"entry {self.index + 1}", *path))
        return Fault(self.name, line_of(self.file, (self.index, *path)), field, message)


class Refused(Exception):
    """A file that is no list of records."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class Loader(yaml.CSafeLoader):
    """YAML without surprises: no aliases, no key twice, dates and `no` are text."""

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key_node, _value in node.value:
            if key_node.value in seen:
                raise Refused(
                    _("“%(key)s” stands twice.") % {"key": key_node.value},
                    key_node.start_mark.line + 1,
                )
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(0|[1-9][0-9]*)\.[0-9]+", "-0123456789"),
):
    Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), list(_first)
    )


def read(file: Path) -> list[Any]:
    """The list in a content file. Refused, with the line, when it is none."""
    raw = file.read_bytes()
    if len(raw) > MAX_BYTES:
        raise Refused(_("The file is larger than %(size)s bytes.") % {"size": MAX_BYTES})
    try:
        text = raw.decode()
        _refuse_aliases(text)
        data = yaml.load(text, Loader)  # noqa: S506 (a safe loader, made stricter)
    except UnicodeDecodeError as error:
        raise Refused(_("The file is not UTF-8.")) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise Refused(str(error.problem), mark.line + 1 if mark else None) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Refused(str(error) or _("The file cannot be read.")) from error
    if _depth(data) > MAX_DEPTH:
        raise Refused(_("The file is nested too deeply."))
    if not isinstance(data, list):
        raise Refused(_("A content file is a list of records."), 1)
    return data


def _refuse_aliases(text: str) -> None:
    for event in yaml.parse(text, yaml.CSafeLoader) if "*" in text else ():
        if isinstance(event, yaml.AliasEvent):
            raise Refused(_("Aliases are not allowed."), event.start_mark.line + 1)


def _depth(node: Any) -> int:
    if not isinstance(node, dict | list) or not node:
        return 0
    children = node.values() if isinstance(node, dict) else node
    return 1 + max(_depth(child) for child in children)


def line_of(file: Path, path: Path_) -> int | None:
    """The line on which a value begins, or the nearest thing around it. Reads the file anew."""
    node = yaml.compose(file.read_text(), yaml.CSafeLoader)
    line = None
    for step in path:
        children = _children(node)
        if step not in children:
            break
        line, node = children[step]
    return line


def _children(node: yaml.Node) -> dict[str | int, tuple[int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        return {k.value: (k.start_mark.line + 1, v) for k, v in node.value}
    if isinstance(node, yaml.SequenceNode):
        return {i: (v.start_mark.line + 1, v) for i, v in enumerate(node.value)}
    return {}


class Dumper(yaml.CSafeDumper):
    """Block style, keys in document order, no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumps(records: list[dict[str, Any]]) -> str:
    """Records as the text of a content file, with a blank line between them."""
    return "\n".join(
        yaml.dump([r], Dumper=Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
        for r in records
    )


def yaml_files(root: Path, folder: str) -> Iterator[Path]:
    yield from sorted((root / folder).rglob("*.yaml"))
