"""Lighthouse on our pages, in Debian's Chromium; LIGHTHOUSE names its command (npm: lighthouse)."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import servers
from .bases import Base

PAGES = {"home": "/en/", "dispute": "/en/disputes/radar/", "timeline": "/en/timeline/"}
CATEGORIES = ("performance", "best-practices")


def command() -> str | None:
    return os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")


def scores(base: Base) -> dict[str, dict[str, float]]:
    """Points out of 100 by page and category; {} where it is not installed."""
    program = command()
    if not program:
        return {}
    port = servers.free_port()
    given = {"DATABASE_URL": base.url}
    with servers.served(servers.ours(port), "/healthz", port, **given) as ours:
        return {name: _scores(program, ours.origin + path) for name, path in PAGES.items()}


def _scores(program: str, url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/c"]
        given = [f"--only-categories={','.join(CATEGORIES)}", "--output=json", "--quiet"]
        chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or "chromium"
        subprocess.run(
            [program, url, *given, f"--output-path={out}", f"--chrome-flags={' '.join(flags)}"],
            env=os.environ | {"CHROME_PATH": chrome},
            check=False,
            capture_output=True,
            timeout=120,
        )
        if not out.exists():
            return {}
        found = json.loads(out.read_text())["categories"]
        return {name: 100 * (found[name]["score"] or 0) for name in CATEGORIES if name in found}
