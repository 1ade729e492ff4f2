"""`python -m deploy.licences`: what production installs, and by which licence (SPDX)."""

import re
from collections.abc import Iterator
from importlib.metadata import metadata
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"

# Licences that let a public body run, change and pass on the tracker.
ALLOWED = {
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "LGPL-3.0-or-later",
    "MIT",
    "MPL-2.0",
    "PSF-2.0",
    "Unlicense",
}
# Read in the licence files of packages whose metadata name no licence by its SPDX identifier.
READ = {
    "diff-match-patch": "Apache-2.0",
    "django-csp": "BSD-3-Clause",
    "django-import-export": "BSD-2-Clause",
    "drf-spectacular-sidecar": "BSD-3-Clause",
    "psycopg2-binary": "LGPL-3.0-or-later",
    "qrcode": "BSD-3-Clause",
    "resvg-py": "MIT",
    "sqlparse": "BSD-3-Clause",
    "tablib": "MIT",
    "uritemplate": "BSD-3-Clause OR Apache-2.0",
}


def requirements() -> Iterator[Requirement]:
    """What is locked for production, on a machine like this one."""
    text = REQUIREMENTS.read_text(encoding="utf-8").replace("\\\n", "")
    for line in text.splitlines():
        requirement = line.split(" --hash")[0].strip()
        if requirement and not requirement.startswith("#"):
            locked = Requirement(requirement)
            if locked.marker is None or locked.marker.evaluate():
                yield locked


def stated(name: str) -> str | None:
    """What the installed package says of itself, where that is an SPDX expression."""
    package = metadata(name)
    try:
        said = package.get("License-Expression") or package.get("License") or ""
        return canonicalize_license_expression(said)
    except InvalidLicenseExpression:
        return None


def licence(name: str) -> str | None:
    return stated(name) or READ.get(name)


def identifiers(expression: str) -> set[str]:
    """The licences that an expression names."""
    return {word for word in re.findall(r"[\w.+-]+", expression) if word not in {"AND", "OR"}}


def main() -> None:
    for requirement in requirements():
        known = licence(requirement.name) or "unknown"
        print(f"{requirement.name:26}{str(requirement.specifier)[2:]:14}{known}")


if __name__ == "__main__":
    main()
