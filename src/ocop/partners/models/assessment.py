"""The yearly assessment of a partner's capacity: criteria by date, points, conclusion, publication."""

from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from ocop.accounts.models import User
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, dated_check
from ocop.partners.enums import AssessmentState, assessment_states, grades
from ocop.partners.models.partner import Partner, province_units
from ocop.partners.rules.assessment import Line


class Criterion(Dated):
    """A criterion of the capacity assessment with its most points, in force from one day to another.

    The plan orders the assessment and names no criteria: the list is the project's proposal until the province
    issues one, and says so (`confirmed`).
    """

    key = models.SlugField("mã", max_length=40)
    name = models.CharField("tiêu chí", max_length=200)
    hint = models.CharField("cách chấm", max_length=300, blank=True)
    points = models.PositiveSmallIntegerField("điểm tối đa", validators=[MinValueValidator(1)])
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    confirmed = models.BooleanField("đã có căn cứ", default=False)
    source = models.CharField("căn cứ", max_length=250, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "key"]
        verbose_name = "tiêu chí đánh giá đối tác"
        verbose_name_plural = "tiêu chí đánh giá đối tác"
        constraints = [
            models.UniqueConstraint(fields=["key", "valid_from"], name="partners_criterion_from"),
            dated_check("partners_criterion_days"),
        ]

    def __str__(self) -> str:
        return self.name


class AssessmentQuerySet(SearchableQuerySet):
    """Assessments."""

    def visible_to(self, user: Any) -> Self:
        """Those of the partners that the officer sees."""
        return self.filter(partner__unit_id__in=province_units(user))

    def published(self) -> Self:
        """Those made public."""
        return self.filter(state=AssessmentState.PUBLISHED)


class PartnerAssessment(CaseBase, Searchable):
    """One partner in one year: points by criterion, the four numbers of its capacity, grade, conclusion.

    `unit` is the partner's at the time. `criteria_day` says of which day the criteria are: the year's first day of
    assessment, so that a list issued later changes nothing that was marked before.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="assessments", verbose_name="đối tác")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn theo dõi"
    )
    year = models.PositiveSmallIntegerField("năm", db_index=True)
    state = models.CharField(
        "trạng thái", max_length=24, choices=assessment_states, default=AssessmentState.DRAFT, db_index=True
    )
    criteria_day = models.DateField("tiêu chí của ngày")
    areas = models.PositiveSmallIntegerField("số tỉnh, thành phố phục vụ", null=True, blank=True)
    volume = models.PositiveIntegerField("năng lực mỗi năm", null=True, blank=True)
    volume_unit = models.CharField("đơn vị của năng lực", max_length=40, blank=True)
    staff = models.PositiveIntegerField("số nhân lực", null=True, blank=True)
    certificates = models.PositiveSmallIntegerField("số chứng nhận, giấy phép", null=True, blank=True)
    contracts = models.PositiveIntegerField("số hợp đồng với chủ thể trong năm", default=0)
    contract_value = models.BigIntegerField("giá trị hợp đồng trong năm (đồng)", default=0)
    points = models.PositiveSmallIntegerField("tổng điểm", null=True, blank=True)
    most = models.PositiveSmallIntegerField("điểm tối đa", null=True, blank=True)
    grade = models.CharField("xếp loại", max_length=8, choices=grades, blank=True)
    conclusion = models.TextField("nhận xét, kết luận", blank=True)
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    published_on = models.DateField("ngày công bố", null=True, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "partner__name", "pk"]
        verbose_name = "đánh giá năng lực đối tác"
        verbose_name_plural = "đánh giá năng lực đối tác"
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "year"], name="partners_assessment_year",
                violation_error_message="Đối tác này đã có bản đánh giá của năm đó.",
            ),
            models.CheckConstraint(
                name="partners_assessment_points",
                condition=Q(points__isnull=True) | Q(points__lte=models.F("most")),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-year"], name="partners_partnerassessment_lis")]

    def __str__(self) -> str:
        return f"{self.partner.name}, năm {self.year}"

    def search_words(self) -> list[str]:
        return [self.partner.name, self.partner.code, str(self.year)]

    def get_absolute_url(self) -> str:
        return reverse("partners:assessments_detail", args=[self.pk])

    def marked(self) -> list[Line]:
        """Every criterion of its day with the points given, None where there are none yet."""
        given = {mark.criterion_id: mark.points for mark in self.marks.all()}
        return [
            Line(one.key, one.name, one.points, given.get(one.pk), one.hint)
            for one in Criterion.objects.valid_on(self.criteria_day)
        ]


class AssessmentMark(models.Model):
    """The points of one criterion."""

    assessment = models.ForeignKey(
        PartnerAssessment, models.CASCADE, related_name="marks", verbose_name="bản đánh giá"
    )
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="tiêu chí")
    points = models.PositiveSmallIntegerField("điểm")

    class Meta:
        ordering = ["criterion__position", "pk"]
        verbose_name = "điểm đánh giá đối tác"
        constraints = [models.UniqueConstraint(fields=["assessment", "criterion"], name="partners_mark_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class AssessmentMove(MoveBase):
    """One step of an assessment."""

    subject = models.ForeignKey(PartnerAssessment, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện")

    class Meta(MoveBase.Meta):
        verbose_name = "bước đánh giá đối tác"
