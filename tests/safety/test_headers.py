"""The same protection on every response: all routes of the URLconf, files, failures."""

import json
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client

from timeline import views
from timeline.models import Entry

from ..factories import make_event
from .databases import environment
from .routes import addresses

pytestmark = pytest.mark.django_db

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
DUE = {
    "Content-Security-Policy": POLICY,
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
APPS = "^(?P<app_label>"  # its alternatives follow, in no fixed order
VALUES = {
    "plural": "events",
    "key": "walked",
    "section": "events",
    "first": "1",
    "object_id": "1",
    "second": "2",
    "version": "1",
    "id": "1",
    "content_type_id": "1",
    "name": "2026.11",
    "file": "events.csv",
    "extension": "csv",
    r"[\s\S]*": "nowhere",
    r"(?P<url>": "nowhere",
    APPS: "disputes/",
}


@pytest.fixture(autouse=True)
def over_tls(settings) -> None:
    """As behind a proxy with TLS."""
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def parts(value: str | None) -> set[str]:
    """A header's directives, whose order says nothing."""
    return {part.strip() for part in (value or "").split(";")}


def lacking(response) -> dict[str, str | None]:
    """The headers that are not as they should be."""
    found = {
        name: response.get(name)
        for name, value in DUE.items()
        if parts(response.get(name)) != parts(value)
    }
    for name in ("Permissions-Policy", "Cross-Origin-Resource-Policy", "X-Request-ID"):
        if not response.get(name):
            found[name] = None
    kind = response.get("Content-Type", "")
    if kind.startswith("text/") or kind.partition(";")[0].endswith(("/xml", "+xml")):
        said = "charset=" in kind or b"encoding=" in response.content[:60].lower()  # XML's own
        found |= {} if said else {"Content-Type": kind}
    return found


def walked() -> list[str]:
    return addresses(VALUES)


def client(signed_in: bool) -> Client:
    found = Client(raise_request_exception=False)
    if signed_in:
        found.force_login(User.objects.create_superuser("walker"))
    return found


@pytest.mark.parametrize("signed_in", [False, True])
def test_every_route_carries_every_header(signed_in):
    make_event(key="walked")
    visitor = client(signed_in)
    found, failed = {}, []
    for address in walked():
        response = visitor.get(address, secure=True)
        found |= {address: missing} if (missing := lacking(response)) else {}
        failed += [address] if response.status_code >= 500 else []
    assert (found, failed) == ({}, [])


def test_the_walk_sees_the_whole_site():
    walk = walked()
    assert {"/healthz", "/en/timeline/", "/api/v1/events/", "/admin/", "/ledger/head"} <= set(walk)
    assert len(walk) > 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "head", "patch"])
def test_every_method_carries_every_header(method):
    for address in ("/en/", "/api/v1/events/", "/admin/", "/healthz", "/nothing"):
        assert lacking(getattr(client(False), method)(address, secure=True)) == {}


def test_a_static_file_carries_every_header(settings, tmp_path):
    (tmp_path / "a.css").write_text("p { margin: 0 }")
    settings.STATIC_ROOT = tmp_path
    response = client(False).get("/static/a.css", secure=True)
    assert (response.status_code, lacking(response)) == (200, {})


def test_a_match_from_memory_and_a_304_carry_every_header():
    visitor = client(False)
    etag = visitor.get("/en/", secure=True)["ETag"]
    again = visitor.get("/en/", secure=True)
    same = visitor.get("/en/", secure=True, headers={"If-None-Match": etag})
    assert (again.status_code, lacking(again)) == (200, {})
    assert (same.status_code, lacking(same)) == (304, {})


def test_a_failure_of_a_view_carries_every_header(monkeypatch):
    def fails(*_arguments: object) -> None:
        raise RuntimeError("secret words of a failure")

    monkeypatch.setattr(views.slices, "of", fails)
    response = client(False).get("/en/", secure=True)
    assert (response.status_code, lacking(response)) == (500, {})
    assert b"secret words" not in response.content


def test_a_database_that_is_gone_still_gives_every_header(monkeypatch):
    def fails(*_arguments: object) -> None:
        raise OperationalError("secret words of the database")

    monkeypatch.setattr(type(Entry.objects), "newest", fails)
    for address in ("/en/", "/api/v1/events/"):
        response = client(False).get(address, secure=True)
        assert (response.status_code, lacking(response)) == (503, {})
        assert b"secret words" not in response.content


def test_what_staff_sees_is_kept_nowhere():
    response = client(True).get("/admin/", secure=True)
    assert "no-store" in response["Cache-Control"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_data_may_be_embedded_anywhere_and_pages_may_not():
    found = {
        address: client(False).get(address, secure=True)["Cross-Origin-Resource-Policy"]
        for address in ("/en/", "/ko/events/", "/api/v1/events/", "/robots.txt", "/ledger/head")
    }
    pages = dict.fromkeys(("/en/", "/ko/events/"), "same-origin")
    data = dict.fromkeys(("/api/v1/events/", "/robots.txt", "/ledger/head"), "cross-origin")
    assert found == pages | data


def test_cookies_of_a_site_with_tls_are_bound_to_it():
    names = (
        "SESSION_COOKIE_NAME CSRF_COOKIE_NAME LANGUAGE_COOKIE_NAME SESSION_COOKIE_SECURE "
        "CSRF_COOKIE_SECURE LANGUAGE_COOKIE_SECURE SESSION_COOKIE_HTTPONLY "
        "SESSION_COOKIE_SAMESITE CSRF_COOKIE_SAMESITE LANGUAGE_COOKIE_SAMESITE "
        "SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH SECURE_HSTS_SECONDS SECURE_SSL_REDIRECT"
    ).split()
    code = (
        "import json; from config import settings, wsgi; from django.conf import settings; "
        f"print(json.dumps([getattr(settings, n) for n in {names}]))"
    )
    given = environment("sqlite:///:memory:", DEBUG="0", SECRET_KEY="x" * 60)
    given |= {"SITE_URL": "https://tracker.example", "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(
        command, cwd=configured.BASE_DIR, env=given, capture_output=True, text=True, check=True
    )
    assert dict(zip(names, json.loads(done.stdout), strict=True)) == {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "LANGUAGE_COOKIE_NAME": "__Host-language",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "LANGUAGE_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_SSL_REDIRECT": True,
    }
