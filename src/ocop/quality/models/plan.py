"""Yearly plans of the agencies, the programme that joins them, and the places where they would meet."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet
from ocop.quality.enums import (
    Area,
    OverlapState,
    PlanState,
    ProgrammeState,
    areas,
    overlap_states,
    plan_states,
    programme_states,
)

YEARS = (MinValueValidator(2020), MaxValueValidator(2100))


def this_year() -> int:
    """The year of the clock."""
    return clock.today().year


class OfficeQuerySet(ScopedQuerySet):
    """Rows of offices alone; producers see the visit when it is announced."""

    producer_path = ""


class Programme(CaseBase, Searchable):
    """The joint programme of one year of a province: what the standing agency makes of the plans of all agencies."""

    year = models.PositiveSmallIntegerField("năm", default=this_year, validators=YEARS)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="tỉnh"
    )
    number = models.CharField("số văn bản ban hành", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    state = models.CharField(
        "trạng thái",
        max_length=24,
        choices=programme_states,
        default=ProgrammeState.COLLECTING,
        db_index=True,
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = OfficeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "chương trình kiểm tra năm"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                name="quality_programme_year",
                violation_error_message="Chương trình của năm này đã có.",
            )
        ]
        indexes = [models.Index(fields=["unit", "-year", "id"], name="quality_programme_list")]

    def __str__(self) -> str:
        return f"Chương trình kiểm tra năm {self.year}"

    def search_words(self) -> list[str]:
        return [str(self), self.number]

    def get_absolute_url(self) -> str:
        return reverse("quality:quality-programmes_detail", args=[self.pk])


class ProgrammeMove(MoveBase):
    """One step of a programme."""

    subject = models.ForeignKey(Programme, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")


class Plan(CaseBase, Searchable):
    """What one agency (a department, or the local office) wants to inspect in one year."""

    agency = models.ForeignKey("units.Agency", models.PROTECT, related_name="+", verbose_name="cơ quan lập")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn", editable=False
    )
    year = models.PositiveSmallIntegerField("năm", default=this_year, validators=YEARS)
    number = models.CharField("số văn bản", max_length=60, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="plans", editable=False,
        verbose_name="chương trình",
    )  # fmt: skip
    state = models.CharField(
        "trạng thái", max_length=24, choices=plan_states, default=PlanState.DRAFT, db_index=True
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = OfficeQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "kế hoạch kiểm tra"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="quality_plan_year",
                violation_error_message="Cơ quan này đã có kế hoạch của năm.",
            )
        ]
        indexes = [models.Index(fields=["unit", "-year"], name="quality_plan_list")]

    def __str__(self) -> str:
        return f"Kế hoạch kiểm tra {self.year} – {self.agency.short_name or self.agency.name}"

    def search_words(self) -> list[str]:
        return [str(self), self.agency.name, self.number]

    def get_absolute_url(self) -> str:
        return reverse("quality:quality-plans_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether its agency may still write in it."""
        return self.state in (PlanState.DRAFT, PlanState.RETURNED)


class PlanMove(MoveBase):
    """One step of a plan."""

    subject = models.ForeignKey(Plan, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")


class LineQuerySet(OfficeQuerySet):
    """Lines of plans."""

    unit_path = "plan__unit_id"

    def standing(self) -> Self:
        """Those that were not merged into another."""
        return self.filter(merged_into__isnull=True)


class PlanLine(Searchable):
    """One visit as a plan foresees it: whom, between which days, what is looked at, who leads."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines", verbose_name="kế hoạch")
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="quality_lines", verbose_name="chủ thể"
    )
    first_on = models.DateField("kiểm tra từ ngày")
    last_on = models.DateField("đến hết ngày")
    areas = models.CharField("nội dung kiểm tra", max_length=120, blank=True)
    lead = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trưởng đoàn dự kiến"
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False,
        verbose_name="đã gộp vào lượt",
    )  # fmt: skip

    objects = LineQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["first_on", "pk"]
        verbose_name = "lượt kiểm tra dự kiến"
        constraints = [
            models.CheckConstraint(
                name="quality_line_days",
                condition=Q(last_on__gte=models.F("first_on")),
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer} – {self.first_on:%m/%Y}"

    def search_words(self) -> list[str]:
        return [self.producer.public_name, self.producer.code]

    def get_absolute_url(self) -> str:
        return reverse("quality:quality-lines_detail", args=[self.pk])

    @property
    def area_keys(self) -> list[str]:
        """The areas looked at; none named means all of them."""
        return split_areas(self.areas)

    @property
    def areas_shown(self) -> str:
        """The areas in words."""
        return words_of_areas(self.areas)


def split_areas(text: str) -> list[str]:
    """A stored "food_safety,label" as a list, in the order of the checklist; what is no area is left out."""
    kept = set(text.split(","))
    return [key for key, _ in areas() if key in kept]


def words_of_areas(text: str) -> str:
    """The areas of a stored text in words; all when none is named."""
    keys = split_areas(text)
    return "; ".join(Area(key).label for key in keys) if keys else "Toàn bộ nội dung"


class OverlapQuerySet(OfficeQuerySet):
    """Overlaps; whoever sees one of the two plans sees them."""

    def ways(self, user: Any, via: str = "") -> list[Q]:
        """Those of the lines that the person sees: both agencies read that they would meet."""
        lines = PlanLine.objects.all()
        return [*lines.ways(user, f"{via}first__"), *lines.ways(user, f"{via}second__")]

    def counting(self) -> Self:
        """Without those whose plan went back to its agency, and those that are no overlap any more."""
        return self.filter(voided_at__isnull=True).exclude(state=OverlapState.GONE)


class Overlap(CaseBase, Searchable):
    """Two visits to one producer with fewer days between them than the dated setting asks.

    `voided_at`: the plan of one of them went back to its agency, so what was settled is settled no more.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="overlaps", verbose_name="chương trình"
    )
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="+", verbose_name="chủ thể"
    )
    first = models.ForeignKey(PlanLine, models.PROTECT, related_name="+", verbose_name="lượt trước")
    second = models.ForeignKey(PlanLine, models.PROTECT, related_name="+", verbose_name="lượt sau")
    days = models.PositiveIntegerField("cách nhau (ngày)", default=0)
    gap = models.PositiveIntegerField("khoảng cách tối thiểu (ngày)", default=0)
    state = models.CharField(
        "trạng thái", max_length=24, choices=overlap_states, default=OverlapState.OPEN, db_index=True
    )

    voided_at = models.DateTimeField("hết giá trị lúc", null=True, blank=True, editable=False)

    objects = OverlapQuerySet.as_manager()

    class Meta:
        ordering = ["producer", "pk"]
        verbose_name = "chỗ trùng"
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(voided_at__isnull=True) & ~Q(state="gone"),
                name="quality_overlap_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.producer}: trùng, cách {self.days} ngày"

    def search_words(self) -> list[str]:
        return [self.producer.public_name, self.producer.code]

    def get_absolute_url(self) -> str:
        return reverse("quality:quality-overlaps_detail", args=[self.pk])

    @property
    def unit(self) -> Any:
        """The province whose standing agency settles it."""
        return self.programme.unit

    @property
    def unit_id(self) -> int:
        """The id of that province."""
        return self.programme.unit_id


class OverlapMove(MoveBase):
    """How an overlap was settled."""

    subject = models.ForeignKey(Overlap, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
