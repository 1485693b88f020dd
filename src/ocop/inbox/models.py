"""Notices, their deliveries and what a person wants to hear of."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ocop.inbox.enums import DeliveryState, channels, delivery_states


class NoticeQuerySet(models.QuerySet):
    """Notices; each belongs to exactly one reader."""

    def visible_to(self, user: Any) -> Self:
        """The reader's own, and nobody else's."""
        return self.filter(to_id=user.pk) if user.pk else self.none()

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> Self:
        """Unread before read, newest first within each."""
        is_read = models.Case(
            models.When(read_at__isnull=True, then=0), default=1, output_field=models.IntegerField()
        )
        return self.order_by(is_read, "-at", "-pk")


class Notice(models.Model):
    """One message to one person: what happened, what to do, and the page where it is done."""

    kind = models.CharField("loại", max_length=60, db_index=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notices",
        verbose_name="người nhận",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người gửi",
    )
    title = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung", blank=True)
    url = models.CharField("đường dẫn", max_length=300, blank=True)
    subject_key = models.CharField("đối tượng", max_length=100, blank=True, db_index=True)
    dedupe_key = models.CharField("khoá chống trùng", max_length=150, blank=True)
    at = models.DateTimeField("thời điểm", db_index=True)
    read_at = models.DateTimeField("đã đọc lúc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "thông báo"
        indexes = [models.Index(fields=["to", "read_at"], name="inbox_notice_unread")]
        constraints = [
            models.UniqueConstraint(
                fields=["to", "dedupe_key"],
                condition=~Q(dedupe_key=""),
                name="inbox_notice_once",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unread(self) -> bool:
        return self.read_at is None

    @property
    def full_url(self) -> str:
        """The address as it is pasted into a mail or a chat."""
        if not self.url or self.url.startswith(("http://", "https://")):
            return self.url
        return f"{settings.OCOP_SITE_URL}{self.url}"

    @property
    def paste_text(self) -> str:
        """The message ready to paste into Zalo or an SMS: title, text, address."""
        return "\n".join(part for part in (self.title, self.text, self.full_url) if part)


class Delivery(models.Model):
    """One way out for one notice: tried until it went, or given up with the reason kept."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", verbose_name="thông báo")
    channel = models.CharField("kênh", max_length=10, choices=channels)
    state = models.CharField(
        "tình trạng", max_length=10, choices=delivery_states, default=DeliveryState.QUEUED
    )
    tries = models.PositiveSmallIntegerField("số lần thử", default=0)
    next_try_at = models.DateTimeField("gửi lại lúc", null=True, blank=True, db_index=True)
    error = models.CharField("lỗi", max_length=300, blank=True)
    sent_at = models.DateTimeField("đã gửi lúc", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "lượt gửi"
        constraints = [models.UniqueConstraint(fields=["notice", "channel"], name="inbox_one_per_channel")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.channel} {self.state}"

    def is_due(self, at: datetime) -> bool:
        """True when it should be tried at that moment."""
        waiting = self.state in (DeliveryState.QUEUED, DeliveryState.FAILED)
        return waiting and self.next_try_at is not None and self.next_try_at <= at


class Preference(models.Model):
    """A person's own choice for one kind of notice and one channel; without a row the kind's default counts."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="người dùng"
    )
    kind = models.CharField("loại", max_length=60)
    channel = models.CharField("kênh", max_length=10, choices=channels)
    wanted = models.BooleanField("nhận")

    class Meta:
        verbose_name = "lựa chọn nhận thông báo"
        constraints = [models.UniqueConstraint(fields=["user", "kind", "channel"], name="inbox_one_choice")]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel} {self.wanted}"
