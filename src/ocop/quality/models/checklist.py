"""The checklist of a visit: dated data, so that old minutes keep the questions of their day."""

from datetime import date
from typing import Any, Self

from django.db import models

from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, dated_check
from ocop.quality.enums import areas
from ocop.quality.rules.checklist import Asked


class Checklist(Dated):
    """A list of questions in force over a span of days."""

    slug = models.SlugField("mã", max_length=40, unique=True)
    name = models.CharField("tên phiếu", max_length=200)
    source = models.CharField("nguồn", max_length=300, blank=True)
    confirmed = models.BooleanField("đã đối chiếu", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = "phiếu kiểm tra"
        constraints = [dated_check("quality_checklist_days")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def in_force_on(cls, day: date) -> "Checklist | None":
        """The newest list in force on that day, None before the reference data are loaded."""
        return cls.objects.valid_on(day).first()


class QuestionQuerySet(SearchableQuerySet):
    """Questions; they are no secret among those who sign in."""

    def visible_to(self, user: Any) -> Self:
        """For everybody with an account: a producer may read beforehand what will be asked."""
        return self if getattr(user, "is_authenticated", False) else self.none()


class Question(Searchable):
    """One question: what is to be so, with its help and the law behind it."""

    checklist = models.ForeignKey(Checklist, models.CASCADE, related_name="questions", verbose_name="phiếu")
    code = models.CharField("mã câu", max_length=20)
    area = models.CharField("nội dung", max_length=20, choices=areas)
    text = models.CharField("câu hỏi", max_length=400)
    help = models.CharField("cách kiểm tra", max_length=400, blank=True)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["checklist", "order", "pk"]
        verbose_name = "câu hỏi kiểm tra"
        constraints = [
            models.UniqueConstraint(fields=["checklist", "code"], name="quality_question_code"),
        ]

    def __str__(self) -> str:
        return self.text

    def search_words(self) -> list[str]:
        return [self.text, self.get_area_display(), self.code]

    @property
    def asked(self) -> Asked:
        """The question as the rules see it."""
        return Asked(self.code, self.area, self.text, self.help, self.basis)
