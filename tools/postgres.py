"""A PostgreSQL for the tests: the one named in TEST_DATABASE_URL, else one that is started here and thrown away."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.debian import install
from tools.progress import fail, say


def _server_programs() -> Path | None:
    """The folder of initdb and postgres: on the path, or where Debian keeps the newest version."""
    found = shutil.which("initdb")
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return folders[-1].parent if folders else None


def _other_user() -> str:
    """PostgreSQL refuses root: the account it runs under then, "" when we are not root."""
    if os.geteuid() != 0:
        return ""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A PostgreSQL of our own in a folder, at a port of 127.0.0.1; it keeps no promise about a crash of the machine."""

    def __init__(self, folder: Path, programs: Path) -> None:
        user = _other_user()
        self.folder, self.data, self.port = folder, folder / "data", _free_port()
        self.url = f"postgres://ocop@127.0.0.1:{self.port}/postgres"
        self._as_user = ["runuser", "-u", user, "--"] if user else []
        self._control = [*self._as_user, programs / "pg_ctl", "-D", self.data]
        if user:
            shutil.chown(folder, user)
        command = [
            programs / "initdb",
            "-D",
            self.data,
            "-U",
            "ocop",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ]
        self._run([*self._as_user, *command])

    def _run(self, command: list, *, check: bool = True) -> None:
        subprocess.run(command, check=check, cwd="/", stdout=subprocess.DEVNULL)

    def start(self) -> None:
        """Start it and wait until it answers.

        Emptying all tables, or restoring a copy, locks each of some 400 tables and 2,000 indexes; two workers may do
        both at once, for which the usual room for locks is too small. And nothing gathers statistics by itself: the
        rows of a test are never committed, so it would find every table empty and the planner would join thousands of
        rows as if they were one (a query of 10 ms took 9 s, another did not end).
        """
        options = (
            f"-p {self.port} -h 127.0.0.1 -k {self.folder} "
            "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_locks_per_transaction=256 "
            "-c autovacuum=off"
        )
        log = self.folder / "log"
        self._run([*self._control, "-w", "-t", "60", "-o", options, "-l", log, "start"])

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: "fast" rolls back what is under way, "immediate" is a crash."""
        begun = time.monotonic()
        self._run([*self._control, "-m", mode, "stop"], check=False)
        while (self.data / "postmaster.pid").exists() and time.monotonic() - begun < 10:
            time.sleep(0.1)


@contextmanager
def own() -> Iterator[Server]:
    """A running server that was made here, stopped and removed at the end."""
    if _server_programs() is None:
        install("postgresql", "to test on PostgreSQL")
    programs = _server_programs()
    if programs is None:
        fail("PostgreSQL is needed for these tests: install it, or name a server in TEST_DATABASE_URL.")
    folder = Path(tempfile.mkdtemp(prefix="ocop-postgres-"))
    try:
        server = Server(folder, programs)
        server.start()
        say(f"   PostgreSQL for the tests: {programs}, port {server.port}")
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running() -> Iterator[str]:
    """The URL of a working PostgreSQL; one that was started here is stopped and removed at the end."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given
        return
    with own() as server:
        yield server.url
