"""Putting a backup back. Everything is checked before the living database is touched."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from ocop.audit import queries as audit
from ocop.files import disk
from ocop.operations.backups import manifest as manifests
from ocop.operations.backups.errors import BackupError
from ocop.operations.backups.manifest import Manifest
from ocop.operations.backups.saving import Say, engine


def restore(folder: Path, *, replace: bool = False, say: Say = lambda text: None) -> Manifest:
    """Put database and files of the folder into this installation and bring the database to this release.

    Files first, each checked by its digest, then the database in one step, then its migrations and the check
    of the audit log. Raises BackupError: a backup of another engine or of a newer release, a damaged file, a
    database that already has users (unless `replace`).
    """
    manifest = manifests.read(folder)
    vendor, module, settings = engine()
    if manifest.engine != vendor:
        raise BackupError(
            f"Bản sao lưu của {manifest.engine}, nơi phục hồi dùng {vendor}. Hai bên phải cùng loại."
        )
    _refuse_newer(manifest)
    if not replace and _has_users():
        raise BackupError("Nơi phục hồi đã có dữ liệu. Thêm --replace để thay toàn bộ dữ liệu đó.")
    if disk.digest_of(folder / module.NAME) != manifest.database_sha256:
        raise BackupError(
            "Bản chụp cơ sở dữ liệu không khớp mã băm: bản sao lưu đã hỏng. Dữ liệu hiện có không đổi."
        )
    say(f"Phục hồi {manifest.files} tệp ...")
    _restore_files(folder, manifest)
    say("Phục hồi cơ sở dữ liệu ...")
    connections.close_all()
    try:
        module.load(settings, folder)
    except (sqlite3.Error, DatabaseError) as error:
        raise BackupError(f"Cơ sở dữ liệu không nhận bản chụp: {error}.") from error
    _compare(manifest, module, settings)
    say("Nâng cơ sở dữ liệu lên phiên bản này ...")
    call_command("migrate", verbosity=0, interactive=False)
    say("Kiểm tra nhật ký ...")
    if problems := audit.verify():
        raise BackupError(f"Đã phục hồi, nhưng nhật ký có {len(problems)} lỗi. Lỗi đầu: {problems[0]}")
    return manifest


def _refuse_newer(manifest: Manifest) -> None:
    known = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    own = {app for app, _ in known}
    newer = [f"{app}.{name}" for app, name in manifest.migrations if app in own and (app, name) not in known]
    if newer:
        raise BackupError(
            f"Bản sao lưu của phiên bản mới hơn (có {newer[0]}). Cài phiên bản đó rồi phục hồi. "
            "Dữ liệu hiện có không đổi."
        )


def _has_users() -> bool:
    try:
        return get_user_model()._default_manager.exists()
    except DatabaseError:  # an empty database, before its first migration
        return False


def _restore_files(folder: Path, manifest: Manifest) -> None:
    found = sorted(path for path in (folder / "files").rglob("*") if path.is_file())
    if len(found) != manifest.files:
        raise BackupError(
            f"Bản sao lưu ghi {manifest.files} tệp nhưng chỉ có {len(found)}. Dữ liệu hiện có không đổi."
        )
    for source in found:
        if disk.digest_of(source) != source.name:
            raise BackupError(
                f"Tệp {source.name} trong bản sao lưu đã hỏng. Cơ sở dữ liệu hiện có không đổi."
            )
        target = disk.path_of(source.name)
        if target.exists() and target.stat().st_size == source.stat().st_size:
            continue
        part = target.with_name(target.name + ".part")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, part)
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise BackupError(
                f"Không ghi được tệp: {error.strerror}. Cơ sở dữ liệu hiện có không đổi."
            ) from error


def _compare(manifest: Manifest, module: Any, settings: dict[str, Any]) -> None:
    with module.opened(settings) as living:
        for name, rows in manifest.tables.items():
            ((found,),) = living.rows(f'SELECT COUNT(*) FROM "{name}"')  # noqa: S608
            if found != rows:
                raise BackupError(f"Bảng {name} có {found} dòng, bản sao lưu ghi {rows}.")
