"""Tasks: what an agency has to do by a day, from the plan, a meeting or a document."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.direction.enums import OPEN_STATES, TaskState, task_states
from ocop.direction.models.assignment import Assignment
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.indicators import Figure, Indicator, indicators
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.models import VIEWING_ROLES
from ocop.reporting.models.programme import indicator_keys

YEARS = (MinValueValidator(2020), MaxValueValidator(2100))


def this_year() -> int:
    """The year of the clock."""
    return clock.today().year


class TaskQuerySet(ScopedQuerySet):
    """Tasks."""

    producer_path = ""

    def ways(self, user: Any, via: str = "") -> list[Q]:
        """Those of the units in reach, of the own agencies, and those in which these take part."""
        own = scope_of(user).agency_ids(*VIEWING_ROLES)
        shared = Task.cooperating.through.objects.filter(agency_id__in=own).values("task_id")
        more = [Q(**{f"{via}agency_id__in": own}), Q(**{f"{via}pk__in": shared})]
        return [*super().ways(user, via), *more]

    def with_agency(self) -> Self:
        """Those whose agency has the work in hand, or has to take it up."""
        return self.filter(state__in=OPEN_STATES)

    def overdue(self, day: date) -> Self:
        """Those with the agency whose last day has passed."""
        return self.with_agency().filter(last_on__lt=day)


class Task(CaseBase, WithFiles, Searchable):
    """One task of one agency.

    `agency` has it now, `given_to` got it first (a task goes on with whoever took over); `unit` is the area it is
    about, `monitor` the unit whose office follows and confirms it: the province, or the district above a commune. The
    figure of a report is what the system measured for `unit` at that moment, kept with it.
    """

    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, blank=True, related_name="tasks", editable=False,
        verbose_name="nhiệm vụ của kế hoạch",
    )  # fmt: skip
    agency = models.ForeignKey(
        "units.Agency", models.PROTECT, related_name="+", verbose_name="cơ quan thực hiện"
    )
    given_to = models.ForeignKey(
        "units.Agency", models.PROTECT, related_name="+", editable=False, verbose_name="giao lần đầu cho"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", editable=False, verbose_name="địa bàn"
    )
    monitor = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="+", editable=False, verbose_name="nơi theo dõi"
    )
    title = models.CharField("nhiệm vụ", max_length=200)
    text = models.TextField("nội dung", blank=True)
    clause = models.CharField("mục của kế hoạch", max_length=20, blank=True)
    basis = models.CharField("giao tại", max_length=200, blank=True, help_text="Văn bản, cuộc họp giao việc.")
    document_number = models.CharField("số văn bản", max_length=60, blank=True)
    document_on = models.DateField("ngày văn bản, cuộc họp", null=True, blank=True)
    cooperating = models.ManyToManyField(
        "units.Agency", blank=True, related_name="+", verbose_name="cơ quan phối hợp"
    )
    cooperating_text = models.CharField("phối hợp khác", max_length=200, blank=True)
    year = models.PositiveSmallIntegerField("năm", default=this_year, validators=YEARS)
    first_on = models.DateField("từ ngày")
    last_on = models.DateField("hạn hoàn thành", db_index=True)
    measure = models.CharField("đo bằng", max_length=200, blank=True)
    indicator = models.CharField("số liệu kèm", max_length=60, choices=indicator_keys, blank=True)
    planned_from = models.DateField("dự kiến bắt đầu", null=True, blank=True, editable=False)
    planned_to = models.DateField("dự kiến xong", null=True, blank=True, editable=False)
    person = models.CharField("người phụ trách", max_length=120, blank=True, editable=False)
    result = models.TextField("kết quả", blank=True, editable=False)
    quantity = models.DecimalField(
        "số đạt được", max_digits=16, decimal_places=2, null=True, blank=True, editable=False
    )
    figure_top = models.BigIntegerField(null=True, blank=True, editable=False)
    figure_bottom = models.BigIntegerField(null=True, blank=True, editable=False)
    measured_on = models.DateField("số liệu đến ngày", null=True, blank=True, editable=False)
    reported_on = models.DateField("ngày báo cáo", null=True, blank=True, editable=False)
    returns = models.PositiveSmallIntegerField("số lần trả lại", default=0, editable=False)
    escalated_at = models.DateTimeField("đã báo lãnh đạo lúc", null=True, blank=True, editable=False)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)
    state = models.CharField(
        "trạng thái", max_length=16, choices=task_states, default=TaskState.GIVEN, db_index=True, editable=False
    )  # fmt: skip

    objects = TaskQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["last_on", "pk"]
        verbose_name = "nhiệm vụ"
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "given_to", "year"],
                condition=Q(assignment__isnull=False),
                name="direction_task_given_once",
                violation_error_message="Nhiệm vụ này của năm đã giao cho cơ quan.",
            ),
            models.CheckConstraint(
                name="direction_task_days", condition=Q(last_on__gte=models.F("first_on")),
                violation_error_message="Hạn hoàn thành phải từ ngày bắt đầu trở đi.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["last_on", "id"], name="direction_task_order"),
            models.Index(fields=["unit", "last_on"], name="direction_task_list"),
            models.Index(fields=["year", "last_on", "id"], name="direction_task_of_year"),
            models.Index(fields=["clause", "last_on", "id"], name="direction_task_of_clause"),
        ]

    def __str__(self) -> str:
        return f"{self.title} – {self.agency.short_name or self.agency.name}"

    def search_words(self) -> list[str]:
        return [self.title, self.agency.name, self.agency.short_name, self.clause, self.document_number]

    def get_absolute_url(self) -> str:
        return reverse("direction:tasks_detail", args=[self.pk])

    @property
    def declared(self) -> Indicator | None:
        """The indicator whose figure a report takes along."""
        return indicators.get(self.indicator) if self.indicator else None

    @property
    def figure(self) -> Figure | None:
        """The figure kept with the report."""
        return Figure(self.figure_top, self.figure_bottom) if self.figure_top is not None else None

    @property
    def source(self) -> str:
        """Where the task comes from: "Kế hoạch, mục VI.3", "Thông báo số 12/TB-UBND"."""
        if self.document_number:
            return f"{self.basis or 'Văn bản'} số {self.document_number}"
        return self.basis or (f"Kế hoạch, mục {self.clause}" if self.clause else "")

    @property
    def others(self) -> str:
        """Who takes part, in words."""
        names = [agency.short_name or agency.name for agency in self.cooperating.all()]
        return "; ".join([*names, *([self.cooperating_text] if self.cooperating_text else [])])


class TaskMove(MoveBase):
    """One step of a task; `by` is nobody for what was loaded or handed over by the system."""

    subject = models.ForeignKey(Task, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(MoveBase.Meta):
        verbose_name = "bước của nhiệm vụ"
