"""Who may open a file."""

from typing import Any

from ocop.files.models import StoredFile
from ocop.kit import registry


def may_read(user: Any, file: StoredFile) -> bool:
    """True for the person who sent it and for whoever a file reader of an upper app says yes to.

    A superuser gets no more than the readers give: evidence of an unsubmitted dossier is not theirs to open.
    """
    if user.is_authenticated and file.uploaded_by_id == user.pk:
        return True
    return any(reader.may(user, file) for reader in registry.file_readers)
