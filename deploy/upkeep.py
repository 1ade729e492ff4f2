"""`python -m deploy.upkeep`: when each package of production was released last, oldest first.

Asks the registry that pip is set to, by its JSON form (PEP 691, upload times of PEP 700). Ends with
1 where a package had no release for longer than `PATIENCE` and nobody looked into it (`LOOKED`).
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.request import Request, urlopen

from pip._internal.commands import create_command

from .licences import requirements

PATIENCE = timedelta(days=3 * 365)
FORM = "application/vnd.pypi.simple.v1+json"
# Old, looked into, and kept: why.
LOOKED = {"inflection": "five functions on words, of the Jazzband; drf-spectacular needs it"}


class Package(NamedTuple):
    released: datetime  # its newest file, UTC
    name: str
    locked: str  # the version that we install


def registry() -> str:
    """The address that pip asks, by its settings and the environment."""
    options, _words = create_command("download").parse_args([])
    return options.index_url.rstrip("/")


def newest(page: dict) -> datetime:
    """The instant of the newest file of a package's page."""
    return max(datetime.fromisoformat(file["upload-time"]) for file in page["files"])


def package(registry: str, name: str, locked: str) -> Package:
    request = Request(f"{registry}/{name}/", headers={"Accept": FORM})  # noqa: S310 (pip's own)
    with urlopen(request, timeout=30) as answer:  # noqa: S310
        return Package(newest(json.load(answer)), name, locked)


def quiet(packages: list[Package], now: datetime) -> list[Package]:
    """Those without a release for too long that nobody looked into."""
    return [p for p in packages if now - p.released > PATIENCE and p.name not in LOOKED]


def main() -> None:
    place = registry()
    wanted = [(r.name, str(r.specifier)[2:]) for r in requirements()]
    found = sorted(package(place, *one) for one in wanted)
    for one in found:
        print(f"{one.released:%Y-%m-%d}  {one.name:26}{one.locked:14}{LOOKED.get(one.name, '')}")
    if old := quiet(found, datetime.now(UTC)):
        sys.exit("Without a release for three years: " + ", ".join(p.name for p in old))


if __name__ == "__main__":
    main()
