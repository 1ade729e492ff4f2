import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from timeline import search
from timeline.models import Entry

from .appending import add, keys

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    return keys(Entry.objects.current().matching(query))


def text(en: str | None = None, ko: str | None = None, ja: str | None = None) -> dict:
    return {"en": en, "ko": ko, "ja": ja}


@pytest.fixture
def disputes():
    add("labor", summary=text("Forced labor", "강제동원 피해자 문제", "徴用工問題"))
    add("women", summary=text("The comfort women agreement", "위안부 합의", "慰安婦合意"))
    add("gsomia", summary=text("GSOMIA was extended", "지소미아 종료 통보", "日韓秘密軍事情報"))
    add("sado", summary=text("The Sado mines", "사도 광산", "佐渡島の金山"))
    add("island", summary=text("Hashima", "군함도 전시", "端島"))
    add("navy", summary=text("Warships", "군함 함도 전시", "軍艦"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("강제동원", ["labor"]),
        ("지소미아", ["gsomia"]),
        ("佐渡", ["sado"]),
        ("徴用工", ["labor"]),
        ("慰安婦", ["women"]),
        ("comfort women", ["women"]),
        ("women comfort", ["women"]),
        ("Comfort", ["women"]),
        ("comf", ["women"]),  # the beginning of a word
        ("omfort", []),
        ("동원", ["labor"]),  # inside a run
        ("제동원 피해", ["labor"]),
        ("강제노동", []),
        ("강제 동원", ["labor"]),
        ("위안부 GSOMIA", []),  # all of the words
        ("전시", ["island", "navy"]),
        ("comfort 慰安婦 위안부", ["women"]),
    ],
)
def test_words_are_found_in_three_languages(disputes, query, expected):
    assert found(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("강", ["labor"]),  # at the beginning of a run
        ("동", ["labor"]),  # within it
        ("원", ["labor"]),  # at its end
        ("佐", ["sado"]),
        ("山", ["sado"]),
        ("の", ["sado"]),
        ("g", ["gsomia"]),
        ("독", []),
    ],
)
def test_one_character_is_found_wherever_it_stands(disputes, query, expected):
    assert found(query) == expected


def test_a_phrase_never_spans_two_runs(disputes):
    assert found("군함도") == ["island"]
    assert found("군함 함도") == ["island", "navy"]


def test_the_repetition_mark_belongs_to_its_word():
    add("sasaki", title="佐々木")
    add("apart", title="佐渡 木 我々")
    assert found("佐々木") == ["sasaki"]
    assert found("々") == ["apart", "sasaki"]


def test_the_middle_dot_separates_words():
    add("moon", title="ムン・ジェイン")
    assert found("ムン ジェイン") == found("ジェイン・ムン") == found("ムン･ジェイン") == ["moon"]


def test_accents_case_and_width_do_not_matter():
    add("cafe", title="The Café São Paulo, Straße")
    add("wide", title="ＧＳＯＭＩＡ と ﾎﾜｲﾄ 2019年")
    for query in ("cafe", "CAFÉ", "cafe\u0301", "sao paulo", "STRASSE", "ｃａｆｅ"):
        assert found(query) == ["cafe"]
    for query in ("gsomia", "Gsomia", "ホワイト", "２０１９", "2019", "2019年"):
        assert found(query) == ["wide"]


def test_decomposed_hangul_is_found():
    add("decomposed", title="\u1100\u1161\u11bc\u110c\u1166")  # 강제, as macOS writes it
    assert found("강제") == ["decomposed"]


def test_other_scripts_are_found():
    add("russian", title="Курильские острова")
    assert found("курильские") == ["russian"]
    assert found("острова") == ["russian"]
    assert found("япония") == []


@pytest.mark.parametrize(
    "query",
    ["", " ", "!?", "“”", "…", "---", "_", "(*)", "・", "、。", "～", "\x00", "\u3000", "%"],
)
def test_punctuation_alone_finds_nothing(query):
    add("punctuated", title="“A・B”, …!? --- _ (*) 、。～ %")
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    [
        'comfort" women',
        "comfort & women",
        "comfort* women*",
        "comfort:* (women)",
        "'comfort' women",
        "comfort:women",
        "^comfort +women",
        "comfort\x00women",
        "comfort; -- women",
        "{comfort} <-> women",
        "comfort | !women",
        "%comfort% _women_",
        "\\comfort\\ women",
    ],
)
def test_what_is_an_operator_elsewhere_is_a_separator_here(disputes, query):
    assert found(query) == ["women"]


@pytest.mark.parametrize(
    "query", ["comfort OR gsomia", "comfort NOT women", "NEAR(comfort women)", "search_text: women"]
)
def test_the_names_of_operators_are_words(disputes, query):
    assert found(query) == []


def test_endless_queries_are_cut_short(disputes):
    assert found("comfort " * 5_000) == ["women"]
    assert len(search.query_terms("a " * 5_000)) == search.MAX_TERMS
    assert found("徴" * 10_000) == []


def test_the_title_and_nested_texts_are_searched_but_not_codes():
    add("nested", outcomes=[{"text": text("A hotline")}], kind="ruling")
    assert found("hotline") == ["nested"]
    assert found("ruling") == []


def test_only_what_stands_is_found():
    add("changing", title="Before")
    add("changing", title="After")
    assert (found("before"), found("after")) == ([], ["changing"])
    first = Entry.objects.get(version=1)
    then = Entry.objects.as_of(first.recorded_at)
    assert keys(then.matching("before")) == ["changing"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's index is asked first")
def test_a_word_that_nobody_wrote_is_looked_up_and_not_sought_in_all(disputes):
    with CaptureQueriesContext(connection) as asked:
        found("nowhere")
    assert "unnest(ARRAY(" in asked[-1]["sql"]
