"""The ten worked questions run as they are shown, against the real content."""

import csv
import html
import io
import re
import subprocess
import sys

import orjson
import pytest
from django.core.management import call_command, get_commands
from django.test import Client

from disputes.content.files import CONTENT
from disputes.content.loading import load
from disputes.questions import QUESTIONS

from ..factories import make_event

pytestmark = pytest.mark.xdist_group("content")


def shown(site: str) -> list[list[str]]:
    """For each question what the page says to type: curl, Python, R."""
    page = Client().get("/en/developers/").content.decode()
    code = [html.unescape(text) for text in re.findall(r"<pre[^>]*><code>(.*?)</code>", page, re.S)]
    return [code[start : start + 3] for start in range(0, len(code) - 1, 3)]


def run(command: list[str], **kwargs: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, **kwargs)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.django_db(transaction=True)
def test_every_question_is_answered_from_the_real_content(live_server, settings):
    settings.SITE_URL = live_server.url
    load(CONTENT, "Content files", "Loaded from the content files.")
    questions = shown(live_server.url)
    assert len(questions) == len(QUESTIONS) == 10
    said = []
    for question, (curl, python, r) in zip(QUESTIONS, questions, strict=True):
        raw = run(["bash", "-c", curl])
        found = list(csv.DictReader(io.StringIO(raw))) if question.is_table else orjson.loads(raw)
        said.append((found, run([sys.executable, "-c", python])))
        assert question.url(live_server.url) in r
    table, printed = said[0]
    assert {row["date"][:4] for row in table} <= {"2017", "2018", "2019"}  # spans reach into 2019
    assert len(printed.splitlines()) == len(table) > 50
    assert printed_words(said[1][1], 0) == [
        "comfort-women",
        "export-controls",
        "forced-labor",
        "fukushima-water",
        "gsomia",
        "sado-mines",
    ]
    assert {row["status"]["status"] for row in said[1][0]["results"]} <= {
        "deadlocked",
        "contested_settlement",
        "in_talks",
        "escalating",
        "eased",
        "raised",
        "resolved",
        "dormant",
    }
    assert said[2][1] == "0 visits\n"
    assert len(said[3][1].splitlines()) == len(said[3][0]["edges"]) > 3
    assert sum(v["count"] for v in said[4][0]["facets"]["year"]["values"]) > 100
    assert len(said[5][1].splitlines()) == len(said[5][0]["results"]) > 3
    assert sorted(printed_words(said[6][1], 0)) == ["JP", "KR"]
    assert len(said[7][1].splitlines()) == len(said[7][0]["included"]["source"]) > 0
    assert len(said[8][1].splitlines()) == len(said[8][0]["results"]) > 3
    assert said[9][1].splitlines()[-1].startswith("next time: since = ")


def printed_words(text: str, place: int) -> list[str]:
    return [line.split()[place] for line in text.splitlines()]


@pytest.mark.django_db(transaction=True)
def test_a_release_is_checked_with_the_commands_that_the_page_says(live_server, settings, tmp_path):
    settings.SITE_URL, settings.RELEASES = live_server.url, str(tmp_path / "shelf")
    make_event(), make_event()
    call_command("make_release", "2026.11", verbosity=0)
    make_event()
    page = Client().get("/en/developers/").content.decode().partition('id="rebuild"')[2]
    code = html.unescape(re.search(r"<code>(.*?)</code>", page, re.S)[1]).splitlines()
    listed, known, again = (run(["bash", "-o", "pipefail", "-c", line]) for line in code[:3])
    assert orjson.loads(listed)["results"][0]["name"] == "2026.11"
    assert known.split()[0] == again.split()[0]
    for line in code[3:]:
        assert line.split()[3] in get_commands()


@pytest.mark.django_db
def test_llms_txt_leads_only_to_what_is_there(settings):
    settings.SITE_URL = "https://tracker.example"
    response = Client().get("/llms.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    addresses = re.findall(r"\(https://tracker\.example(/[^)]*)\)", response.content.decode())
    assert len(addresses) > 15
    for address in addresses:
        assert Client().get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_page_for_developers_refuses_what_it_does_not_know(language):
    assert Client().get(f"/{language}/developers/").status_code == 200
    assert Client().get(f"/{language}/developers/?x=1").status_code == 400
