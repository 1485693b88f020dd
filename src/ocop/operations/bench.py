"""Measures of operations: a backup beside copying the same bytes plainly."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.utils import load_backend
from django.test import override_settings

from ocop.audit.models import Event
from ocop.files import disk
from ocop.files.models import StoredFile
from ocop.kit import clock
from ocop.kit.bench import Bench
from ocop.operations.backups import saving

ROWS = 100_000
FILES = 2_000
FILE_SIZE = 1_048_576  # bytes; with FILES about 2 GB
BATCH = 5_000


def schema_of(link: Any) -> list[str]:
    """The statements that make the tables and indexes of a database anew."""
    with link.cursor() as cursor:
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL "
            "AND name NOT LIKE 'sqlite_%' ORDER BY type DESC"
        )
        return [sql for (sql,) in cursor.fetchall()]


def fill(folder: Path) -> None:
    """Rows of the log and of stored files, and the bytes of the files under their digests."""
    moment = clock.now()
    for start in range(0, ROWS - FILES, BATCH):
        Event.objects.bulk_create(
            Event(
                at=moment, verb="flow.moved", subject_type="evaluation.dossier", subject_id=str(n), digest=f"{n:064d}",
                subject_label=f"hồ sơ HS2026-{n}", data={"from": "submitted", "to": "commune_review"},
            )
            for n in range(start, min(start + BATCH, ROWS - FILES))
        )  # fmt: skip
    for n in range(FILES):
        content = os.urandom(FILE_SIZE)
        digest = hashlib.sha256(content).hexdigest()
        place = disk.path_of(digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
        StoredFile.objects.create(
            sha256=digest, source_sha256=digest, size=FILE_SIZE, content_type="application/pdf", name=f"{n}.pdf",
            at=moment,
        )  # fmt: skip


@contextmanager
def installation(folder: Path) -> Iterator[Path]:
    """A data folder of that many rows and files, which is the running system's until the end of the block."""
    mine = connections["default"]
    options = {**mine.settings_dict["OPTIONS"], "init_command": "PRAGMA journal_mode=WAL"}
    file = {**mine.settings_dict, "NAME": str(folder / "ocop.sqlite3"), "OPTIONS": options}
    statements = schema_of(mine)
    link = connections["default"] = load_backend(file["ENGINE"]).DatabaseWrapper(file, "default")
    try:
        with override_settings(OCOP_DATA_DIR=folder):
            with link.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
            fill(folder)
            yield folder
    finally:
        link.close()
        connections["default"] = mine


def copy_plainly(source: Path, target: Path) -> None:
    """The database and the files copied, and on the disk when done, as a backup is."""
    target.mkdir()
    shutil.copyfile(source / "ocop.sqlite3", target / "ocop.sqlite3")
    shutil.copytree(source / "files", target / "files", copy_function=shutil.copyfile)
    os.sync()


def taken(work: Callable[[Path], Any], target: Path) -> float:
    """Seconds on the wall, most of which are the disk's; what was made is removed and forgotten by the disk."""
    begun = time.monotonic()
    work(target)
    spent = time.monotonic() - begun
    shutil.rmtree(target)
    os.sync()
    return spent


def backup_ratio() -> float:
    """A backup while nobody writes, in plain copies of the same database and files; the better of two of each."""
    if connection.vendor != "sqlite":
        raise AssertionError("the measure is taken on SQLite")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=settings.OCOP_DATA_DIR) as kept:
        folder = Path(kept)
        (folder / "data").mkdir()
        with installation(folder / "data") as source:
            connections["default"].close()  # the journal goes into the file, so that a copy of it is whole
            os.sync()
            plain, saved = [], []
            for _ in range(2):
                plain.append(taken(lambda target: copy_plainly(source, target), folder / "copy"))
                saved.append(taken(saving.save, folder / "backup"))
        return min(saved) / min(plain)


BENCHES = [
    Bench("backup", "backup of 100,000 rows and 2 GB of files", 1.5, "times copying them", backup_ratio),
]
