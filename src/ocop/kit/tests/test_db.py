"""Append-only tables, on whichever database the tests run."""

import pytest
from django.db import IntegrityError, connection, transaction

from ocop.kit.db import append_only_triggers, guarded_tables

pytestmark = pytest.mark.django_db(transaction=True)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def rows() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, word, handled FROM kit_probe ORDER BY id")
        return list(cursor.fetchall())


@pytest.fixture
def step():
    """A table of one row, guarded but for one column; the migration step that guards it."""
    run("CREATE TABLE kit_probe (id integer PRIMARY KEY, word text, handled text)")
    step = append_only_triggers("kit_probe", mutable=("handled",))
    with connection.schema_editor() as editor:
        step.code(None, editor)
    run("INSERT INTO kit_probe VALUES (1, 'first', NULL)")
    yield step
    run("DROP TABLE kit_probe")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kit_probe SET word = 'other'",
        "UPDATE kit_probe SET word = NULL",
        "UPDATE kit_probe SET word = 'other', handled = 'now'",
        "DELETE FROM kit_probe",
        "DELETE FROM kit_probe WHERE id = 1",
    ],
)
@pytest.mark.usefixtures("step")
def test_refused(sql):
    with pytest.raises(IntegrityError, match="kit_probe is append-only"):
        run(sql)
    assert rows() == [(1, "first", None)]


@pytest.mark.usefixtures("step")
def test_rows_are_added_and_the_named_column_changes():
    run("INSERT INTO kit_probe VALUES (2, 'second', NULL)")
    run("UPDATE kit_probe SET word = word, handled = 'now' WHERE id = 1")
    assert rows() == [(1, "first", "now"), (2, "second", None)]


def test_step_runs_again_and_back(step):
    with connection.schema_editor() as editor:
        step.code(None, editor)
    assert "kit_probe" in guarded_tables(connection)
    with connection.schema_editor() as editor:
        step.reverse_code(None, editor)
    assert "kit_probe" not in guarded_tables(connection)
    run("DELETE FROM kit_probe")
    assert rows() == []


def test_truncate_is_refused_where_there_is_one(step):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(IntegrityError, match="kit_probe is append-only"):
        run("TRUNCATE kit_probe")
