"""Guessing is slowed by name, by address and by both; who is known is not kept out by strangers."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from config import throttling
from config.throttling import KNOWN, MOST_OF_ACCOUNT, MOST_OF_ADDRESS

from .people import SECRET, sign_in, staff

pytestmark = pytest.mark.django_db


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def attack(name: str = "kim", failures: int = MOST_OF_ACCOUNT, network: str = "198.51.100") -> None:
    """Wrong passwords for one name, each from an address of its own."""
    for number in range(failures):
        sign_in(at(f"{network}.{number}"), name, "wrong")


def minutes_later(monkeypatch, minutes: float) -> None:
    now = timezone.now() + timedelta(minutes=minutes)
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: now)


def test_many_addresses_against_one_account_are_slowed():
    staff()
    attack(failures=MOST_OF_ACCOUNT - 1)
    assert sign_in(at("203.0.113.1"), password="wrong").status_code == 429
    assert sign_in(at("203.0.113.2")).status_code == 429
    staff("lee")
    assert sign_in(at("203.0.113.2"), "lee").status_code == 302  # others get in there


def test_just_below_the_bound_nobody_is_kept_out():
    staff()
    attack(failures=MOST_OF_ACCOUNT - 1)
    assert sign_in(at("203.0.113.2")).status_code == 302


def test_who_signed_in_at_an_address_of_late_is_not_kept_out_there_by_strangers():
    staff()
    assert sign_in(at("192.0.2.7")).status_code == 302
    attack()
    assert sign_in(at("192.0.2.8")).status_code == 429
    assert sign_in(at("192.0.2.7")).status_code == 302
    guesses = [sign_in(at("192.0.2.7"), password="no").status_code for _guess in range(5)]
    assert guesses == [200, 200, 200, 200, 429]  # five guesses there close it, as anywhere


def test_an_address_is_known_for_a_month_and_then_forgotten(monkeypatch):
    staff()
    sign_in(at("192.0.2.7"))
    minutes_later(monkeypatch, KNOWN / timedelta(minutes=1) + 1)
    attack()
    assert sign_in(at("192.0.2.7")).status_code == 429
    minutes_later(monkeypatch, 16)
    assert sign_in(at("192.0.2.9")).status_code == 302
    assert list(AccessLog.objects.values_list("ip_address", flat=True)) == ["192.0.2.9"]


def test_a_lock_ends_although_the_stranger_goes_on(monkeypatch):
    staff()
    attack()
    minutes_later(monkeypatch, 10)
    for number in range(5):  # refused, and not counted
        assert sign_in(at(f"203.0.113.{number}"), password="wrong").status_code == 429
    minutes_later(monkeypatch, 6)
    assert sign_in(at("203.0.113.9")).status_code == 302


def test_an_administrator_opens_it_earlier():
    staff()
    attack()
    call_command("axes_reset_username", "kim", verbosity=0)
    assert sign_in(at("203.0.113.9")).status_code == 302


def test_one_address_against_many_names_is_slowed_whether_they_are_accounts_or_not():
    staff()
    stranger = "203.0.113.1"
    found = [sign_in(at(stranger), f"name-{n}", "x").status_code for n in range(MOST_OF_ADDRESS)]
    assert found == [200] * (MOST_OF_ADDRESS - 1) + [429]
    assert sign_in(at(stranger)).status_code == 429
    assert sign_in(at("203.0.113.2")).status_code == 302


def test_colleagues_at_the_same_address_stay_in_reach():
    staff()
    office = "192.0.2.7"
    sign_in(at(office))
    for number in range(MOST_OF_ADDRESS):
        sign_in(at(office), f"name-{number}", "x")
    assert sign_in(at(office)).status_code == 302


def test_a_network_of_ipv6_is_one_place():
    staff()
    for number in range(5):
        last = sign_in(at(f"2001:db8:0:1::{number:x}"), password="wrong").status_code
    assert last == 429
    assert sign_in(at("2001:db8:0:1:ffff::1")).status_code == 429
    assert sign_in(at("2001:db8:0:2::1")).status_code == 302


def test_ipv4_in_the_form_of_ipv6_is_one_address_and_no_network():
    staff()
    for _number in range(5):
        sign_in(at("::ffff:203.0.113.5"), password="wrong")
    assert sign_in(at("203.0.113.5")).status_code == 429
    assert sign_in(at("::ffff:203.0.113.6")).status_code == 302


def test_what_was_typed_is_not_kept_where_failures_are_counted():
    staff()
    sign_in(Client(), SECRET, "kim", code="314159")
    sign_in(Client(), "kim", f"{SECRET}!", code="314159")
    for attempt in AccessAttempt.objects.all():
        text = " ".join(str(getattr(attempt, f.name)) for f in attempt._meta.fields)
        assert (SECRET in text, "314159" in text) == (False, False)
    assert AccessAttempt.objects.filter(username="kim").count() == 1


def test_the_wider_bounds_are_wider():
    assert min(MOST_OF_ACCOUNT, MOST_OF_ADDRESS) > settings.AXES_FAILURE_LIMIT
    assert throttling.NETWORK == 64
