"""The production server's worker: what the fast path can answer needs no thread."""

import os
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from gunicorn.config import Config

from .. import logs
from . import plain, wire
from .loop import Loop
from .patient import Conn, PatientWorker
from .plain import Asked

if TYPE_CHECKING:
    from socket import socket

    from .fast_path import FastPath

FOLDERS = "/data/"  # in an address: its answer depends on a folder, which may not answer


class Worker(PatientWorker):
    """A plain request is taken from its connection, and answered in the poller; or given to a
    thread after all, which finds it as if it had only been looked at.
    """

    fast: "FastPath | None" = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.arrived: list[Asked] = []  # in this turn of the poller
        self.answering: dict[Conn, Asked] = {}

    def load_wsgi(self) -> None:
        super().load_wsgi()
        if is_plain(self.cfg) and not settings.DATABASE_REPLICA_URLS:  # each has its own version
            from .. import wsgi
            from .fast_path import FastPath

            loop = Loop(self.poller, self.method_queue.defer)
            self.fast = FastPath(wsgi.entrance, loop, self.answer, self.hand_on)
            self.count = wsgi.count

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        super().wait_for_and_dispatch_events(timeout)
        if self.arrived:
            arrived, self.arrived = self.arrived, []
            self.fast.answer(arrived)

    def murder_pending(self) -> None:
        super().murder_pending()
        if self.fast:
            self.fast.tick()

    def on_client_socket_readable(self, conn: Conn, client: "socket") -> None:
        if conn in self.answering:  # it does not wait for its answer; that comes first
            self.unwatch(conn)
        super().on_client_socket_readable(conn, client)

    def takes(self, conn: Conn, there: bytes) -> bool:
        if not self.fast or self.closes():
            return False
        environ = plain.environ_of(there)
        if not environ or FOLDERS in environ["PATH_INFO"]:
            return False
        if not self.fast.entrance.answers(environ):
            return False
        conn.sock.recv(len(there))
        self.wait_no_more(conn)
        self.answering[conn] = Asked(conn, environ, there)
        self.arrived.append(self.answering[conn])
        return True

    def closes(self) -> bool:
        """Whether gunicorn would end a connection after its answer: threads know how."""
        full = len(self.keepalived_conns) >= self.max_keepalived
        return full or not self.alive or self.nr + 1 >= self.max_requests

    def is_open(self, asked: Asked) -> bool:
        """Whether it was neither answered nor handed on; then it is no more."""
        conn = asked.client
        return self.answering.get(conn) is asked and bool(self.answering.pop(conn))

    def hand_on(self, asked: Asked) -> None:
        """To a thread, as if the request had only been looked at."""
        if self.is_open(asked):
            asked.client.ahead = asked.head
            self.unwatch(asked.client)
            self.enqueue_req(asked.client)

    def answer(self, asked: Asked, answer: HttpResponse) -> None:
        environ, number = asked.environ, logs.id_of(asked.environ)
        method, status = environ["REQUEST_METHOD"], answer.status_code
        body = b"" if method == "HEAD" else answer.content
        head = wire.head_of(answer, self.fast.entrance.usual, number)
        if not self.is_open(asked):
            return
        self.nr += 1
        self.send(asked.client, head, body)
        if self.count:
            self.count(environ, str(status), time.perf_counter() - asked.begun)
        token = logs.request_id.set(number)
        logs.note(method, environ["PATH_INFO"], status, len(body), asked.begun)
        logs.request_id.reset(token)


def is_plain(cfg: Config) -> bool:
    """Whether nothing that the server is told changes what a plain request means."""
    unusual = [cfg.is_ssl, cfg.secure_scheme_headers, cfg.accesslog, cfg.statsd_host]
    unusual.append(os.environ.get("SCRIPT_NAME"))
    plainly = cfg.proxy_protocol == "off", cfg.http2_cleartext == "off", cfg.keepalive
    return all(plainly) and not any(unusual)
