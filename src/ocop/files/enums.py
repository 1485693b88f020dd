"""Words of stored files."""

from django.db import models


class FileKind(models.TextChoices):
    """What a file is to the reader."""

    PDF = "pdf", "PDF"
    PHOTO = "photo", "Ảnh"
    OTHER = "other", "Tệp khác"


class Origin(models.TextChoices):
    """Where the bytes come from; a name that a person gave may hold personal data, ours does not."""

    UPLOADED = "uploaded", "Tải lên"
    GENERATED = "generated", "Hệ thống lập"


class ScanState(models.TextChoices):
    """What the virus scanner said. An infected file is never stored."""

    OFF = "off", "Chưa quét"
    CLEAN = "clean", "Đã quét, an toàn"


def file_kinds() -> list[tuple[str, str]]:
    return FileKind.choices


def origins() -> list[tuple[str, str]]:
    return Origin.choices


def scan_states() -> list[tuple[str, str]]:
    return ScanState.choices
