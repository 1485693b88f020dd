"""Evidence and photographs beside a row: kept by the app of files, opened by whoever sees the row."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from ocop.files.actions import store
from ocop.files.models import StoredFile


class WithFiles(models.Model):
    """A row with files."""

    files = models.ManyToManyField(StoredFile, blank=True, related_name="+", verbose_name="minh chứng, ảnh")

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Held:
    """A file that a refused form brought: it is kept already, and named by its key."""

    key: str


def taken(sent: Any, *, by: Any) -> StoredFile | None:
    """The kept file of what a form sent; None for a key of somebody else's file. Raises `Refused` as `store` does."""
    if not isinstance(sent, Held):
        return store(sent, by=by)
    try:
        key = UUID(sent.key)
    except ValueError:
        return None
    return StoredFile.objects.kept().filter(key=key, uploaded_by_id=by.pk).first()


def keep_files(row: Any, uploads: Any, *, by: Any) -> list[StoredFile]:
    """Store what a form sent and put it beside the row; raises `Refused` for a file that may not be kept."""
    found = [taken(upload, by=by) for upload in uploads or ()]
    stored = [file for file in found if file is not None]
    if stored:
        row.files.add(*stored)
    return stored
