"""Load from one machine on itself: wrk for what comes from memory, one connection for the rest."""

import http.client
import re
import subprocess
import time
from statistics import median, quantiles
from urllib.parse import urlsplit

CONNECTIONS = 16


def per_second(url: str, seconds: int, **headers: str) -> float:
    """Requests a second over 16 connections. RuntimeError when an answer was none."""
    given = [part for n, v in headers.items() for part in ("-H", f"{n.replace('_', '-')}: {v}")]
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *given, url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "Non-2xx" in told:
        raise RuntimeError(told)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


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


def cold(origin: str, paths: list[str]) -> dict[str, float]:
    """Milliseconds of addresses that nobody asked before: median, p95, and the largest bytes."""
    client = Client(origin)
    times, largest = [], 0
    for path in paths:
        status, _headers, body, taken = client.get(path)
        if status != 200:
            raise RuntimeError(f"{path}: {status} {body[:200]!r}")
        times.append(taken)
        largest = max(largest, len(body))
    p95 = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return {"median": median(times), "p95": p95, "bytes": largest}
