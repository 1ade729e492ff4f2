"""Two changes of one document made into one: field by field, language by language, row by row.

Where both changed the same value differently they clash, and somebody chooses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .comparison import identities

MINE, THEIRS = "mine", "theirs"
Path = tuple[str, ...]


@dataclass(frozen=True)
class Clash:
    """A value that both changed."""

    path: Path
    base: Any
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        """As it is named in a form."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Merged:
    """The document made of both; where they clash and nobody chose, it says what `theirs` says."""

    document: dict[str, Any]
    clashes: list[Clash]
    open: list[Clash]  # those for which no choice was made


def merge(
    base: dict[str, Any],
    mine: dict[str, Any],
    theirs: dict[str, Any],
    choices: Mapping[str, str] | None = None,
) -> Merged:
    """What both made of `base`. `choices`: "mine" or "theirs" by the name of each clash."""
    work = _Merge(choices or {})
    document = work.value(base, mine, theirs, ())
    undecided = [c for c in work.clashes if work.choices.get(c.name) not in (MINE, THEIRS)]
    return Merged(document, work.clashes, undecided)


class _Merge:
    def __init__(self, choices: Mapping[str, str]) -> None:
        self.choices = choices
        self.clashes: list[Clash] = []

    def value(self, base: Any, mine: Any, theirs: Any, path: Path) -> Any:
        if mine in (base, theirs):
            return theirs
        if theirs == base:
            return mine
        if all(isinstance(v, dict) for v in (mine, theirs)) and not _points_elsewhere(mine, theirs):
            return self._fields(base if isinstance(base, dict) else {}, mine, theirs, path)
        if all(isinstance(v, list) for v in (mine, theirs)):
            return self._rows(base or [], mine, theirs, path)
        return self._clash(base, mine, theirs, path)

    def _clash(self, base: Any, mine: Any, theirs: Any, path: Path) -> Any:
        clash = Clash(path, base, mine, theirs)
        self.clashes.append(clash)
        return mine if self.choices.get(clash.name) == MINE else theirs

    def _fields(self, base: dict, mine: dict, theirs: dict, path: Path) -> dict[str, Any]:
        return {
            name: self.value(base.get(name), mine.get(name), theirs.get(name), (*path, name))
            for name in {**theirs, **mine}
        }

    def _rows(self, base: list, mine: list, theirs: list, path: Path) -> list[Any]:
        old, ours, other = (
            dict(zip(identities(rows), rows, strict=True)) for rows in (base, mine, theirs)
        )
        kept = {}
        for identity in {**other, **ours}:
            rows = (old.get(identity), ours.get(identity), other.get(identity))
            row = self.value(*rows, (*path, "/".join(map(str, identity))))
            if row is not None:
                kept[identity] = row
        order = _order(list(old), list(ours), list(other))
        return [kept[identity] for identity in order if identity in kept]


def _order(base: list, mine: list, theirs: list) -> list:
    """Theirs, unless only mine moved rows; what the other lacks comes last."""
    only_mine = _moved(base, mine) and not _moved(base, theirs)
    first, second = (mine, theirs) if only_mine else (theirs, mine)
    return [*first, *(i for i in second if i not in first)]


def _moved(base: list, rows: list) -> bool:
    return [i for i in base if i in rows] != [i for i in rows if i in base]


def _points_elsewhere(mine: dict, theirs: dict) -> bool:
    """References to two different records are not to be mixed."""
    return mine.get("key") != theirs.get("key")
