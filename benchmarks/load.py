"""Load from one machine on itself: wrk for many connections, one kept connection for the rest."""

import http.client
import re
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import urlsplit

CONNECTIONS = 16
PATIENCE = 30  # seconds for one answer
AT_REST = 40  # milliseconds that a small answer takes at most, of a server that does nothing else
_LUA = """local paths = {%s}
local n = 0
request = function() n = n %% #paths + 1; return wrk.format("GET", paths[n]) end
done = function(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.timeout + summary.errors.read
  io.write(string.format("TOLD %%f %%f %%d %%d\\n", latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, summary.requests, bad))
end
"""


def per_second(url: str, seconds: int, **headers: str) -> float:
    """Requests a second over 16 connections. RuntimeError when an answer was none."""
    given = [part for n, v in headers.items() for part in ("-H", f"{n.replace('_', '-')}: {v}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *given, url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise RuntimeError(told)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def latencies(origin: str, paths: list[str], seconds: int) -> dict[str, float]:
    """Milliseconds, median and p99, of these addresses by turns over 16 connections."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % ", ".join(f'"{path}"' for path in paths))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"--timeout={PATIENCE}s"]
        told = subprocess.run(
            [*command, "-s", script.name, origin], capture_output=True, text=True, check=True
        ).stdout
    middle, p99, number, bad = re.search(r"TOLD (\S+) (\S+) (\d+) (\d+)", told).groups()
    return {
        "median": float(middle),
        "p99": float(p99),
        "requests": int(number),
        "failed": int(bad),
    }


class Client:
    """One connection that is kept."""

    def __init__(self, origin: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=60)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes, float]:
        """Status, headers, body, milliseconds."""
        start = time.perf_counter()
        self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        return answer.status, dict(answer.getheaders()), body, 1000 * (time.perf_counter() - start)


def cold(origin: str, paths: list[str], most: float = 6) -> dict[str, float]:
    """Milliseconds of addresses that nobody asked before: median, p95, and the largest bytes.

    After `most` seconds no more of them are asked. `failed`: answers that were none.
    """
    client, end = Client(origin), time.monotonic() + most
    times, largest, failed = [], 0, 0
    for path in paths:
        status, _headers, body, taken = client.get(path)
        times.append(taken)
        largest = max(largest, len(body))
        failed += status != 200
        if time.monotonic() > end:
            break
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    asked = len(times)
    return {
        "median": median(times),
        "p95": min(p95, max(times)),
        "bytes": largest,
        "asked": asked,
        "failed": failed,
    }


def sent(origin: str, paths: list[str]) -> int:
    """The largest answer, in bytes, as a browser gets it: compressed."""
    client = Client(origin)
    return max(len(client.get(path, **{"Accept-Encoding": "gzip"})[2]) for path in paths)


def at_rest(origin: str, most: float = 20) -> None:
    """Wait until a small question is answered at once, five times in turn; so long at most."""
    client, end, quick = Client(origin), time.monotonic() + most, 0
    while quick < 5 and time.monotonic() < end:
        taken = client.get("/api/v1/sources/?page_size=1")[3]
        quick = quick + 1 if taken < AT_REST else 0
        time.sleep(0.05)


def memory(pid: int) -> int:
    """Bytes in memory of a process and its children; what they share is counted once."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    own = 1024 * int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return own + sum(memory(int(child)) for child in children)
