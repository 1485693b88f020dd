"""The yearly work plan of an agency: its tasks and lines of its own, by months, with who does it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.direction.enums import WorkPlanState, work_plan_states
from ocop.direction.models.task import YEARS, Task, this_year
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet

MONTH = (MinValueValidator(1), MaxValueValidator(12))


class WorkPlanQuerySet(ScopedQuerySet):
    """Work plans of offices."""

    producer_path = ""


class WorkPlan(CaseBase, Searchable):
    """What one agency does for the programme in one year."""

    agency = models.ForeignKey("units.Agency", models.PROTECT, related_name="+", verbose_name="cơ quan")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", editable=False, verbose_name="địa bàn"
    )
    year = models.PositiveSmallIntegerField("năm", default=this_year, validators=YEARS)
    note = models.TextField("yêu cầu, trọng tâm", blank=True)
    number = models.CharField("số kế hoạch", max_length=60, blank=True, editable=False)
    approved_on = models.DateField("ngày duyệt", null=True, blank=True, editable=False)
    signer = models.CharField("người duyệt", max_length=120, blank=True, editable=False)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)
    state = models.CharField(
        "trạng thái", max_length=16, choices=work_plan_states, default=WorkPlanState.DRAFT, db_index=True,
        editable=False,
    )  # fmt: skip

    objects = WorkPlanQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "kế hoạch công tác"
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year"],
                name="direction_work_plan_year",
                violation_error_message="Cơ quan này đã có kế hoạch công tác của năm.",
            )
        ]
        indexes = [models.Index(fields=["unit", "-year"], name="direction_workplan_list")]

    def __str__(self) -> str:
        return f"Kế hoạch công tác {self.year} – {self.agency.short_name or self.agency.name}"

    def search_words(self) -> list[str]:
        return [str(self), self.agency.name, self.number]

    def get_absolute_url(self) -> str:
        return reverse("direction:work_plans_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether its agency may still write in it."""
        return self.state in (WorkPlanState.DRAFT, WorkPlanState.RETURNED)


class WorkPlanMove(MoveBase):
    """One step of a work plan."""

    subject = models.ForeignKey(WorkPlan, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(MoveBase.Meta):
        verbose_name = "bước của kế hoạch công tác"


class WorkLineQuerySet(ScopedQuerySet):
    """Lines, by the unit of their plan."""

    unit_path = "plan__unit_id"
    producer_path = ""


class WorkLine(Searchable):
    """One line of a work plan: a task that was given, or work of the agency's own."""

    plan = models.ForeignKey(WorkPlan, models.CASCADE, related_name="lines", verbose_name="kế hoạch")
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="lines", editable=False,
        verbose_name="nhiệm vụ được giao",
    )  # fmt: skip
    content = models.CharField("nội dung công việc", max_length=300)
    month_from = models.PositiveSmallIntegerField("từ tháng", default=1, validators=MONTH)
    month_to = models.PositiveSmallIntegerField("đến tháng", default=12, validators=MONTH)
    person = models.CharField("người phụ trách", max_length=120, blank=True)
    expected = models.CharField("kết quả dự kiến", max_length=300, blank=True)

    objects = WorkLineQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["month_from", "month_to", "pk"]
        verbose_name = "dòng kế hoạch công tác"
        constraints = [
            models.CheckConstraint(
                name="direction_line_months", condition=Q(month_to__gte=models.F("month_from")),
                violation_error_message="Tháng cuối phải từ tháng đầu trở đi.",
            ),
            models.UniqueConstraint(
                fields=["plan", "task"], condition=Q(task__isnull=False), name="direction_line_task_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.content

    def search_words(self) -> list[str]:
        return [self.content, self.person]

    def get_absolute_url(self) -> str:
        return reverse("direction:work_lines_detail", args=[self.pk])

    @property
    def months(self) -> str:
        """ "Tháng 3", "Tháng 1-12"."""
        one = self.month_from == self.month_to
        return f"Tháng {self.month_from}" if one else f"Tháng {self.month_from}-{self.month_to}"
