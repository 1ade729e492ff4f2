"""wrk, which keeps many connections busy, and what it said."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

WRK = shutil.which("wrk")
UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}
SCRIPT = """
local asked = 0
local paths = {PATHS}
request = function()
  asked = asked + 1
  local path = paths[asked % #paths + 1]
  return wrk.format("GET", (path:gsub("N", tostring(asked % 997))))
end
"""


@dataclass
class Said:
    requests: int
    failed: int  # other statuses than 2xx and 3xx, broken and late connections
    slowest: int  # milliseconds, of 99 in 100

    @classmethod
    def of(cls, output: str) -> "Said":
        other = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
        errors = re.search(r"Socket errors: (.*)", output)
        broken = sum(map(int, re.findall(r"\d+", errors[1]))) if errors else 0
        number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", output).groups()
        requests = int(re.search(r"(\d+) requests in", output)[1])
        slowest = round(float(number) * UNITS[unit])
        return cls(requests, broken + (int(other[1]) if other else 0), slowest)


def load(site: str, paths: list[str], connections: int, seconds: float, folder: Path) -> Said:
    """Ask for the paths in turn; an N in one is another number each time."""
    script = folder / "paths.lua"
    script.write_text(SCRIPT.replace("PATHS", ", ".join(f'"{path}"' for path in paths)))
    command = [WRK, "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency"]
    command += ["--timeout", "20s", "-s", str(script), site]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Said.of(done.stdout)
