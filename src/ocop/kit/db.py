"""Tables to which rows are only added: the database itself refuses to change or remove one.

    class Migration(migrations.Migration):
        operations = [append_only_triggers("audit_event")]

`UPDATE` and `DELETE` (on PostgreSQL `TRUNCATE` too) fail with an IntegrityError, whoever sends them: a slip in our
code, a script, a hand in the shell. Columns named in `mutable` may still change (`handled_at` of a move row).

No session variable or pragma opens the table, for what a program may set, a slip may set. The one door is the
command `flush`, whose purpose is to empty the whole database: the kit's version (found before Django's) takes the
triggers off, empties and puts them back in one transaction. Django's `TransactionTestCase`, and with it
`transactional_db` and `live_server`, clean up by that command, so they need nothing else. Tests inside a
transaction roll back and never delete.

On SQLite, Django alters a table by copying it, and the copy has no triggers: a later migration that alters a
column of such a table ends with `append_only_triggers(...)` again. `guarded_tables(connection)` says what stands.

Whoever owns the database file can still take a trigger off by hand; that is what the chain of seals shows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import migrations, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "append_only_"

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION kit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0
       AND (to_jsonb(OLD) - TG_ARGV::text[]) = (to_jsonb(NEW) - TG_ARGV::text[]) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _name(table: str, what: str) -> str:
    """A trigger's name; PostgreSQL keeps 63 characters."""
    return f"{PREFIX}{table}"[:58] + f"_{what}"


def _sqlite(connection: BaseDatabaseWrapper, table: str, mutable: Sequence[str]) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    condition = ""
    if mutable:
        with connection.cursor() as cursor:
            columns = [
                column.name for column in connection.introspection.get_table_description(cursor, table)
            ]
        kept = [column for column in columns if column not in mutable]
        condition = "WHEN " + " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in kept)
    return [
        f'CREATE TRIGGER "{_name(table, "upd")}" BEFORE UPDATE ON "{table}" {condition} {refuse}',
        f'CREATE TRIGGER "{_name(table, "del")}" BEFORE DELETE ON "{table}" {refuse}',
    ]


def _postgres(table: str, mutable: Sequence[str]) -> list[str]:
    arguments = ", ".join(f"'{column}'" for column in mutable)
    row = f"FOR EACH ROW EXECUTE FUNCTION kit_append_only({arguments})"
    return [
        _POSTGRES_FUNCTION,
        f'CREATE TRIGGER "{_name(table, "upd")}" BEFORE UPDATE ON "{table}" {row}',
        f'CREATE TRIGGER "{_name(table, "del")}" BEFORE DELETE ON "{table}" {row}',
        f'CREATE TRIGGER "{_name(table, "trn")}" BEFORE TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION kit_append_only()",
    ]


def append_only_triggers(table: str, mutable: Sequence[str] = ()) -> migrations.RunPython:
    """A migration step that makes `table` append-only, but for the columns in `mutable`; can be reversed.

    It may run again on a table that already has the triggers: they are replaced.
    """

    def off(apps: object, schema_editor: object) -> None:
        connection = schema_editor.connection  # type: ignore[attr-defined]
        for trigger in (_name(table, what) for what in ("upd", "del", "trn")):
            on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{trigger}"{on_table}', None)  # type: ignore[attr-defined]

    def on(apps: object, schema_editor: object) -> None:
        off(apps, schema_editor)
        connection = schema_editor.connection  # type: ignore[attr-defined]
        is_postgres = connection.vendor == "postgresql"
        for statement in _postgres(table, mutable) if is_postgres else _sqlite(connection, table, mutable):
            schema_editor.execute(statement, None)  # type: ignore[attr-defined]

    return migrations.RunPython(on, off)


def _triggers(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    """(table, trigger, the statement that makes it) of every append-only trigger in the database."""
    if connection.vendor == "postgresql":
        query = (
            "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) "
            "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE t.tgname LIKE %s AND pg_table_is_visible(c.oid) ORDER BY t.tgname"
        )
    else:
        query = "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s ORDER BY name"
    with connection.cursor() as cursor:
        cursor.execute(query, [f"{PREFIX}%"])
        return list(cursor.fetchall())


def guarded_tables(connection: BaseDatabaseWrapper) -> set[str]:
    """The tables that refuse both to change and to remove a row."""
    found: dict[str, set[str]] = {}
    for table, trigger, _ in _triggers(connection):
        found.setdefault(table, set()).add(trigger[-3:])
    return {table for table, whats in found.items() if {"upd", "del"} <= whats}


@contextmanager
def triggers_lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take every append-only trigger off, and put all back at the end, in one transaction. For `flush` only."""
    with transaction.atomic(using=connection.alias):
        triggers = _triggers(connection)
        with connection.cursor() as cursor:
            for table, trigger, _ in triggers:
                on_table = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER "{trigger}"{on_table}')
        yield
        with connection.cursor() as cursor:
            for _, _, statement in triggers:
                cursor.execute(statement)
