"""Rows of stored bytes and of uploads under way."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ocop.files.enums import FileKind, Origin, ScanState, file_kinds, origins, scan_states


class StoredFileQuerySet(models.QuerySet):
    """Files; who may open one is asked of `permissions.may_read`."""

    def kept(self) -> Self:
        """Files whose bytes are still there."""
        return self.filter(erased_at__isnull=True)


class StoredFile(models.Model):
    """One file of one person. The bytes lie on disk under their SHA-256; two rows may share them.

    `source_sha256` is the digest of the bytes as they were sent, `sha256` of those kept (a photograph is turned
    upright and loses its position data; HEIC becomes JPEG). A file with personal data is `sensitive`: each
    view is announced to the audit.
    """

    key = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    source_sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("dung lượng (byte)")
    content_type = models.CharField("kiểu nội dung", max_length=100)
    kind = models.CharField("loại", max_length=10, choices=file_kinds, default=FileKind.OTHER)
    name = models.CharField("tên tệp", max_length=150)
    pages = models.PositiveIntegerField("số trang", null=True, blank=True)
    width = models.PositiveIntegerField("chiều rộng (px)", null=True, blank=True)
    height = models.PositiveIntegerField("chiều cao (px)", null=True, blank=True)
    converted_from = models.CharField("chuyển từ kiểu", max_length=100, blank=True)
    origin = models.CharField("nguồn", max_length=10, choices=origins, default=Origin.UPLOADED)
    sensitive = models.BooleanField("có dữ liệu cá nhân", default=False)
    scan_state = models.CharField("quét vi-rút", max_length=10, choices=scan_states, default=ScanState.OFF)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người tải lên",
    )
    at = models.DateTimeField("thời điểm", db_index=True)
    erased_at = models.DateTimeField("đã xoá nội dung lúc", null=True, blank=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "tệp"
        constraints = [
            models.UniqueConstraint(
                fields=["uploaded_by", "source_sha256"],
                condition=Q(erased_at__isnull=True, origin="uploaded"),
                name="files_once_per_person",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:download", args=[self.key])

    @property
    def is_photo(self) -> bool:
        return self.kind == FileKind.PHOTO

    @property
    def is_pdf(self) -> bool:
        return self.kind == FileKind.PDF


class Upload(models.Model):
    """A file on its way, sent in pieces; `offset` is how many bytes are safely here."""

    key = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField("tên tệp", max_length=150)
    size = models.PositiveBigIntegerField("dung lượng (byte)")
    sha256 = models.CharField("mã băm người gửi báo", max_length=64, blank=True)
    sensitive = models.BooleanField("có dữ liệu cá nhân", default=False)
    offset = models.PositiveBigIntegerField("đã nhận (byte)", default=0)
    at = models.DateTimeField("bắt đầu lúc")
    touched_at = models.DateTimeField("nhận lần cuối lúc", db_index=True)
    stored = models.ForeignKey(StoredFile, models.CASCADE, null=True, blank=True, related_name="+")
    refusal_code = models.CharField("mã từ chối", max_length=40, blank=True)
    refusal = models.CharField("lý do từ chối", max_length=400, blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = "lượt tải lên"

    def __str__(self) -> str:
        return f"{self.name} {self.offset}/{self.size}"

    @property
    def is_open(self) -> bool:
        return self.stored_id is None and not self.refusal_code
