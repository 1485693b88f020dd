"""Journeys name clauses that the plan has, and every journey names one."""

import ast

from tools.plan import clauses

from tests.architecture.layers import ROOT


def journeys() -> dict[str, list[str]]:
    """The clauses that each journey test names."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests" / "journeys").glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = _named(
            node.value
            for node in tree.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"
        )
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[f"{path.name}::{node.name}"] = module + _named(node.decorator_list)
    return found


def _named(nodes: object) -> list[str]:
    """The words in every `pytest.mark.journey(...)` below these nodes."""
    return [
        word.value
        for node in nodes
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "pytest.mark.journey"
        for word in call.args
        if isinstance(word, ast.Constant)
    ]


def test_journeys_name_clauses_of_the_plan() -> None:
    known = set(clauses())
    assert {
        name: sorted(set(named) - known) for name, named in journeys().items() if set(named) - known
    } == {}


def test_every_file_of_journeys_proves_a_clause() -> None:
    proved: dict[str, list[str]] = {}
    for name, named in journeys().items():
        proved.setdefault(name.split("::")[0], []).extend(named)
    assert [name for name, named in proved.items() if not named] == []
