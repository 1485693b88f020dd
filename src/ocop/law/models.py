"""Legal instruments: what was issued, from when to when it counts, and what took its place."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.law.enums import InstrumentKind, instrument_kinds


class InstrumentQuerySet(SearchableQuerySet):
    """Instruments, asked by the day."""

    def in_force(self, day: date) -> Self:
        """Instruments that count on that day (both ends inclusive).

        Where the first day of force is not known, the day of issue stands in for it; an instrument with
        neither is never in force for a machine: a person must look.
        """
        return self.alias(_start=Coalesce("valid_from", "issued_on")).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), _start__lte=day
        )


class Instrument(Searchable):
    """One legal or administrative instrument that the programme stands on.

    `confirmed` is false when a date or the content was not read in the instrument itself; `note` then says
    which.
    """

    slug = models.SlugField("mã", max_length=60, unique=True)
    number = models.CharField("số, ký hiệu", max_length=60)
    kind = models.CharField("loại văn bản", max_length=20, choices=instrument_kinds)
    title = models.CharField("trích yếu", max_length=400)
    issuer = models.CharField("cơ quan ban hành", max_length=160)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    valid_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực sau ngày", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="được thay thế bởi",
    )
    amends = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="amended_by", verbose_name="sửa đổi, bổ sung"
    )
    source = models.CharField("nguồn", max_length=400, blank=True)
    confirmed = models.BooleanField("đã đối chiếu", default=False)
    note = models.TextField("ghi chú", blank=True)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)

    history = HistoricalRecords(
        m2m_fields=[amends], excluded_fields=["search_text", "search_exact", "loaded_digest"]
    )
    objects = InstrumentQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "number"]
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        constraints = [
            models.CheckConstraint(
                name="law_instrument_span",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                violation_error_message="Ngày hết hiệu lực phải từ ngày có hiệu lực trở đi.",
            ),
            models.CheckConstraint(
                name="law_instrument_not_its_own_successor",
                condition=Q(replaced_by__isnull=True) | ~Q(replaced_by=models.F("id")),
                violation_error_message="Văn bản không thể tự thay thế chính nó.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How it is quoted: "Quyết định số 148/QĐ-TTg"."""
        return f"{InstrumentKind(self.kind).label} số {self.number}"

    def search_words(self) -> list[str]:
        return [self.number, InstrumentKind(self.kind).label, self.title, self.issuer]

    def is_in_force(self, day: date) -> bool:
        """True when it counts on that day; the same rule as `in_force` of the query set."""
        start = self.valid_from or self.issued_on
        return start is not None and start <= day and (self.valid_to is None or day <= self.valid_to)

    def state_on(self, day: date) -> tuple[str, str, str]:
        """The word, tone and icon that say whether it counts on that day."""
        start = self.valid_from or self.issued_on
        if start is None:
            return "Chưa rõ hiệu lực", "grey", "help-circle"
        if day < start:
            return "Chưa có hiệu lực", "water", "hourglass"
        return (
            ("Còn hiệu lực", "leaf", "circle-check")
            if self.is_in_force(day)
            else ("Hết hiệu lực", "grey", "slash")
        )

    def get_absolute_url(self) -> str:
        return reverse("law:instrument", args=[self.slug])
