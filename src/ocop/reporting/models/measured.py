"""Figures kept ready, so that a board never measures while somebody waits."""

from datetime import date

from django.db import models
from django.db.models import Q

from ocop.kit.indicators import Figure


class Measured(models.Model):
    """One figure of one unit on one day, as measured at a moment; `failed` says why there is none.

    `trend` holds [day, top, bottom] of the ends of the months before and of the day itself.

    Derived from the facts at any time: a row may be thrown away and measured again.
    """

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="+")
    indicator = models.CharField(max_length=60)
    day = models.DateField()
    top = models.BigIntegerField(null=True)
    bottom = models.BigIntegerField(null=True)
    trend = models.JSONField(default=list)
    failed = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "số liệu đã tính"
        constraints = [
            models.UniqueConstraint(fields=["unit", "indicator", "day"], name="reporting_measured_once"),
            models.CheckConstraint(
                name="reporting_measured_or_failed", condition=Q(top__isnull=False) | ~Q(failed="")
            ),
        ]
        indexes = [models.Index(fields=["indicator", "day"], name="reporting_measured_day")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_id} {self.day}"

    @property
    def figure(self) -> Figure | None:
        """The figure; None when measuring failed."""
        return Figure(self.top, self.bottom) if self.top is not None else None

    @property
    def points(self) -> list[tuple[date, float | None]]:
        """The trend as days and values."""
        return [(date.fromisoformat(day), Figure(top, bottom).value) for day, top, bottom in self.trend]
