"""Every route with every method and nothing in the body: refused with words, never a failure."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from ..factories import MAKERS, make_event
from .test_headers import walked

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "options", "post", "put", "patch", "delete", "trace")


@pytest.mark.parametrize("method", METHODS)
def test_an_empty_request_is_no_failure(method):
    for name, make in MAKERS.items():
        make(key=f"{name}-walked")
    make_event(key="walked")
    stranger, staff = (Client(raise_request_exception=False) for _who in range(2))
    staff.force_login(User.objects.create_superuser("staff"))
    failed = {
        (who, address): status
        for who, client in (("stranger", stranger), ("staff", staff))
        for address in walked()
        if address != "/admin/logout/"
        and (status := getattr(client, method)(address).status_code) >= 500
    }
    assert failed == {}
