"""What people were told of a star that runs out."""

from django.db import models


class ExpiryWarning(models.Model):
    """One warning of one certificate was given; each is given once."""

    certificate = models.ForeignKey(
        "recognition.Certificate", on_delete=models.PROTECT, related_name="expiry_warnings"
    )
    days = models.PositiveSmallIntegerField("số ngày trước ngày cuối")
    at = models.DateTimeField("báo lúc")

    class Meta:
        ordering = ["certificate", "-days"]
        verbose_name = "lần báo sắp hết hạn"
        constraints = [
            models.UniqueConstraint(fields=["certificate", "days"], name="recognition_warning_once")
        ]

    def __str__(self) -> str:
        return f"{self.certificate}: trước {self.days} ngày"
