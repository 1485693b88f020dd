"""Bytes on disk: content-addressed, written whole or not at all."""

import contextlib
import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from ocop.files.rules import limits
from ocop.kit.busy import is_full

BLOCK = 64 * 1024
logger = logging.getLogger(__name__)


def root() -> Path:
    """The folder of stored bytes."""
    return Path(settings.OCOP_DATA_DIR) / "files"


def path_of(sha256: str) -> Path:
    """Where the bytes of that digest lie: files/ab/cd/abcd…"""
    return root() / sha256[:2] / sha256[2:4] / sha256


def rendition_path(sha256: str, width: int) -> Path:
    """Where the smaller picture of that width lies."""
    return Path(settings.OCOP_DATA_DIR) / "renditions" / sha256[:2] / sha256[2:4] / f"{sha256}-{width}.webp"


def part_path(key: object) -> Path:
    """Where the pieces of an upload gather."""
    return Path(settings.OCOP_DATA_DIR) / "uploads" / f"{key}.part"


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def needing_room() -> Iterator[None]:
    """Writes inside that find the disk full raise `Refused` ("file.no_room"). Also a decorator."""
    try:
        yield
    except OSError as error:
        if not is_full(error):
            raise
        logger.critical("there is no room left for files", exc_info=error)
        raise limits.refuse("file.no_room") from error


@contextlib.contextmanager
def working_copy(blocks: Iterable[bytes]) -> Iterator[Path]:
    """A private file with those bytes, beside the store, gone at the end unless `keep` moved it."""
    folder = Path(settings.OCOP_DATA_DIR) / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for block in blocks:
                file.write(block)
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(source: Path, target: Path) -> None:
    """Move a finished file to its place in one step, safely on disk; the same bytes there already are left."""
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as file:
        os.fsync(file.fileno())
    source.replace(target)


def quarantine(source: Path, sha256: str) -> None:
    """Put an infected file where nothing reads it."""
    target = Path(settings.OCOP_DATA_DIR) / "quarantine" / sha256
    keep(source, target)
    target.chmod(0o400)


def append(key: object, offset: int, chunk: bytes) -> None:
    """Write a piece at its offset; whatever a broken attempt left behind it is cut off."""
    path = part_path(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(chunk)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())


def blocks_of(path: Path, first: int = 0, last: int | None = None) -> Iterator[bytes]:
    """The bytes from `first` to `last`, both inclusive, in blocks."""
    left = (path.stat().st_size if last is None else last + 1) - first
    with path.open("rb") as file:
        file.seek(first)
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
