"""Evidence and photographs beside a row: kept by the app of files, opened by whoever sees the row."""

from typing import Any

from django.db import models

from ocop.files.actions import store
from ocop.files.models import StoredFile


class WithFiles(models.Model):
    """A row with files."""

    files = models.ManyToManyField(StoredFile, blank=True, related_name="+", verbose_name="minh chứng, ảnh")

    class Meta:
        abstract = True


def keep_files(row: Any, uploads: Any, *, by: Any) -> list[StoredFile]:
    """Store what a form sent and put it beside the row; raises `Refused` for a file that may not be kept."""
    stored = [store(upload, by=by) for upload in uploads or ()]
    if stored:
        row.files.add(*stored)
    return stored
