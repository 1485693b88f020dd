"""What Django's own operations do too slowly in a project of many related models."""

from collections.abc import Iterator, Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTogether(Operation):
    """Create many models in one step of a migration, so that the state of all apps is drawn once and not per model.

    Each model that is created alone has every model related to it drawn anew, which in a project of some 300 related
    models takes about a second a model. Takes `CreateModel` operations only.
    """

    reduces_to_sql = True
    reversible = True
    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[CreateModel]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for one in self.operations:
            one.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for one in self.operations:
            one.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for one in reversed(self.operations):
            one.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return f"Create {len(self.operations)} models together"


class DropOwnIndexes(Operation):
    """Foreign keys that are the first column of another index lose the index of their own (`db_index=False`).

    `AlterField` would write every table anew on SQLite, without the triggers that stand on it. Takes (model, field).
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        self.fields = fields

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for model, name in self.fields:
            fields = state.models[app_label, model.lower()].fields
            fields[name] = fields[name].clone()
            fields[name].db_index = False

    def _columns(self, app_label: str, state: ProjectState) -> Iterator[tuple[str, str]]:
        """(table, column) of each field."""
        for model, name in self.fields:
            known = state.models[app_label, model.lower()]
            table = known.options.get("db_table") or f"{app_label}_{model.lower()}"
            yield table, known.fields[name].db_column or f"{name}_id"

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        quoted = schema_editor.quote_name
        for table, column in self._columns(app_label, to_state):
            with schema_editor.connection.cursor() as cursor:
                found = schema_editor.connection.introspection.get_constraints(cursor, table)
            for name, one in found.items():
                if one["index"] and not one["unique"] and one["columns"] == [column]:
                    schema_editor.execute(f"DROP INDEX {quoted(name)}")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        quoted = schema_editor.quote_name
        for table, column in self._columns(app_label, from_state):
            name = quoted(schema_editor._create_index_name(table, [column]))  # type: ignore[attr-defined]
            schema_editor.execute(f"CREATE INDEX {name} ON {quoted(table)} ({quoted(column)})")

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return f"Drop {len(self.fields)} indexes that are the beginning of others"
