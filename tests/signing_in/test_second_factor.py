"""The second factor: set up, asked for, spent, renewed, removed."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from disputes.models import SecurityEvent
from disputes.second_factor import devices

from .people import SECRET, code_of, may_enter, sign_in, staff, with_app

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<li><code>([a-z2-9]{5}-[a-z2-9]{5})</code></li>")


@pytest.fixture(autouse=True)
def no_wait(settings):
    """After a wrong code the next may follow at once, but where the wait itself is tested."""
    settings.OTP_TOTP_THROTTLE_FACTOR = settings.OTP_STATIC_THROTTLE_FACTOR = 0


def page() -> str:
    return reverse("admin:second_factor")


def set_up(client: Client, user: User) -> list[str]:
    """The recovery codes; the app's codes of this half minute and the one before are spent."""
    assert client.post(page(), {"_begin": "1", "password": SECRET}).status_code == 302
    app = TOTPDevice.objects.get(user=user)
    done = client.post(page(), {"_confirm": "1", "code": code_of(app, -1)})
    return CODE.findall(done.content.decode())


def kinds() -> list[tuple[str, str, str]]:
    rows = SecurityEvent.objects.order_by("pk").values_list("kind", "account", "by")
    return [row for row in rows if "factor" in row[0] or "code" in row[0]]


def test_it_is_set_up_with_a_picture_or_by_typing_and_codes_are_shown_once():
    user, client = staff(), Client()
    sign_in(client)
    assert b"<img" not in client.get(page()).content
    assert client.post(page(), {"_begin": "1", "password": SECRET}).status_code == 302
    app = TOTPDevice.objects.get(user=user)
    assert app.confirmed is False
    shown = client.get(page()).content.decode()
    assert 'src="data:image/svg+xml;base64,' in shown
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', shown)[1]
    assert secret.replace(" ", "") in app.config_url
    done = client.post(page(), {"_confirm": "1", "code": code_of(app)})
    codes = CODE.findall(done.content.decode())
    assert (len(codes), len(set(codes))) == (10, 10)
    assert "no-store" in done["Cache-Control"]
    again = client.get(page()).content.decode()
    assert [text for text in (*codes, secret, "<img") if text in again] == []
    assert kinds() == [("second factor set up", "kim", "kim")]
    assert may_enter(client)


def test_nothing_is_set_up_without_the_password_or_the_first_code():
    user, client = staff(), Client()
    sign_in(client)
    assert b"is wrong" in client.post(page(), {"_begin": "1", "password": "no"}).content
    assert TOTPDevice.objects.count() == 0
    client.post(page(), {"_begin": "1", "password": SECRET})
    assert b"not the code" in client.post(page(), {"_confirm": "1", "code": "000000"}).content
    assert devices.is_set(user) is False
    assert sign_in(Client()).status_code == 302  # an app that was never confirmed asks for nothing
    assert kinds() == []


def test_the_password_alone_opens_nothing_any_more():
    user = staff()
    app = with_app(user)
    client = Client()
    assert sign_in(client).status_code == 200
    assert (
        sign_in(client, code="123456" if code_of(app) != "123456" else "654321").status_code == 200
    )
    assert may_enter(client) is False
    assert sign_in(client, code=code_of(app)).status_code == 302
    assert may_enter(client) is True
    assert [e.kind for e in SecurityEvent.objects.order_by("pk")][1:] == [
        "sign-in failed",
        "sign-in failed",
        "signed in",
    ]


def test_a_code_is_spent_once():
    app = with_app(staff())
    code = code_of(app)
    assert sign_in(Client(), code=code).status_code == 302
    assert sign_in(Client(), code=code).status_code == 200


def test_another_session_of_the_same_person_is_asked_for_the_code():
    user, here, there = staff(), Client(), Client()
    sign_in(here)
    sign_in(there)
    assert set_up(here, user)
    assert may_enter(here)
    response = there.get(reverse("admin:disputes_event_changelist"))
    assert (response.status_code, response["Location"].split("?")[0]) == (302, "/admin/login/")
    assert there.post(reverse("admin:disputes_event_add"), {}).status_code == 302
    assert b"Sign in again, with your code" in there.get(response["Location"]).content


def test_a_recovery_code_opens_once_and_is_no_plain_text_in_the_database():
    user, client = staff(), Client()
    sign_in(client)
    first, *others = set_up(client, user)
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert kept & {first, devices.plain(first), *others} == set()
    assert sign_in(Client(), code=first.upper().replace("-", " ")).status_code == 302
    assert sign_in(Client(), code=first).status_code == 200
    assert ("recovery code used", "kim", "kim") in kinds()
    assert devices.codes_left(user) == 9


def test_new_recovery_codes_take_the_place_of_the_former_ones():
    user, client = staff(), Client()
    sign_in(client)
    former = set_up(client, user)
    wrong = {"_renew": "1", "password": SECRET, "code": "nothing"}
    assert CODE.findall(client.post(page(), wrong).content.decode()) == []
    given = {"_renew": "1", "password": SECRET, "code": former[0]}
    fresh = CODE.findall(client.post(page(), given).content.decode())
    assert len(set(fresh) - set(former)) == 10
    assert sign_in(Client(), code=former[1]).status_code == 200
    assert sign_in(Client(), code=fresh[1]).status_code == 302


