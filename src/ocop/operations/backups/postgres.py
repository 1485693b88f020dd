"""Snapshots of a PostgreSQL database by its own programs, pg_dump and pg_restore."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from ocop.operations.backups.errors import BackupError

NAME = "database.dump"
# Put aside in one transaction with the restore: when anything fails, what was there stays. It is dropped in a
# transaction of its own, because a server holds a limited number of locks and each of some thousand tables and indexes
# takes one, the old ones and the new.
BEFORE = "ocop_before"
CLEAR = f"DROP SCHEMA IF EXISTS {BEFORE} CASCADE;"
ASIDE = f"ALTER SCHEMA public RENAME TO {BEFORE}; CREATE SCHEMA public;"


class Snapshot:
    """One transaction that sees the moment of the dump."""

    def __init__(self, link: psycopg.Connection[Any]) -> None:
        self._link = link

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The answer of a query in that moment."""
        return self._link.execute(sql.SQL(query)).fetchall()

    def tables(self) -> list[str]:
        """Names of all tables of ours."""
        return [
            name
            for (name,) in self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        ]


def program(name: str) -> str:
    """A program of PostgreSQL: on the path, else the newest that Debian keeps. Raises BackupError without one."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(places[-1]) if places else shutil.which(name)
    if not found:
        raise BackupError(f"Thiếu chương trình {name}: cài gói postgresql-client cùng phiên bản với máy chủ.")
    return found


def _environment(settings: dict[str, Any]) -> dict[str, str]:
    given = {
        "PGHOST": settings.get("HOST"), "PGPORT": settings.get("PORT"), "PGUSER": settings.get("USER"),
        "PGPASSWORD": settings.get("PASSWORD"), "PGDATABASE": settings.get("NAME"),
    }  # fmt: skip
    return {**os.environ, **{key: str(value) for key, value in given.items() if value}}


def _connect(settings: dict[str, Any]) -> psycopg.Connection[Any]:
    return psycopg.connect(
        host=settings.get("HOST") or None, port=settings.get("PORT") or None, user=settings.get("USER") or None,
        password=settings.get("PASSWORD") or None, dbname=settings["NAME"],
    )  # fmt: skip


def _run(command: list[str], settings: dict[str, Any], **more: Any) -> None:
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        command, env=_environment(settings), stderr=subprocess.PIPE, text=True, check=False, **more
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise BackupError(f"{Path(command[0]).name} dừng với lỗi: {lines[-1] if lines else done.returncode}")


@contextmanager
def save(settings: dict[str, Any], folder: Path) -> Iterator[Snapshot]:
    """Dump the database into the folder; the snapshot may be asked until the end of the block."""
    with _connect(settings) as link:
        link.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        row = link.execute("SELECT pg_export_snapshot()").fetchone()
        moment = str(row[0]) if row else ""
        command = [program("pg_dump"), "--format=custom", "--compress=1", "--no-owner", "--no-privileges"]
        _run([*command, f"--snapshot={moment}", f"--file={folder / NAME}"], settings)
        yield Snapshot(link)


def load(settings: dict[str, Any], folder: Path) -> None:
    """Replace the database by the dump, in one transaction; what it replaced is dropped afterwards."""
    script = folder / "restore.sql.tmp"
    try:
        _run(
            [program("pg_restore"), "--no-owner", "--no-privileges", f"--file={script}", str(folder / NAME)],
            settings,
        )
        order = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        for steps in (
            [f"--command={CLEAR}"],
            [f"--command={ASIDE}", f"--file={script}"],
            [f"--command={CLEAR}"],
        ):
            _run([program("psql"), *order, *steps], settings, stdout=subprocess.DEVNULL)
    finally:
        script.unlink(missing_ok=True)


@contextmanager
def opened(settings: dict[str, Any]) -> Iterator[Snapshot]:
    """The living database, to count what was restored."""
    with _connect(settings) as link:
        yield Snapshot(link)
