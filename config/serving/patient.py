"""gunicorn's threads, but no thread for a client before its request has arrived.

A client that sends its request a byte at a time waits in the poller with all others, and is let go
after a while; only whole requests (the head, and the body of a usual form) go to a thread. The
bytes are looked at, not taken: `SO_RCVLOWAT` wakes the poller when there are more of them.
"""

import re
import selectors
import socket
import struct
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from .shares import Share

HEAD_SECONDS = 15  # for a request to arrive
SILENT_SECONDS = 10  # that a thread waits for the next bytes of a body, or to be rid of some
REQUEST_SECONDS = (
    120  # for a thread, or to be rid of an answer, all in all; then the connection is cut
)
USUAL_HEAD = 4_096  # bytes that are looked at first
MAX_HEAD = 65_536  # bytes that are looked at for the end of the head
MAX_WAITED_BODY = 65_536  # of a longer body, this much is waited for
LINGER_SECONDS = 2  # that a client has to close after the last answer
ACCEPTED_AT_ONCE = 16  # clients, before those that are here have their turn
SEND_BUFFER = 1_048_576  # so that an answer leaves its thread at once; the system may give less

_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)


class Conn(TConn):
    """A client's connection."""

    watched = False  # by the poller
    begun = False  # a request of it, which is not whole; else it is kept for the next one
    seen = 0  # bytes of that
    ahead = b""  # bytes that were taken from the connection already, and are to be read first
    rest = b""  # of an answer, which it did not take at once


