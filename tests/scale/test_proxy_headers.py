"""What nginx tells the nodes of who asks: what it saw itself, never what a reader says of TLS."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from .clusters import ask
from .proxies import proxying

pytestmark = pytest.mark.proxy
FORGED = {"X_Forwarded_For": "198.51.100.1", "X_Request_ID": "chosen-by-a-reader"}


class Told(BaseHTTPRequestHandler):
    """A node that answers with the headers that reached it."""

    def do_GET(self) -> None:
        body = json.dumps(dict(self.headers.items())).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        return


@contextmanager
def before_a_node(folder: Path, proxies: int) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
    Thread(target=server.serve_forever, daemon=True).start()
    node = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        with proxying(folder / "nginx", [node, node], proxies) as site:
            yield site
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("proxies", "said", "told"),
    [
        (1, {}, "http"),
        (1, {"X_Forwarded_Proto": "https"}, "http"),
        (2, {"X_Forwarded_Proto": "https"}, "https"),
        (12, {"X_Forwarded_Proto": "https"}, "https"),
        (2, {"X_Forwarded_Proto": "http"}, "http"),
        (2, {"X_Forwarded_Proto": "https, https"}, "http"),
        (2, {}, "http"),
    ],
)
def test_only_a_proxy_of_ours_says_that_a_reader_has_tls(tmp_path, proxies, said, told):
    with before_a_node(tmp_path, proxies) as site:
        for path in ("/en/", "/admin/"):
            reached = ask(site, path, **said, **FORGED).json
            assert reached["X-Forwarded-Proto"] == told
            assert reached["X-Forwarded-For"] == "198.51.100.1, 127.0.0.1"
            assert reached["X-Request-ID"] != FORGED["X_Request_ID"]
