"""An activity (course, forum, tour, contest, seminar) with its sessions (plan IV.2.2.a to c)."""

import secrets
from datetime import date, datetime, time

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.partners.models import Partner
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.training.enums import (
    COURSE_MARKS,
    JUDGED,
    TOURS,
    ActivityKind,
    Audience,
    CourseState,
    activity_kinds,
    audiences,
    course_states,
)
from ocop.training.models.plan import PlanLine, Topic
from ocop.training.rules.serials import ALPHABET
from ocop.units.models import Agency, Unit


def new_course_code() -> str:
    """A short code of an activity, for the serial numbers of its certificates."""
    return "TH-" + "".join(secrets.choice(ALPHABET) for _ in range(6))


class CourseQuerySet(ScopedQuerySet):
    """Activities, by the unit that organises them."""

    producer_path = ""


class Course(WithFiles, CaseBase, Searchable):
    """One activity. `unit` is whose it is, `files` are its materials; results are numbers once it is summed up.

    `officials`, `producers`, `others`, `women` and `communes` are counted from the list when it ends; `unlisted` are
    people of a hall whose names nobody wrote down.
    """

    code = models.CharField("mã", max_length=12, unique=True, default=new_course_code, editable=False)
    state = models.CharField(
        "trạng thái",
        max_length=24,
        choices=course_states,
        default=CourseState.PLANNED,
        db_index=True,
        editable=False,
    )
    title = models.CharField("tên hoạt động", max_length=250)
    kind = models.CharField("hình thức", max_length=12, choices=activity_kinds, default=ActivityKind.COURSE)
    topics = models.ManyToManyField(Topic, blank=True, related_name="courses", verbose_name="chủ đề")
    line = models.ForeignKey(
        PlanLine,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="theo dòng kế hoạch",
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, db_index=False, related_name="training_courses", verbose_name="địa bàn"
    )
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_courses",
        verbose_name="cơ quan tổ chức",
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    place = models.CharField("nơi tổ chức", max_length=250, blank=True)
    trainer = models.CharField("giảng viên, báo cáo viên", max_length=250, blank=True)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="training_courses",
        verbose_name="trường, đối tác",
    )
    audience = models.CharField(
        "dành chủ yếu cho", max_length=10, choices=audiences, default=Audience.PRODUCER
    )
    seats = models.PositiveIntegerField("số chỗ", default=40, validators=[MinValueValidator(1)])
    planned_cost = models.BigIntegerField(
        "kinh phí dự kiến (đồng)", default=0, validators=[MinValueValidator(0)]
    )
    summary = models.TextField("nội dung, chương trình", blank=True)
    officials = models.PositiveIntegerField("cán bộ dự", null=True, blank=True, editable=False)
    producers = models.PositiveIntegerField("chủ thể dự", null=True, blank=True, editable=False)
    others = models.PositiveIntegerField("người khác dự", null=True, blank=True, editable=False)
    women = models.PositiveIntegerField("trong đó nữ", null=True, blank=True, editable=False)
    communes = models.PositiveIntegerField("số xã có người dự", null=True, blank=True, editable=False)
    unlisted = models.PositiveIntegerField("người dự không ghi tên", default=0, editable=False)
    cost = models.BigIntegerField("kinh phí đã dùng (đồng)", null=True, blank=True, editable=False)
    agreements = models.PositiveIntegerField("số thỏa thuận đã ký", null=True, blank=True, editable=False)
    agreements_value = models.BigIntegerField(
        "giá trị thỏa thuận (đồng)", null=True, blank=True, editable=False
    )
    ideas_onward = models.PositiveIntegerField(
        "số ý tưởng vào chu trình", null=True, blank=True, editable=False
    )
    result = models.TextField("kết quả, kiến nghị", blank=True, editable=False)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = CourseQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = "hoạt động nâng cao năng lực"
        verbose_name_plural = "hoạt động nâng cao năng lực"
        constraints = [
            models.CheckConstraint(
                name="training_course_days",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            )
        ]
        indexes = [
            models.Index(fields=["unit", "-starts_on", "-id"], name="training_course_list"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training:courses_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.title, self.code, self.trainer, self.place]

    @property
    def mark(self) -> tuple[str, str, str]:
        """Word, tone and icon of the state."""
        return (self.get_state_display(), *COURSE_MARKS[CourseState(self.state)])

    @property
    def year(self) -> int:
        """The year of its first day."""
        return self.starts_on.year

    @property
    def attended(self) -> int | None:
        """Everybody who came, listed or not; None before it ended."""
        if self.officials is None:
            return None
        return self.officials + (self.producers or 0) + (self.others or 0) + self.unlisted

    @property
    def topic_names(self) -> str:
        """The topics in words."""
        return "; ".join(topic.name for topic in self.topics.all())

    @property
    def is_tour(self) -> bool:
        """Whether models are visited."""
        return self.kind in TOURS

    @property
    def is_judged(self) -> bool:
        """Whether entries are marked."""
        return self.kind in JUDGED


class CourseMove(MoveBase):
    """One press on an activity."""

    subject = models.ForeignKey(Course, models.PROTECT, related_name="moves")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")


class SessionQuerySet(ScopedQuerySet):
    """Sessions, by the unit of their activity."""

    unit_path = "course__unit_id"
    producer_path = ""


class Session(Searchable):
    """One session of an activity: a day, from when to when, where, who teaches what."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name="hoạt động")
    held_on = models.DateField("ngày")
    begins = models.TimeField("từ", default=time(8, 0))
    ends = models.TimeField("đến", default=time(11, 30))
    title = models.CharField("nội dung buổi", max_length=200)
    trainer = models.CharField("giảng viên", max_length=200, blank=True)
    place = models.CharField("nơi", max_length=250, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "begins", "pk"]
        verbose_name = "buổi"
        verbose_name_plural = "buổi"
        constraints = [
            models.UniqueConstraint(
                fields=["course", "held_on", "begins"],
                name="training_session_once",
                violation_error_message="Hoạt động đã có buổi bắt đầu vào giờ này.",
            ),
            models.CheckConstraint(
                name="training_session_hours",
                condition=models.Q(ends__gt=models.F("begins")),
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} {self.begins:%H:%M} – {self.title}"

    @property
    def unit(self) -> Unit:
        """The unit of the activity, over which rights are asked."""
        return self.course.unit

    @property
    def span(self) -> tuple[datetime, datetime]:
        """First and last moment, in local time."""
        return _moment(self.held_on, self.begins), _moment(self.held_on, self.ends)

    @property
    def where(self) -> str:
        """Its own place, else that of the activity."""
        return self.place or self.course.place

    def get_absolute_url(self) -> str:
        return reverse("training:course_sessions_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.title, self.trainer, self.place]


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=clock.LOCAL)
