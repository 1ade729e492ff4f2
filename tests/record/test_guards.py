"""The database itself refuses to change what was published, whatever the connection says."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from timeline import guards
from timeline.models import Entry, Term

from .appending import add

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    add("a", disputes=["gsomia"])
    return Entry.objects.get()


def execute(sql: str, *parameters: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def refused(sql: str, *parameters: object) -> bool:
    try:
        execute(sql, *parameters)
    except DatabaseError as error:
        return guards.MESSAGE in str(error)
    return False


def stored() -> list:
    return [list(Entry.objects.order_by("pk").values()), list(Term.objects.order_by("pk").values())]


@pytest.mark.parametrize(
    "column",
    [f.column for f in Entry._meta.concrete_fields if f.column != "superseded_at"],
)
def test_no_column_of_an_entry_can_be_updated(entry, column):
    values = {
        "id": 999_999,
        "version": 2,
        "starts_on": "1999-01-01",
        "ends_on": "1999-01-01",
        "on_timeline": False,
        "series": "x",
        "recorded_at": entry.recorded_at - timedelta(days=1),
    }
    before = stored()
    assert refused(f"UPDATE timeline_entry SET {column} = %s", values.get(column, "x"))
    assert stored() == before


def test_a_column_cannot_be_changed_while_closing(entry):
    later = entry.recorded_at + timedelta(days=1)
    assert refused("UPDATE timeline_entry SET superseded_at = %s, reason = 'x'", later)


def test_an_entry_can_be_closed_once(entry):
    later = entry.recorded_at + timedelta(days=1)
    execute("UPDATE timeline_entry SET superseded_at = %s", later)
    assert Entry.objects.get().superseded_at == later
    assert refused("UPDATE timeline_entry SET superseded_at = NULL")
    assert refused("UPDATE timeline_entry SET superseded_at = %s", later + timedelta(days=1))


def test_an_entry_cannot_end_before_it_began(entry):
    with pytest.raises(IntegrityError):
        execute("UPDATE timeline_entry SET superseded_at = recorded_at")


@pytest.mark.parametrize("table", ["timeline_entry", "timeline_term"])
def test_no_row_can_be_deleted(entry, table):
    before = stored()
    assert refused(f"DELETE FROM {table}")
    assert stored() == before


@pytest.mark.parametrize(
    ("column", "value"), [("name", "x"), ("value", "x"), ("starts_on", None), ("entry_id", 1)]
)
def test_no_term_can_be_updated(entry, column, value):
    before = stored()
    assert refused(f"UPDATE timeline_term SET {column} = %s", value)
    assert stored() == before


@pytest.mark.parametrize("table", ["timeline_entry", "timeline_term"])
def test_no_table_can_be_truncated(entry, table):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    execute("SET CONSTRAINTS ALL IMMEDIATE")  # or PostgreSQL refuses for that reason
    assert refused(f"TRUNCATE {table} CASCADE")


def test_no_row_can_be_replaced(entry):
    if connection.vendor == "sqlite":
        same_id = "INSERT OR REPLACE INTO {0} SELECT {1} FROM {0}"
    else:
        same_id = "INSERT INTO {0} SELECT {1} FROM {0} ON CONFLICT (id) DO UPDATE SET {2} = 'x'"
    before = stored()
    for model, changed in ((Entry, "reason"), (Term, "value")):
        columns = [f.column for f in model._meta.concrete_fields]
        tampered = ", ".join("'x'" if c == changed else c for c in columns)
        assert refused(same_id.format(model._meta.db_table, tampered, changed))
    assert stored() == before


def test_no_version_can_be_replaced_under_another_id(entry):
    columns = [f.column for f in Entry._meta.concrete_fields]
    other = {"id": "id + 1", "reason": "'x'"}
    chosen = ", ".join(other.get(c, c) for c in columns)
    verb = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    with pytest.raises(IntegrityError):
        execute(f"{verb} INTO timeline_entry SELECT {chosen} FROM timeline_entry")
    assert Entry.objects.get().reason == entry.reason


def test_the_models_are_refused_too(entry):
    for attempt in (
        lambda: Entry.objects.update(reason="x"),
        lambda: Term.objects.update(value="x"),
        lambda: Term.objects.all().delete(),
        lambda: Entry.objects.all().delete(),
        entry.save,
        entry.delete,
    ):
        before = stored()
        if attempt == entry.save:
            entry.reason = "x"
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()
        assert stored() == before


def test_the_migrations_set_every_trigger():
    assert guards.missing(connection) == []


def test_a_lifted_guard_is_missing_until_it_is_set_again(entry):
    with transaction.atomic():
        guards.lift(connection)
        missing = guards.missing(connection)
        execute("UPDATE timeline_entry SET reason = 'x'")
        guards.install(connection)
    kinds = ("update", "delete", "replace" if connection.vendor == "sqlite" else "truncate")
    assert sorted(missing) == sorted(
        f"timeline_{table}_no_{kind}" for table in ("entry", "term") for kind in kinds
    )
    assert guards.missing(connection) == []
    assert refused("UPDATE timeline_entry SET reason = 'y'")


def test_a_guard_that_does_nothing_is_missing():
    if connection.vendor == "sqlite":
        execute("DROP TRIGGER timeline_entry_no_delete")
        execute(
            "CREATE TRIGGER timeline_entry_no_delete BEFORE DELETE ON timeline_entry "
            "BEGIN SELECT 1; END"
        )
    else:
        execute("ALTER TABLE timeline_entry DISABLE TRIGGER timeline_entry_no_delete")
    assert guards.missing(connection) == ["timeline_entry_no_delete"]
