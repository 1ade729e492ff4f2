"""Whatever was wrong, a stranger is told the same, after the same work."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from .people import SECRET, code_of, sign_in, staff, with_app

pytestmark = pytest.mark.django_db
CHANGING = ("X-Request-ID", "Content-Length", "Expires")
CASES = {
    "no such name": ("nobody", SECRET, ""),
    "wrong password": ("kim", "wrong", ""),
    "wrong password, with a code": ("kim", "wrong", "123456"),
    "inactive": ("gone", SECRET, ""),
    "not of the staff": ("reader", SECRET, ""),
    "no code": ("sato", SECRET, ""),
    "wrong code": ("sato", SECRET, "no"),
    "no password was ever set": ("new", SECRET, ""),
}


@pytest.fixture(autouse=True)
def accounts() -> None:
    staff()
    staff("gone", is_active=False)
    staff("reader", "", is_staff=False)
    with_app(staff("sato"))
    User.objects.create_user("new", is_staff=True)


def answer(case: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and page, without what is another in each answer or was typed."""
    name, password, code = CASES[case]
    response = sign_in(Client(), name, password, code)
    headers = {k: v for k, v in response.headers.items() if k not in CHANGING}
    text = response.content.decode().replace(f'value="{name}"', "").replace(f'"{code}"', '""')
    text = re.sub(r'value="[A-Za-z0-9]{64}"', "", text).replace(' value=""', "")
    return response.status_code, headers, re.sub(r"\s+", " ", text).replace(" >", ">")


@pytest.mark.parametrize("case", CASES)
def test_the_same_words_status_and_headers(case):
    status, headers, page = answer(case)
    assert status == 200
    assert "That did not let you in" in page
    assert (status, headers, page) == answer("no such name")


@pytest.mark.parametrize("case", CASES)
def test_each_costs_one_hash(case, monkeypatch):
    done, encode = [], MD5PasswordHasher.encode

    def counted(self, password, salt):
        done.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    answer(case)
    assert len(done) == 1


@pytest.mark.parametrize("case", CASES)
def test_each_counts_for_the_lock(case):
    name, password, code = CASES[case]
    found = [sign_in(Client(), name, password, code).status_code for _attempt in range(6)]
    assert found == [200, 200, 200, 200, 429, 429]


def test_what_is_right_lets_in():
    assert sign_in(Client()).status_code == 302
    app = with_app(staff("park"))
    assert sign_in(Client(), "park", code=code_of(app)).status_code == 302


def test_a_form_without_its_token_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    answer = client.post(reverse("admin:login"), {"username": "kim"})
    assertContains(answer, "what you typed is still there", status_code=403)
