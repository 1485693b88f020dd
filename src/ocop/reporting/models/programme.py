"""Periods of the programme with targets of their own (sections II.2 and III.1 of the plan)."""

from datetime import date
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.kit.addresses import reverse
from ocop.kit.indicators import Indicator, indicators
from ocop.kit.models import Dated, DatedQuerySet, Searchable, dated_check
from ocop.producers.casework import ScopedQuerySet


def indicator_keys() -> list[tuple[str, str]]:
    """Every declared indicator, as choices."""
    return [(one.key, one.name) for one in indicators]


class ProgrammeQuerySet(DatedQuerySet):
    """Programme periods."""

    def of(self, province: str, day: date) -> Any:
        """The period of the province that runs on a day, else the last one that has begun."""
        rows = self.filter(province=province, valid_from__lte=day)
        return rows.order_by("-valid_from").first()


class Programme(Dated):
    """A period of the programme in one province: 2023-2025, 2026-2030."""

    slug = models.SlugField("mã", max_length=40)
    province = models.CharField("mã tỉnh", max_length=10)
    name = models.CharField("tên giai đoạn", max_length=200)
    instrument = models.ForeignKey(
        "law.Instrument", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    confirmed = models.BooleanField("đã có văn bản", default=False)
    note = models.TextField("ghi chú", blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "slug"]
        verbose_name = "giai đoạn của Chương trình"
        constraints = [
            dated_check("reporting_programme_days"),
            models.UniqueConstraint(fields=["province", "slug"], name="reporting_programme_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short(self) -> str:
        """ "2023-2025"."""
        return f"{self.valid_from:%Y}-{self.valid_to:%Y}" if self.valid_to else f"từ {self.valid_from:%Y}"


class TargetQuerySet(ScopedQuerySet):
    """Targets of the units in reach."""

    producer_path = ""

    def of_year(self, year: int | None) -> Self:
        """Those of one year, or (None) of the end of the period."""
        return self.filter(year__isnull=True) if year is None else self.filter(year=year)


class Target(Searchable):
    """What a unit is to reach in an indicator, by the end of the period or of one of its years."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="targets", verbose_name="giai đoạn")
    indicator = models.CharField("chỉ tiêu", max_length=60, choices=indicator_keys)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="địa bàn")
    year = models.PositiveSmallIntegerField(
        "năm", null=True, blank=True, help_text="Để trống: đến hết giai đoạn."
    )
    value = models.DecimalField(
        "mức cần đạt", max_digits=16, decimal_places=2, validators=[MinValueValidator(0)]
    )
    clause = models.CharField("mục của kế hoạch", max_length=40, blank=True)
    note = models.CharField("nội dung", max_length=300, blank=True)

    objects = TargetQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["programme", "indicator", "unit", "year"]
        verbose_name = "chỉ tiêu được giao"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "indicator", "unit", "year"],
                condition=Q(year__isnull=False),
                name="reporting_target_of_year_once",
                violation_error_message="Chỉ tiêu này của địa bàn trong năm đã được giao.",
            ),
            models.UniqueConstraint(
                fields=["programme", "indicator", "unit"],
                condition=Q(year__isnull=True),
                name="reporting_target_of_period_once",
                violation_error_message="Chỉ tiêu này của địa bàn đến hết giai đoạn đã được giao.",
            ),
        ]

    def __str__(self) -> str:
        declared = self.declared
        return declared.name if declared is not None else self.indicator

    def search_words(self) -> list[str]:
        return [str(self), self.unit.title, self.programme.short]

    def get_absolute_url(self) -> str:
        return reverse("reporting:targets_detail", args=[self.pk])

    @property
    def declared(self) -> Indicator | None:
        """The indicator; None when no app declares it any more."""
        return indicators.get(self.indicator)

    @property
    def measure(self) -> str:
        """The unit of measure."""
        return self.declared.measure if self.declared is not None else ""

    @property
    def last_day(self) -> date:
        """The day by which it is to be reached."""
        return date(self.year, 12, 31) if self.year else self.programme.valid_to or date(9999, 12, 31)
