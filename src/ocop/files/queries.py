"""Finding files and uploads."""

import uuid
from typing import Any

from ocop.files.models import StoredFile, Upload
from ocop.files.rules import limits


def own_file(key: Any, user: Any) -> StoredFile:
    """The file of that key that the person uploaded; raises `Refused` ("file.not_yours") for any other.

    What an attach view does with the `key` it is posted: nobody attaches a file that is not theirs.
    """
    try:
        wanted = uuid.UUID(str(key))
    except ValueError as error:
        raise limits.refuse("file.not_yours") from error
    file = StoredFile.objects.kept().filter(key=wanted, uploaded_by_id=user.pk).first()
    if file is None:
        raise limits.refuse("file.not_yours")
    return file


def held_already(user: Any, sha256: str) -> StoredFile | None:
    """The person's file whose bytes, as sent or as kept, have that digest; what strangers sent is never shared."""
    if user is None or not sha256:
        return None
    kept = StoredFile.objects.kept().filter(uploaded_by_id=user.pk, origin="uploaded")
    return kept.filter(source_sha256=sha256).first() or kept.filter(sha256=sha256).first()


def open_uploads(user: Any) -> int:
    """How many uploads of the person are under way."""
    return Upload.objects.filter(uploaded_by_id=user.pk, stored__isnull=True, refusal_code="").count()