class PatientWorker(ThreadWorker):
    """Slow clients and half-open connections take no thread from the others."""

    @classmethod
    def check_config(cls, cfg, log) -> None:
        """RuntimeError where the bytes that are looked at would not be those of a request."""
        super().check_config(cfg, log)
        if cfg.is_ssl or any(isinstance(address, str) for address in cfg.address):
            raise RuntimeError(
                "This worker listens on an address and a port, without TLS: "
                "put a proxy before it (deploy/nginx/)."
            )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.busy: dict[Conn, float] = {}  # until when
        self.lingering: dict[Conn, float] = {}
        self.share = Share(self.age)
        self.keepalive = self.cfg.keepalive

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if not enabled:
            self.share.leave()

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        if self._accepting:
            self.share.tell(self.nr_conns)
        super().wait_for_and_dispatch_events(timeout)

    def accept(self, listener) -> None:
        for _client in range(ACCEPTED_AT_ONCE):
            if self.share.leaves_next(self.nr_conns):
                return  # the poller wakes again, if nobody else takes it
            try:
                self.welcome(*listener.accept(), listener)
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError as error:  # such as too many open files
                self.log.warning("No connection was accepted: %s", error)
                return

    def welcome(self, client: socket.socket, address, listener) -> None:
        patience = struct.pack("ll", SILENT_SECONDS, 0)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.nr_conns += 1
        self.share.tell(self.nr_conns)
        conn = Conn(self.cfg, client, address, listener.getsockname())
        conn.data_ready = True
        self.wait_for_request(conn)
        self.watch(conn)

    def watch(self, conn: Conn) -> None:
        if not conn.watched:
            look = partial(self.on_client_socket_readable, conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, look)
            conn.watched = True

    def unwatch(self, conn: Conn) -> None:
        if conn.watched:
            self.poller.unregister(conn.sock)
            conn.watched = False

    def wait_for_request(self, conn: Conn) -> None:
        conn.begun, conn.timeout = True, time.monotonic() + HEAD_SECONDS
        self.pending_conns.append(conn)

    def keep(self, conn: Conn) -> None:
        """For its next request."""
        conn.timeout = time.monotonic() + self.keepalive
        if not self.alive:
            conn.timeout = min(conn.timeout, time.monotonic() + STOP_KEEPALIVE_LINGER)
        self.keepalived_conns.append(conn)
        self.watch(conn)

    def wait_no_more(self, conn: Conn) -> None:
        (self.pending_conns if conn.begun else self.keepalived_conns).remove(conn)
        conn.begun = False
        if conn.seen:
            conn.seen = 0
            with suppress(OSError):
                conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, 1)

    def on_client_socket_readable(self, conn: Conn, client: socket.socket) -> None:
        """Look how much is there; the poller wakes again when there is more."""
        if not conn.watched:  # any more, since the poller woke
            return
        try:
            there = client.recv(USUAL_HEAD, socket.MSG_PEEK)
            if len(there) == USUAL_HEAD:
                there = client.recv(MAX_HEAD + MAX_WAITED_BODY, socket.MSG_PEEK)
        except BlockingIOError:
            return
        except OSError:
            there = b""
        if not conn.ahead and self.takes(conn, there):
            return
        more = missing(conn.ahead + there)
        if more and len(there) > conn.seen:
            if not conn.begun:
                self.wait_no_more(conn)
                self.wait_for_request(conn)
            conn.seen = len(there)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, len(there) + more)
            return
        self.wait_no_more(conn)
        self.unwatch(conn)
        if more:  # woken without anything new: it has gone away
            self.let_go(conn)
        else:
            self.enqueue_req(conn)

    def takes(self, conn: Conn, there: bytes) -> bool:
        """Whether what is there needs no thread; then it is taken from the connection."""
        return False

    def enqueue_req(self, conn: Conn) -> None:
        self.busy[conn] = time.monotonic() + REQUEST_SECONDS
        told = partial(self.method_queue.defer, self.finish_request, conn)
        self.tpool.submit(self.handle, conn).add_done_callback(told)

    def handle(self, conn: Conn) -> bool:
        if conn.ahead:
            conn.init()
            conn.parser.unreader.unread(conn.ahead)
            conn.ahead = b""
        return super().handle(conn)

    def finish_request(self, conn: Conn, fs: Future) -> None:
        self.busy.pop(conn, None)
        if fs.cancelled() or fs.exception():
            self.let_go(conn)
        elif not fs.result():
            self.linger(conn)
        else:
            conn.sock.setblocking(False)
            self.go_on(conn)

    def go_on(self, conn: Conn) -> None:
        """With the next request, of which a part may have been read with the former one."""
        conn.ahead = conn.parser.unreader.take_buffered() if conn.parser else b""
        if not conn.ahead:
            self.keep(conn)
        elif missing(conn.ahead):
            self.wait_for_request(conn)
            self.watch(conn)
        else:
            self.enqueue_req(conn)

    def send(self, conn: Conn, *parts: bytes) -> None:
        """And go on; what the connection does not take at once, it gets when it can."""
        try:
            sent = conn.sock.sendmsg(parts)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.unwatch(conn)
            self.let_go(conn)
            return
        if sent == sum(map(len, parts)):
            self.go_on(conn)
            return
        conn.rest = memoryview(b"".join(parts))[sent:]
        self.unwatch(conn)
        self.busy[conn] = time.monotonic() + REQUEST_SECONDS
        send_more = partial(self.on_writable, conn)
        self.poller.register(conn.sock, selectors.EVENT_WRITE, send_more)

    def on_writable(self, conn: Conn, client: socket.socket) -> None:
        try:
            conn.rest = conn.rest[client.send(conn.rest) :]
        except BlockingIOError:
            return
        except OSError:  # it has gone, or was cut for taking too long
            self.busy.pop(conn, None)
            self.poller.unregister(client)
            self.let_go(conn)
            return
        if not conn.rest:
            self.busy.pop(conn, None)
            self.poller.unregister(client)
            self.go_on(conn)

    def linger(self, conn: Conn) -> None:
        """Say that no more is coming, and wait in the poller, not here, until the client leaves."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            drain = partial(self.drain, conn)
            self.poller.register(conn.sock, selectors.EVENT_READ, drain)
        except (OSError, ValueError):
            self.let_go(conn)
        else:
            self.lingering[conn] = time.monotonic() + LINGER_SECONDS

    def drain(self, conn: Conn, client: socket.socket) -> None:
        """What still comes is read, or the system would answer it with a reset."""
        try:
            if client.recv(MAX_HEAD):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        del self.lingering[conn]
        self.poller.unregister(client)
        self.let_go(conn)

    def let_go(self, conn: Conn) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Called about once a second: whose time is over is let go or cut."""
        super().murder_pending()
        for conn in overdue(self.lingering):
            self.poller.unregister(conn.sock)
            self.let_go(conn)
        for conn in overdue(self.busy):
            with suppress(OSError):  # it may have gone by itself
                conn.sock.shutdown(socket.SHUT_RDWR)


def overdue(conns: dict[Conn, float]) -> list[Conn]:
    """Those whose time is over; they are taken out."""
    now = time.monotonic()
    found = [conn for conn, until in conns.items() if until < now]
    for conn in found:
        del conns[conn]
    return found


def missing(there: bytes) -> int:
    """How many bytes at least must still arrive; 0 when a thread can begin.

    >>> missing(b"GET / HTTP/1.1\\r\\nHost: a\\r\\n")
    1
    """
    end = there.find(_END)
    if end < 0:
        return 0 if len(there) >= MAX_HEAD else 1
    length = _LENGTH.search(there, 0, end + 2)
    body = min(int(length[1]), MAX_WAITED_BODY) if length else 0
    return max(0, end + len(_END) + body - len(there))
