"""Whether a reader came with TLS: a proxy of ours says so, and nobody else is believed."""

import http.client
from urllib.parse import urlsplit

import pytest

from config.checks import proxies

from .databases import empty_place, manage, serving

pytestmark = pytest.mark.django_db
PATHS = ("/robots.txt", "/en/", "/api/v1/events/", "/admin/login/")
ASKED_FROM_INSIDE = ("/healthz", "/readyz")


@pytest.fixture(scope="module")
def database(tmp_path_factory, django_db_setup, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        empty_place(tmp_path_factory.mktemp("tls"), "tls") as found,
    ):
        assert manage(found, "migrate", "-v0").returncode == 0
        yield found


def statuses(site: str, paths: tuple[str, ...], headers: dict[str, str]) -> dict[str, int]:
    """Of each path without TLS, as gunicorn answers it; redirects are not followed."""
    found = {}
    for path in paths:
        connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
        connection.request("GET", path, headers=headers)
        found[path] = connection.getresponse().status
        connection.close()
    return found


@pytest.mark.parametrize(("count", "status"), [("0", 301), ("1", 200), ("2", 200)])
def test_a_header_about_tls_is_believed_only_where_proxies_are_counted(database, count, status):
    more = {"SITE_URL": "https://127.0.0.1", "PROXIES": count}
    with serving(database, **more) as (site, _process):
        said = statuses(site, PATHS, {"X-Forwarded-Proto": "https"})
        without = statuses(site, PATHS, {})  # also what was remembered a moment ago
        other = statuses(site, PATHS, {"X-Forwarded-Proto": "http, https"})
        inside = statuses(site, ASKED_FROM_INSIDE, {})
    assert said == dict.fromkeys(PATHS, status)
    assert without == other == dict.fromkeys(PATHS, 301)
    assert inside == dict.fromkeys(ASKED_FROM_INSIDE, 200)


def test_where_the_site_stands_no_header_says(database):
    """gunicorn would believe SCRIPT_NAME of any proxy on the same machine."""
    paths = ("/robots.txt", "/en/")
    with serving(database) as (site, _process):
        found = statuses(site, paths, {"SCRIPT_NAME": "/robots.txt"})
    assert found == dict.fromkeys(paths, 200)


@pytest.mark.parametrize(
    ("https", "count", "ids"),
    [(True, 0, ["config.W001"]), (True, 1, []), (False, 0, [])],
)
def test_a_site_with_tls_is_told_at_its_start_that_proxies_are_to_be_counted(
    settings, https, count, ids
):
    settings.HTTPS, settings.PROXIES = https, count
    assert [found.id for found in proxies()] == ids
