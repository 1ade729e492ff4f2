"""Who may open what: every address of the admin, for every role."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from disputes.documents import BY_TYPE
from disputes.models import LinkCheck, Proposal
from timeline.models import Entry

from ..admin.pages import researcher
from ..factories import MAKERS, make_event, make_recommendation, make_source, make_survey
from .proposing import propose

pytestmark = pytest.mark.django_db
ROLES = ("nobody", "member", "researcher", "editor", "administrator", "superuser")
GROUPS = {"researcher": "Researchers", "editor": "Editors", "administrator": "Administrators"}

# By page, in the order of ROLES: 200 shown, 302 sent elsewhere, 403 refused.
ALL = (302, 403, 200, 200, 200, 200)
EDITORS = (302, 403, 403, 200, 200, 200)
NEVER = (302, 403, 403, 403, 403, 403)
ACCOUNTS = (302, 403, 403, 403, 200, 200)
SUPERUSERS = (302, 403, 403, 403, 403, 200)
STAFF = (302, 200, 200, 200, 200, 200)
MOVED = (302, 403, 302, 302, 302, 302)
OPEN = (200, 302, 302, 302, 302, 302)
RECORD = {
    "changelist": ALL,
    "add": ALL,
    "change": ALL,
    "history": ALL,
    "compare": ALL,
    "restore": ALL,
    "translate": ALL,
    "withdraw": EDITORS,
    "delete": NEVER,  # what was ever public stays
}
TABLE = {"import": ALL, "export": ALL, "import_template": ALL}
TABLE |= {"process_import": (302, 403, 405, 405, 405, 405)}  # only what is posted
PART = {"changelist": NEVER, "add": NEVER, "change": ALL, "history": ALL, "delete": NEVER}
READ = {"changelist": ALL, "add": NEVER, "change": ALL, "history": ALL, "delete": NEVER}
PAGES = {
    **{f"disputes_{s.model._meta.model_name}": RECORD for s in BY_TYPE.values()},
    **{f"disputes_{name}": PART for name in ("reading", "progressassessment", "link")},
    **{f"disputes_{name}": RECORD | TABLE for name in ("event", "summit", "survey")},
    "disputes_source": {page: due for page, due in RECORD.items() if page != "translate"} | TABLE,
    "disputes_linkcheck": READ,
    "disputes_proposal": READ | {"history": MOVED},
    "timeline_entry": READ,
    "auth_user": dict.fromkeys(("changelist", "add", "change", "history"), ACCOUNTS)
    | {"delete": SUPERUSERS, "password_change": ACCOUNTS, "second_factor": ACCOUNTS},
    "auth_group": {"changelist": ACCOUNTS, "change": ACCOUNTS, "history": ACCOUNTS}
    | {"add": SUPERUSERS, "delete": SUPERUSERS},
    "admin_logentry": {"changelist": ACCOUNTS, "change": ACCOUNTS, "history": ACCOUNTS}
    | {"add": NEVER, "delete": NEVER},
}
SINGLE = {
    "index": STAFF,
    "login": OPEN,
    "password_change": STAFF,
    "password_change_done": STAFF,
    "jsi18n": STAFF,
    "quick_event": ALL,
    "quick_event_date": ALL,
    "quick_event_suggest": ALL,
    "quick_event_alike": ALL,
    "disputes_source_look_up": (302, 405, 405, 405, 405, 405),  # only what is posted
    "quick_event_preview": (302, 403, 405, 405, 405, 405),  # only what is posted
    "quick_event_actor": (302, 403, 405, 405, 405, 405),  # only what is posted
    "handbook": STAFF,
    "second_factor": STAFF,
    "audit": ACCOUNTS,
}
APART = {"logout", "autocomplete", "view_on_site", "app_list", "auth_user_password_change"}


def names():
    """The name of every address of the admin, without the app's."""
    found = set()

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns)
            elif getattr(pattern, "name", None):
                found.add(pattern.name)

    walk(admin.site.get_urls())
    return found


def test_every_address_of_the_admin_has_its_place_in_the_matrix():
    known = {f"{model}_{page}" for model, pages in PAGES.items() for page in pages}
    assert names() - known - SINGLE.keys() - APART == set()


