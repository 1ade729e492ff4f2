"""ADMIN_PATH: the desk elsewhere, with all that protects it, and nobody is told where."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import paths

from .databases import empty_place, manage
from .routes import addresses
from .test_headers import VALUES

FOLDERS = ("config", "timeline", "disputes", "templates", "static")
ASKED = """
import json
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from config import counting
from timeline.mirror import scope

user, client = User.objects.create_superuser("kim"), Client(raise_request_exception=False)
client.force_login(user)

def say(who, address, method="get"):
    answer = getattr(who, method)(address)
    return [answer.status_code, answer.get("Cache-Control"), answer.get("Location")]

found = {"desk": say(client, "/desk-7/"), "add": say(client, "/desk-7/disputes/event/add/")}
found |= {"stranger": say(Client(), "/desk-7/"), "former": say(client, "/admin/")}
found["below"] = say(client, "/admin/login/")
found["robots"] = Client().get("/robots.txt").content.decode()
found["public"] = [b"desk-7" in Client().get(a).content for a in ("/en/", "/llms.txt", "/admin/")]
found["links"] = b'href="/desk-7/disputes/event/' in client.get("/desk-7/").content
found["kinds"] = [counting.kind_of(p) for p in ("/desk-7/login/", "/admin/")]
found["copied"] = bool(scope.LEFT.search("/desk-7/"))
settings.READ_ONLY = True
found["read_only"] = say(client, "/desk-7/disputes/event/add/", "post")[0]
print(json.dumps(found))
"""


@pytest.mark.django_db(transaction=True)
def test_the_desk_works_where_it_is_told_to_stand_and_nowhere_else(tmp_path):
    with empty_place(tmp_path, "elsewhere") as database:
        assert manage(database, "migrate", "-v0").returncode == 0
        done = manage(database, "shell", "-v0", "-c", ASKED, ADMIN_PATH="desk-7", ALLOWED_HOSTS="*")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    kept_nowhere = "max-age=0, no-cache, no-store, must-revalidate, private"
    assert found.pop("desk") == [200, kept_nowhere, None]
    assert found.pop("add") == [200, kept_nowhere, None]
    assert found.pop("stranger") == [302, kept_nowhere, "/desk-7/login/?next=/desk-7/"]
    assert (found.pop("former")[0], found.pop("below")[0]) == (404, 404)
    robots = found.pop("robots")
    assert "Sitemap:" in robots
    assert re.findall("desk|admin", robots) == []
    assert found == {
        "public": [False, False, False],
        "links": True,
        "kinds": ["desk", "other"],
        "copied": True,
        "read_only": 503,
    }


@pytest.mark.parametrize("given", ["desk", "desk/", "Desk_7-f3/", "a" * 64])
def test_one_name_is_a_path(given):
    assert paths.admin_path(given) == given.rstrip("/") + "/"


@pytest.mark.parametrize(
    "given",
    ["", "/", "/desk/", "a/b", "a//", "데스크", "a b", ".git", "-a", "a" * 65, "a\n"],
)
def test_anything_else_is_refused_in_words(given):
    with pytest.raises(ImproperlyConfigured, match="ADMIN_PATH is one name of letters"):
        paths.admin_path(given)


@pytest.mark.parametrize("given", ["api", "en/", "KO", "static/", "data", "i18n"])
def test_what_readers_have_is_not_given_away(given):
    with pytest.raises(ImproperlyConfigured, match="the site itself has it"):
        paths.admin_path(given)


def test_every_beginning_of_a_public_address_is_taken():
    first = {a.split("/")[1] for a in addresses(VALUES)} - {"", "admin"}
    first |= {"static", *(code for code, _name in settings.LANGUAGES)}
    assert {name.partition(".")[0].partition("-")[0] for name in first} - paths.TAKEN == set()


def test_no_code_spells_the_path_out():
    spelled = {
        str(file.relative_to(settings.BASE_DIR))
        for folder in FOLDERS
        for file in Path(settings.BASE_DIR, folder).rglob("*")
        if file.suffix in (".py", ".html", ".js", ".txt", ".svg", ".json")
        and re.search(r"[\"'/]/admin\b", file.read_text(encoding="utf-8"))
    }
    assert spelled == {"timeline/sitemaps.py"}  # the usual path, which robots are told of
