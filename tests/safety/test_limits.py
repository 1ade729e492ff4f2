"""docs/limits.md is true: each number is the code's, and each named test is there."""

import re
from datetime import timedelta
from importlib import import_module
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from config.logs import note
from disputes.content import files
from timeline import cursors, edtf, parameters, search
from timeline.api import facets, problems
from timeline.declarations import MAX_LENGTH
from timeline.faults import SHOWN, ParameterErrors

from ..factories import make_event

pytestmark = pytest.mark.django_db

ROW = re.compile(r"^\| [^|]+ \| ([\d,]+) \| `([\w.]+)` \| `([\w/.]+)::(\w+)` \|$", re.MULTILINE)
ROWS = ROW.findall((settings.BASE_DIR / "docs" / "limits.md").read_text(encoding="utf-8"))


def test_the_table_is_read_whole():
    lines = (settings.BASE_DIR / "docs" / "limits.md").read_text(encoding="utf-8").splitlines()
    assert len(ROWS) == sum(line.startswith("| ") for line in lines) - 1 > 15


@pytest.mark.parametrize(("number", "name", "file", "test"), ROWS)
def test_a_limit_is_what_the_table_says(number, name, file, test):
    module, _dot, constant = name.rpartition(".")
    assert getattr(import_module(module), constant) == int(number.replace(",", ""))
    code = (settings.BASE_DIR / file).read_text(encoding="utf-8")
    assert f"\ndef {test}(" in code


@pytest.mark.parametrize("length", [MAX_LENGTH, MAX_LENGTH + 1])
def test_a_value_is_read_up_to_its_bound(length):
    (error,) = Client().get(f"/api/v1/events/?on={'x' * length}").json()["errors"]
    assert (error["code"] == "too_long") == (length > MAX_LENGTH)


def test_a_cursor_is_read_up_to_its_bound(monkeypatch):
    make_event(), make_event()
    following = Client().get("/api/v1/events/?page_size=1").json()["next"]
    (cursor,) = parse_qs(urlsplit(following).query)["cursor"]
    monkeypatch.setattr(cursors, "MAX_LENGTH", len(cursor))
    assert cursors.decode(cursor, "date")
    monkeypatch.setattr(cursors, "MAX_LENGTH", len(cursor) - 1)
    with pytest.raises(ParameterErrors):
        cursors.decode(cursor, "date")


def test_a_search_is_read_up_to_its_bound():
    found = [len(search.query_terms("x" * (search.MAX_QUERY - n) + " y")) for n in (2, 1)]
    assert found == [2, 1]


def test_a_date_is_read_up_to_its_bound(monkeypatch):
    monkeypatch.setattr(edtf, "MAX_LENGTH", len("2019-07-01"))
    assert (edtf.is_valid("2019-07-01"), edtf.is_valid("2019-07-01~")) == (True, False)


def test_a_content_file_is_read_up_to_its_bounds(tmp_path):
    (deep, deeper, large) = (tmp_path / name for name in ("deep", "deeper", "large"))
    deep.write_text("[" * files.MAX_DEPTH + "a" + "]" * files.MAX_DEPTH)
    deeper.write_text(f"[{deep.read_text()}]")
    large.write_text(f"[]{' ' * files.MAX_BYTES}")
    assert files.read(deep)
    for file in (deeper, large):
        with pytest.raises(files.Refused):
            files.read(file)


def test_a_facet_shows_a_bounded_number_of_values(monkeypatch):
    monkeypatch.setattr(facets, "MOST", 1)
    make_event(kind="ruling"), make_event(kind="talks")
    kinds = Client().get("/api/v1/events/?facet=kind").json()["facets"]["kind"]
    assert (len(kinds["values"]), kinds["complete"]) == (1, False)


def test_a_refusal_names_a_bounded_number_of_faults():
    query = "&".join(f"unknown{number}=1" for number in range(90))
    errors = Client().get(f"/api/v1/events/?{query}").json()["errors"]
    assert len(errors) == parameters.MAX_FAULTS


def test_a_refusal_repeats_a_bounded_part_of_what_was_typed():
    (error,) = Client().get(f"/api/v1/events/?on={'x' * 900}").json()["errors"]
    assert error["detail"].count("x") == SHOWN


def test_a_problem_repeats_a_bounded_part_of_the_address():
    instance = Client().get(f"/api/v1/events/?on={'x' * 900}").json()["instance"]
    assert len(instance) == problems.MAX_PATH + len("…")


def test_a_session_ends(monkeypatch):
    client, now = Client(), timezone.now
    client.force_login(User.objects.create_superuser("staff"))
    assert client.get("/admin/").status_code == 200
    later = now() + timedelta(seconds=settings.SESSION_COOKIE_AGE + 1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("form", [{"a": "x" * 2_700_000}, {f"f{n}": "1" for n in range(1_001)}])
def test_a_form_is_bounded_in_bytes_and_fields(form):
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("staff"))
    body = "&".join(f"{name}={value}" for name, value in form.items())
    kind = "application/x-www-form-urlencoded"
    response = client.post("/admin/disputes/event/add/", body, content_type=kind)
    assert response.status_code in (400, 413)


def test_a_path_in_the_log_is_bounded(caplog):
    caplog.set_level("INFO", "tracker.requests")
    note("GET", "/" + "x" * 9_000, 200, 0, 0)
    assert len(caplog.records[-1].path) == 300
