"""Snapshots of an SQLite database: whole, of one moment, while others write."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db.utils import ConnectionHandler

NAME = "database.sqlite3"


class Snapshot:
    """A database that is asked and not written to."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self._link = link

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer of a query."""
        return self._link.execute(query).fetchall()

    def tables(self) -> list[str]:
        """Names of all tables of ours."""
        return [
            name
            for (name,) in self.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            )
        ]


@contextmanager
def _open(settings: dict[str, Any], path: Path, journal: str) -> Iterator[sqlite3.Connection]:
    # Through Django, because indexes of ours call functions that Django gives to each connection.
    options = {**settings.get("OPTIONS", {}), "init_command": f"PRAGMA journal_mode={journal}"}
    link: Any = ConnectionHandler({"default": {**settings, "NAME": str(path), "OPTIONS": options}})["default"]
    link.ensure_connection()
    try:
        yield link.connection
    finally:
        link.close()


@contextmanager
def save(settings: dict[str, Any], folder: Path) -> Iterator[Snapshot]:
    """Copy the database into the folder; the snapshot may be asked until the end of the block."""
    with _open(settings, folder / NAME, "DELETE") as copy:
        with _open(settings, Path(settings["NAME"]), "WAL") as living:
            living.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # the copied head says WAL; a copy is one file
        yield Snapshot(copy)


def load(settings: dict[str, Any], folder: Path) -> None:
    """Put the copy in the place of the database, through SQLite itself, so that no open journal is left beside it.

    Raises sqlite3.DatabaseError when the copy is damaged; the place is untouched then.
    """
    with _open(settings, folder / NAME, "DELETE") as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("integrity_check")
        target = Path(settings["NAME"])
        target.parent.mkdir(parents=True, exist_ok=True)
        with _open(settings, target, "WAL") as living:
            copy.backup(living)


@contextmanager
def opened(settings: dict[str, Any]) -> Iterator[Snapshot]:
    """The living database, to count what was restored."""
    with _open(settings, Path(settings["NAME"]), "WAL") as link:
        yield Snapshot(link)
