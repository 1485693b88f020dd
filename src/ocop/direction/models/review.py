"""Reviews of a year or of the whole period (IV.14): figures against targets, shortcomings, solutions."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.direction.enums import ReviewState, review_states
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet
from ocop.reporting.models import Consolidation, Programme, Report


class ReviewQuerySet(ScopedQuerySet):
    """Reviews of units."""

    producer_path = ""


class Review(CaseBase, Searchable):
    """The review of a unit.

    `figures` holds a line per indicator: what the accepted reports say, what the system measures, and the target; they
    are those of the moment they were drawn. `sources` are the reports they come from, `tasks` the counts of tasks.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reviews", verbose_name="giai đoạn")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    year = models.PositiveSmallIntegerField(
        "năm", null=True, blank=True, validators=[MinValueValidator(2020), MaxValueValidator(2100)],
        help_text="Để trống: tổng kết cả giai đoạn.",
    )  # fmt: skip
    work = models.TextField("đã chỉ đạo, thực hiện", blank=True)
    shortcomings = models.TextField("tồn tại, hạn chế, nguyên nhân", blank=True)
    solutions = models.TextField("giải pháp, nhiệm vụ tiếp theo", blank=True)
    figures = models.JSONField(default=list, editable=False)
    tasks = models.JSONField(default=dict, editable=False)
    drawn_at = models.DateTimeField("lấy số lúc", null=True, blank=True, editable=False)
    consolidation = models.ForeignKey(
        Consolidation, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name="báo cáo tổng hợp",
    )  # fmt: skip
    sources = models.ManyToManyField(Report, blank=True, editable=False, related_name="reviews")
    number = models.CharField("số báo cáo", max_length=60, blank=True, editable=False)
    signed_on = models.DateField("ngày ký", null=True, blank=True, editable=False)
    signer = models.CharField("người ký", max_length=120, blank=True, editable=False)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)
    state = models.CharField(
        "trạng thái", max_length=16, choices=review_states, default=ReviewState.DRAFT, db_index=True, editable=False
    )  # fmt: skip

    objects = ReviewQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact", "figures", "tasks"])

    class Meta:
        ordering = ["-year", "unit__name", "pk"]
        verbose_name = "sơ kết, tổng kết"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "programme", "year"], condition=Q(year__isnull=False), name="direction_review_year",
                violation_error_message="Sơ kết của địa bàn trong năm đã có.",
            ),
            models.UniqueConstraint(
                fields=["unit", "programme"], condition=Q(year__isnull=True), name="direction_review_period",
                violation_error_message="Tổng kết giai đoạn của địa bàn đã có.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-year"], name="direction_review_list")]

    def __str__(self) -> str:
        return f"{self.kind} – {self.unit.title}"

    def search_words(self) -> list[str]:
        return [self.kind, self.unit.title, self.number]

    def get_absolute_url(self) -> str:
        return reverse("direction:reviews_detail", args=[self.pk])

    @property
    def kind(self) -> str:
        """ "Sơ kết năm 2024", "Tổng kết giai đoạn 2023-2025"."""
        return f"Sơ kết năm {self.year}" if self.year else f"Tổng kết giai đoạn {self.programme.short}"


class ReviewMove(MoveBase):
    """One step of a review."""

    subject = models.ForeignKey(Review, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(MoveBase.Meta):
        verbose_name = "bước của sơ kết, tổng kết"
