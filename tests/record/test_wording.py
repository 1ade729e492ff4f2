import pytest

from timeline.edtf import EDTFError, parse
from timeline.wording import machine_readable, spell

WORDS = [
    # EDTF, English, Korean, Japanese
    ("2019-07-01", "1 July 2019", "2019년 7월 1일", "2019年7月1日"),
    ("2019-07", "July 2019", "2019년 7월", "2019年7月"),
    ("2019-07-XX", "July 2019", "2019년 7월", "2019年7月"),
    ("2019", "2019", "2019년", "2019年"),
    ("2019-XX-XX", "2019", "2019년", "2019年"),
    ("199X", "the 1990s", "1990년대", "1990年代"),
    ("19XX", "the years 1900 to 1999", "1900~1999", "1900〜1999"),
    ("2019-07~", "about July 2019", "2019년 7월경", "2019年7月頃"),
    ("2019?", "perhaps 2019", "2019년(추정)", "2019年（推定）"),
    ("2019%", "perhaps about 2019", "2019년경(추정)", "2019年頃（推定）"),
    (
        "2019-07-01/2019-08-22",
        "1 July to 22 August 2019",
        "2019년 7월 1일~8월 22일",
        "2019年7月1日〜8月22日",
    ),
    ("2019-07-01/2019-07-03", "1 to 3 July 2019", "2019년 7월 1일~3일", "2019年7月1日〜3日"),
    ("2019-07/2019-09", "July to September 2019", "2019년 7월~9월", "2019年7月〜9月"),
    (
        "2019-12-30/2020-01-02",
        "30 December 2019 to 2 January 2020",
        "2019년 12월 30일~2020년 1월 2일",
        "2019年12月30日〜2020年1月2日",
    ),
    ("2018/2019", "2018 to 2019", "2018년~2019년", "2018年〜2019年"),
    ("2019-07-01/2019-07-01", "1 July 2019", "2019년 7월 1일", "2019年7月1日"),
    (
        "2019-07-01~/2019-07-03",
        "about 1 July 2019 to 3 July 2019",
        "2019년 7월 1일경~2019년 7월 3일",
        "2019年7月1日頃〜2019年7月3日",
    ),
    ("2019-07-01/..", "from 1 July 2019", "2019년 7월 1일부터", "2019年7月1日から"),
    (
        "2019-07-01/",
        "from 1 July 2019, end unknown",
        "2019년 7월 1일부터(종료 시점 미상)",
        "2019年7月1日から（終了時期不明）",
    ),
    ("../2019-07", "until July 2019", "2019년 7월까지", "2019年7月まで"),
    ("/2019~", "until about 2019", "2019년경까지", "2019年頃まで"),
]


@pytest.mark.parametrize(("text", "english", "korean", "japanese"), WORDS)
def test_a_date_in_words_in_three_languages(text, english, korean, japanese):
    assert [spell(text, lang) for lang in ("en", "ko", "ja")] == [english, korean, japanese]


def test_a_parsed_date_is_spelt_too():
    assert spell(parse("2019-07"), "ko") == "2019년 7월"


def test_another_language_falls_back_to_english():
    assert spell("2019-07", "de") == "July 2019"


def test_no_date_is_refused():
    with pytest.raises(EDTFError):
        spell("in July")


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("2019-07-01", "2019-07-01"),
        ("2019-07-XX", "2019-07"),
        ("2019", "2019"),
        ("2019-07~", ""),
        ("199X", ""),
        ("2019-07-01/2019-08-22", ""),
        ("2019-07-01/..", ""),
        ("no date", ""),
    ],
)
def test_machines_are_told_dates_that_are_exact_alone(text, exact):
    assert machine_readable(text) == exact
