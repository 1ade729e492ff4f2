from datetime import date

import pytest

from timeline import edtf

ACCEPTED = [
    # text, earliest, latest, precision, approximate, uncertain
    ("2019-07-01", "2019-07-01", "2019-07-01", "day", False, False),
    ("2019-07", "2019-07-01", "2019-07-31", "month", False, False),
    ("2019", "2019-01-01", "2019-12-31", "year", False, False),
    ("2020-02", "2020-02-01", "2020-02-29", "month", False, False),
    ("2020-02-29", "2020-02-29", "2020-02-29", "day", False, False),
    ("1900-02", "1900-02-01", "1900-02-28", "month", False, False),
    ("2019~", "2019-01-01", "2019-12-31", "year", True, False),
    ("2019-07?", "2019-07-01", "2019-07-31", "month", False, True),
    ("2019-07-01%", "2019-07-01", "2019-07-01", "day", True, True),
    ("201X", "2010-01-01", "2019-12-31", "decade", False, False),
    ("20XX", "2000-01-01", "2099-12-31", "century", False, False),
    ("201X~", "2010-01-01", "2019-12-31", "decade", True, False),
    ("2019-XX", "2019-01-01", "2019-12-31", "year", False, False),
    ("2019-XX-XX", "2019-01-01", "2019-12-31", "year", False, False),
    ("2019-07-XX", "2019-07-01", "2019-07-31", "month", False, False),
    ("0001", "0001-01-01", "0001-12-31", "year", False, False),
    ("000X", "0001-01-01", "0009-12-31", "decade", False, False),
    ("9999-12-31", "9999-12-31", "9999-12-31", "day", False, False),
    ("2019-07-01/2019-08-22", "2019-07-01", "2019-08-22", "interval", False, False),
    ("2019-07/2019-08-22", "2019-07-01", "2019-08-22", "interval", False, False),
    ("2019~/2020?", "2019-01-01", "2020-12-31", "interval", True, True),
    ("2019/2019", "2019-01-01", "2019-12-31", "interval", False, False),
    ("2019-07-01/..", "2019-07-01", None, "interval", False, False),
    ("2019-07-01/", "2019-07-01", None, "interval", False, False),
    ("../2019-07-01", None, "2019-07-01", "interval", False, False),
    ("/2019", None, "2019-12-31", "interval", False, False),
]
REFUSED = [
    "",
    " ",
    "..",
    "/",
    "../..",
    "/..",
    "2019/2020/2021",
    "2019-13",
    "2019-00",
    "2019-02-29",
    "2019-02-30",
    "2019-04-31",
    "2019-07-00",
    "2019-XX-01",
    "0000",
    "0000-01-01",
    "2X19",
    "201X-07",
    "XXXX",
    "219",
    "20190701",
    "2019-7-1",
    "2019-07-01-01",
    "2019-07-01~~",
    "~2019",
    "2019~-07",
    "-2019",
    "Y12019",
    "2019-21",
    "2019-07-01T09:00:00Z",
    "2019-07-01/2019-06-30",
    "2020/2019",
    "2019-07-01/2019-02-30",
    "[2019,2020]",
    "{2019}",
    "2019-07-01 ",
    "2019-07-01\n",
    "2019–07",
    "２０１９",
    "٢٠١٩",
    "2019\x00",
    "yesterday",
]
HOSTILE = [
    "2" * 15_000,
    "X" * 65,
    "2019/" * 13,
    "2019-07-01/" + "." * 60,
    "(" * 10_000,
    "?~%" * 5_000,
    "-" * 64,
    "X?" * 32,
    "\x00" * 64,
    "2019" + "~" * 60,
    "2019-07-01" + "/2019-07-01" * 1_000,
    "' OR 1=1 --",
    "<script>",
]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "approximate", "uncertain"), ACCEPTED
)
def test_what_is_accepted_has_its_bounds(text, earliest, latest, precision, approximate, uncertain):
    parsed = edtf.parse(text)
    assert (parsed.text, parsed.earliest, parsed.latest) == (text, day(earliest), day(latest))
    assert (parsed.precision, parsed.approximate, parsed.uncertain) == (
        precision,
        approximate,
        uncertain,
    )
    assert edtf.bounds(text) == (day(earliest), day(latest))
    assert edtf.is_valid(text) is True


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_date_is_refused(text):
    assert edtf.is_valid(text) is False


@pytest.mark.parametrize("value", [None, 2019, 2019.0, date(2019, 7, 1), ["2019"], b"2019"])
def test_what_is_no_text_is_refused(value):
    assert edtf.is_valid(value) is False


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused_in_a_short_sentence(text):
    with pytest.raises(edtf.EDTFError) as refusal:
        edtf.parse(text)
    assert len(str(refusal.value)) < 400


def test_the_refusal_says_what_was_typed_and_what_to_type():
    with pytest.raises(edtf.EDTFError) as refusal:
        edtf.parse("July 2019")
    assert "“July 2019” is no date" in str(refusal.value)
    assert "2019-07" in str(refusal.value)


def test_an_interval_that_ends_before_it_begins_says_so():
    with pytest.raises(edtf.EDTFError) as refusal:
        edtf.parse("2019-08/2019-07")
    assert str(refusal.value) == "The interval “2019-08/2019-07” ends before it begins."


@pytest.mark.parametrize(
    ("effect", "cause", "expected"),
    [
        ("2019-06-30", "2019-07-01", True),
        ("2019-07-01", "2019-07-01", False),
        ("2019-07-02", "2019-07-01", False),
        ("2019-06", "2019-07", True),
        ("2019", "2019-07-01", False),  # it may lie after it
        ("2018", "2019", True),
        ("201X", "2019-07-01", False),
        ("2019-06-30~", "2019-07-01", True),
        ("2019-01/2019-08", "2019-07-01", False),
        ("2019-01/2019-06", "2019-07-01", True),
        ("2019-01/..", "2019-07-01", False),
        ("../2019-06", "2019-07-01", True),
        ("2019-06-30", "../2019-07-01", False),
        ("2019-06-30", "2019-07-01/..", True),
    ],
)
def test_an_effect_precedes_its_cause_when_it_lies_wholly_before_it(effect, cause, expected):
    assert edtf.precedes(effect, cause) is expected
