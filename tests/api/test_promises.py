"""Within v1 nothing is taken away and nothing changes its type (docs/api.md)."""

from . import promises


def test_all_that_was_promised_is_there():
    written = promises.FILE.read_text(encoding="utf-8").splitlines()
    assert len(written) > 1000
    assert sorted(set(written) - set(promises.now())) == []


def test_a_thing_that_is_taken_away_or_changed_would_show():
    before = {
        "paths": {},
        "components": {"schemas": {"A": {"properties": {"b": {"type": "string"}}}}},
    }
    after = {
        "paths": {},
        "components": {"schemas": {"A": {"properties": {"b": {"type": "integer"}}}}},
    }
    lost = set(promises.promised(before, [])) - set(promises.promised(after, []))
    assert lost == {"A.b is string"}
