"""Whoever the server asks over TLS shows a certificate that is trusted, or is told nothing."""

import smtplib
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

from disputes.web import addresses
from disputes.web.opening import opened
from timeline.copying import NoCopy, copy

HOST = "tracker-test.example"


class Stranger:
    """A server with TLS on 127.0.0.1 whose certificate nobody vouches for."""

    def __init__(self, folder: Path) -> None:
        self.certificate = folder / "cert.pem"
        names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST},IP:127.0.0.1"]
        made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2".split()
        files = ["-keyout", folder / "key.pem", "-out", self.certificate]
        subprocess.run([*made, *names, *files], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, folder / "key.pem")
        self.asked: list[str] = []
        stranger = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stranger.asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                return

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_arguments: object) -> None:
                return  # a handshake that the other side broke off

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.socket = context.wrap_socket(
            self.server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, args=[0.05], daemon=True).start()


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    found = Stranger(tmp_path_factory.mktemp("certificate"))
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture(autouse=True)
def _nobody_asked(stranger: Stranger) -> None:
    stranger.asked.clear()


def test_a_source_behind_a_certificate_that_nobody_vouches_for_is_not_read(
    stranger, site, monkeypatch
):
    monkeypatch.setattr(addresses, "allowed_ports", lambda: (stranger.port,))
    with pytest.raises(addresses.NotOpened) as refused:
        opened(f"https://{HOST}:{stranger.port}/page")
    assert "CERTIFICATE_VERIFY_FAILED" in str(refused.value.__cause__)
    assert stranger.asked == []


@pytest.mark.django_db
def test_a_record_behind_such_a_certificate_is_not_copied(stranger):
    with pytest.raises(NoCopy, match="CERTIFICATE_VERIFY_FAILED"):
        copy(f"https://127.0.0.1:{stranger.port}")
    assert stranger.asked == []


def test_a_record_behind_a_trusted_one_is_asked_for(stranger, monkeypatch, db):
    monkeypatch.setenv("SSL_CERT_FILE", str(stranger.certificate))
    assert copy(f"https://127.0.0.1:{stranger.port}") == 0
    assert stranger.asked == ["/api/v1/changes.jsonl?since=0"]


def test_mail_is_not_handed_to_such_a_server(stranger):
    given = {"host": "127.0.0.1", "port": stranger.port, "use_ssl": True, "timeout": 10}
    given |= {"username": "tracker", "password": "never told"}
    post = get_connection("django.core.mail.backends.smtp.EmailBackend", **given)
    with pytest.raises((ssl.SSLCertVerificationError, smtplib.SMTPException)) as refused:
        post.send_messages([EmailMessage("s", "b", "a@example.org", ["b@example.org"])])
    assert "CERTIFICATE_VERIFY_FAILED" in str(refused.value)
