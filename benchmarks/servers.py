"""Servers on 127.0.0.1 for as long as they are measured, each ended by its own number."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SERVED = {"SECRET_KEY": "only-for-measuring", "DEBUG": "0", "PYTHONWARNINGS": "ignore"}
PATIENCE = 40  # seconds until a server must answer
PYTHON = Path(sys.executable).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Server:
    origin: str
    pid: int


@contextmanager
def server(command: list[str], path: str, port: int, **environment: str) -> Iterator["Server"]:
    """Start it, wait until it answers at the path, and end it."""
    origin = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        command,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait(origin + path, process)
        yield Server(origin, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def served(command: list[str], path: str, port: int, **environment: str):
    """A server of this site, as it is run for readers: without DEBUG."""
    return server(command, path, port, **SERVED | environment)


def wait(url: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 (127.0.0.1)
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{process.args[0]} does not answer at {url}.")


def ours(port: int, workers: int = 1) -> list[str]:
    """As it is run for readers, by gunicorn.conf.py."""
    return [str(PYTHON / "gunicorn"), "-b", f"127.0.0.1:{port}", "-w", str(workers)]


def gunicorn(application: str, port: int) -> list[str]:
    """Two of its own threads: with more, each waits for the others more than for the database."""
    base = [str(PYTHON / "gunicorn"), "-c", "/dev/null", application, "-b", f"127.0.0.1:{port}"]
    return [*base, "-k", "gthread", "--threads", "2"]


def granian(port: int) -> list[str]:
    """Ours behind it, with one thread, which is best."""
    base = [str(PYTHON / "granian"), "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    return [*base, "--interface", "wsgi", "--blocking-threads", "1", "config.wsgi:application"]


def nginx(folder: Path, port: int, behind: int | None = None) -> list[str]:
    """It serves the folder; or, before another server, remembers its answers for a second."""
    where = f"root {folder};"
    if behind:
        where = (
            f"proxy_pass http://127.0.0.1:{behind}; proxy_cache answers; proxy_cache_valid 1s; "
            "proxy_ignore_headers Cache-Control; proxy_cache_lock on; "
            "proxy_cache_use_stale updating error;"
        )
    conf = folder / f"nginx-{port}.conf"
    conf.write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx-{port}.pid; error_log /dev/null;"
        "events { worker_connections 512; } "
        "http { access_log off; keepalive_requests 1000000; default_type application/json;"
        "sendfile on; tcp_nopush on; open_file_cache max=1000;"
        f"client_body_temp_path {folder}/b{port}; proxy_temp_path {folder}/p{port};"
        f"fastcgi_temp_path {folder}/f{port}; uwsgi_temp_path {folder}/u{port};"
        f"scgi_temp_path {folder}/s{port};"
        f"proxy_cache_path {folder}/c{port} keys_zone=answers:8m;"
        f"server {{ listen 127.0.0.1:{port}; location / {{ {where} }} }} }}"
    )
    return [shutil.which("nginx") or "nginx", "-p", str(folder), "-c", str(conf)]
