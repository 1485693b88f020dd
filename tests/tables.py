"""The empty tables of the tests on SQLite: migrated once per state of the migrations, then copied.

Migrating takes about a minute of one core, and every worker of every run would pay it.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BRANCHES = 6  # states of the migrations whose tables are kept side by side
KEPT = ROOT / ".tools" / "test-tables"
MIGRATE = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
connection.settings_dict["NAME"] = {path!r}
call_command("migrate", verbosity=0, interactive=False)
connection.close()
"""


def digest() -> str:
    """Changes with whatever migrating depends on: our migrations, what they call, the versions of the packages."""
    found = hashlib.sha256(sys.version.encode())
    sources = sorted(ROOT.glob("src/ocop/**/migrations/*.py"))
    called = [ROOT / "src/ocop/kit/db.py", ROOT / "src/ocop/kit/migrating.py", Path(__file__)]
    settings = sorted((ROOT / "src/ocop/config").glob("settings*.py"))
    for path in [*sources, *called, *settings, ROOT / "requirements-dev.lock"]:
        found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:16]


def empty_tables() -> Path:
    """The file of a migrated, empty database; one process makes it, the others wait for it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = KEPT / f"{digest()}.sqlite3"
        if not path.exists():
            for old in sorted(KEPT.glob("*.sqlite3*"), key=lambda file: file.stat().st_mtime)[:-BRANCHES]:
                old.unlink()
            made = path.with_suffix(".sqlite3-new")
            env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
            subprocess.run([sys.executable, "-c", MIGRATE.format(path=str(made))], env=env, check=True)
            made.rename(path)
    return path
