"""The ledger: what was planned, allocated, disbursed and settled. Rows are added, never changed, only reversed."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from ocop.funding import enums
from ocop.funding.models.activity import Activity
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet

MOST = 10**15
"""No single movement of a province's programme reaches a million billion đồng; a cell with more is a slip."""


def this_year() -> int:
    """The year of today."""
    return clock.today().year


class FundEntryQuerySet(ScopedQuerySet):
    """Entries: of the units in the officer's reach, and of the producers that the person acts for."""


class FundEntry(Searchable):
    """One movement of money, in whole đồng.

    A reversal is an entry of its own with the opposite amount, a reason and the row it takes back in `reverses`; so
    the sum over the rows is always the truth. A line of a document (`document_number`, `document_line`) stands once
    per unit, stage and year; `attempt` counts how often it was written again after a reversal.
    """

    kind = models.CharField(
        "giai đoạn", max_length=10, choices=enums.entry_kinds, default=enums.EntryKind.PLANNED
    )
    year = models.PositiveSmallIntegerField(
        "năm", default=this_year, validators=[MinValueValidator(2018), MaxValueValidator(2100)]
    )
    source = models.CharField(
        "nguồn vốn", max_length=10, choices=enums.fund_sources, default=enums.FundSource.CENTRAL
    )
    budget_level = models.CharField(
        "cấp ngân sách", max_length=10, choices=enums.budget_levels, blank=True, default=""
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="fund_entries", verbose_name="đơn vị"
    )
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="entries", verbose_name="hoạt động")
    amount = models.BigIntegerField(
        "số tiền (đồng)", validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    day = models.DateField("ngày chứng từ")
    document_number = models.CharField("số chứng từ", max_length=60)
    document_line = models.PositiveSmallIntegerField(
        "dòng của chứng từ", default=1, validators=[MinValueValidator(1)]
    )
    attempt = models.PositiveSmallIntegerField("lần ghi", default=0, editable=False)
    content = models.CharField("nội dung", max_length=300, blank=True)
    producer = models.ForeignKey(
        "producers.Producer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="fund_entries",
        verbose_name="chủ thể",
    )
    programme = models.CharField(
        "chương trình, nguồn lực", max_length=24, choices=enums.programmes, blank=True, default=""
    )
    resource_form = models.CharField(
        "hình thức", max_length=12, choices=enums.resource_forms, default=enums.ResourceForm.MONEY
    )
    project = models.CharField("dự án, mô hình", max_length=200, blank=True)
    request = models.ForeignKey(
        "funding.SupportRequest",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="entries",
        verbose_name="đề nghị hỗ trợ",
    )
    reverses = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reversal",
        verbose_name="đảo bút toán",
    )
    reason = models.CharField("lý do đảo", max_length=300, blank=True, editable=False)
    entered_at = models.DateTimeField("ghi lúc", editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="người ghi",
    )

    objects = FundEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = "bút toán"
        verbose_name_plural = "bút toán"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year", "document_number", "document_line", "attempt"],
                condition=Q(reverses__isnull=True),
                name="funding_entry_document_line",
                violation_error_message="Dòng này của chứng từ đã được ghi cho đơn vị, giai đoạn và năm ấy.",
            ),
            models.CheckConstraint(
                name="funding_entry_sign",
                condition=Q(reverses__isnull=True, amount__gt=0)
                | (Q(reverses__isnull=False, amount__lt=0) & ~Q(reason="")),
                violation_error_message="Số tiền phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                name="funding_entry_budget_level",
                condition=(Q(source=enums.FundSource.LOCAL) & ~Q(budget_level=""))
                | (~Q(source=enums.FundSource.LOCAL) & Q(budget_level="")),
                violation_error_message="Cấp ngân sách chỉ ghi, và phải ghi, cho ngân sách tỉnh, huyện, xã.",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-day", "-id"], name="funding_fundentry_list"),
            models.Index(fields=["year", "source", "unit"], name="funding_entry_totals"),
        ]

    def __str__(self) -> str:
        return f"{self.document_number}, dòng {self.document_line}"

    @property
    def is_reversal(self) -> bool:
        """True for the row that takes another back."""
        return self.reverses_id is not None

    def search_words(self) -> list[str]:
        return [self.document_number, self.content, self.project, str(self.producer or "")]

    def get_absolute_url(self) -> str:
        return reverse("funding:fund_entries_detail", args=[self.pk])


class MobilisedResourceManager(models.Manager.from_queryset(FundEntryQuerySet)):  # type: ignore[misc]
    """The entries that name the programme from which the resource came."""

    def get_queryset(self) -> Any:
        return super().get_queryset().exclude(programme="")


class MobilisedResource(FundEntry):
    """A resource brought in from another programme, a credit or the producer's own means (IV.13).

    It is a row of the ledger like any other, so that the totals by source hold it once.
    """

    objects = MobilisedResourceManager()

    class Meta:
        proxy = True
        verbose_name = "nguồn lực huy động"
        verbose_name_plural = "nguồn lực huy động"

    def get_absolute_url(self) -> str:
        return reverse("funding:mobilised_resources_detail", args=[self.pk])

    def clean(self) -> None:
        """Fill what follows from the programme before the constraints are looked at."""
        self.source = source_of(self.programme)
        self.kind = enums.EntryKind.DISBURSED
        super().clean()


SOURCES: dict[str, str] = {
    enums.Programme.CREDIT: enums.FundSource.CREDIT,
    enums.Programme.OWN: enums.FundSource.OWN,
}


def source_of(programme: str) -> str:
    """Under which of the six sources a mobilised resource stands."""
    return SOURCES.get(programme, enums.FundSource.COMBINED)