def client_of(role):
    client = Client()
    if role == "nobody":
        return client
    user = User.objects.create_user(role, is_staff=True, is_superuser=role == "superuser")
    if role in GROUPS:
        user.groups.add(Group.objects.get(name=GROUPS[role]))
    client.force_login(user)
    return client


def checked(source):
    return LinkCheck.objects.create(source=source, address=source.url, outcome="alive")


def objects():
    """One of everything that has a page."""
    rows = {f"disputes_{BY_TYPE[n].model._meta.model_name}": make() for n, make in MAKERS.items()}
    rows |= {
        "disputes_reading": make_survey().readings.first(),
        "disputes_progressassessment": make_recommendation().progress.first(),
        "disputes_link": make_event(answers=(make_event(date="2018"),)).links.get(),
        "disputes_proposal": propose(researcher("hana"), make_event(), title_en="Mine"),
        "disputes_linkcheck": checked(make_source()),
        "timeline_entry": Entry.objects.first(),
        "auth_user": User.objects.get(username="hana"),
        "auth_group": Group.objects.first(),
    }
    assert Proposal.objects.count() == 1
    return rows


def address(model, page, row):
    if page == "import_template":
        return reverse(f"admin:{model}_{page}", args=["csv"])
    if page in ("changelist", "add", *TABLE):
        return reverse(f"admin:{model}_{page}")
    arguments = [row.pk, 1] if page == "restore" else [row.pk]
    query = "?a=1&b=1" if page == "compare" else ""
    return reverse(f"admin:{model}_{page}", args=arguments) + query


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_it_may_and_nothing_else(role):
    rows, client, place = objects(), client_of(role), ROLES.index(role)
    rows["admin_logentry"] = rows["auth_user"].logentry_set.first()
    pages = {
        (model, page): (address(model, page, rows[model]), expected[place])
        for model, pages in PAGES.items()
        for page, expected in pages.items()
        if page != "password_change"
    }
    pages |= {(name, ""): (reverse(f"admin:{name}"), s[place]) for name, s in SINGLE.items()}
    found = {name: client.get(url).status_code for name, (url, _due) in pages.items()}
    assert {n: s for n, s in found.items() if s != pages[n][1]} == {}
    refused = [url for name, (url, due) in pages.items() if due == 403]
    assert {url: client.post(url).status_code for url in refused} == dict.fromkeys(refused, 403)


def test_an_administrator_makes_nobody_a_superuser():
    client, chief = client_of("administrator"), User.objects.create_superuser("chief")
    other = User.objects.create_user("other")
    url = reverse("admin:auth_user_change", args=[other.pk])
    form = {"username": "other", "is_superuser": "on", "is_staff": "on", "_save": "1"}
    assert client.post(url, form | {"user_permissions": ["1"]}).status_code == 302
    other.refresh_from_db()
    assert (other.is_staff, other.is_superuser, other.user_permissions.count()) == (True, False, 0)
    for page in ("auth_user_change", "auth_user_password_change"):
        response = client.get(reverse(f"admin:{page}", args=[chief.pk]))
        assert response.status_code in (302, 404)


def test_wrong_passwords_close_the_door_for_a_while():
    User.objects.create_user("hana", password="right and long", is_staff=True)
    client, url = Client(), reverse("admin:login")
    for _attempt in range(4):
        assert client.post(url, {"username": "hana", "password": "wrong"}).status_code == 200
    assert client.post(url, {"username": "hana", "password": "wrong"}).status_code == 429
    closed = client.post(url, {"username": "hana", "password": "right and long"})
    assert (closed.status_code, b"Too many attempts" in closed.content) == (429, True)


def test_a_session_ends_after_twelve_hours(settings):
    User.objects.create_user("hana", password="right and long", is_staff=True)
    client = Client()
    typed = {"username": "hana", "password": "right and long"}
    client.post(reverse("admin:login"), typed)
    cookie = client.cookies["sessionid"]
    assert 43_100 < cookie["max-age"] <= 43_200
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
