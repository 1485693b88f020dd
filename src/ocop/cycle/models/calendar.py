"""The calendar of a cycle year, of the province and as districts and communes adapt it; exceptions of a product."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ocop.cycle.enums import CycleStep, cycle_steps
from ocop.cycle.rules.calendar import PREFIXES, Window, Windows, problems
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet

YEARS = (MinValueValidator(2018), MaxValueValidator(2100))


def this_year() -> int:
    """The year of today."""
    return clock.today().year


def _day(label: str) -> models.DateField:
    return models.DateField(label, null=True, blank=True)


class CalendarQuerySet(ScopedQuerySet):
    """Calendars: everybody in the programme reads them, for one's own step depends on the province's."""

    def visible_to(self, user):
        """Every calendar, for anybody who is signed in."""
        return self if getattr(user, "is_authenticated", False) else self.none()


class CycleCalendar(Searchable):
    """The days of the six steps in a cycle year for one unit; a step without days is as in the unit above."""

    year = models.PositiveSmallIntegerField("năm chu trình", default=this_year, validators=YEARS)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="cycle_calendars", verbose_name="địa bàn"
    )
    guidance_from = _day("bước 1: từ ngày")
    guidance_to = _day("bước 1: đến ngày")
    ideas_from = _day("bước 2: từ ngày")
    ideas_to = _day("bước 2: đến ngày")
    plans_from = _day("bước 3: từ ngày")
    plans_to = _day("bước 3: đến ngày")
    carrying_from = _day("bước 4: từ ngày")
    carrying_to = _day("bước 4: đến ngày")
    ranking_from = _day("bước 5: từ ngày")
    ranking_to = _day("bước 5: đến ngày")
    promotion_from = _day("bước 6: từ ngày")
    promotion_to = _day("bước 6: đến ngày")
    basis = models.CharField("văn bản ban hành", max_length=200, blank=True)
    note = models.CharField("ghi chú, chủ đề ưu tiên", max_length=500, blank=True)

    objects = CalendarQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "lịch chu trình"
        verbose_name_plural = "lịch chu trình"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "unit"], name="cycle_calendar_once",
                violation_error_message="Đơn vị này đã có lịch của năm đó.",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-year"], name="cycle_cyclecalendar_list")]

    def __str__(self) -> str:
        return f"Chu trình {self.year} · {self.unit.title}"

    def get_absolute_url(self) -> str:
        return reverse("cycle:calendars_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [str(self.year), self.unit.title, self.basis, self.note]

    def days(self) -> dict[int, tuple[date | None, date | None]]:
        """First and last day by step, as they stand in this row."""
        return {
            step: (getattr(self, f"{name}_from"), getattr(self, f"{name}_to"))
            for step, name in PREFIXES.items()
        }

    def windows(self) -> Windows:
        """The steps that this row sets itself."""
        found = {}
        for step, (first, last) in self.days().items():
            if first and last:
                found[step] = Window(first, last, self.unit.title)
        return found

    def clean(self) -> None:
        if found := problems(self.days(), self.year):
            raise ValidationError(found)


class SeasonQuerySet(ScopedQuerySet):
    """Exceptions of the products of a unit, and of those whose producer one acts for."""

    producer_path = "product__producer_id"


class SeasonalException(Searchable):
    """A product whose raw material has its own season goes through a step on days of its own."""

    product = models.ForeignKey(
        "products.Product", models.PROTECT, related_name="seasonal_exceptions", verbose_name="sản phẩm"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn", editable=False
    )
    year = models.PositiveSmallIntegerField("năm chu trình", default=this_year, validators=YEARS)
    step = models.PositiveSmallIntegerField("bước", choices=cycle_steps, default=CycleStep.CARRYING_OUT)
    first_day = models.DateField("từ ngày")
    last_day = models.DateField("đến ngày")
    reason = models.CharField("lý do theo mùa vụ", max_length=300)

    objects = SeasonQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-year", "step", "pk"]
        verbose_name = "ngoại lệ theo mùa vụ"
        verbose_name_plural = "ngoại lệ theo mùa vụ"
        constraints = [
            models.UniqueConstraint(
                fields=["product", "year", "step"], name="cycle_exception_once",
                violation_error_message="Sản phẩm đã có ngoại lệ cho bước này trong năm.",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="cycle_exception_days",
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-year", "step", "id"], name="cycle_seasonalexception_list")]

    def __str__(self) -> str:
        return f"{self.product}: bước {self.step}, {self.year}"

    def save(self, *args, **kwargs):
        """The row keeps the unit of its product, by which it is seen."""
        if self.unit_id is None:
            self.unit_id = self.product.unit_id
        super().save(*args, **kwargs)

    @property
    def producer(self):
        """Whose product it is."""
        return self.product.producer

    def search_words(self) -> list[str]:
        return [self.product.name, self.product.producer.public_name, self.reason, str(self.year)]

    def get_absolute_url(self) -> str:
        return reverse("cycle:seasons_detail", args=[self.pk])
