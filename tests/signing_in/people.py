"""Members of staff who sign in as a browser does, with an app that shows codes."""

import time

from django.contrib.auth.models import Group, User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

SECRET = "correct horse battery staple"


def staff(name: str = "kim", group: str = "Editors", **columns: object) -> User:
    user = User.objects.create_user(name, password=SECRET, **{"is_staff": True} | columns)
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def sign_in(
    client: Client, name: str = "kim", password: str = SECRET, code: str = ""
) -> HttpResponse:
    typed = {"username": name, "password": password, "code": code, "next": reverse("admin:index")}
    return client.post(reverse("admin:login"), typed)


def code_of(app: TOTPDevice, steps: int = 0) -> str:
    """What the app shows, so many times half a minute from now."""
    totp = TOTP(app.bin_key, app.step, app.t0, app.digits, app.drift)
    totp.time = time.time() + steps * app.step
    return f"{totp.token():06d}"


def with_app(user: User) -> TOTPDevice:
    """An app that was set up a while ago: no code of it has been used of late."""
    return TOTPDevice.objects.create(user=user, name="app", confirmed=True)


def may_enter(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200
