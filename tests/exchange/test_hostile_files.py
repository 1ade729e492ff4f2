"""Files that are no tables, or far too large: refused with words, at once, in little memory."""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from django.core.exceptions import RequestDataTooBig
from hypothesis import given, settings
from hypothesis import strategies as st

from config.uploads import MAX_BODY, BoundedUploadHandler
from disputes.exchange import bounds, csv_files, xlsx_files
from disputes.exchange.bounds import Refused
from disputes.exchange.cells import defused, plain
from disputes.models import Event, Upload

from ..admin.pages import researcher
from .files import csv_of, refusal, sent

SHEET = "xl/worksheets/sheet1.xml"


def repacked(part: str, content: bytes) -> bytes:
    """A good XLSX file with one of its parts exchanged."""
    good = zipfile.ZipFile(io.BytesIO(xlsx_files.write([("a", [["key"], ["b"]])])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in {*good.namelist(), part}:
            packed.writestr(name, content if name == part else good.read(name))
    return out.getvalue()


def sheet(rows: bytes, declared: bytes = b"A1:B2") -> bytes:
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="%s"><dimension ref="%s"/><sheetData>%s</sheetData></worksheet>' % (
        space,
        declared,
        rows,
    )


def cell(place: bytes, text: bytes = b"x") -> bytes:
    return b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place, text)


def lying() -> bytes:
    """Declares ten bytes for each part, and unpacks to more than may be."""
    raw = bytearray(repacked(SHEET, sheet(b"<row/>" * 4_000_000)))
    place = raw.find(b"PK\x01\x02")
    while place >= 0:
        raw[place + 24 : place + 28] = (10).to_bytes(4, "little")
        place = raw.find(b"PK\x01\x02", place + 4)
    return bytes(raw)


BOMBS: dict[str, Callable[[], bytes]] = {
    "64 MB of nothing": lambda: repacked(SHEET, sheet(b" " * 64_000_000)),
    "a lie about its size": lying,
    "styles without end": lambda: repacked("xl/styles.xml", b"<a/>" * 500_000),
    "entities": lambda: repacked(SHEET, b'<!DOCTYPE a [<!ENTITY b "c">]>' + sheet(b"")),
    "entities in UTF-16": lambda: repacked(SHEET, "<!DOCTYPE a><a/>".encode("utf-16")),
    "a thousand parts": lambda: many_parts(),
    "no XLSX": lambda: b"PK\x03\x04" + b"nonsense" * 100,
    "cut off": lambda: xlsx_files.write([("a", [["key"]])])[:300],
    "no sheet": lambda: repacked("xl/workbook.xml", b"<workbook/>"),
    "100,000 rows": lambda: repacked(SHEET, sheet(rows_of(100_000))),
    "16,000 columns": lambda: repacked(SHEET, sheet(b'<row r="1">%s</row>' % wide())),
    "a cell without end": lambda: repacked(
        SHEET, sheet(b'<row r="1">%s</row>' % cell(b"A1", b"x" * 2_000_000))
    ),
}


def wide() -> bytes:
    return b"".join(b'<c t="inlineStr"><is><t>x</t></is></c>' for _column in range(16_384))


def rows_of(number: int) -> bytes:
    one = b'<row r="%d">%s</row>'
    return b"".join(one % (n, cell(b"A%d" % n)) for n in range(1, number + 1))


def many_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(1_000):
            packed.writestr(f"xl/{number}.xml", b"")
    return out.getvalue()


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_it_goes_off(name):
    raw = BOMBS[name]()
    assert len(raw) < bounds.MAX_BYTES
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises(Refused) as refused:
            list(xlsx_files.read(raw))
        seconds, (_now, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert str(refused.value).endswith(".")
    assert (seconds < 6, peak < 80_000_000) == (True, True), (seconds, peak)


def test_a_sheet_that_declares_a_million_rows_is_read_as_what_it_is():
    raw = repacked(SHEET, sheet(b'<row r="1">%s</row>' % cell(b"A1", b"key"), b"A1:XFD1048576"))
    assert list(xlsx_files.read(raw)) == [["key"]]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"key\n" + b"a\n" * 100_000, "more than 2500 rows"),
        (b"key\n" + b"x" * 40_000, "more than 32000 characters"),
        (b"key\n" + b"x" * 200_000, "cannot be read as CSV|more than 32000 characters"),
        (b"key\na\x00b", "null character"),
        (b"," * 200, "more than 100 columns"),
        (b'key\n"open', "cannot be read as CSV"),
        ("key\n일본".encode("utf-16"), "not UTF-8"),
    ],
)
def test_a_csv_file_is_bounded_too(raw, words):
    begun = time.process_time()
    with pytest.raises(Refused, match=words):
        list(csv_files.read(raw))
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_spreadsheets_in_other_countries_put_between_cells_is_understood(separator):
    raw = f"key{separator}date\na{separator}2019".encode()
    assert list(csv_files.read(raw)) == [["key", "date"], ["a", "2019"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "The submitted file is empty."),
        (b"\n" * 5, "The first row is to hold the names of the columns."),
        (b"key,date\na,2019,more", "Row 2 has more cells than there are columns."),
        (b"PK\x03\x04", "The file cannot be read as XLSX."),
        (b"x" * (bounds.MAX_BYTES + 1), "The file is larger than 5,000,000 bytes: divide it."),
        (b"key\n" + b"a\n" * 100_000, "The file has more than 2500 rows."),
    ],
)
def test_the_page_says_why_a_file_is_refused(raw, words):
    (message,) = refusal(sent(researcher(), "event", raw))
    assert message.startswith(words)
    assert (Event.objects.count(), Upload.objects.count()) == (0, 0)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(raw):
    for read in (csv_files.read, xlsx_files.read):
        try:
            assert isinstance(list(read(raw)), list)
        except Refused as refused:
            assert str(refused)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_text_comes_back_as_it_was(text):
    assert plain(defused(text)) == text
    assert not defused(text).startswith(tuple("=+-@\t\r\n＝＋－＠"))


def test_a_body_is_refused_before_it_is_read():
    handler = BoundedUploadHandler()
    with pytest.raises(RequestDataTooBig):
        handler.handle_raw_input(None, {}, MAX_BODY + 1, b"")
    assert handler.handle_raw_input(None, {}, MAX_BODY, b"") is None


@pytest.mark.django_db
def test_as_many_rows_as_are_allowed_are_read_in_a_bounded_time():
    rows = [
        {"key": f"s-{n}", "title": "T", "publisher": "P", "language": "en", "kind": "media"}
        | {"address": f"https://example.org/{n}"}
        for n in range(bounds.MAX_ROWS)
    ]
    begun = time.process_time()
    response = sent(researcher(), "source", csv_of(rows))
    assert len(response.context["result"].waiting) == bounds.MAX_ROWS
    assert time.process_time() - begun < 40
