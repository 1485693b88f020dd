"""What a study tour saw and what a contest or forum judged (plan IV.2.2.b and c)."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from ocop.cycle.models import Idea
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.models import Producer
from ocop.training.enums import Adoption, adoptions, prizes
from ocop.training.models.course import Course
from ocop.training.rules import judging
from ocop.units.models import Unit


class UnderCourseQuerySet(ScopedQuerySet):
    """Rows of an activity, by the unit that organises it."""

    unit_path = "course__unit_id"
    producer_path = ""


class Visit(WithFiles, Searchable):
    """A model that a study tour visited: what was learned, what became of it."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="visits", verbose_name="chuyến tham quan")
    model_name = models.CharField("mô hình", max_length=200)
    host = models.CharField("đơn vị tiếp", max_length=200, blank=True)
    place = models.CharField("nơi (tỉnh, nước)", max_length=150)
    visited_on = models.DateField("ngày thăm", null=True, blank=True)
    lesson = models.TextField("bài học rút ra", blank=True)
    adoption = models.CharField("áp dụng", max_length=10, choices=adoptions, default=Adoption.NOT_YET)
    adopted_on = models.DateField("áp dụng từ ngày", null=True, blank=True)
    adopted_by = models.CharField("nơi áp dụng", max_length=200, blank=True)
    adopted_places = models.PositiveIntegerField("số nơi áp dụng", default=0)

    objects = UnderCourseQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["course", "visited_on", "pk"]
        verbose_name = "mô hình tham quan"
        verbose_name_plural = "mô hình tham quan"
        constraints = [
            models.UniqueConstraint(
                fields=["course", "model_name"],
                name="training_visit_once",
                violation_error_message="Mô hình này đã được ghi.",
            )
        ]

    def __str__(self) -> str:
        return self.model_name

    @property
    def unit(self) -> Unit:
        """The unit of the activity, over which rights are asked."""
        return self.course.unit

    def get_absolute_url(self) -> str:
        return reverse("training:tour_visits_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.model_name, self.host, self.place]


class Entry(WithFiles, Searchable):
    """An entry of a contest or forum: an idea, who brings it, marks of the jury, prize, whether it went on."""

    course = models.ForeignKey(
        Course, models.PROTECT, related_name="entries", verbose_name="hội thi, diễn đàn"
    )
    title = models.CharField("bài dự thi, ý tưởng", max_length=200)
    author = models.CharField("tác giả, nhóm tác giả", max_length=200)
    producer = models.ForeignKey(
        Producer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contest_entries",
        verbose_name="chủ thể",
    )
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xã, phường"
    )
    summary = models.TextField("tóm tắt", blank=True)
    prize = models.CharField("giải", max_length=12, choices=prizes, blank=True)
    prize_money = models.BigIntegerField("tiền thưởng (đồng)", default=0, validators=[MinValueValidator(0)])
    idea = models.ForeignKey(
        Idea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contest_entries",
        verbose_name="ý tưởng trong chu trình",
    )
    went_on = models.BooleanField("đã vào chu trình OCOP", default=False)
    went_on_on = models.DateField("ngày đăng ký ý tưởng", null=True, blank=True)

    objects = UnderCourseQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["course", "title", "pk"]
        verbose_name = "bài dự thi"
        verbose_name_plural = "bài dự thi"
        constraints = [
            models.UniqueConstraint(
                fields=["course", "title", "author"],
                name="training_entry_once",
                violation_error_message="Bài dự thi này đã được ghi.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def unit(self) -> Unit:
        """The unit of the activity, over which rights are asked."""
        return self.course.unit

    @property
    def mean(self) -> Decimal | None:
        """The mean of the jury's marks; None without marks."""
        return judging.mean([row.points for row in self.scores.all()])

    def get_absolute_url(self) -> str:
        return reverse("training:contest_entries_detail", args=[self.pk])

    def search_words(self) -> list[str]:
        return [self.title, self.author]

    def follow_idea(self) -> None:
        """An entry that became an idea of the cycle has gone on, on the day the idea was registered."""
        if self.idea is not None:
            self.went_on = True
            self.went_on_on = self.went_on_on or clock.local_day(self.idea.opened_at)


class JuryScore(models.Model):
    """The mark of one juror for one entry, 0 to 100; a juror marks an entry once and may correct it."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="scores", verbose_name="bài dự thi")
    juror = models.CharField("giám khảo", max_length=150)
    points = models.PositiveSmallIntegerField("điểm", validators=[MaxValueValidator(100)])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("lúc")

    history = HistoricalRecords()

    class Meta:
        ordering = ["entry", "juror"]
        verbose_name = "điểm giám khảo"
        constraints = [models.UniqueConstraint(fields=["entry", "juror"], name="training_score_once")]

    def __str__(self) -> str:
        return f"{self.juror}: {self.points}"
