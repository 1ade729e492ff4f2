"""Reading and writing YAML content files."""

import pytest

from disputes.content.files import Refused, dumps, line_of, read

RECORDS = [
    {"key": "a", "date": "2019-07-01", "title": {"en": "No", "ko": "아니요", "ja": "いいえ"}},
    {"key": "b", "position": 3, "value": 12.5, "text_read": True, "country": "NO", "sources": []},
]


def write(tmp_path, text: str):
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_is_written_is_read_back_and_written_the_same(tmp_path):
    text = dumps(RECORDS)
    assert read(write(tmp_path, text)) == RECORDS
    assert dumps(read(write(tmp_path, text))) == text


def test_dates_and_words_like_no_stay_text(tmp_path):
    file = write(tmp_path, "- {key: a, date: 2019-07-01, country: NO, time: 12:30:45, year: 2019}")
    assert read(file) == [
        {"key": "a", "date": "2019-07-01", "country": "NO", "time": "12:30:45", "year": 2019}
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- key: a\n  key: b\n", 2, "“key” stands twice."),
        ("- &x {key: a}\n- *x\n", 2, "Aliases are not allowed."),
        ("- key: a\n  title: [\n", 3, "did not find expected node content"),
        ("key: a\n", 1, "A content file is a list of records."),
        ("", 1, "A content file is a list of records."),
        ("- !!python/object/apply:os.system [ls]\n", 1, "could not determine a constructor"),
        ("- " + "[" * 40 + "]" * 40, None, "The file is nested too deeply."),
    ],
)
def test_file_that_is_no_list_of_records_is_refused_with_its_line(tmp_path, text, line, message):
    with pytest.raises(Refused) as refused:
        read(write(tmp_path, text))
    assert message in str(refused.value)
    assert refused.value.line == line


def test_file_that_is_not_utf_8_is_refused(tmp_path):
    file = tmp_path / "file.yaml"
    file.write_bytes(b"- key: \xff\xfe\n")
    with pytest.raises(Refused, match="not UTF-8"):
        read(file)


def test_line_of_finds_the_value_or_what_is_nearest(tmp_path):
    file = write(tmp_path, "- key: a\n  title:\n    en: x\n  links:\n  - kind: y\n")
    assert line_of(file, (0, "title", "en")) == 3
    assert line_of(file, (0, "links", 0, "kind")) == 5
    assert line_of(file, (0, "missing")) == 1
