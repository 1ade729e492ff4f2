import pytest
from django.template.loader import render_to_string

from disputes.documents import BY_TYPE, document_of
from disputes.documents.own import own
from disputes.proposals import tried, write
from timeline.comparison import Difference, compare, fields_of
from timeline.merging import merge
from timeline.word_differences import MAX_TOKENS, Piece, pieces

from ..factories import MAKERS, make_actor, make_dispute, make_event, make_source

SAME, OUT, IN = "same", "removed", "added"


def said(before, after):
    return [(piece.op, piece.text) for piece in pieces(before, after)]


def test_words_are_compared_as_words():
    assert said("Japan removed Korea", "Japan struck Korea") == [
        (SAME, "Japan "),
        (OUT, "removed"),
        (IN, "struck"),
        (SAME, " Korea"),
    ]


def test_korean_and_japanese_are_compared_by_character():
    assert said("협정 종료 통보", "협정 연장 통보") == [
        (SAME, "협정 "),
        (OUT, "종료"),
        (IN, "연장"),
        (SAME, " 통보"),
    ]
    assert said("日本政府は抗議した", "日本政府が抗議した") == [
        (SAME, "日本政府"),
        (OUT, "は"),
        (IN, "が"),
        (SAME, "抗議した"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "new"), ("old", ""), ("a b", "a  b"), ("x" * 9, "é\n한"), ("1 " * 4000, "1 " * 3999)],
)
def test_pieces_are_both_texts(before, after):
    found = pieces(before, after)
    assert "".join(p.text for p in found if p.op != IN) == before
    assert "".join(p.text for p in found if p.op != OUT) == after


@pytest.mark.parametrize(("more", "number"), [(0, 3), (1, 2)])
def test_a_text_that_is_too_long_is_shown_whole(more, number):
    text = " ".join(map(str, range(MAX_TOKENS // 2))) + " " + "!" * more
    assert len(pieces(text, text.replace("0", "a", 1))) == number


def test_equal_texts_are_one_piece():
    assert pieces("a", "a") == [Piece(SAME, "a")]


def text(**languages):
    return {"en": None, "ko": None, "ja": None} | languages


def test_each_language_and_each_row_differs_for_itself():
    source = {"key": "s", "title": "A paper", "publisher": "P", "locator": None}
    before = {"title": text(en="Old", ko="옛"), "sources": [source], "effect": "neutral"}
    after = {
        "title": text(en="New", ko="옛", ja="新"),
        "sources": [source | {"locator": "p. 4"}, {"key": "t", "title": "More"}],
        "effect": "escalation",
    }
    assert compare(before, after) == [
        Difference(("title",), "changed", "Old", "New", "en"),
        Difference(("title",), "added", "", "新", "ja"),
        Difference(("sources", "P · A paper", "locator"), "added", "", "p. 4"),
        Difference(("sources",), "added", "", "More"),
        Difference(("effect",), "changed", "neutral", "escalation"),
    ]


def test_an_order_that_changed_is_one_difference():
    before, after = {"disputes": ["a", "b"]}, {"disputes": ["b", "a"]}
    assert compare(before, after) == [Difference(("disputes",), "moved", "a · b", "b · a")]


def test_what_is_copied_from_other_records_can_be_left_out():
    before = {"sources": [{"key": "s", "title": "Old", "locator": None}]}
    after = {"sources": [{"key": "s", "title": "New", "locator": None}]}
    assert fields_of(compare(before, after)) == ["sources"]
    assert compare(before, after, embedded=False) == []


def test_changes_of_different_fields_are_merged():
    base = {"title": text(en="T", ko="제"), "effect": "neutral", "sources": [{"key": "a"}]}
    mine = base | {"title": text(en="Mine", ko="제"), "sources": [{"key": "a"}, {"key": "b"}]}
    theirs = base | {"title": text(en="T", ko="그들"), "sources": [{"key": "c"}, {"key": "a"}]}
    found = merge(base, mine, theirs)
    assert found.clashes == []
    assert found.document == {
        "title": text(en="Mine", ko="그들"),
        "effect": "neutral",
        "sources": [{"key": "c"}, {"key": "a"}, {"key": "b"}],
    }


def test_a_value_that_both_changed_clashes_until_somebody_chooses():
    base, mine, theirs = ({"title": text(en=word)} for word in ("T", "Mine", "Theirs"))
    found = merge(base, mine, theirs)
    assert [(c.name, c.mine, c.theirs) for c in found.open] == [("title.en", "Mine", "Theirs")]
    assert found.document == theirs
    chosen = merge(base, mine, theirs, {"title.en": "mine"})
    assert (chosen.document, chosen.open, len(chosen.clashes)) == (mine, [], 1)


def test_a_row_that_one_removed_and_the_other_changed_clashes():
    base = {"sources": [{"key": "a", "note": None}]}
    theirs = {"sources": [{"key": "a", "note": "n"}]}
    found = merge(base, {"sources": []}, theirs)
    assert [c.name for c in found.open] == ["sources.a/1"]
    assert merge(base, {"sources": []}, theirs, {"sources.a/1": "mine"}).document == {"sources": []}


def test_references_to_two_records_are_not_mixed():
    base = {"dispute": {"key": "a"}}
    found = merge(base, {"dispute": {"key": "b"}}, {"dispute": {"key": "c"}})
    assert [c.name for c in found.open] == ["dispute"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", MAKERS)
def test_a_record_written_from_its_own_document_has_the_same_document(name):
    record = MAKERS[name]()
    document = document_of(record)
    written = write(type(record).objects.get(pk=record.pk), document)
    assert document_of(type(record).objects.get(pk=written.pk)) == document
    assert tried(record, document).document == document


@pytest.mark.django_db
def test_own_values_leave_out_what_is_derived_and_copied():
    actor, source, dispute = make_actor(), make_source(), make_dispute()
    event = make_event(
        disputes=(dispute,), initiators=(actor,), sources=[source], answers=(make_event(),)
    )
    found = own("event", document_of(event))
    assert found["initiators"] == [{"key": actor.key}]
    assert found["sources"] == [{"key": source.key, "locator": None, "claim": None, "note": None}]
    assert set(found) == {n for n, f in BY_TYPE["event"]().fields.items() if not f.read_only}
    assert list(found["links"][0]["event"]) == ["key"]


def rendered(type_, found):
    html = render_to_string("parts/differences.html", {"type": type_, "found": found})
    return " ".join(html.split())


def test_languages_and_codes_are_said_in_words():
    before = {"translations": text(ko="unreviewed"), "effect": "neutral"}
    after = {"translations": text(ko="stale"), "effect": "de_escalation"}
    html = rendered("event", compare(before, after))
    assert "State of the translations · Korean <small" in html
    stale = "<del>not yet reviewed by a native editor</del> <ins>older than the original</ins>"
    assert stale in html
    assert "<del>neutral</del> <ins>de-escalation</ins>" in html


def test_what_is_compared_is_escaped():
    html = rendered("event", compare({"title": text(en="a")}, {"title": text(en="<b>a")}))
    assert "&lt;b" in html and "<b>" not in html
