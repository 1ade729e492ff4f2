"""The production server: `gunicorn` alone serves; GUNICORN_CMD_ARGS overrides any line here."""

import os
import shutil
import tempfile
from pathlib import Path

import environ

wsgi_app = "config.wsgi"
worker_class = "config.serving.worker.Worker"
threads = 8  # for each of WEB_CONCURRENCY processes; each keeps a connection to the database
worker_connections = 1000  # of each process; who has sent no whole request takes no thread
backlog = 2048
keepalive = 5  # seconds
accesslog = None  # config.logs writes a line for each request, with its id
control_socket_disable = True
# What a proxy says of a request, Django alone believes, by PROXIES: gunicorn would believe it from
# every proxy on this machine, also one that passes on what readers send.
secure_scheme_headers = {}
forwarder_headers = ""

COUNTS = "PROMETHEUS_MULTIPROC_DIR"


def on_starting(server) -> None:
    """With METRICS: a folder where the processes of this server put what they count."""
    if not environ.Env().bool("METRICS", default=False):
        return
    if COUNTS not in os.environ:
        os.environ[COUNTS] = server.counts = tempfile.mkdtemp(prefix="tracker-metrics-")
    elif not server.master_pid:  # else the server that is being replaced still counts there
        Path(os.environ[COUNTS]).mkdir(parents=True, exist_ok=True)
        for left in Path(os.environ[COUNTS]).glob("*.db"):
            left.unlink()


def on_exit(server) -> None:
    if hasattr(server, "counts") and not server.reexec_pid:
        shutil.rmtree(server.counts, ignore_errors=True)
