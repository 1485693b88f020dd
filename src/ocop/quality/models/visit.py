"""A visit to a producer: its team, its answers with photographs, each word as it came in."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.models import User
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet
from ocop.quality.enums import (
    TeamDuty,
    VisitKind,
    VisitState,
    outcomes,
    team_duties,
    verdicts,
    visit_grounds,
    visit_kinds,
    visit_states,
)
from ocop.quality.models.checklist import Checklist, Question
from ocop.quality.models.plan import PlanLine, split_areas, words_of_areas

UNSEEN = (VisitState.PLANNED, VisitState.DROPPED)
"""States that the producer does not see: a visit is known when it is announced or begins."""


class VisitQuerySet(ScopedQuerySet):
    """Visits."""

    def ways(self, user: Any, via: str = "") -> list[Q]:
        """Offices over the producer's unit, the team, and the producer once it is announced or begun."""
        if not getattr(user, "is_authenticated", False):
            return []
        team = TeamMember.objects.filter(user=user.pk).values("visit_id")
        known = ~Q(**{f"{via}state__in": UNSEEN})
        mine = [way & known for way in self.by_producers(user, f"{via}producer_id")]
        return [Q(**{f"{via}pk__in": team}), *self.by_units(user, f"{via}unit_id"), *mine]

    def under_way(self) -> Self:
        """Those not ended."""
        return self.exclude(state__in=(VisitState.CLOSED, VisitState.DROPPED))


class Visit(CaseBase, Searchable):
    """One visit, in the programme or unplanned; `unit` is the producer's unit of then."""

    kind = models.CharField("loại", max_length=12, choices=visit_kinds, default=VisitKind.UNPLANNED)
    line = models.OneToOneField(
        PlanLine, models.PROTECT, null=True, blank=True, related_name="visit", editable=False,
        verbose_name="lượt trong kế hoạch",
    )  # fmt: skip
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="quality_visits", verbose_name="chủ thể"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    agency = models.ForeignKey(
        "units.Agency", models.PROTECT, related_name="+", verbose_name="cơ quan chủ trì"
    )
    agencies = models.ManyToManyField(
        "units.Agency", blank=True, related_name="+", verbose_name="cơ quan cùng đoàn"
    )
    areas = models.CharField("nội dung kiểm tra", max_length=120, blank=True)
    ground = models.CharField("căn cứ kiểm tra đột xuất", max_length=12, choices=visit_grounds, blank=True)
    reason = models.TextField("lý do", blank=True)
    misuse = models.ForeignKey(
        "recognition.MisuseReport", models.PROTECT, null=True, blank=True, related_name="quality_visits",
        verbose_name="phản ánh dùng sai sao",
    )  # fmt: skip
    first_on = models.DateField("từ ngày")
    last_on = models.DateField("đến hết ngày")
    visit_on = models.DateField("ngày kiểm tra", null=True, blank=True)
    decision_number = models.CharField("số quyết định lập đoàn", max_length=60, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    lead = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="trưởng đoàn"
    )
    team = models.ManyToManyField(
        User, through="quality.TeamMember", related_name="+", verbose_name="thành viên"
    )
    checklist = models.ForeignKey(
        Checklist, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name="phiếu kiểm tra",
    )  # fmt: skip
    begun_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True, editable=False)
    signer_name = models.CharField("người đại diện cơ sở ký", max_length=120, blank=True)
    signer_position = models.CharField("chức vụ người ký", max_length=120, blank=True)
    unsigned_reason = models.CharField("lý do cơ sở không ký", max_length=300, blank=True)
    producer_opinion = models.TextField("ý kiến của cơ sở", blank=True)
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True, editable=False)
    outcome = models.CharField("kết quả", max_length=12, choices=outcomes, blank=True)
    conclusion = models.TextField("kết luận", blank=True)
    conclusion_number = models.CharField("số văn bản kết luận", max_length=60, blank=True)
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=24, choices=visit_states, default=VisitState.PLANNED, db_index=True
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = VisitQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-first_on", "pk"]
        verbose_name = "lượt kiểm tra"
        constraints = [
            models.CheckConstraint(
                name="quality_visit_days",
                condition=Q(last_on__gte=models.F("first_on")),
                violation_error_message="Ngày cuối phải từ ngày đầu trở đi.",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "due_on", "-first_on", "id"], name="quality_visit_list"),
            models.Index(fields=["due_on", "-first_on", "id"], name="quality_visit_order"),
        ]

    def __str__(self) -> str:
        return f"Kiểm tra {self.producer} ({self.first_on:%m/%Y})"

    def search_words(self) -> list[str]:
        return [self.producer.public_name, self.producer.code, self.decision_number, self.agency.name]

    def get_absolute_url(self) -> str:
        return reverse("quality:quality-visits_detail", args=[self.pk])

    @property
    def area_keys(self) -> list[str]:
        """The areas looked at; none named means all of them."""
        return split_areas(self.areas)

    @property
    def areas_shown(self) -> str:
        """The areas in words."""
        return words_of_areas(self.areas)


class VisitMove(MoveBase):
    """One step of a visit."""

    subject = models.ForeignKey(Visit, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")


class TeamMember(models.Model):
    """A person of the interdisciplinary team, for an agency."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="members", verbose_name="lượt kiểm tra")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người")
    agency = models.ForeignKey(
        "units.Agency", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cơ quan"
    )
    duty = models.CharField("nhiệm vụ", max_length=10, choices=team_duties, default=TeamDuty.MEMBER)

    class Meta:
        ordering = ["visit", "pk"]
        verbose_name = "thành viên đoàn"
        constraints = [models.UniqueConstraint(fields=["visit", "user"], name="quality_member_once")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_duty_display()})"


class Answer(models.Model):
    """The answer that stands for one question; `version` counts its changes, so that two phones notice each other."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="answers", verbose_name="lượt kiểm tra")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name="câu hỏi")
    value = models.CharField("trả lời", max_length=4, choices=verdicts, blank=True)
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    at = models.DateTimeField("ghi lúc")

    class Meta:
        ordering = ["visit", "question__order", "pk"]
        verbose_name = "câu trả lời"
        constraints = [models.UniqueConstraint(fields=["visit", "question"], name="quality_answer_once")]

    def __str__(self) -> str:
        return f"{self.question.code}: {self.value}"


class AnswerEntry(models.Model):
    """One word as a phone sent it; `key` is the phone's own, so that what comes twice counts once."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="entries", verbose_name="lượt kiểm tra")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name="câu hỏi")
    key = models.CharField("mã lần gửi", max_length=40)
    value = models.CharField("trả lời", max_length=4, choices=verdicts, blank=True)
    note = models.TextField("ghi chú", blank=True)
    version = models.PositiveIntegerField("thành lần sửa", default=0)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    at = models.DateTimeField("nhận lúc")

    class Meta:
        ordering = ["visit", "at", "pk"]
        verbose_name = "lần ghi câu trả lời"
        constraints = [models.UniqueConstraint(fields=["visit", "key"], name="quality_entry_once")]

    def __str__(self) -> str:
        return f"{self.question.code}: {self.value}"


class AnswerPhoto(models.Model):
    """A photograph at a question."""

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="photos", verbose_name="lượt kiểm tra")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name="câu hỏi")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="quality_photos")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField("thêm lúc")

    class Meta:
        ordering = ["visit", "pk"]
        verbose_name = "ảnh kiểm tra"
        constraints = [
            models.UniqueConstraint(fields=["visit", "question", "file"], name="quality_photo_once")
        ]

    def __str__(self) -> str:
        return str(self.file)
