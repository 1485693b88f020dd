"""What a person agreed to, word for word, and codes sent to a phone."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ocop.accounts.enums import consent_purposes


class Consent(models.Model):
    """An agreement to one purpose under one version of the text; withdrawing it keeps the row.

    Decree 13/2023/NĐ-CP art. 11: consent is given freely, per purpose, in a form that can be shown later.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField("mục đích", max_length=20, choices=consent_purposes)
    text_version = models.CharField("phiên bản nội dung", max_length=20)
    text = models.TextField("nội dung đã đồng ý")
    given_at = models.DateTimeField("đồng ý lúc")
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "pk"]
        verbose_name = "sự đồng ý"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="accounts_consent_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ({self.text_version})"


class PhoneCode(models.Model):
    """A six-digit code sent to a phone, kept as a hash; a few tries, a few minutes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="phone_codes")
    phone = models.CharField(max_length=20)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "pk"]
        verbose_name = "mã xác nhận"

    def __str__(self) -> str:
        return f"{self.sent_at:%d/%m/%Y %H:%M}"
