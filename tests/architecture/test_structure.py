"""What the import contracts cannot show: foreign keys, templates, sizes, docstrings, flows."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.template.loader import get_template

from ocop.kit import registry
from tests.architecture.layers import ROOT, SURFACES, app_of, may_know, ranks, source_files

MOST_LINES = 500
LINK = re.compile(r"""{%\s*url\s+["']([\w-]+):""")
TEMPLATE = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"'#]+)""")


def own_models() -> list:
    """Models of our apps, history tables included."""
    return [model for model in apps.get_models() if model.__module__.startswith("ocop.")]


def test_every_app_has_a_rank() -> None:
    folders = {path.parent.name for path in (ROOT / "src" / "ocop").glob("*/__init__.py")}
    assert folders <= set(ranks())


def test_foreign_keys_point_down() -> None:
    wrong = []
    for model in own_models():
        app = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            target = field.related_model if field.is_relation and not field.auto_created else None
            if target is None or target is get_user_model():
                continue
            if target.__module__.startswith("ocop.") and not may_know(app, target.__module__.split(".")[1]):
                wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert wrong == []


# What every page shows is linked by name from the frame: the bell of notices, the person's own page, sign-in.
CHROME = ("inbox", "accounts")


def test_templates_know_only_what_lies_below() -> None:
    wrong = []
    for path in source_files(".html"):
        if "templates" not in path.parts or app_of(path) in SURFACES:
            continue
        text = path.read_text(encoding="utf-8")
        known = [name for name in LINK.findall(text) if name in ranks() and name not in SURFACES]
        if app_of(path) == "kit":
            known = [name for name in known if name not in CHROME]
        known += [name.split("/")[0] for name in TEMPLATE.findall(text) if name.split("/")[0] in ranks()]
        wrong += [
            f"{path.relative_to(ROOT)} names {name}" for name in known if not may_know(app_of(path), name)
        ]
    assert wrong == [], "link through a registry, or move the page to a surface"


def test_templates_can_be_compiled() -> None:
    wrong = []
    for path in source_files(".html"):
        parts = path.parts
        if "templates" in parts:
            name = "/".join(parts[len(parts) - 1 - parts[::-1].index("templates") + 1 :])
            try:
                get_template(name)
            except Exception as error:
                wrong.append(f"{name}: {error}")
    assert wrong == []


def test_source_files_stay_short() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in source_files(".py", ".html", ".js", ".css")
    }
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > MOST_LINES} == {}


def _lacking_docstrings(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


@pytest.mark.parametrize("kind", ["actions", "rules", "queries", "permissions"])
def test_public_functions_say_what_they_do(kind: str) -> None:
    files = [path for path in source_files(".py") if "tests" not in path.parts]
    of_kind = [path for path in files if path.name == f"{kind}.py" or kind in path.parent.parts]
    lacking = [line for path in of_kind for line in _lacking_docstrings(path)]
    assert lacking == []


def test_rules_are_never_told_the_time_or_the_request() -> None:
    banned = re.compile(r"\b(?:from|import) (?:django|ocop\.kit\.clock|ocop\.kit import .*\bclock\b)")
    rules = [path for path in source_files(".py") if path.name == "rules.py" or "rules" in path.parent.parts]
    found = [str(path.relative_to(ROOT)) for path in rules if banned.search(path.read_text(encoding="utf-8"))]
    assert [name for name in found if "/tests/" not in name] == []


def test_flows_have_no_faults() -> None:
    assert [problem for entry in registry.flows for problem in entry.flow.problems()] == []


def test_flow_states_have_labels() -> None:
    lacking = [
        f"{entry.key}: {state}"
        for entry in registry.flows
        for state in entry.flow.states()
        if entry.labels and state not in entry.labels
    ]
    assert lacking == []


def test_templates_hold_no_inline_code() -> None:
    inline = re.compile(
        r"\sstyle=[\"']|\son(?:click|load|change|submit|input)=|<style|<script(?![^>]*\b(?:src=|type=\"application/))"
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0).strip()}"
        for path in source_files(".html")
        if "templates" in path.parts
        for match in inline.finditer(
            re.sub(r"{%.*?%}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        )
    ]
    assert found == []
