"""Who was invited, who came, what they thought of it."""

import secrets
import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from ocop.accounts.rules import phones
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet
from ocop.producers.models import Producer
from ocop.training.enums import COMING, Answer, Audience, CameBy, answers, audiences, came_by, genders
from ocop.training.models.course import Course, Session
from ocop.training.rules.serials import ALPHABET, LENGTH
from ocop.units.models import Unit


def new_check_code() -> str:
    """A public code of a certificate of attendance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class ParticipantQuerySet(ScopedQuerySet):
    """People on lists, by the unit that organises."""

    unit_path = "course__unit_id"
    producer_path = ""

    def coming(self) -> Self:
        """Those who said yes, were written down, or simply came."""
        return self.filter(answer__in=COMING)


class Participant(Searchable):
    """One person on the list of an activity. The phone is personal data: only the organiser's list shows it."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="participants", verbose_name="hoạt động")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="training", editable=False,
        verbose_name="tài khoản",
    )  # fmt: skip
    full_name = models.CharField("họ và tên", max_length=150)
    audience = models.CharField("là", max_length=10, choices=audiences, default=Audience.PRODUCER)
    producer = models.ForeignKey(
        Producer, models.PROTECT, null=True, blank=True, related_name="training", verbose_name="chủ thể"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xã, phường"
    )
    organisation = models.CharField("nơi công tác", max_length=200, blank=True)
    gender = models.CharField("giới tính", max_length=8, choices=genders, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    answer = models.CharField(
        "trả lời", max_length=10, choices=answers, default=Answer.LISTED, editable=False
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True, editable=False)
    declined_why = models.CharField("lý do không dự", max_length=300, blank=True, editable=False)
    evaluated = models.BooleanField("đã đánh giá", default=False, editable=False)
    code = models.CharField("mã tra cứu", max_length=12, null=True, blank=True, unique=True, editable=False)
    serial = models.CharField("số giấy chứng nhận", max_length=24, blank=True, editable=False)
    certified_on = models.DateField("ngày cấp giấy", null=True, blank=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["course", "full_name", "pk"]
        verbose_name = "người dự"
        verbose_name_plural = "người dự"
        constraints = [
            models.UniqueConstraint(
                fields=["course", "user"],
                condition=Q(user__isnull=False),
                name="training_participant_once",
                violation_error_message="Người này đã có trong danh sách.",
            ),
            models.UniqueConstraint(
                fields=["course", "phone"],
                condition=~Q(phone=""),
                name="training_participant_phone",
                violation_error_message="Số điện thoại này đã có trong danh sách.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("training:course_people_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        """Found by name and place of work; never by phone."""
        return [self.full_name, self.organisation]

    @property
    def phone_shown(self) -> str:
        """The phone with its middle hidden."""
        return phones.masked(self.phone) if self.phone else ""

    @property
    def phone_full(self) -> str:
        """The phone as people write it, for the organiser's list alone."""
        return phones.shown(self.phone) if self.phone else ""


class Attendance(models.Model):
    """One participant in one session, once; `by` is who took it (the person itself by scanning)."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name="buổi")
    participant = models.ForeignKey(
        Participant, models.PROTECT, related_name="attendances", verbose_name="người dự"
    )
    how = models.CharField("cách ghi", max_length=6, choices=came_by, default=CameBy.LIST)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )

    class Meta:
        ordering = ["session", "at", "pk"]
        verbose_name = "điểm danh"
        constraints = [
            models.UniqueConstraint(fields=["session", "participant"], name="training_attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.session_id}"


SCORE = (MinValueValidator(1), MaxValueValidator(5))


class Evaluation(models.Model):
    """What a participant thinks, without the participant: no link, a day without an hour, a random key.

    The list only remembers that the person answered (`Participant.evaluated`), so that nobody answers twice.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="evaluations", verbose_name="hoạt động")
    content = models.PositiveSmallIntegerField("nội dung", validators=SCORE)
    trainer = models.PositiveSmallIntegerField("giảng viên", validators=SCORE)
    organisation = models.PositiveSmallIntegerField("tổ chức", validators=SCORE)
    usefulness = models.PositiveSmallIntegerField("áp dụng được", validators=SCORE)
    comment = models.TextField("ý kiến", blank=True)
    on = models.DateField("ngày")

    class Meta:
        ordering = ["course", "key"]
        verbose_name = "phiếu đánh giá"

    def __str__(self) -> str:
        return f"{self.course_id}: {self.content}, {self.trainer}, {self.organisation}, {self.usefulness}"
