"""YAML with line numbers: the value of a file, and on which line each part of it stands."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ocop.kit.errors import BadData
from ocop.kit.yamltext import LOADER

Place = tuple[Hashable, ...]


class BadFile(BadData, ValueError):  # noqa: N818 - the file is bad
    """A data file that is refused; `problems` are (line, reason) pairs, the reasons in Vietnamese."""

    def __init__(self, name: str, problems: list[tuple[int, str]]) -> None:
        self.name = name
        self.problems = sorted(problems)
        super().__init__("\n".join(f"{name}, dòng {line}: {reason}" for line, reason in self.problems))


@dataclass(frozen=True)
class Located:
    """A document and the line of each of its parts."""

    name: str
    value: Any
    lines: dict[Place, int]

    def line_of(self, place: Place) -> int:
        """The line of a part, or of the nearest part around it that exists."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_located(path: Path) -> Located:
    """Read a YAML file; raises BadFile with the line for what is not UTF-8, not YAML or has a key twice."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadFile(path.name, [(line, "tệp phải là văn bản UTF-8")]) from None
    loader = LOADER(text)
    lines: dict[Place, int] = {}
    try:
        node = loader.get_single_node()
        value = None if node is None else _value(loader, node, (), lines, path.name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise BadFile(path.name, [(mark.line + 1 if mark else 1, f"YAML hỏng: {error.problem}")]) from None
    except yaml.YAMLError as error:
        raise BadFile(path.name, [(1, f"YAML hỏng: {error}")]) from None
    finally:
        loader.dispose()
    return Located(path.name, value, lines)


def _value(loader: Any, node: yaml.Node, place: Place, lines: dict[Place, int], name: str) -> Any:
    line = node.start_mark.line + 1
    lines[place] = line
    if isinstance(node, yaml.MappingNode):
        found: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node)
            if not isinstance(key, str | int) or key in found:
                raise BadFile(
                    name, [(key_node.start_mark.line + 1, f"khóa {key!r} bị lặp hoặc không hợp lệ")]
                )
            found[key] = _value(loader, value_node, (*place, key), lines, name)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, one, (*place, index), lines, name) for index, one in enumerate(node.value)]
    try:
        return loader.construct_object(node)
    except ValueError:  # YAML itself reads days: 30/2 is none
        raise BadFile(name, [(line, "ngày không có thật")]) from None
