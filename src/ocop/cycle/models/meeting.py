"""Meetings that choose among the ideas of a year."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from ocop.cycle.enums import MeetingState, meeting_states, verdicts
from ocop.cycle.models.calendar import YEARS, this_year
from ocop.cycle.models.idea import Idea
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles


class MeetingQuerySet(ScopedQuerySet):
    """Meetings: of offices only; a producer sees the outcome on the idea."""

    producer_path = ""


class SelectionMeeting(CaseBase, WithFiles, Searchable):
    """A meeting of the office in charge (district to 30/6/2025) that scores ideas and proposes a list (IV.3.2.a)."""

    title = models.CharField("tên phiên", max_length=200)
    unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        db_index=False,
        related_name="selection_meetings",
        verbose_name="địa bàn",
    )
    year = models.PositiveSmallIntegerField("năm chu trình", default=this_year, validators=YEARS)
    held_on = models.DateField("ngày họp")
    place = models.CharField("địa điểm", max_length=200, blank=True)
    chaired_by = models.CharField("chủ trì", max_length=150, blank=True)
    conclusion = models.TextField("kết luận", blank=True, max_length=4000)
    state = models.CharField(
        "trạng thái", max_length=24, choices=meeting_states, default=MeetingState.PLANNED, db_index=True
    )
    document_number = models.CharField("số văn bản phê duyệt", max_length=60, blank=True, editable=False)
    approved_on = models.DateField("ngày phê duyệt", null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name="người phê duyệt",
    )  # fmt: skip
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = "phiên xét chọn ý tưởng"
        verbose_name_plural = "phiên xét chọn ý tưởng"
        indexes = [models.Index(fields=["unit", "-held_on", "-id"], name="cycle_selectionmeeting_list")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cycle:meetings_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.title, self.unit.title, self.document_number, self.chaired_by]


class OfMeetingQuerySet(ScopedQuerySet):
    """What belongs to a meeting is seen by whoever sees the meeting."""

    unit_path = "meeting__unit_id"
    producer_path = ""


class MeetingMember(Searchable):
    """Somebody invited to a meeting, and whether the person was there."""

    meeting = models.ForeignKey(
        SelectionMeeting, models.CASCADE, related_name="members", verbose_name="phiên"
    )
    name = models.CharField("họ và tên", max_length=150)
    position = models.CharField("chức vụ, đơn vị", max_length=200, blank=True)
    was_present = models.BooleanField("có dự", default=True)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "thành viên dự họp"

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.position]


class MeetingLine(Searchable):
    """An idea on a meeting's list: points by criterion, what is proposed, why not."""

    meeting = models.ForeignKey(SelectionMeeting, models.CASCADE, related_name="lines", verbose_name="phiên")
    idea = models.ForeignKey(Idea, models.PROTECT, related_name="lines", verbose_name="ý tưởng")
    scores = models.JSONField("điểm theo tiêu chí", default=dict, blank=True)
    points = models.PositiveSmallIntegerField("tổng điểm", default=0)
    verdict = models.CharField("đề nghị", max_length=10, choices=verdicts, blank=True)
    reason = models.TextField("lý do, nhận xét", blank=True, max_length=2000)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-points", "pk"]
        verbose_name = "ý tưởng được xét"
        constraints = [models.UniqueConstraint(fields=["meeting", "idea"], name="cycle_line_once")]

    def __str__(self) -> str:
        return str(self.idea)

    def search_words(self) -> list[str]:
        return self.idea.search_words()


class MeetingMove(MoveBase):
    """One step of a meeting."""

    subject = models.ForeignKey(SelectionMeeting, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
