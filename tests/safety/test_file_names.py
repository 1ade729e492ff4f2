"""Names of files in headers are of our own letters, whatever somebody asks for."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ..factories import make_event
from .routes import addresses
from .test_headers import VALUES

pytestmark = pytest.mark.django_db
HEADER = "Content-Disposition"
SAFE = re.compile(r'(?:attachment|inline); filename="[A-Za-z0-9][A-Za-z0-9._-]*"')
HOSTILE = ('a"; filename="evil.html', "a\r\nX-Injected: 1", "../../evil", "a;b", "名前", "a%22b")


@pytest.fixture
def client() -> Client:
    found = Client(raise_request_exception=False)
    found.force_login(User.objects.create_superuser("walker"))
    return found


def test_every_file_is_called_by_letters_that_a_header_can_hold(client):
    make_event(key="walked")
    named = {}
    for address in addresses(VALUES):
        for asked in (address, f"{address}?format=csv"):
            response = client.get(asked)
            named |= {asked: response[HEADER]} if HEADER in response else {}
    assert len(named) > 10
    assert {where: name for where, name in named.items() if not SAFE.fullmatch(name)} == {}


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_typed_stands_in_the_name_of_a_file(client, typed):
    make_event(key="walked", title_en=typed)
    for address in ("/api/v1/events/{}.csv", "/data/{}/csv/events.csv", "/data/latest/{}"):
        assert HEADER not in client.get(address.format(typed))
    for query in ({"q": typed}, {typed: "1"}, {"format": typed}):
        response = client.get("/api/v1/events.csv", query)
        assert SAFE.fullmatch(response.get(HEADER, 'inline; filename="none"'))
