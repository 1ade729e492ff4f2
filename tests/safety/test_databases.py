"""What the settings make of the addresses of databases."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.databases import SMALL_QUESTIONS, databases

PRIMARY, REPLICA = "postgres://x@y/z", "postgres://x@r/z"


def test_sqlite_has_no_replicas():
    with pytest.raises(ImproperlyConfigured, match="SQLite has no replicas"):
        databases("sqlite:///x.sqlite3", [REPLICA], False, "", 60)
    with pytest.raises(ImproperlyConfigured, match="each is postgres"):
        databases(PRIMARY, ["sqlite:///x.sqlite3"], False, "", 60)


def test_nothing_can_be_written_to_a_replica():
    found = databases(PRIMARY, [REPLICA], False, "-c work_mem=8MB", 5)
    assert list(found) == ["default", "replica1"]
    assert found["default"]["OPTIONS"] == {
        "options": f"{SMALL_QUESTIONS} -c work_mem=8MB",
        "connect_timeout": 2,
    }
    assert found["replica1"]["OPTIONS"] == {
        "options": f"{SMALL_QUESTIONS} -c work_mem=8MB -c default_transaction_read_only=on",
        "connect_timeout": 2,
    }


def test_one_database_alone_is_waited_for():
    assert "connect_timeout" not in databases(PRIMARY, [], False, "", 5)["default"]["OPTIONS"]
