"""What somebody has: an app that shows codes (TOTP, RFC 6238), and recovery codes on paper."""

import re
import secrets
from base64 import b32encode

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.crypto import salted_hmac
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

CODES = 10  # recovery codes that are made at once
MOST_FAILURES = 9  # after so many wrong codes the wait grows no longer: 2⁸ = 256 seconds
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that looks like another
SIX_DIGITS = re.compile(r"[0-9]{6}\Z")


def is_set(user: AbstractBaseUser) -> bool:
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists()


def app_of(user: AbstractBaseUser, confirmed: bool = True) -> TOTPDevice | None:
    """The app that is set up, or (with `confirmed=False`) that waits for its first code."""
    return TOTPDevice.objects.filter(user_id=user.pk, confirmed=confirmed).first()


@transaction.atomic
def begin(user: AbstractBaseUser) -> TOTPDevice:
    """An app with a new secret; it counts once `confirm` has seen a code of it."""
    TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def confirm(app: TOTPDevice, code: str) -> bool:
    if not _verified(TOTPDevice, app.user, confirmed=False, token=plain(code)):
        return False
    TOTPDevice.objects.filter(pk=app.pk).update(confirmed=True)
    return True


@transaction.atomic
def make_codes(user: AbstractBaseUser) -> list[str]:
    """New recovery codes instead of all former ones. They can be read here, and never again."""
    StaticDevice.objects.filter(user_id=user.pk).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [_code() for _number in range(CODES)]
    StaticToken.objects.bulk_create(
        StaticToken(device=device, token=stored(user, c)) for c in codes
    )
    return codes


def codes_left(user: AbstractBaseUser) -> int:
    return StaticToken.objects.filter(device__user_id=user.pk).count()


@transaction.atomic
def remove(user: AbstractBaseUser) -> bool:
    """Whether there was anything that had been confirmed."""
    was_set = is_set(user)
    TOTPDevice.objects.filter(user_id=user.pk).delete()
    StaticDevice.objects.filter(user_id=user.pk).delete()
    return was_set


def matching(user: AbstractBaseUser, code: str) -> Device | None:
    """The app or the list of recovery codes that the code is of; it can be used once."""
    code = plain(code)
    if SIX_DIGITS.match(code):
        return _verified(TOTPDevice, user, confirmed=True, token=code)
    if not code:
        return None
    return _verified(StaticDevice, user, confirmed=True, token=stored(user, code))


def plain(code: str) -> str:
    """As it is compared: people type codes in groups and in capitals."""
    return re.sub(r"[\s-]", "", code).lower()


def stored(user: AbstractBaseUser, code: str) -> str:
    """A recovery code as the database has it: who reads a backup cannot sign in with it.

    Keyed with SECRET_KEY and salted with the account, so that a guess is tried against one alone.
    """
    salt = f"disputes.second_factor {user.pk}"
    digest = salted_hmac(salt, plain(code), algorithm="sha256").digest()
    return b32encode(digest[:10]).decode()


@transaction.atomic
def _verified(
    model: type[Device], user: AbstractBaseUser, confirmed: bool, token: str
) -> Device | None:
    """The device, if the token is right and no wait after wrong ones is due."""
    found = model.objects.filter(user_id=user.pk, confirmed=confirmed)
    device = found.select_for_update().first()
    if device is None:
        return None
    device.throttling_failure_count = min(device.throttling_failure_count, MOST_FAILURES)
    return device if device.verify_token(token) else None


def _code() -> str:
    """Fifty bits, in two groups."""
    letters = "".join(secrets.choice(LETTERS) for _place in range(10))
    return f"{letters[:5]}-{letters[5:]}"
