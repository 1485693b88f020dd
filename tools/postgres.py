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


@contextmanager
def running() -> Iterator[str]:
    """The URL of a working PostgreSQL; one that was started here is stopped and removed at the end."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield given
        return
    if _server_programs() is None:
        install("postgresql", "to test on PostgreSQL")
    programs = _server_programs()
    if programs is None:
        fail("PostgreSQL is needed for these tests: install it, or name a server in TEST_DATABASE_URL.")
    folder = Path(tempfile.mkdtemp(prefix="ocop-postgres-"))
    user = _other_user()
    as_user = ["runuser", "-u", user, "--"] if user else []
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", _free_port()
    subprocess.run(
        [
            *as_user,
            programs / "initdb",
            "-D",
            data,
            "-U",
            "ocop",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
    )
    options = (
        f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    )
    control = [*as_user, programs / "pg_ctl", "-D", data]
    subprocess.run(
        [*control, "-w", "-t", "60", "-o", options, "-l", folder / "log", "start"],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
    )
    try:
        say(f"   PostgreSQL for the tests: {programs}, port {port}")
        yield f"postgres://ocop@127.0.0.1:{port}/postgres"
    finally:
        begun = time.monotonic()
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, cwd="/", stdout=subprocess.DEVNULL)
        while (data / "postmaster.pid").exists() and time.monotonic() - begun < 10:
            time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)
