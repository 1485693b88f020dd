"""Words of notices."""

from django.db import models


class Channel(models.TextChoices):
    """A way out of the system; the list of notices itself needs none."""

    EMAIL = "email", "Thư điện tử"
    SMS = "sms", "Tin nhắn SMS/Zalo"


class DeliveryState(models.TextChoices):
    """Where a delivery stands."""

    QUEUED = "queued", "Chờ gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Lỗi, sẽ gửi lại"
    GAVE_UP = "gave_up", "Không gửi được"


def channels() -> list[tuple[str, str]]:
    return Channel.choices


def delivery_states() -> list[tuple[str, str]]:
    return DeliveryState.choices
