"""Keeping files: whole ones, those that come in pieces, those that the system makes; erasing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from ocop.audit.actions import record
from ocop.files import disk, inspect, queries, scanner
from ocop.files.enums import FileKind, Origin
from ocop.files.models import StoredFile, Upload
from ocop.files.rules import limits, names
from ocop.kit import clock
from ocop.kit.errors import Refused, Stale


def size_limit() -> int:
    """Most bytes of one file (OCOP_UPLOAD_MAX_MB)."""
    return settings.OCOP_UPLOAD_MAX_MB * 1024 * 1024


@disk.needing_room()
def store(
    upload: UploadedFile, *, by: Any, at: datetime | None = None, sensitive: bool = False
) -> StoredFile:
    """Check a sent file and keep it; the same bytes by the same person answer the row there already is.

    PDF as it is; photographs upright, without position data, HEIC as JPEG. `sensitive` marks personal data: each
    view is logged. `by` None: sent by somebody without an account, each time a file of its own. Raises `Refused` with a
    sentence that says what to do; then nothing is kept.
    """
    limits.check_size(upload.size or 0, size_limit())
    with disk.working_copy(upload.chunks()) as path:
        return _store(path, upload.name or "", by=by, at=at or clock.now(), sensitive=sensitive)


def _store(path: Path, sent_name: str, *, by: Any, at: datetime, sensitive: bool) -> StoredFile:
    """`store` for bytes that already lie at `path`, a file of our own that may be rewritten."""
    limits.check_size(path.stat().st_size, size_limit())
    source = disk.digest_of(path)
    if (held := queries.held_already(by, source)) is not None:
        return _again(held, sensitive=sensitive)
    name = names.clean_name(sent_name)
    try:
        scanned = scanner.scan(path)
    except scanner.InfectedError as error:
        disk.quarantine(path, source)
        record("file.infected", by=by, at=at, sha256=source, virus=str(error))
        raise limits.refuse("file.infected") from error
    found = inspect.inspect(path, name)
    if names.extension_of(name) not in limits.EXTENSIONS[found.content_type]:
        name = names.with_extension(name, found.extension)
    sha256, size = disk.digest_of(path), path.stat().st_size
    disk.keep(path, disk.path_of(sha256))
    kind = FileKind.PDF if found.content_type == limits.PDF else FileKind.PHOTO
    try:
        with transaction.atomic():
            return StoredFile.objects.create(
                sha256=sha256,
                source_sha256=source,
                size=size,
                content_type=found.content_type,
                kind=kind,
                name=name,
                pages=found.pages,
                width=found.width,
                height=found.height,
                converted_from=found.converted_from,
                sensitive=sensitive,
                scan_state=scanned,
                uploaded_by=by,
                at=at,
            )
    except IntegrityError:  # the same bytes came twice at the same moment: the other one is it
        return _again(
            StoredFile.objects.kept().get(uploaded_by=by, source_sha256=source), sensitive=sensitive
        )


def _again(held: StoredFile, *, sensitive: bool) -> StoredFile:
    """The row there already is; once sensitive, always sensitive."""
    if sensitive and not held.sensitive:
        held.sensitive = True
        held.save(update_fields=["sensitive"])
    return held


@disk.needing_room()
def store_generated(
    content: bytes | Path,
    *,
    name: str,
    content_type: str,
    by: Any = None,
    at: datetime | None = None,
    sensitive: bool = False,
    pages: int | None = None,
) -> StoredFile:
    """Keep a paper that the system made (minutes, decision, merged dossier). `by` None: made by a job.

    `name` is given out on download, so it holds no personal data. A `Path` is read in blocks, not moved.
    """
    blocks = [content] if isinstance(content, bytes) else disk.blocks_of(content)
    with disk.working_copy(blocks) as path:
        sha256, size = disk.digest_of(path), path.stat().st_size
        disk.keep(path, disk.path_of(sha256))
    return StoredFile.objects.create(
        sha256=sha256,
        source_sha256=sha256,
        size=size,
        content_type=content_type,
        name=names.clean_name(name),
        kind=FileKind.PDF if content_type == limits.PDF else FileKind.OTHER,
        origin=Origin.GENERATED,
        pages=pages,
        sensitive=sensitive,
        uploaded_by=by,
        at=at or clock.now(),
    )


def received(
    post: Mapping[str, Any],
    files: Any,
    *,
    by: Any,
    field: str = "file",
    at: datetime | None = None,
    sensitive: bool = False,
) -> list[StoredFile]:
    """The files of an attach form, whichever way they came: `key` of finished uploads, or the files themselves.

    One code path for pages with and without JavaScript. Raises `Refused` when there is none, or one is refused.
    """
    keys = post.getlist("key") if hasattr(post, "getlist") else [post["key"]] if post.get("key") else []
    found = [_again(queries.own_file(key, by), sensitive=sensitive) for key in keys]
    found += [store(upload, by=by, at=at, sensitive=sensitive) for upload in files.getlist(field)]
    if not found:
        raise limits.refuse("file.missing")
    return found


def begin_upload(
    name: str, *, size: int, sha256: str = "", by: Any, at: datetime | None = None, sensitive: bool = False
) -> Upload | StoredFile:
    """Open an upload in pieces, or answer the file when the person already has these bytes.

    Raises `Refused` for a size that is not taken, an extension that never is, and too many at once.
    """
    at = at or clock.now()
    limits.check_size(size, size_limit())
    if (held := queries.held_already(by, sha256)) is not None:
        return _again(held, sensitive=sensitive)
    if queries.open_uploads(by) >= limits.MAX_OPEN_UPLOADS:
        raise limits.refuse("upload.too_many", limit=limits.MAX_OPEN_UPLOADS)
    return Upload.objects.create(
        uploaded_by=by,
        name=names.clean_name(name),
        size=size,
        sha256=sha256,
        sensitive=sensitive,
        at=at,
        touched_at=at,
    )


@disk.needing_room()
def add_chunk(upload: Upload, chunk: bytes, *, offset: int, by: Any, at: datetime | None = None) -> Upload:
    """Append a piece that starts at `offset`; answers the upload with its new offset.

    Raises `Stale` ("upload.offset") when the piece does not start where the last one ended: the sender asks for
    the offset and goes on from there. A piece that was cut short never gets here, so what counts as received is whole.
    """
    with transaction.atomic():
        row = Upload.objects.select_for_update().get(pk=upload.pk, uploaded_by=by)
        if not row.is_open or (not chunk and offset == row.offset):
            return row
        if offset != row.offset:
            raise Stale("upload.offset", "Đoạn gửi lên không nối tiếp phần đã nhận.")
        if offset + len(chunk) > row.size:
            raise Refused("upload.too_long", "Phần gửi lên dài hơn dung lượng đã báo. Hãy gửi lại tệp.")
        disk.append(row.key, offset, chunk)
        row.offset += len(chunk)
        row.touched_at = at or clock.now()
        row.save(update_fields=["offset", "touched_at"])
    return row


@disk.needing_room()
def finish_upload(upload: Upload, *, by: Any, at: datetime | None = None) -> StoredFile:
    """Check and keep an upload whose last byte is here; pressed twice it answers the same file.

    Raises `Refused`, the same each time, when the file is not taken. No lock is held while the file is looked at:
    two at once store the same bytes, and the same bytes are the same row.
    """
    upload.refresh_from_db()
    if upload.stored is not None:
        return upload.stored
    if upload.refusal_code:
        raise Refused(upload.refusal_code, upload.refusal)
    part = disk.part_path(upload.key)
    try:
        with disk.working_copy(disk.blocks_of(part)) as path:
            if upload.sha256 and disk.digest_of(path) != upload.sha256:
                raise limits.refuse("upload.digest")
            stored = _store(path, upload.name, by=by, at=at or clock.now(), sensitive=upload.sensitive)
    except FileNotFoundError:
        upload.refresh_from_db()  # the other of two at once was faster and has cleared the pieces away
        if upload.stored is None:
            raise
        return upload.stored
    except Refused as error:
        if error.code not in limits.LATER:  # those may be tried again with what is here
            upload.refusal_code, upload.refusal = error.code, error.reason
            upload.save(update_fields=["refusal_code", "refusal"])
            part.unlink(missing_ok=True)
        raise
    upload.stored = stored
    upload.save(update_fields=["stored"])
    part.unlink(missing_ok=True)
    return stored


def sweep_uploads(*, at: datetime | None = None) -> int:
    """Forget uploads that nobody continued for three days, and pieces without a row; answers how many rows went."""
    before = (at or clock.now()) - timedelta(days=limits.UPLOAD_DAYS)
    old = Upload.objects.filter(touched_at__lt=before)
    for key in old.values_list("key", flat=True):
        disk.part_path(key).unlink(missing_ok=True)
    removed, _ = old.delete()
    known = {f"{key}.part" for key in Upload.objects.values_list("key", flat=True)}
    for part in (Path(settings.OCOP_DATA_DIR) / "uploads").glob("*.part"):
        if part.name not in known:
            part.unlink(missing_ok=True)
    return removed


def erase(file: StoredFile, *, by: Any, reason: str, at: datetime | None = None) -> StoredFile:
    """Remove the bytes and the name of a file, on a person's demand or at the end of retention; the row stays.

    The bytes go once no other row keeps them. What pointed at the file then says that it was erased.
    """
    at = at or clock.now()
    if not reason.strip():
        raise Refused("file.reason", "Cần ghi lý do xóa tệp.")
    with transaction.atomic():
        row = StoredFile.objects.select_for_update().get(pk=file.pk)
        if row.erased_at is None:
            row.erased_at, row.name = at, "tệp đã xóa"
            row.save(update_fields=["erased_at", "name"])
            Upload.objects.filter(stored=row).delete()
            record("file.erased", by=by, subject=row, at=at, sha256=row.sha256, reason=reason.strip())
            transaction.on_commit(lambda: _drop_bytes(row.sha256))
    return row


def _drop_bytes(sha256: str) -> None:
    if StoredFile.objects.kept().filter(sha256=sha256).exists():
        return
    for path in (
        disk.path_of(sha256),
        *(disk.rendition_path(sha256, width) for width in limits.RENDITION_WIDTHS),
    ):
        path.unlink(missing_ok=True)
