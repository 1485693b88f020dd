"""Installations of their own for tests of backups: a data folder, a database, and the commands an operator types."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parents[4]


@dataclass
class Place:
    """An installation of its own: a data folder and a database."""

    folder: Path
    database_url: str

    def environment(self) -> dict[str, str]:
        env = {key: value for key, value in os.environ.items() if not key.startswith("OCOP_")}
        env.pop("DATABASE_URL", None)
        if self.database_url:
            env["DATABASE_URL"] = self.database_url
        return {
            **env, "DJANGO_SETTINGS_MODULE": "ocop.config.settings", "PYTHONPATH": str(ROOT / "src"), "DEBUG": "1",
            "OCOP_DATA_DIR": str(self.folder), "SECRET_KEY": "one-key-for-both-places", "LOG_LEVEL": "ERROR",
        }  # fmt: skip

    def start(self, *words: str, preexec_fn: Any = None, **variables: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, str(ROOT / "manage.py"), *words], env={**self.environment(), **variables}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=preexec_fn,
        )  # fmt: skip

    def manage(self, *words: str, preexec_fn: Any = None, **variables: str) -> tuple[int, str]:
        """(exit code, everything printed) of one command, with further variables of the environment."""
        process = self.start(*words, preexec_fn=preexec_fn, **variables)
        out, err = process.communicate(timeout=400)
        return process.returncode, out + err


@contextmanager
def empty_databases(*ends: str) -> Iterator[list[str]]:
    """URLs of empty databases beside that of the tests, one for each ending ("" is the SQLite file of the folder)."""
    known = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        yield ["" for _ in ends]
        return
    link = {
        "host": known["HOST"],
        "port": known["PORT"],
        "user": known["USER"],
        "password": known["PASSWORD"],
    }
    login = known["USER"] + (f":{known['PASSWORD']}" if known["PASSWORD"] else "")
    names = [f"{known['NAME']}_{end}" for end in ends]
    with psycopg.connect(
        dbname="postgres", autocommit=True, **{k: v or None for k, v in link.items()}
    ) as server:
        for name in names:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield [f"postgres://{login}@{known['HOST']}:{known['PORT']}/{name}" for name in names]
        for name in names:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
