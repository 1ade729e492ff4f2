"""Who may do what with which method: every address of the admin, for every role."""

import hashlib

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.urls import reverse

from .test_roles import PAGES, ROLES, SINGLE, address, client_of, objects

pytestmark = pytest.mark.django_db
REFUSED = {302, 403, 405}
UNKNOWN = ("put", "patch", "delete", "options", "trace")
# What requests themselves leave behind, and is no part of the desk.
PASSING = {"sessions.Session", "disputes.SecurityEvent"}


def addresses(role: str) -> dict[str, int]:
    """Each address with the status that GET has for the role."""
    rows, place = objects(), ROLES.index(role)
    rows["admin_logentry"] = rows["auth_user"].logentry_set.first()
    found = {
        address(model, page, rows[model]): due[place]
        for model, pages in PAGES.items()
        for page, due in pages.items()
        if page != "password_change"
    }
    return found | {reverse(f"admin:{name}"): due[place] for name, due in SINGLE.items()}


def snapshot() -> dict[str, str]:
    """A digest of all rows of each table."""
    found = {}
    for model in apps.get_models():
        if model._meta.label in PASSING or not model._meta.managed:
            continue
        rows = sorted(map(repr, model.objects.values_list())) if hasattr(model, "objects") else []
        found[model._meta.label] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@pytest.mark.parametrize("role", ROLES)
def test_a_method_that_no_page_has_is_refused_to_everybody_and_changes_nothing(role):
    places, client = addresses(role), client_of(role)
    before, open_to_all = snapshot(), reverse("admin:login")
    for method in UNKNOWN:
        found = {a: getattr(client, method)(a).status_code for a in places if a != open_to_all}
        assert {a: s for a, s in found.items() if s not in REFUSED} == {}
        assert getattr(client, method)(open_to_all).status_code < 500
    assert snapshot() == before


@pytest.mark.parametrize("role", ROLES)
def test_what_is_refused_with_get_is_refused_with_every_method_and_changes_nothing(role):
    places, client = addresses(role), client_of(role)
    refused = [a for a, due in places.items() if due in (302, 403) and a != reverse("admin:login")]
    before = snapshot()
    for method in ("head", "post", *UNKNOWN):
        given = {"_save": "1", "post": "yes", "reason": "x"} if method == "post" else None
        found = {a: getattr(client, method)(a, given).status_code for a in refused}
        assert {a: s for a, s in found.items() if s not in REFUSED} == {}, method
    assert snapshot() == before
    assert refused or role == "superuser"


@pytest.mark.parametrize("role", ["nobody", "member", "researcher", "superuser"])
def test_head_is_answered_as_get_is_and_changes_nothing(role):
    places, client = addresses(role), client_of(role)
    before = snapshot()
    del places[reverse("admin:login")]  # Django leads on from there with GET alone
    found = {a: client.head(a).status_code for a in places}
    assert {a: s for a, s in found.items() if s not in (places[a], 405)} == {}
    assert snapshot() == before


def test_the_snapshot_sees_a_change():
    before = snapshot()
    User.objects.create_user("new")
    assert {k for k, v in snapshot().items() if before[k] != v} == {"auth.User"}
    assert len(before) > 30
