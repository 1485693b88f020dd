"""Figures frozen for a period: they never change, and say who froze them."""

from typing import Self

from django.conf import settings
from django.db import models

from ocop.kit.addresses import reverse
from ocop.kit.indicators import Figure
from ocop.producers.casework import ScopedQuerySet


class FreezeQuerySet(ScopedQuerySet):
    """Freezes of the provinces and units in reach."""

    producer_path = ""

    def standing(self) -> Self:
        """The newest freeze of each unit and period comes first."""
        return self.order_by("-last", "-at", "-pk")


class Freeze(models.Model):
    """The figures of a unit and of everything under it, for a period, written down once.

    `digest` seals them: it is worked out over every frozen row, so a row that was touched in the database shows.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="địa bàn")
    first = models.DateField("từ ngày")
    last = models.DateField("đến hết ngày")
    title = models.CharField("tên kỳ", max_length=120)
    note = models.CharField("lý do, văn bản", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người chốt"
    )
    at = models.DateTimeField("chốt lúc")
    digest = models.CharField("dấu niêm phong", max_length=64)

    objects = FreezeQuerySet.as_manager()

    class Meta:
        ordering = ["-last", "-at"]
        verbose_name = "lần chốt số liệu"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "first", "last"],
                name="reporting_freeze_once",
                violation_error_message="Số liệu của kỳ này đã được chốt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.unit.title}"

    def get_absolute_url(self) -> str:
        return reverse("reporting:freeze", args=[self.pk])


class FrozenFigure(models.Model):
    """One figure of one unit as it stood; append-only."""

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="figures")
    indicator = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    measure = models.CharField(max_length=40)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    top = models.BigIntegerField()
    bottom = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "số liệu đã chốt"
        constraints = [
            models.UniqueConstraint(
                fields=["freeze", "indicator", "unit"], name="reporting_frozen_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.figure.value}"

    @property
    def figure(self) -> Figure:
        """Top and bottom as they stood."""
        return Figure(self.top, self.bottom)


class FrozenRows(models.Model):
    """The keys of the rows behind a frozen figure of the whole, so that a later difference is told row by row."""

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="rows")
    indicator = models.CharField(max_length=60)
    part = models.CharField(max_length=6)  # top | bottom
    keys = models.JSONField()

    class Meta:
        verbose_name = "dòng của số liệu đã chốt"
        constraints = [
            models.UniqueConstraint(fields=["freeze", "indicator", "part"], name="reporting_frozen_rows_once")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.part}: {len(self.keys)}"
