"""Priority projects and pilot models (section IV.11): milestones, progress with photographs, risks."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.direction.enums import (
    ProjectKind,
    ProjectState,
    RiskLevel,
    project_kinds,
    project_states,
    risk_levels,
)
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.reporting.models import Programme


class ProjectQuerySet(ScopedQuerySet):
    """Projects of a unit."""

    producer_path = ""


class Project(CaseBase, WithFiles, Searchable):
    """A priority project or a pilot model.

    `code` is how entries of the ledger name it (their field "dự án, mô hình"): its money stands there and nowhere else.
    """

    code = models.SlugField("mã trong sổ vốn", max_length=60)
    kind = models.CharField("loại", max_length=10, choices=project_kinds, default=ProjectKind.PROJECT)
    name = models.CharField("tên dự án, mô hình", max_length=200)
    content = models.TextField("nội dung", blank=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="giai đoạn"
    )
    agency = models.ForeignKey(
        "units.Agency", models.PROTECT, related_name="+", verbose_name="cơ quan chủ trì"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="địa bàn")
    cooperating_text = models.CharField("phối hợp", max_length=200, blank=True)
    place = models.CharField("nơi thực hiện", max_length=200, blank=True)
    first_on = models.DateField("từ ngày", null=True, blank=True)
    last_on = models.DateField("đến hết ngày", null=True, blank=True)
    goal = models.TextField("mục tiêu, kết quả phải đạt", blank=True)
    decision_number = models.CharField("số quyết định duyệt", max_length=60, blank=True, editable=False)
    decided_on = models.DateField("ngày duyệt", null=True, blank=True, editable=False)
    outcome = models.TextField("kết quả khi kết thúc", blank=True, editable=False)
    confirmed = models.BooleanField("đã đối chiếu", default=True, editable=False)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)
    state = models.CharField(
        "trạng thái", max_length=16, choices=project_states, default=ProjectState.PROPOSED, db_index=True,
        editable=False,
    )  # fmt: skip

    objects = ProjectQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["pk"]
        verbose_name = "dự án, mô hình"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"], name="direction_project_code",
                violation_error_message="Mã này đã dùng cho một dự án khác của địa bàn.",
            ),
            models.CheckConstraint(
                name="direction_project_days",
                condition=Q(first_on__isnull=True) | Q(last_on__isnull=True) | Q(last_on__gte=models.F("first_on")),
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.code, self.place, self.agency.name]

    def get_absolute_url(self) -> str:
        return reverse("direction:projects_detail", args=[self.pk])

    @property
    def percent(self) -> int:
        """How much is done by the newest entry; 0 without one."""
        return (
            max(self.progress.all(), key=lambda one: (one.day, one.pk)).percent if self.progress.all() else 0
        )

    @property
    def is_open(self) -> bool:
        """Whether its plan may still be written."""
        return self.state not in (ProjectState.FINISHED, ProjectState.STOPPED)


class ProjectMove(MoveBase):
    """One step of a project; `by` is nobody for those of the plan."""

    subject = models.ForeignKey(Project, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta(MoveBase.Meta):
        verbose_name = "bước của dự án"


class PartQuerySet(ScopedQuerySet):
    """What is kept under a project."""

    unit_path = "project__unit_id"
    producer_path = ""


class Milestone(Searchable):
    """A step of a project that is to be reached by a day."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones", verbose_name="dự án")
    title = models.CharField("mốc", max_length=200)
    due_on = models.DateField("phải đạt trước hết ngày")
    reached_on = models.DateField("đạt ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = PartQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "mốc của dự án"

    def __str__(self) -> str:
        return self.title

    def search_words(self) -> list[str]:
        return [self.title]

    def get_absolute_url(self) -> str:
        return reverse("direction:project_milestones_detail", args=[self.pk])

    @property
    def standing(self) -> str:
        """Reached, late by so many days, or still ahead."""
        if self.reached_on is not None:
            return "Đạt đúng hạn" if self.reached_on <= self.due_on else "Đạt muộn"
        late = (clock.today() - self.due_on).days
        return f"Trễ {late} ngày" if late > 0 else "Chưa đến hạn"


class ProjectProgress(WithFiles, Searchable):
    """How far a project was on a day, with photographs."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="progress", verbose_name="dự án")
    day = models.DateField("ngày")
    percent = models.PositiveSmallIntegerField("đã làm được (%)", validators=[MaxValueValidator(100)])
    text = models.TextField("đã làm gì")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name="người ghi",
    )  # fmt: skip

    objects = PartQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = "tiến độ của dự án"

    def __str__(self) -> str:
        return f"{self.percent} % ngày {self.day:%d/%m/%Y}"

    def search_words(self) -> list[str]:
        return [self.text]

    def get_absolute_url(self) -> str:
        return reverse("direction:project_progress_detail", args=[self.pk])


class ProjectRisk(Searchable):
    """What may hold a project up, and what is done about it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="risks", verbose_name="dự án")
    title = models.CharField("rủi ro, vướng mắc", max_length=200)
    level = models.CharField("mức độ", max_length=10, choices=risk_levels, default=RiskLevel.MIDDLE)
    remedy = models.CharField("cách xử lý", max_length=300, blank=True)
    seen_on = models.DateField("phát hiện ngày")
    settled_on = models.DateField("đã xử lý ngày", null=True, blank=True)

    objects = PartQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["settled_on", "-seen_on", "pk"]
        verbose_name = "rủi ro của dự án"

    def __str__(self) -> str:
        return self.title

    def search_words(self) -> list[str]:
        return [self.title, self.remedy]

    def get_absolute_url(self) -> str:
        return reverse("direction:project_risks_detail", args=[self.pk])
