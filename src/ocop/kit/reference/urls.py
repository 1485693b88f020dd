"""Addresses of the system, and who gets what answer from each."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from ocop.kit import yamltext

LEGEND = {
    "200": "sees it",
    "302": "is sent to sign in, or on",
    "400": "is asked for what is missing",
    "401": "is asked to sign in (an address for scripts)",
    "403": "is refused with the reason",
    "404": "learns nothing, not even that it exists",
    "405": "GET is not answered (a form is sent here)",
    "409": "is told that it changed meanwhile",
    "410": "is told that it is no longer there",
    "422": "is told what is wrong",
    "own": "sees what is in their own care, gets 404 for anything else",
}


@dataclass(frozen=True)
class Address:
    """A named address: `producers:detail`, its path as written in the code, the view behind it."""

    name: str
    path: str
    view: str

    @property
    def takes_arguments(self) -> bool:
        return "<" in self.path or "(?P" in self.path


def _walk(resolver: URLResolver, prefix: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        path = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, path, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield Address(
                ":".join((*namespaces, pattern.name)), "/" + path.replace("$", ""), pattern.lookup_str
            )


def addresses() -> list[Address]:
    """Every named address, sorted by name, each name once."""
    found: dict[str, Address] = {}
    for address in _walk(get_resolver(), "", ()):
        found.setdefault(address.name, address)
    return [found[name] for name in sorted(found)]


def write() -> str:
    """The list of addresses."""
    lines = ["| name | path | view |", "| --- | --- | --- |"]
    lines += [f"| `{a.name}` | `{a.path}` | `{a.view}` |" for a in addresses()]
    return "\n".join(lines)


def write_permissions(table: Path) -> str:
    """The table of addresses against personas, from the file that the tests check."""
    data = yamltext.parse(table.read_text(encoding="utf-8"))
    personas, rows = data["personas"], data["urls"]
    lines = [
        "What a GET of each address answers to each persona. Objects in the address belong to the first producer, "
        "in the commune of the first officer. `tests/architecture` compares this table with the code.",
        "",
        *[f"- `{key}`: {what}" for key, what in LEGEND.items()],
        "",
        "| address | " + " | ".join(persona.replace("_", " ") for persona in personas) + " |",
        "| --- |" + " --- |" * len(personas),
    ]
    lines += [f"| `{name}` | " + " | ".join(str(cell) for cell in rows[name]) + " |" for name in sorted(rows)]
    return "\n".join(lines)
