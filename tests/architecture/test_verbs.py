"""Every verb that the code announces or records has a Vietnamese label for the log."""

import ast

from ocop.kit import registry
from tests.architecture.layers import source_files

CALLS = {"announce", "record"}
# Passes on what it was told: the verb of the announcement, the constant of a move.
RELAYS = {"audit/receivers.py", "audit/actions.py"}


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def told() -> dict[str, list[str]]:
    """Each verb written in our source, with the files that tell it; "?" for one that cannot be read there."""
    found: dict[str, list[str]] = {}
    for path in source_files(".py"):
        if "ocop" not in path.parts or "tests" in path.parts:
            continue
        place = "/".join(path.parts[path.parts.index("ocop") + 1 :])
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or called(node) not in CALLS or place in RELAYS:
                continue
            if not any(keyword.arg == "by" for keyword in node.keywords) or not node.args:
                continue
            verb = node.args[0]
            text = verb.value if isinstance(verb, ast.Constant) and isinstance(verb.value, str) else "?"
            found.setdefault(text, []).append(f"{place}:{node.lineno}")
    return found


def test_every_verb_has_a_label() -> None:
    known = {entry.key for entry in registry.verbs}
    missing = {verb: places for verb, places in told().items() if verb not in known}
    assert missing == {}, "add a Vietnamese label to VERBS in the app's verbs.py"


def test_every_label_is_of_a_verb_that_is_told() -> None:
    assert {entry.key for entry in registry.verbs} - set(told()) == set()


def test_labels_differ() -> None:
    labels = [entry.label for entry in registry.verbs]
    assert sorted(labels) == sorted(set(labels))
