"""Reference data comes in by commands that can be previewed and run again, never by a migration."""

import ast
from pathlib import Path

import pytest

from ocop.kit import registry
from tests.architecture.layers import ROOT

# What a migration would call to bring rows in, or to read them from somewhere.
BRINGS = {
    "create", "bulk_create", "get_or_create", "update_or_create", "call_command", "loaddata", "open", "read_text",
    "read_bytes", "safe_load",
}  # fmt: skip


def migrations() -> list[Path]:
    return sorted((ROOT / "src" / "ocop").glob("*/migrations/0*.py"))


def test_no_migration_brings_rows() -> None:
    found = []
    for path in migrations():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func if isinstance(node, ast.Call) else None
            called = name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")
            if called in BRINGS:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {called}")
            if isinstance(node, ast.ImportFrom) and "loader" in f"{node.module}.{node.names[0].name}":
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.module}")
    assert (len(migrations()) > 20, found) == (True, [])


@pytest.mark.django_db
def test_a_migrated_database_holds_no_reference_data() -> None:
    kinds = {kind for step in registry.reference_steps for kind in step.kinds}
    assert (len(kinds) > 10, [kind._meta.label for kind in kinds if kind._base_manager.exists()]) == (
        True,
        [],
    )
    assert [step.key for step in registry.reference_steps if not step.kinds] == []
