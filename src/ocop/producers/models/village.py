"""Craft villages and traditional crafts."""

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, dated_check
from ocop.producers.codes import new_code
from ocop.producers.enums import VillageStatus, village_kinds, village_statuses
from ocop.producers.models.producer import VIEWING_ROLES, Producer


class VillageQuerySet(SearchableQuerySet):
    """Craft villages."""

    def visible_to(self, user: Any) -> Self:
        """Those of the units in the officer's reach."""
        return self.filter(unit_id__in=scope_of(user).unit_ids(*VIEWING_ROLES))

    def recognised_on(self, day: date) -> Self:
        """Those whose recognition holds on that day; one without days holds while it is on record as recognised."""
        began = models.Q(valid_from__isnull=True, status=VillageStatus.RECOGNISED) | models.Q(
            valid_from__lte=day
        )
        return self.filter(began, models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=day)).exclude(
            status=VillageStatus.PROPOSED
        )


class CraftVillage(Searchable):
    """A craft or craft village recognised or proposed (Decree 52/2018/NĐ-CP); counted over time by its days."""

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("tên", max_length=200)
    kind = models.CharField("loại", max_length=30, choices=village_kinds)
    craft = models.CharField("nghề", max_length=120)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="craft_villages", verbose_name="địa bàn"
    )
    place = models.CharField("nơi (ghi theo nguồn)", max_length=200, blank=True)
    status = models.CharField("tình trạng", max_length=12, choices=village_statuses)
    recognised_year = models.PositiveSmallIntegerField("năm công nhận", null=True, blank=True)
    decision = models.CharField("quyết định", max_length=200, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    valid_from = models.DateField("công nhận từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    households = models.PositiveIntegerField("số hộ", null=True, blank=True)
    workers = models.PositiveIntegerField("số lao động", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=400, blank=True)
    source = models.CharField("nguồn", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    data_key = models.CharField(max_length=160, null=True, blank=True, unique=True, editable=False)

    objects = VillageQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "làng nghề"
        verbose_name_plural = "làng nghề"
        constraints = [
            models.CheckConstraint(
                name="producers_village_days",
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.craft, self.place]

    def get_absolute_url(self) -> str:
        return reverse("producers:villages_detail", args=[self.pk])

    def status_on(self, day: date | None = None) -> str:
        """Where it stands on that day (default today): the recognition counts from its first to its last day."""
        day = day or clock.today()
        if self.valid_to is not None and self.valid_to < day:
            return VillageStatus.ENDED
        if self.valid_from is not None and day < self.valid_from:
            return VillageStatus.PROPOSED
        return self.status

    @property
    def status_today(self) -> str:
        """The status of today in words."""
        return str(VillageStatus(self.status_on()).label)


class OfVillageQuerySet(DatedQuerySet):
    """Rows that hang on a craft village."""

    def visible_to(self, user: Any) -> Self:
        """Those of the villages that the person may see."""
        return self.filter(village__in=CraftVillage.objects.visible_to(user))


class VillageProducer(Dated):
    """A producer works in a craft village, from one day to another."""

    village = models.ForeignKey(
        CraftVillage, models.CASCADE, related_name="producers", verbose_name="làng nghề"
    )
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="village_links", verbose_name="chủ thể"
    )
    note = models.CharField("ghi chú", max_length=200, blank=True)

    objects = OfVillageQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = "chủ thể của làng nghề"
        constraints = [
            dated_check("producers_villageproducer_days"),
            models.UniqueConstraint(
                fields=["village", "producer"],
                condition=models.Q(valid_to__isnull=True),
                name="producers_villageproducer_open",
                violation_error_message="Chủ thể này đang được ghi ở làng nghề.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village} – {self.producer}"

    def get_absolute_url(self) -> str:
        return reverse("producers:village_producers_detail", args=[self.pk])


class VillageYear(models.Model):
    """How many households and workers a craft village had in a year, and what it took in."""

    village = models.ForeignKey(CraftVillage, models.CASCADE, related_name="years", verbose_name="làng nghề")
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    households = models.PositiveIntegerField("số hộ làm nghề")
    workers = models.PositiveIntegerField("số lao động", default=0)
    revenue = models.BigIntegerField("doanh thu (đồng)", default=0, validators=[MinValueValidator(0)])

    objects = OfVillageQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "số liệu năm của làng nghề"
        constraints = [
            models.UniqueConstraint(
                fields=["village", "year"],
                name="producers_villageyear_once",
                violation_error_message="Làng nghề này đã có số liệu của năm đó.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.village}, năm {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("producers:village_years_detail", args=[self.pk])
