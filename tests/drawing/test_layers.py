"""Chains in layers and as nested lists."""

import pytest

from disputes.drawing.layers import (
    GAP,
    MARGIN,
    NARROWEST,
    WIDEST,
    WIDTH,
    box_width,
    layout,
    lines_of,
    tree,
)
from disputes.publishing import publish
from timeline.chains import chain
from timeline.models import Entry
from timeline.slices import Slice

from ..factories import make_event, make_link, make_summit
from ..pages.test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def start() -> Entry:
    """ruling → controls → notice → visit, and ruling → protest; the notice is looked at."""
    ruling = make_event(key="ruling", date="2018-10-30", title_en="The ruling")
    controls = make_event(key="controls", date="2019-07-01", answers=(ruling,), title_en="Controls")
    make_event(key="protest", date="2018-11-01", answers=(ruling,))
    notice = make_event(key="notice", date="2019-08-22", answers=(controls, ruling))
    visit = make_summit(key="visit", published=False)
    make_link(visit, notice, kind="settles", denied_by="KR")
    publish(visit, "Editor", "first")
    return Entry.objects.current().get(key="notice")


def test_layers_stand_in_the_order_of_distance_and_date(start):
    drawn = layout(chain(Slice(), start))
    boxes = {box.node.entry.key: box for box in drawn.boxes}
    assert boxes["ruling"].x == boxes["controls"].x < boxes["notice"].x < boxes["visit"].x
    assert boxes["ruling"].y < boxes["controls"].y
    assert "protest" not in boxes
    assert len(drawn.curves) == 4
    assert all(box.x >= 0 and box.y >= 0 for box in drawn.boxes)
    assert all(box.x < drawn.width and box.y < drawn.height for box in drawn.boxes)


def test_columns_stand_around_one_middle(start):
    boxes = {box.node.entry.key: box for box in layout(chain(Slice(), start)).boxes}
    assert boxes["notice"].middle == (boxes["ruling"].middle + boxes["controls"].middle) / 2


def test_boxes_fill_the_page_and_no_more_while_they_can_be_read():
    wide = [box_width(columns) for columns in range(1, 9)]
    assert wide == sorted(wide, reverse=True)
    assert (wide[0], wide[-1]) == (WIDEST, NARROWEST)
    assert 5 * wide[4] + 4 * GAP + 2 * MARGIN <= WIDTH


def test_chain_is_followed_as_far_as_one_look_takes_in(start):
    found = chain(Slice(), start)
    assert [found.depth_of(most) for most in (4, 3, 1)] == [1, 1, 1]
    far = chain(Slice(), Entry.objects.current().get(key="ruling"))
    assert [far.depth_of(most) for most in (5, 4, 2)] == [2, 1, 1]
    near = far.within(1)
    assert {node.entry.key for node in near.nodes} == {"ruling", "controls", "protest", "notice"}
    assert len(near.edges) == 4 and len(far.edges) == 5


def test_nested_list_holds_every_link_of_the_layers_and_says_what_stood_before(start):
    found = chain(Slice(), start)
    causes = tree(found, ("event", "notice"), forwards=False)
    assert [(b.node.entry.key, b.again) for b in causes] == [("controls", False), ("ruling", True)]
    assert [b.node.entry.key for b in causes[0].branches] == ["ruling"]
    [answer] = tree(found, ("event", "notice"), forwards=True)
    assert (answer.node.entry.key, answer.edge.kind) == ("visit", "settles")


def test_page_tells_the_chain_in_words(client, start):
    page = text_of(client.get("/en/chains/events/notice/"))
    assert "4 happenings, 4 links." in page
    assert "settles this according to the editors; denied by South Korea" in page
    assert "see above" in page


def test_list_tells_what_answered_the_answers_where_the_drawing_does_not(client, start):
    page = text_of(client.get("/en/chains/events/ruling/?depth=1"))
    drawn, _end, listed = page.partition("What came of it")
    visit = Entry.objects.current().get(key="visit").data["title"]["en"]
    assert visit not in drawn
    assert f"{visit} settles this" in listed


def test_happening_without_links_is_a_chain_of_itself(client):
    make_event(key="alone")
    page = text_of(client.get("/en/chains/events/alone/"))
    assert "1 happening, 0 links." in page
    assert "No earlier happening is recorded as its cause." in page


def test_turning_points_are_those_with_most_answers(client, start):
    page = text_of(client.get("/en/chains/"))
    assert page.index("3 answers") < page.index("1 answer")
    assert "The ruling" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("events/notice/?depth=9", 400),
        ("events/notice/?depth=x", 400),
        ("events/notice/?x=1", 400),
        ("events/nothing/", 404),
        ("sources/notice/", 404),
        ("nonsense/notice/", 404),
    ],
)
def test_bad_address_of_a_chain_is_refused_with_words(client, start, path, status):
    assert client.get(f"/en/chains/{path}").status_code == status


def test_title_stands_in_two_lines_and_loses_nothing_but_its_end():
    title = "Opposition leader Hwang fasts, asking that GSOMIA be kept"
    assert " ".join(lines_of(title, 186)) == title
    assert lines_of("Short", 186) == ["Short"]
    assert lines_of("word " * 60, 186)[1].endswith("…")
