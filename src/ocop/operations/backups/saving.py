"""Making a backup. The database first, then the files that it names: files are only added, so the two agree."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import DatabaseError, connections

from ocop.files import disk
from ocop.kit import clock
from ocop.operations.backups import postgres, sqlite
from ocop.operations.backups.errors import BackupError
from ocop.operations.backups.manifest import Manifest

FILES = (
    "SELECT sha256, MAX(size) FROM files_storedfile WHERE erased_at IS NULL GROUP BY sha256 ORDER BY sha256"
)
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"
Say = Callable[[str], None]


def engine() -> tuple[str, ModuleType, dict[str, Any]]:
    """(name, module, settings) of the database of this installation."""
    link = connections["default"]
    return link.vendor, postgres if link.vendor == "postgresql" else sqlite, link.settings_dict


def save(target: Path, *, say: Say = lambda text: None) -> Manifest:
    """Make the folder `target`, which must not exist yet.

    It is built beside itself and takes its name when it is whole; a failure (a full disk, a lost file) raises
    BackupError and leaves nothing behind but the sentence.
    """
    if target.exists():
        raise BackupError(f"{target} đã có. Chọn tên khác; bản sao lưu cũ không bị ghi đè.")
    building = target.with_name(target.name + ".dang-ghi")
    if building.exists():
        shutil.rmtree(building)
    try:
        building.mkdir(parents=True)
        manifest = _fill(building, say)
        manifest.write(building)
        os.sync()  # a folder that bears its name is on the disk, whatever happens to the machine a moment later
        building.rename(target)
    except (OSError, sqlite3.Error, DatabaseError) as error:
        raise BackupError(f"Không ghi được bản sao lưu {target}: {error}. Dữ liệu gốc không đổi.") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return manifest


def _fill(folder: Path, say: Say) -> Manifest:
    vendor, module, settings = engine()
    say("Chụp cơ sở dữ liệu ...")
    with module.save(settings, folder) as snapshot:
        migrations = [list(row) for row in snapshot.rows(MIGRATIONS)]
        named = snapshot.rows(FILES)
        tables = {name: snapshot.rows(f'SELECT COUNT(*) FROM "{name}"')[0][0] for name in snapshot.tables()}  # noqa: S608
    say(f"Sao chép {len(named)} tệp ...")
    size = 0
    for sha256, expected in named:
        size += _copy(sha256, expected, folder)
    return Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        engine=vendor,
        migrations=migrations,
        tables=tables,
        files=len(named),
        size=size,
        database_sha256=disk.digest_of(folder / module.NAME),
    )


def _copy(sha256: str, expected: int, folder: Path) -> int:
    source = disk.path_of(sha256)
    target = folder / "files" / source.relative_to(disk.root())
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError as error:
        raise BackupError(
            f"Thiếu tệp {sha256} mà cơ sở dữ liệu có ghi. Chạy lại; nếu vẫn thiếu, tệp đã mất."
        ) from error
    size = target.stat().st_size
    if size != expected:
        raise BackupError(
            f"Tệp {sha256} dài {size} byte, cơ sở dữ liệu ghi {expected} byte: tệp gốc đã hỏng."
        )
    return size