def test_it_is_removed_with_password_and_code_alone():
    user, client = staff(), Client()
    sign_in(client)
    codes = set_up(client, user)
    for given in ({"password": SECRET}, {"code": codes[0]}, {"password": "no", "code": codes[0]}):
        assert client.post(page(), {"_remove": "1"} | given).status_code == 200
        assert devices.is_set(user)
    given = {"_remove": "1", "password": SECRET, "code": codes[0]}
    assert client.post(page(), given).status_code == 302
    assert devices.is_set(user) is False
    assert StaticToken.objects.count() == 0
    assert may_enter(client)
    assert sign_in(Client()).status_code == 302
    assert kinds()[-1] == ("second factor removed", "kim", "kim")


def test_nobody_puts_a_second_app_beside_the_first():
    user, client = staff(), Client()
    sign_in(client)
    set_up(client, user)
    key = TOTPDevice.objects.get(user=user).key
    assert client.post(page(), {"_begin": "1", "password": SECRET}).status_code == 302
    assert client.post(page(), {"_confirm": "1", "code": "000000"}).status_code == 302
    assert TOTPDevice.objects.get(user=user).key == key


def test_wrong_codes_close_the_door_as_wrong_passwords_do():
    app = with_app(staff())
    client = Client()
    found = [sign_in(client, code="no").status_code for _attempt in range(5)]
    assert found == [200, 200, 200, 200, 429]
    assert sign_in(client, code=code_of(app)).status_code == 429


def test_wrong_passwords_on_the_page_close_it_too():
    staff()
    client = Client()
    sign_in(client)
    for _attempt in range(5):
        response = client.post(page(), {"_begin": "1", "password": "no"})
    assert response.status_code == 429
    assert client.post(page(), {"_begin": "1", "password": SECRET}).status_code == 429


def test_after_wrong_codes_there_is_a_wait_which_does_not_grow_for_ever(settings, monkeypatch):
    settings.OTP_TOTP_THROTTLE_FACTOR = 1
    app = with_app(user := staff())
    app.throttling_failure_count, app.throttling_failure_timestamp = 50, timezone.now()
    app.save()
    assert devices.matching(user, code_of(app)) is None
    later = timezone.now() + timedelta(seconds=257)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert devices.matching(user, code_of(app)) is not None


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def test_where_it_is_a_must_nothing_else_opens_before_it_is_set_up(required):
    user, client = staff(), Client()
    sign_in(client)
    for name in (
        "index",
        "disputes_event_changelist",
        "handbook",
        "password_change",
        "auth_user_add",
    ):
        for method in ("get", "head", "post"):
            response = getattr(client, method)(reverse(f"admin:{name}"))
            assert (response.status_code, response.get("Location")) == (302, page()), (name, method)
    assert b"must have a second factor" in client.get(page()).content
    assert set_up(client, user)
    assert may_enter(client)


def test_where_it_is_a_must_one_may_still_sign_out(required):
    staff()
    client = Client()
    sign_in(client)
    assert b"Logged out" in client.post(reverse("admin:logout")).content


def test_a_stranger_is_led_to_the_sign_in_and_not_to_the_set_up(required):
    assert "/admin/login/" in Client().get(page())["Location"]
    assert "/admin/login/" in Client().get(reverse("admin:index"))["Location"]


def removal(user: User) -> str:
    return reverse("admin:auth_user_second_factor", args=[user.pk])


def test_an_administrator_helps_who_lost_the_telephone():
    user, chief, client = staff(), staff("chief", "Administrators"), Client()
    with_app(user)
    sign_in(client, "chief")
    account = reverse("admin:auth_user_change", args=[user.pk])
    assert removal(user).encode() in client.get(account).content
    assert devices.is_set(user)  # looking at the question removes nothing
    assert client.get(removal(user)).status_code == 200
    assert devices.is_set(user)
    assert client.post(removal(user))["Location"] == account
    assert devices.is_set(user) is False
    assert kinds() == [("second factor removed", "kim", "chief")]
    assert "econd factor" in chief.logentry_set.get().get_change_message()
    assert removal(user).encode() not in client.get(account).content
    assert client.post(removal(user)).status_code == 302  # once more changes nothing
    assert len(kinds()) == 1


@pytest.mark.parametrize("group", ["Editors", "Researchers", ""])
def test_nobody_else_removes_it(group):
    user, client = staff(), Client()
    with_app(user)
    staff("other", group)
    sign_in(client, "other")
    assert client.post(removal(user)).status_code == 403
    assert devices.is_set(user)


def test_only_a_superuser_removes_a_superusers():
    boss, client = staff("boss", "", is_superuser=True), Client()
    with_app(boss)
    staff("chief", "Administrators")
    sign_in(client, "chief")
    for method in (client.get, client.post):
        assert method(removal(boss)).status_code == 302
    assert devices.is_set(boss)
    staff("peer", "", is_superuser=True)
    other = Client()
    sign_in(other, "peer")
    assert other.post(removal(boss)).status_code == 302
    assert devices.is_set(boss) is False


def test_nobody_removes_their_own_that_way():
    chief, client = staff("chief", "Administrators"), Client()
    app = with_app(chief)
    sign_in(client, "chief", code=code_of(app))
    assert client.post(removal(chief))["Location"] == page()
    assert devices.is_set(chief)


def test_secrets_stand_on_no_page_of_the_desk():
    boss, client = staff("boss", "", is_superuser=True), Client()
    app = with_app(boss)
    sign_in(client, "boss", code=code_of(app))
    for name in ("otp_totp_totpdevice_changelist", "otp_static_staticdevice_changelist"):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{name}")
    account = reverse("admin:auth_user_change", args=[boss.pk])
    for address in (account, reverse("admin:auth_user_changelist"), page()):
        assert app.key.encode() not in client.get(address).content
