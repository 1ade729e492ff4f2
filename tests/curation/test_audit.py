"""The audit page: all that was done, in one order, for administrators alone."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from disputes import publishing
from disputes.audit import pages
from disputes.audit.pages import ROWS, Place, place
from disputes.models import Proposal, ProposalState, SecurityEvent
from timeline.models import Entry

from ..admin.pages import editor, researcher, signed_in
from ..factories import make_event
from .proposing import propose

pytestmark = pytest.mark.django_db
SECRET = "correct horse battery staple"
ROW = re.compile(r"<tr>\s*<td><time(.*?)</tr>", re.DOTALL)


@pytest.fixture(autouse=True)
def quick_hashes(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def chief() -> Client:
    return signed_in("Administrators", "chief")


def shown(client: Client, **query: str) -> list[str]:
    """The text of each line, newest first, without its instant."""
    page = client.get(reverse("admin:audit"), query).content.decode()
    rows = [re.sub(r"<[^>]+>", " ", row) for row in ROW.findall(page)]
    return [" ".join(row.split()[2:]) for row in rows]


def everything() -> None:
    """One of each kind of line."""
    event = make_event(key="noted", title_en="First")
    publishing.withdraw(event, by="Kim Minji", reason="It was entered twice.")
    proposal = propose(researcher("hana"), make_event(key="other"), title_en="Mine")
    Proposal.objects.filter(pk=proposal.pk).update(
        state=ProposalState.DECLINED,
        decided_by=User.objects.create_user("lee"),
        decided_at=timezone.now(),
    )
    stranger = Client(REMOTE_ADDR="192.0.2.7")
    for name in ("hana", SECRET):
        stranger.post(reverse("admin:login"), {"username": name, "password": f"{SECRET}!"})
    SecurityEvent.objects.create(
        at=timezone.now(), kind="second factor removed", account="hana", by="lee"
    )


LINES = {
    "publications": [
        "Test Editor published event noted, version 1 first published",
        "Test Editor published event other, version 1 first published",
    ],
    "withdrawals": ["Kim Minji withdrawn event noted, version 2 It was entered twice."],
    "decisions": ["lee declined event other"],
    "sign_ins": ["– signed in chief", "– signed in hana"],
    "failures": [
        "– sign-in failed hana 192.0.2.7",
        "– sign-in failed (a name that no account has) 192.0.2.7",
    ],
    "accounts": [
        "chief account made new 127.0.0.1",
        "chief password set new 127.0.0.1",
        "chief Addition user new Added.",
    ],
    "factors": ["lee second factor removed hana"],
    "desk": ["hana Change event"],
}


def test_each_kind_is_found_by_its_filter_and_by_no_other():
    everything()
    client = chief()
    given = {"username": "new", "password1": SECRET, "password2": SECRET, "usable_password": "true"}
    assert client.post(reverse("admin:auth_user_add"), given).status_code == 302
    found = {kind: shown(client, kind=kind) for kind in LINES}
    for kind, due in LINES.items():
        missing = [b for b in due if not any(line.startswith(b) for line in found[kind])]
        assert (kind, missing) == (kind, [])
    listed = [line for lines in found.values() for line in lines]
    assert sorted(shown(client)) == sorted(listed)


def test_nothing_that_was_typed_and_no_secret_is_shown():
    everything()
    page = chief().get(reverse("admin:audit")).content.decode()
    assert SECRET not in page
    assert User.objects.get(username="hana").password not in page


def test_by_person_who_acted_and_who_was_acted_upon():
    everything()
    User.objects.create_user("kim", first_name="Kim", last_name="Minji")
    client = chief()
    assert len(shown(client, person="lee")) == 3  # decided, removed, and the account was made
    assert [line for line in shown(client, person="kim") if "withdrawn" in line]
    assert "lee second factor removed hana" in shown(client, person="hana")
    assert shown(client, person="nobody-at-all") == []


def test_by_day():
    everything()
    client, today = chief(), timezone.now().date().isoformat()
    assert len(shown(client, day=today)) == len(shown(client)) > 5
    assert shown(client, day="2019-07-01") == []
    assert shown(client, day="yesterday") == []
    assert shown(client, kind="nonsense") == []


def test_pages_follow_one_another_and_nothing_is_lost_or_shown_twice():
    """All at one instant, so that it does not suffice to go on by time."""
    now = timezone.now()
    SecurityEvent.objects.bulk_create(
        SecurityEvent(at=now, kind="signed in", account=f"p{n}", by=f"p{n}") for n in range(250)
    )
    editor("one")  # an account, a sign-in
    found, after, asked = [], None, 0
    while asked == 0 or after:
        page, after = pages.lines(after=place(str(after)) if after else None)
        assert len(page) <= ROWS
        found += page
        asked += 1
    assert asked == 3
    assert len(found) == SecurityEvent.objects.count() + Entry.objects.count() == 252
    assert {f"p{n}" for n in range(250)} <= {line.who for line in found}
    assert [line.at for line in found] == sorted((line.at for line in found), reverse=True)


def test_the_page_leads_to_older_ones_and_back():
    now = timezone.now()
    SecurityEvent.objects.bulk_create(
        SecurityEvent(at=now, kind="signed out", account="p", by="p") for _n in range(ROWS + 1)
    )
    client = chief()
    first = client.get(reverse("admin:audit"), {"person": "p"}).content.decode()
    older = re.search(r'href="(\?[^"]*after=[^"]*)"', first)[1].replace("&amp;", "&")
    assert "person=p" in older
    second = client.get(reverse("admin:audit") + older).content.decode()
    assert (len(ROW.findall(first)), len(ROW.findall(second))) == (ROWS, 1)
    assert 'href="?person=p"' in second


@pytest.mark.parametrize("text", ["", "x", "1", "1.2", "9" * 19 + ".0.1", "1.1.1; DROP", "١.1.1"])
def test_a_forged_place_is_the_beginning(text):
    assert place(text) is None
    client = chief()
    assert client.get(reverse("admin:audit"), {"after": text}).status_code == 200


def test_a_place_comes_back_as_it_was():
    given = Place(timezone.now(), 2, 17)
    assert place(str(given)) == given


@pytest.mark.parametrize("more", [0, 30])
def test_the_number_of_queries_does_not_depend_on_the_lines(more, django_assert_num_queries):
    everything()
    client = chief()
    for number in range(more):
        make_event(key=f"e{number}")
        SecurityEvent.objects.create(at=timezone.now(), kind="signed in", account="a", by="a")
    client.get(reverse("admin:audit"))
    with django_assert_num_queries(9):
        client.get(reverse("admin:audit"))


def test_a_lock_is_one_row_however_often_it_is_tried():
    User.objects.create_user("hana", password=SECRET, is_staff=True)
    for _attempt in range(12):
        Client().post(reverse("admin:login"), {"username": "hana", "password": "no"})
    assert len(shown(chief(), kind="failures")) <= 6
    assert SecurityEvent.objects.filter(kind="locked out").count() == 1


def test_rows_are_kept_for_a_year():
    for days in (364, 366):
        at = timezone.now() - timedelta(days=days)
        SecurityEvent.objects.create(at=at, kind="signed in", account=f"d{days}")
    chief()
    assert set(SecurityEvent.objects.values_list("account", flat=True)) == {"d364", "chief"}


def test_only_administrators_see_it():
    for client in (editor(), researcher()):
        refused = client.get(reverse("admin:audit"))
        assertContains(refused, "ask an Administrator", status_code=403)
        assert b"/audit/" not in client.get(reverse("admin:index")).content
    client = chief()
    assert client.post(reverse("admin:audit")).status_code == 405
    assert reverse("admin:audit").encode() in client.get(reverse("admin:index")).content
