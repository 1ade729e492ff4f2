"""How long a session of the desk lasts, and what ends it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from .people import SECRET, may_enter, sign_in, staff

pytestmark = pytest.mark.django_db
OTHER = "another-long-secret-phrase"


def test_a_changed_password_ends_every_other_session_of_that_person_and_no_one_elses():
    staff()
    staff("lee")
    here, there, other = Client(), Client(), Client()
    sign_in(here)
    sign_in(there)
    sign_in(other, "lee")
    given = {"old_password": SECRET, "new_password1": OTHER, "new_password2": OTHER}
    assert here.post(reverse("admin:password_change"), given).status_code == 302
    assert [may_enter(client) for client in (here, there, other)] == [True, False, True]


def test_a_password_that_an_administrator_sets_ends_all_of_them():
    user = staff()
    staff("chief", "Administrators")
    here, there, chief = Client(), Client(), Client()
    sign_in(here)
    sign_in(there)
    sign_in(chief, "chief")
    url = reverse("admin:auth_user_password_change", args=[user.pk])
    given = {"usable_password": "true", "password1": OTHER, "password2": OTHER}
    assert chief.post(url, given).status_code == 302
    assert [may_enter(client) for client in (here, there, chief)] == [False, False, True]


@pytest.mark.parametrize("column", ["is_active", "is_staff"])
def test_an_account_that_is_closed_is_out_at_its_next_request(column):
    user, client = staff(), Client()
    sign_in(client)
    setattr(user, column, False)
    user.save()
    assert may_enter(client) is False


def test_what_is_done_in_a_session_does_not_prolong_it(monkeypatch):
    staff()
    client, begun = Client(), timezone.now()
    sign_in(client)
    lasts = timedelta(seconds=settings.SESSION_COOKIE_AGE)

    def at(since_begun: timedelta) -> bool:
        monkeypatch.setattr(timezone, "now", lambda: begun + since_begun)
        session = client.session
        session["written"] = str(since_begun)  # as a saved form writes its message there
        session.save()
        return may_enter(client)

    hours = range(1, int(lasts / timedelta(hours=1)))
    assert [at(timedelta(hours=hour)) for hour in hours] == [True] * len(hours)
    row = Session.objects.get(pk=client.session.session_key)
    assert abs(row.expire_date - begun - lasts) < timedelta(seconds=5)
    monkeypatch.setattr(timezone, "now", lambda: begun + lasts + timedelta(seconds=5))
    assert may_enter(client) is False


def test_a_new_password_does_not_prolong_it_either():
    staff()
    client, begun = Client(), timezone.now()
    sign_in(client)
    given = {"old_password": SECRET, "new_password1": OTHER, "new_password2": OTHER}
    client.post(reverse("admin:password_change"), given)
    ends = client.session.get_expiry_date()
    assert ends - begun < timedelta(seconds=settings.SESSION_COOKIE_AGE + 5)


def test_signing_in_begins_a_session_of_another_name():
    staff()
    client = Client()
    client.get(reverse("admin:login"))
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = before = session.session_key
    sign_in(client)
    assert client.session.session_key != before
