"""Agencies with validity, the parts they play, and which took over from which."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, dated_check
from ocop.law.models import Instrument
from ocop.units.enums import agency_kinds, duties
from ocop.units.models.unit import Unit


class AgencyQuerySet(DatedQuerySet, SearchableQuerySet):  # type: ignore[override]
    """Agencies, asked by the day and by the part they play."""

    def with_duty(self, duty: str, day: date) -> Self:
        """Agencies that play that part on that day."""
        rows = AgencyDuty.objects.valid_on(day).filter(duty=duty)
        return self.valid_on(day).filter(pk__in=rows.values("agency_id"))


class Agency(Dated, Searchable):
    """A body of the state that takes part in the programme; people act for it through memberships.

    `unit` is the unit it belongs to; central agencies have none.
    """

    slug = models.SlugField("mã", max_length=60, unique=True)
    name = models.CharField("tên cơ quan", max_length=200)
    short_name = models.CharField("tên gọn", max_length=80, blank=True)
    kind = models.CharField("loại cơ quan", max_length=24, choices=agency_kinds)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="agencies", verbose_name="đơn vị hành chính"
    )
    confirmed = models.BooleanField("đã đối chiếu", default=True)
    note = models.CharField("ghi chú", max_length=400, blank=True)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["search_text", "search_exact", "loaded_digest"])
    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name", "valid_from"]
        verbose_name = "cơ quan"
        verbose_name_plural = "cơ quan"
        constraints = [dated_check("units_agency_span")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.short_name]


class AgencyDuty(Dated):
    """A part played by an agency from one day to another: advisory body, who decides, the centre..."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="duties", verbose_name="cơ quan")
    duty = models.CharField("nhiệm vụ", max_length=20, choices=duties)
    basis = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="căn cứ"
    )
    confirmed = models.BooleanField("đã đối chiếu", default=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        verbose_name = "nhiệm vụ của cơ quan"
        constraints = [
            models.UniqueConstraint(fields=["agency", "duty", "valid_from"], name="units_duty_from"),
            dated_check("units_duty_span"),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.duty}"


class AgencySuccession(models.Model):
    """An agency took over the work of another from a day on."""

    predecessor = models.ForeignKey(
        Agency, models.CASCADE, related_name="successor_rows", verbose_name="cơ quan cũ"
    )
    successor = models.ForeignKey(
        Agency, models.CASCADE, related_name="predecessor_rows", verbose_name="cơ quan mới"
    )
    on = models.DateField("từ ngày")
    confirmed = models.BooleanField("đã đối chiếu", default=True)
    basis = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="căn cứ"
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "kế tục cơ quan"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="units_agency_succession_pair"),
            models.CheckConstraint(
                name="units_agency_succession_other", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
