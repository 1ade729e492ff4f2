"""One JSON object for each request, with its id, and nothing in it that should not be kept."""

import json
import logging
import re
import sys

import pytest
from django.test import Client

from config.logs import JsonFormatter, encoded, request_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines():
    """What the log says, as objects."""
    found: list[dict] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            text = JsonFormatter().format(record)
            assert "\n" not in text
            found.append(json.loads(text))

    logger, handler = logging.getLogger("tracker.requests"), Kept()
    former = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield found
    logger.removeHandler(handler)
    logger.setLevel(former)


def test_a_request_is_one_line_with_the_id_that_it_was_answered_with(lines):
    response = Client().get("/en/?q=private+words")
    (line,) = lines
    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])
    assert (line["request_id"], line["status"]) == (response["X-Request-ID"], 400)
    assert (line["method"], line["path"], line["bytes"]) == ("GET", "/en/", len(response.content))
    assert "private" not in json.dumps(line)


def test_the_proxys_id_is_taken_and_what_is_none_is_not(lines):
    good = Client(headers={"X-Request-ID": "a1b2c3d4-0001"}).get("/healthz")
    assert good["X-Request-ID"] == "a1b2c3d4-0001"
    for forged in ("short", "x" * 65, "a1b2c3d4 e5", 'a1b2c3d4"}', "a1b2c3d4\u00e9"):
        answer = Client(headers={"X-Request-ID": forged}).get("/healthz")
        assert re.fullmatch(r"[0-9a-f]{32}", answer["X-Request-ID"])
    assert [line["status"] for line in lines] == [200] * 6


def test_a_path_cannot_write_a_line_of_its_own(lines):
    Client().get("/en/%0a%7B%22level%22%3A%22forged%22%7D/")
    (line,) = lines
    assert (line["path"], line["level"]) == ('/en/\n{"level":"forged"}/', "INFO")


def test_a_password_is_never_in_the_log(lines):
    Client().post("/admin/login/", {"username": "a", "password": "very secret words"})
    assert len(lines) == 1
    assert "secret" not in json.dumps(lines)


def test_a_failure_is_one_line_with_its_trace():
    try:
        raise ValueError("first\nsecond")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "it %s", ("failed",), sys.exc_info())
    token = request_id.set("abc")
    line = json.loads(JsonFormatter().format(record))
    request_id.reset(token)
    assert (line["message"], line["level"], line["request_id"]) == ("it failed", "ERROR", "abc")
    assert line["exception"].endswith("ValueError: first\nsecond")


@pytest.mark.parametrize("text", ["\u202e\u0085", "\x7f\x9b", "\ud800", "강제동원"])
def test_what_moves_a_cursor_or_is_no_character_is_escaped(text):
    written = encoded({"path": text})
    assert written.isascii() and written.isprintable()
    assert json.loads(written) == {"path": text}
