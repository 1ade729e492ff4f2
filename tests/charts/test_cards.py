"""Pictures for links to the pages."""

from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from disputes.publishing import publish, withdraw
from timeline import pictures, record_types

from ..factories import EDITOR, MAKERS, make_dispute, make_event, make_status

pytestmark = pytest.mark.django_db


def picture_at(client, path: str) -> Image.Image:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    return Image.open(BytesIO(response.content)).convert("RGB")


@pytest.mark.parametrize("name", MAKERS)
def test_every_record_has_a_card_of_the_size_that_links_show(client, name):
    record = MAKERS[name]()
    path = f"/ko{record_types.get(name).page}{record.key}/card.png"
    assert picture_at(client, path).size == (1200, 630)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_general_card_is_drawn_with_and_without_disputes(client, language):
    empty = picture_at(client, f"/{language}/card.png")
    make_status(make_dispute())
    full = picture_at(client, f"/{language}/card.png")
    assert empty.size == full.size == (1200, 630)
    assert empty.tobytes() != full.tobytes()


@pytest.fixture
def status():
    """In one colour from the beginning to today, so that a correction shows without letters."""
    return make_status(make_dispute(key="gsomia"), date="2015-01-01", status="resolved")


def correct(status) -> None:
    status.status = "escalating"
    status.save()
    publish(status, EDITOR, "corrected")


def test_card_is_kept_by_readers_until_something_changes(client, status):
    path = "/en/disputes/gsomia/card.png"
    first = client.get(path)
    known = client.get(path, headers={"if-none-match": first["ETag"]})
    assert known.status_code == 304
    correct(status)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200 and again.content != first.content


def test_card_at_an_earlier_instant_shows_what_stood_then(client, status):
    before = timezone.now().isoformat().replace("+00:00", "Z")
    correct(status)
    path, place = "/en/disputes/gsomia/card.png", (600, 460)
    assert picture_at(client, f"{path}?as_of={before}").getpixel(place) == (0x2D, 0x7A, 0x4D)
    assert picture_at(client, path).getpixel(place) == (0xD8, 0x50, 0x2F)


def test_card_of_a_draft_or_of_what_was_withdrawn_shows_nothing(client):
    make_event(key="draft", published=False)
    withdraw(make_event(key="gone"), EDITOR, "It stood here twice.")
    assert client.get("/en/events/draft/card.png").status_code == 404
    assert client.get("/en/events/gone/card.png").status_code == 410


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("one two three four five", ["one two", "three…"]),
        ("徴用工判決と輸出規制", ["徴用工判", "決と輸…"]),
        ("강제동원 피해자", ["강제동원", "피해자"]),
        ("佐渡島。の金山", ["佐渡島。", "の金山"]),
        ("", [""]),
    ],
)
def test_text_is_broken_where_its_language_breaks(text, lines):
    assert pictures.wrapped(text, 8, 2) == lines
