"""Charts and readings as files."""

import csv
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from PIL import Image

from disputes.publishing import publish
from timeline import pictures
from timeline.api.tables import cell

from ..factories import EDITOR, make_source, make_survey

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(response.content.decode())))


def test_csv_holds_every_reading_as_published(client):
    survey = make_survey(key="poll", readings=[("2019-05/2019-06", 31.7), ("2020", 12)])
    response = client.get("/en/surveys/poll/data.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="poll.csv"'
    source = survey.readings.first().sources.get().url
    shared = {"survey": "poll", "country": "KR", "unit": "percent", "sample": "", "note": ""}
    assert rows(response) == [
        shared
        | {
            "date": "2019-05/2019-06",
            "date_earliest": "2019-05-01",
            "date_latest": "2019-06-30",
            "value": "31.7",
            "sources": source,
        },
        shared
        | {
            "date": "2020",
            "date_earliest": "2020-01-01",
            "date_latest": "2020-12-31",
            "value": "12",
            "sources": source,
        },
    ]


def test_csv_holds_the_pair_too(client):
    make_survey(key="poll-jp-trust", country="JP", readings=[("2019", 1)])
    make_survey(key="poll-kr-trust", country="KR", readings=[("2019", 2)])
    found = rows(client.get("/en/surveys/poll-jp-trust/data.csv"))
    assert [(row["survey"], row["value"]) for row in found] == [
        ("poll-kr-trust", "2"),
        ("poll-jp-trust", "1"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_note_is_a_formula_in_a_spreadsheet(client, text):
    survey = make_survey(key="poll", readings=[("2019", 1)])
    survey.readings.update(note_en=text)
    publish(survey, EDITOR, "with a note")
    [row] = rows(client.get("/en/surveys/poll/data.csv"))
    assert row["note"] == cell(text) == f"'{text}"


def test_csv_at_an_earlier_instant_is_what_stood_then(client):
    survey = make_survey(key="poll", readings=[("2019", 1)])
    before = timezone.now().isoformat().replace("+00:00", "Z")
    survey.readings.update(value=2)
    publish(survey, EDITOR, "corrected")
    assert [r["value"] for r in rows(client.get("/en/surveys/poll/data.csv"))] == ["2"]
    former = client.get("/en/surveys/poll/data.csv", {"as_of": before})
    assert [r["value"] for r in rows(former)] == ["1"]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_svg_stands_alone_with_its_ink(client, language):
    make_survey(key="poll", title_en="A < B & <script>", readings=[("2019", 10), ("2021", 20)])
    response = client.get(f"/{language}/surveys/poll/chart.svg")
    assert response["Content-Type"] == "image/svg+xml"
    drawing = ElementTree.fromstring(response.content)  # noqa: S314 (our own drawing)
    assert drawing.find(f"{SVG}title").text == "A < B & <script>"
    assert drawing.findall(f".//{SVG}script") == []
    style = drawing.find(f"{SVG}style").text
    assert "var(" not in style and "@" not in style
    between = drawing.findall(f".//{SVG}line[@class='between']")
    assert [line.get("y1") for line in between] == ["50.0%"]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_png_is_a_picture_of_its_size(client, language):
    make_survey(key="poll", readings=[("2019", 10), ("2021", 20)])
    response = client.get(f"/{language}/surveys/poll/chart.png")
    assert response["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(response.content))
    picture.verify()
    assert (picture.format, picture.size) == ("PNG", (1600, 960))


@pytest.mark.parametrize("name", ["chart.svg", "chart.png", "data.csv", "card.png"])
def test_file_of_no_survey_is_a_404_and_of_an_unknown_parameter_a_400(client, name):
    make_survey(key="poll")
    assert client.get(f"/en/surveys/nothing/{name}").status_code == 404
    assert client.get(f"/en/surveys/poll/{name}?nonsense=1").status_code == 400


@pytest.mark.parametrize("name", ["chart.svg", "chart.png"])
def test_survey_without_readings_has_no_picture(client, name):
    make_survey(key="poll", readings=[])
    assert client.get(f"/en/surveys/poll/{name}").status_code == 404


def test_page_leads_from_each_point_to_its_row_and_offers_the_files(client):
    make_source()
    make_survey(key="poll", readings=[("2019", 10), ("2021", 20.5)])
    body = client.get("/en/surveys/poll/").content.decode()
    assert body.count('href="#reading-2" aria-label="South Korea 2021: 20.5%"') == 1
    assert body.count('<tr id="reading-2">') == 1
    for name in ("data.csv", "chart.svg", "chart.png"):
        assert body.count(f'<a href="/en/surveys/poll/{name}" download>') == 1


def test_every_rule_that_inks_files_has_its_colours():
    for language in ("en", "ko", "ja"):
        rules = pictures.ink(language)
        assert "var(" not in rules
        assert ".state-deadlocked" in rules and ".chart .between" in rules
