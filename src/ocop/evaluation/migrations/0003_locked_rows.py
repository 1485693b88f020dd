"""Moves and submissions are only added; a score sheet that was handed in is locked by the database itself."""

from django.db import migrations

from ocop.kit.db import PREFIX, append_only_triggers

SHEET = "evaluation_scoresheet"


def _names():
    return f"{PREFIX}{SHEET}_upd", f"{PREFIX}{SHEET}_del"


def lock_sheets(apps, schema_editor):
    unlock_sheets(apps, schema_editor)
    for name, event in zip(_names(), ("UPDATE", "DELETE"), strict=True):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE TRIGGER \"{name}\" BEFORE {event} ON {SHEET} FOR EACH ROW "
                "WHEN (OLD.state = 'submitted') EXECUTE FUNCTION kit_append_only()",
                None,
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER \"{name}\" BEFORE {event} ON {SHEET} WHEN OLD.state = 'submitted' "
                "BEGIN SELECT RAISE(ABORT, 'a submitted score sheet is locked'); END",
                None,
            )


def unlock_sheets(apps, schema_editor):
    on_table = f" ON {SHEET}" if schema_editor.connection.vendor == "postgresql" else ""
    for name in _names():
        schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on_table}', None)


class Migration(migrations.Migration):

    dependencies = [("evaluation", "0002_council_and_scoring"), ("audit", "0002_append_only")]

    operations = [
        append_only_triggers("evaluation_dossiermove", mutable=("handled_at",)),
        append_only_triggers("evaluation_submission"),
        migrations.RunPython(lock_sheets, unlock_sheets),
    ]
