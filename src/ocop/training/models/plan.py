"""Topics of the plan's text, needs that people say, and the yearly plan made of them (plan IV.2.2.a)."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.partners.models import Partner
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.models import Producer
from ocop.training.enums import (
    PLAN_MARKS,
    ActivityKind,
    Audience,
    PlanState,
    activity_kinds,
    audiences,
    plan_states,
)
from ocop.units.models import Agency, Unit

FIRST_YEAR, LAST_YEAR = 2022, 2045
YEAR = (MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR))


class Topic(models.Model):
    """A topic as the plan's text names it; data of the project, loaded from `data/training/topics.yaml`."""

    key = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("chủ đề", max_length=200, unique=True)
    clause = models.CharField("mục của Kế hoạch", max_length=20)
    audience = models.CharField("chủ yếu cho", max_length=10, choices=audiences, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=100)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "chủ đề đào tạo"
        verbose_name_plural = "chủ đề đào tạo"

    def __str__(self) -> str:
        return self.name


class NeedQuerySet(ScopedQuerySet):
    """Needs, by unit and by the producer they were said for."""


class Need(Searchable):
    """A topic that somebody wants in a year: for a producer, or for the officials or producers of a unit."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="needs", verbose_name="chủ đề")
    year = models.PositiveSmallIntegerField("năm", validators=YEAR)
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, related_name="training_needs", verbose_name="địa bàn"
    )
    producer = models.ForeignKey(
        Producer, models.PROTECT, null=True, blank=True, related_name="training_needs", verbose_name="chủ thể"
    )
    audience = models.CharField("cho", max_length=10, choices=audiences, default=Audience.PRODUCER)
    persons = models.PositiveIntegerField("số người", default=1, validators=[MinValueValidator(1)])
    wish = models.CharField("mong muốn thêm", max_length=300, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name="người báo",
    )  # fmt: skip
    said_at = models.DateTimeField("báo lúc", default=clock.now, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "topic__order", "pk"]
        verbose_name = "nhu cầu đào tạo"
        verbose_name_plural = "nhu cầu đào tạo"
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "year", "producer"],
                condition=Q(producer__isnull=False),
                name="training_need_producer_once",
                violation_error_message="Chủ thể này đã báo chủ đề này trong năm.",
            ),
            models.UniqueConstraint(
                fields=["topic", "year", "unit", "audience"],
                condition=Q(producer__isnull=True),
                name="training_need_unit_once",
                violation_error_message="Địa bàn này đã báo chủ đề này trong năm.",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-year"], name="training_need_list"),
            models.Index(fields=["year", "unit"], name="training_need_year"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} – {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("training:training_needs_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.topic.name, self.wish]


class PlanQuerySet(ScopedQuerySet):
    """Yearly plans, by unit."""

    producer_path = ""


class YearPlan(WithFiles, CaseBase, Searchable):
    """What an agency will do for capacity in a year: lines by topic, approved by a numbered paper."""

    state = models.CharField(
        "trạng thái",
        max_length=24,
        choices=plan_states,
        default=PlanState.DRAFT,
        db_index=True,
        editable=False,
    )
    year = models.PositiveSmallIntegerField("năm", validators=YEAR)
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, related_name="training_plans", verbose_name="địa bàn"
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_plans",
        verbose_name="cơ quan lập",
    )
    title = models.CharField("tên kế hoạch", max_length=200)
    note = models.TextField("mục tiêu, yêu cầu", blank=True)
    number = models.CharField("số văn bản phê duyệt", max_length=60, blank=True, editable=False)
    decided_on = models.DateField("ngày phê duyệt", null=True, blank=True, editable=False)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-year", "unit__level", "title", "pk"]
        verbose_name = "kế hoạch đào tạo"
        verbose_name_plural = "kế hoạch đào tạo"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "unit", "title"],
                name="training_plan_once",
                violation_error_message="Đã có kế hoạch cùng tên của địa bàn trong năm này.",
            )
        ]
        indexes = [models.Index(fields=["unit", "-year"], name="training_yearplan_list")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training:training_plans_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.title, self.number, str(self.year)]

    @property
    def mark(self) -> tuple[str, str, str]:
        """Word, tone and icon of the state."""
        return (self.get_state_display(), *PLAN_MARKS[PlanState(self.state)])


class PlanMove(MoveBase):
    """One press on a yearly plan."""

    subject = models.ForeignKey(YearPlan, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")


class LineQuerySet(ScopedQuerySet):
    """Lines, by the unit of their plan."""

    unit_path = "plan__unit_id"
    producer_path = ""


class PlanLine(Searchable):
    """One line of a yearly plan: topic, kind, how many courses, how many persons, cost in whole đồng."""

    plan = models.ForeignKey(YearPlan, models.PROTECT, related_name="lines", verbose_name="kế hoạch")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="lines", verbose_name="chủ đề")
    kind = models.CharField("hình thức", max_length=12, choices=activity_kinds, default=ActivityKind.COURSE)
    courses = models.PositiveSmallIntegerField("số lớp, cuộc", default=1, validators=[MinValueValidator(1)])
    officials = models.PositiveIntegerField("số cán bộ", default=0)
    producers = models.PositiveIntegerField("số người của chủ thể", default=0)
    cost = models.BigIntegerField("kinh phí dự kiến (đồng)", default=0, validators=[MinValueValidator(0)])
    quarter = models.PositiveSmallIntegerField(
        "quý", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    source = models.CharField("nguồn kinh phí", max_length=150, blank=True)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_lines",
        verbose_name="trường, đối tác",
    )

    objects = LineQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["plan", "quarter", "topic__order", "pk"]
        verbose_name = "dòng kế hoạch"
        verbose_name_plural = "dòng kế hoạch"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "topic", "kind"],
                name="training_line_once",
                violation_error_message="Kế hoạch đã có dòng cùng chủ đề và hình thức.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.topic} ({self.get_kind_display().lower()})"

    @property
    def unit(self) -> Unit:
        """The unit of the plan, over which rights are asked."""
        return self.plan.unit

    @property
    def persons(self) -> int:
        """Officials and people of producers together."""
        return self.officials + self.producers

    def get_absolute_url(self) -> str:
        return reverse("training:training_lines_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.topic.name, self.source]
