"""The folder of a copy: only what differs is written, what is no longer public is removed."""

import json
import os
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

STATE = "mirror.json"


@dataclass(frozen=True)
class State:
    """What a copy was made from; the same gives the same files."""

    version: int
    build: str
    day: str
    site: str


@dataclass(frozen=True)
class Folder:
    root: Path

    def state(self) -> State | None:
        """What the copy that is there was made from; None when it is not whole."""
        try:
            return State(**json.loads((self.root / STATE).read_bytes()))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def open(self) -> None:
        """Until `close`, the copy is not whole. FileExistsError when the folder is another's."""
        self.root.mkdir(parents=True, exist_ok=True)
        if any(self.root.iterdir()) and not any(self.root.glob(f"{STATE}*")):
            raise FileExistsError(f"{self.root} is not empty, and no copy of this site.")
        (self.root / f"{STATE}.begun").touch()
        (self.root / STATE).unlink(missing_ok=True)

    def close(self, state: State) -> None:
        self.write(STATE, json.dumps(asdict(state), indent=1).encode() + b"\n")
        (self.root / f"{STATE}.begun").unlink()

    def write(self, name: str, body: bytes) -> bool:
        """Whether the file was missing or different; then it is written, all at once."""
        file = self.root / name
        if file.is_file() and file.stat().st_size == len(body) and file.read_bytes() == body:
            return False
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.part")
        part.write_bytes(body)
        os.replace(part, file)
        return True

    def remove_all_but(self, names: Collection[str]) -> int:
        """Remove the other files and what folders are empty then; how many files."""
        kept = {*names, f"{STATE}.begun"}
        stale = [file for file in self._files() if str(file.relative_to(self.root)) not in kept]
        for file in stale:
            file.unlink()
        for folder, _folders, _files in os.walk(self.root, topdown=False):
            if folder != str(self.root) and not os.listdir(folder):
                os.rmdir(folder)
        return len(stale)

    def _files(self) -> Iterator[Path]:
        return (Path(at, name) for at, _folders, names in os.walk(self.root) for name in names)
