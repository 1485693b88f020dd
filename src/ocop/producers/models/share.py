"""Local labour and local material of a producer by year (clause IV.10), confirmed by the commune."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from ocop.kit.addresses import reverse
from ocop.kit.models import DatedQuerySet
from ocop.producers.enums import ShareMeasure, share_measures
from ocop.producers.models.producer import Producer
from ocop.producers.rules.shares import percent


class LocalShareQuerySet(DatedQuerySet):
    """Yearly figures of producers."""

    def visible_to(self, user: Any) -> Self:
        """Those of the producers that the person may see."""
        return self.filter(producer__in=Producer.objects.visible_to(user))

    def confirmed(self) -> Self:
        """Those that a commune stands behind: what figures of the province are made from."""
        return self.filter(confirmed_at__isnull=False)


class LocalShare(models.Model):
    """Workers and material of one producer in one year, and how much of both is local.

    Local means from the province, for material also from the area that the dossier names (form 03). Material is
    reckoned by value in đồng or by volume in kilograms, the total and the local part alike.
    """

    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="local_shares", verbose_name="chủ thể"
    )
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    workers = models.PositiveIntegerField("tổng số lao động", default=0)
    local_workers = models.PositiveIntegerField("lao động địa phương", default=0)
    women = models.PositiveIntegerField("lao động nữ", default=0)
    measure = models.CharField(
        "cách tính nguyên liệu", max_length=8, choices=share_measures, default=ShareMeasure.VALUE
    )
    material = models.BigIntegerField("tổng nguyên liệu", default=0, validators=[MinValueValidator(0)])
    local_material = models.BigIntegerField(
        "nguyên liệu địa phương", default=0, validators=[MinValueValidator(0)]
    )
    source = models.CharField("nguồn số liệu", max_length=200, blank=True)
    confirmed_at = models.DateTimeField("xã xác nhận lúc", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name="người xác nhận",
    )  # fmt: skip
    confirmed_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name="xã xác nhận",
    )  # fmt: skip
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = LocalShareQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-year", "producer__name", "pk"]
        verbose_name = "lao động, nguyên liệu địa phương"
        verbose_name_plural = "lao động, nguyên liệu địa phương"
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "year"],
                name="producers_localshare_year",
                violation_error_message="Chủ thể này đã có số liệu của năm đó.",
            ),
            models.CheckConstraint(
                name="producers_localshare_workers",
                condition=Q(local_workers__lte=F("workers"), women__lte=F("workers")),
                violation_error_message="Lao động địa phương, lao động nữ không được nhiều hơn tổng số lao động.",
            ),
            models.CheckConstraint(
                name="producers_localshare_material",
                condition=Q(local_material__lte=F("material")),
                violation_error_message="Nguyên liệu địa phương không được nhiều hơn tổng nguyên liệu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer}, năm {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("producers:local_shares_detail", args=[self.pk])

    @property
    def labour_share(self) -> Decimal | None:
        """Local workers in percent of all; None without workers."""
        return percent(self.local_workers, self.workers)

    @property
    def women_share(self) -> Decimal | None:
        """Women in percent of all workers; None without workers."""
        return percent(self.women, self.workers)

    @property
    def material_share(self) -> Decimal | None:
        """Local material in percent of all; None without material."""
        return percent(self.local_material, self.material)
