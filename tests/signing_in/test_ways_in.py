"""The ways to sign in are those that docs/security.md names, and each is guarded as the others."""

import base64

import pytest
from axes.models import AccessAttempt
from django.conf import settings as configured
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from ..factories import make_event
from ..safety.routes import addresses
from ..safety.test_headers import VALUES
from .people import SECRET, code_of, may_enter, sign_in, staff, with_app

pytestmark = pytest.mark.django_db
NEW = "another-long-secret-phrase"


def typed(old: str) -> dict[str, str]:
    return {"old_password": old, "new_password1": NEW, "new_password2": NEW}


def change(client: Client, old: str):
    return client.post(reverse("admin:password_change"), typed(old))


@pytest.mark.parametrize("method", ["get", "post"])
def test_one_address_alone_signs_in(method):
    make_event(key="walked")
    staff()
    basic = base64.b64encode(f"kim:{SECRET}".encode()).decode()
    given = {"username": "kim", "password": SECRET, "next": "/admin/"}
    opened = set()
    for address in addresses(VALUES):
        client = Client(raise_request_exception=False, headers={"Authorization": f"Basic {basic}"})
        getattr(client, method)(address, given)
        if configured.SESSION_COOKIE_NAME in client.cookies:
            opened.add(address)
            assert may_enter(client)
    assert opened == ({"/admin/login/"} if method == "post" else set())


def test_the_api_knows_nobody():
    make_event(key="walked")
    client = Client()
    client.force_login(User.objects.create_superuser("chief"))
    for path in ("/api/v1/events/", "/api/v1/events/walked/", "/api/v1/changes/"):
        assert client.get(path).content == Client().get(path).content


def test_wrong_old_passwords_close_the_door_as_wrong_passwords_do():
    staff()
    client = Client()
    sign_in(client)
    found = [change(client, "no").status_code for _attempt in range(5)]
    assert found == [200, 200, 200, 200, 429]
    assert change(client, SECRET).status_code == 429
    assert sign_in(Client()).status_code == 429
    assert User.objects.get().check_password(SECRET)


def test_what_was_typed_for_a_new_password_is_not_kept_where_failures_are_counted():
    staff()
    client = Client()
    sign_in(client)
    change(client, "an old password")
    (kept,) = AccessAttempt.objects.values_list("post_data", flat=True)
    given = dict(line.split("=", 1) for line in kept.splitlines())
    assert given == dict.fromkeys(typed(""), "*" * 20)


def test_the_old_password_gives_a_new_one_with_a_second_factor_too():
    app = with_app(staff())
    client = Client()
    sign_in(client, code=code_of(app))
    answer = change(client, SECRET)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/password_change/done/")
    assert User.objects.get().check_password(NEW)
    assert may_enter(client)


def test_a_password_is_hashed_anew_where_the_settings_have_another_hash(settings):
    user = staff()
    former = user.password.partition("$")[0]
    best = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
    settings.PASSWORD_HASHERS = [best, *settings.PASSWORD_HASHERS]
    assert sign_in(Client()).status_code == 302
    user.refresh_from_db()
    assert (former, user.password.split("$")[:2]) == ("md5", ["pbkdf2_sha256", "1000000"])
    assert sign_in(Client()).status_code == 302
