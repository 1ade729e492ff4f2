"""The reading of query strings, which pages and API share."""

from datetime import UTC, date, datetime

import pytest
from django.http import QueryDict
from django.utils import timezone

from disputes.publishing import withdraw
from timeline import parameters, record_types
from timeline.faults import ParameterErrors

from ..factories import EDITOR, make_actor, make_dispute

EVENT = [record_types.get("event")]
TIMELINE = record_types.timeline_types()


def read(text, types=EVENT, **kwargs):
    return parameters.read(QueryDict(text), types, **kwargs)


def faults_of(text, types=EVENT):
    with pytest.raises(ParameterErrors) as raised:
        read(text, types)
    return [(fault.parameter, fault.code) for fault in raised.value.faults]


def test_nothing_given_is_the_first_page_by_date():
    query = read("")
    assert (query.ordering, query.page_size, query.canonical()) == ("date", 50, "")


def test_empty_values_count_as_not_given():
    assert read("kind=&q=%20&date__gte=").canonical() == ""


@pytest.fixture
def disputes(db):
    for key in "abc":
        make_dispute(key=key)


def test_repeated_and_listed_values_are_one_set(disputes):
    query = read("dispute=b&dispute=a&dispute__in=c,a")
    assert query.filters == {"dispute": ("a", "b", "c")}


def test_canonical_sorts_and_leaves_defaults_out(disputes):
    text = "page_size=50&kind=ruling&dispute=b&dispute=a&date_match=overlaps&ordering=-date"
    assert read(text).canonical() == "dispute=a&dispute=b&kind=ruling&ordering=-date"


def test_canonical_asks_the_same_again():
    text = "as_of=2024-02-29T09:00:00%2B09:00&on=2024-02-28&date__lte=2019&q=%EA%B0%95&count=true"
    assert read(read(text).canonical()) == read(text)


def test_a_key_that_no_record_ever_had_is_a_slip(disputes):
    with pytest.raises(ParameterErrors) as raised:
        read("dispute=a&dispute=aa")
    [fault] = raised.value.faults
    assert (fault.parameter, fault.code) == ("dispute", "no_record")
    assert fault.detail == "No record has the key “aa”. Did you mean “a”?"


def test_the_key_of_a_draft_is_nobodys_and_of_a_withdrawn_record_is_known(db):
    make_dispute(key="secret", published=False)
    withdraw(make_dispute(key="gone"), EDITOR, "entered twice")
    assert faults_of("dispute=secret") == [("dispute", "no_record")]
    assert read("dispute=gone").filters == {"dispute": ("gone",)}


def test_an_actor_is_known_by_whatever_filter_names_it(db):
    make_actor(key="kr-mofa")
    assert read("actor=kr-mofa&initiator=kr-mofa").filters["initiator"] == ("kr-mofa",)
    assert faults_of("initiator=kr-mofaa&target=x") == [
        ("initiator", "no_record"),
        ("target", "no_record"),
    ]


def test_every_fault_is_named_at_once():
    assert faults_of("kindd=1&kind=rulin&page_size=9999&on=soon") == [
        ("kindd", "unknown"),
        ("kind", "choice"),
        ("page_size", "number"),
        ("on", "day"),
    ]


def test_an_unknown_parameter_names_the_near_one_and_all_known_ones():
    with pytest.raises(ParameterErrors) as raised:
        read("dispite=gsomia")
    assert str(raised.value) == (
        "There is no parameter “dispite” here. Did you mean “dispute”? Known: "
        + ", ".join(sorted(parameters.declared(EVENT)))
        + "."
    )


def test_an_unknown_code_lists_the_codes():
    with pytest.raises(ParameterErrors) as raised:
        read("effect=neutrl")
    codes = ", ".join(record_types.get("event").choices["effect"].values)
    assert str(raised.value) == (
        f"“neutrl” is not one of the values. Did you mean “neutral”? Known: {codes}."
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("kind=%00", ("kind", "null_character")),
        ("actor=" + "a" * 201, ("actor", "too_long")),
        ("actor=" + "a" * 10_000, ("actor", "too_long")),
        ("q=" + "a" * 201, ("q", "too_long")),
        ("actor=a&" * 101, ("actor", "too_many")),
        ("actor__in=" + ",".join(map(str, range(101))), ("actor", "too_many")),
        ("page_size=0", ("page_size", "number")),
        ("page_size=501", ("page_size", "number")),
        ("page_size=99999999999999999999", ("page_size", "number")),
        ("page_size=%C2%B2", ("page_size", "number")),
        ("on=2019-02-30", ("on", "day")),
        ("on=2019-07", ("on", "day")),
        ("on=2019-07-01&on=2019-07-02", ("on", "repeated")),
        ("date__gte=yesterday", ("date__gte", "edtf")),
        ("date__gte=../2019", ("date__gte", "open")),
        ("date__gte=2020&date__lte=2019", ("date__gte", "empty_span")),
        ("as_of=2019-07-01T10:00:00", ("as_of", "instant")),
        ("as_of=0001-01-01T00:00:00%2B14:00", ("as_of", "instant")),
        ("as_of=9999-12-31", ("as_of", "future")),
        ("ordering=title", ("ordering", "choice")),
        ("cursor=abc", ("cursor", "cursor")),
        ("count=maybe", ("count", "choice")),
    ],
)
def test_a_bad_value_is_a_fault_of_its_parameter(text, fault):
    assert faults_of(text) == [fault]


def test_bounds_of_a_vague_date_are_its_earliest_and_latest_day():
    query = read("date__gte=2019&date__lte=2019-08")
    assert (query.first, query.last) == (date(2019, 1, 1), date(2019, 8, 31))


def test_a_blank_before_an_offset_is_the_plus_it_was():
    assert read("as_of=2024-02-29T09:00:00+09:00").as_of == datetime(2024, 2, 29, tzinfo=UTC)


def test_a_bare_day_as_instant_is_its_end():
    assert read("as_of=2024-02-29").as_of == datetime(2024, 2, 29, 23, 59, 59, 999999, tzinfo=UTC)


def test_today_as_instant_is_at_most_now():
    today = timezone.now().date().isoformat()
    assert read(f"as_of={today}").as_of <= timezone.now()


def test_the_timeline_knows_the_filters_of_all_its_types():
    query = read("kind=ruling&setting=informal&type=event&type__in=summit", TIMELINE)
    assert query.filters == {"kind": ("ruling",), "setting": ("informal",)}
    assert query.chosen_types == ("event", "summit")


def test_a_list_without_dates_has_no_parameters_for_them():
    undated = [record_types.get("actor")]
    assert faults_of("date__gte=2019", undated) == [("date__gte", "unknown")]
    assert read("", undated).ordering == "key"


def test_a_page_may_have_parameters_and_an_order_of_its_own():
    query = read("view=lanes&ordering=date", extra=("view",), default_ordering="-date")
    assert (query.extra, query.canonical()) == ({"view": "lanes"}, "ordering=date&view=lanes")
