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


def test_card_of_a_dispute_shows_its_status_in_the_colour_of_the_site(client):
    dispute = make_dispute(key="gsomia")
    make_status(dispute, date="2015-01-01", status="resolved")
    picture = picture_at(client, "/en/disputes/gsomia/card.png")
    assert picture.getpixel((600, 460)) == (0x2D, 0x7A, 0x4D)


def test_card_is_kept_by_readers_until_something_changes(client):
    event = make_event(key="e")
    first = client.get("/en/events/e/card.png")
    known = client.get("/en/events/e/card.png", headers={"if-none-match": first["ETag"]})
    assert known.status_code == 304
    event.title_en = "Corrected"
    event.save()
    publish(event, EDITOR, "corrected")
    again = client.get("/en/events/e/card.png", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200 and again.content != first.content


def test_card_at_an_earlier_instant_shows_what_stood_then(client):
    event = make_event(key="e", title_en="Former")
    former = client.get("/en/events/e/card.png").content
    before = timezone.now().isoformat().replace("+00:00", "Z")
    event.title_en = "Corrected"
    event.save()
    publish(event, EDITOR, "corrected")
    then = Image.open(BytesIO(client.get("/en/events/e/card.png", {"as_of": before}).content))
    now = Image.open(BytesIO(client.get("/en/events/e/card.png").content))
    words = (0, 0, 1200, 540)  # below them stands the instant
    old = Image.open(BytesIO(former))
    assert then.crop(words).tobytes() == old.crop(words).tobytes() != now.crop(words).tobytes()


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
