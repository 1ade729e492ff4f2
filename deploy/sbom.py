"""`python -m deploy.sbom`: CycloneDX of what production installs, the same bytes each time.

cyclonedx-py reads the lock; what it adds of the registry goes, and the licences come.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from . import licences

COMMAND = "requirements --pyproject pyproject.toml --output-reproducible --short-PURLs --validate"


def listed() -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", *COMMAND.split()]
    lock = licences.REQUIREMENTS
    run = subprocess.run(  # noqa: S603 (our own words)
        [*command, lock.name], cwd=lock.parent, check=True, capture_output=True, text=True
    )
    return json.loads(run.stdout)


def told(component: dict[str, Any], licence: str | None) -> dict[str, Any]:
    """A package under its own name, with its licence, and hashes without the registry."""
    for reference in component.get("externalReferences", []):
        reference |= {"url": component["purl"], "comment": "the files of this version"}
    component.pop("description", None)  # the line of the lock, hashes and all
    if licence:
        component["licenses"] = [{"expression": licence}]
    return component


def bill() -> dict[str, Any]:
    made = listed()
    for tool in made["metadata"]["tools"]["components"]:
        tool.pop("externalReferences", None)
    here = {requirement.name for requirement in licences.requirements()}
    for component in made["components"]:
        known = licences.licence(component["name"]) if component["name"] in here else None
        told(component, known)
    return made


def main() -> None:
    text = json.dumps(bill(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    if sys.argv[1:]:
        Path(sys.argv[1]).write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
