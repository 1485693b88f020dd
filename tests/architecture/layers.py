"""Ranks of the apps, read from the import contract, so that there is one drawing of the house."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SURFACES = ("public", "workspace", "api")


def ranks() -> dict[str, int]:
    """The rank of each app: 0 is the lowest (kit); apps on one line share a rank."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract for contract in contracts if contract["name"].startswith("1."))["layers"]
    found = {}
    for rank, line in enumerate(reversed(layers)):
        for name in line.split("|"):
            found[name.strip().strip("()")] = rank
    return found


def may_know(app: str, other: str) -> bool:
    """True when `app` may name `other`: itself or something strictly below."""
    known = ranks()
    return app == other or known[other] < known[app]


def source_files(*suffixes: str) -> list[Path]:
    """Files of the project itself (not built, not installed), by suffix."""
    folders = [ROOT / name for name in ("src", "tests", "tools", "ui")]
    skipped = {"node_modules", "dist", "__pycache__", "migrations", ".vite"}
    return [
        path
        for folder in folders
        for suffix in suffixes
        for path in sorted(folder.rglob(f"*{suffix}"))
        if not skipped & set(path.parts)
    ]


def app_of(path: Path) -> str:
    """The app that a file under src/ocop belongs to."""
    return path.relative_to(ROOT / "src" / "ocop").parts[0]
