"""The database of a release, kept so that the next release can be tried on it: `python -m tools.upgrade dump`.

    python -m tools.upgrade dump             the commit that is checked out
    python -m tools.upgrade dump --at v1.2   a tag, a branch or a commit

Builds a small demo season with the code of that commit, in a checkout and on databases that are thrown away, copies it
with that code's own `backup`, and writes tests/upgrade/sqlite.tar.xz and postgresql.tar.xz. Commit them: the tests in
tests/upgrade restore them on the code of the day (docs/how-to/release.md).
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.postgres import running
from tools.progress import ROOT, StepFailed, say

FOLDER = ROOT / "tests" / "upgrade"
LARGEST = 300_000  # bytes of one dump, so that the repository stays small
TODAY = "2026-11-20"
# One dossier at each of these steps, so that the next release finds work under way.
STATES = ("draft", "submitted", "commune_review", "council_ready", "awaiting_decision", "recognised")
# Asked of the old code, to be compared with what the new code says of the same day.
FACTS = f"""
import datetime, json
from collections import Counter
from ocop.evaluation.models import Dossier
from ocop.recognition.models import Certificate
rows = Certificate.objects.with_state(datetime.date.fromisoformat("{TODAY}"))
print(json.dumps({{
    "dossiers": dict(Dossier.objects.values_list("code", "state")),
    "certificates": dict(rows.values_list("code", "state_that_day")),
}}))
"""


def run(command: list[str], **more: object) -> str:
    """What a command prints; its complaint is shown when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload]
    if done.returncode:
        say(done.stdout + done.stderr)
        raise StepFailed(1)
    return done.stdout


@contextmanager
def checkout(ref: str) -> Iterator[Path]:
    """A commit in a folder of its own, with a season of a few dossiers and no pictures."""
    with tempfile.TemporaryDirectory(prefix="ocop-upgrade-") as kept:
        folder = Path(kept) / "code"
        run(["git", "worktree", "add", "--detach", str(folder), ref], cwd=ROOT)
        try:
            _thin(folder / "data" / "evaluation" / "demo-season.yaml")
            yield folder
        finally:
            run(["git", "worktree", "remove", "--force", str(folder)], cwd=ROOT)


def _thin(path: Path) -> None:
    import yaml

    season = yaml.safe_load(path.read_text(encoding="utf-8"))
    first = {entry["state"]: entry for entry in reversed(season["dossiers"])}
    season.update(evidence=[], dossiers=[first[state] for state in STATES if state in first])
    path.write_text(yaml.safe_dump(season, allow_unicode=True), encoding="utf-8")


def build(code: Path, data: Path, url: str) -> Path:
    """The folder with the backup of a season made by that code; beside it lies facts.json."""
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(code / "src"), "OCOP_DATA_DIR": str(data), "OCOP_DEMO": "1",
        "DEBUG": "1", "SECRET_KEY": "of-the-dump-only", "OCOP_TODAY": TODAY, "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "ocop.config.settings", **({"DATABASE_URL": url} if url else {}),
    }  # fmt: skip

    def manage(*words: str) -> str:
        return run([sys.executable, "manage.py", *words], cwd=code, env=env)

    data.mkdir()
    manage("migrate", "-v0")
    manage("load_reference")
    manage("load_demo")
    manage("backup", str(data / "copies"))
    (copy,) = (data / "copies").iterdir()
    kept = copy.rename(data / "backup")
    (data / "facts.json").write_text(manage("shell", "-v0", "-c", FACTS), encoding="utf-8")
    return kept


def loosen(copy: Path, url: str) -> None:
    """Dump PostgreSQL once more without compression, which the archive does better over the whole."""
    path, manifest = copy / "database.dump", copy / "manifest.json"
    run(["pg_dump", "-Fc", "-Z0", "--no-owner", "--no-privileges", f"--file={path}", url])
    known = json.loads(manifest.read_text(encoding="utf-8"))
    known["database_sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(known), encoding="utf-8")


def pack(data: Path, target: Path, version: dict[str, str]) -> None:
    """Backup, facts and version as one archive; refuses one that is too large for the repository."""
    (data / "version.json").write_text(json.dumps(version), encoding="utf-8")
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:xz", preset=9) as archive:
        for name in ("version.json", "facts.json", "backup"):
            archive.add(data / name, name)
    size = buffer.tell()
    if size > LARGEST:
        say(f"{target.name} has {size:,} bytes, more than {LARGEST:,}: make the season smaller.")
        raise StepFailed(1)
    target.write_bytes(buffer.getvalue())
    say(f"   {target.relative_to(ROOT)}: {size:,} bytes, {version['version']}")


def dump(ref: str) -> None:
    """Write both dumps of a commit."""
    commit = run(["git", "rev-parse", f"{ref}^{{commit}}"], cwd=ROOT).strip()
    described = run(["git", "describe", "--tags", "--always", commit], cwd=ROOT).strip()
    version = {"commit": commit, "version": described}
    with checkout(commit) as code, tempfile.TemporaryDirectory(prefix="ocop-upgrade-") as kept:
        build(code, Path(kept) / "sqlite", "")
        pack(Path(kept) / "sqlite", FOLDER / "sqlite.tar.xz", version)
        with running() as url:
            copy = build(code, Path(kept) / "postgresql", url)
            loosen(copy, url)
        pack(Path(kept) / "postgresql", FOLDER / "postgresql.tar.xz", version)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.upgrade", description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["dump"])
    parser.add_argument("--at", default="HEAD", help="tag, branch or commit (default: what is checked out)")
    dump(parser.parse_args().at)


if __name__ == "__main__":
    main()
