"""OCOP associations of district, province and commune (clause IV.8): members, officers, activities, support."""

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, dated_check
from ocop.producers.codes import new_code
from ocop.producers.enums import activity_kinds, money_sources, officer_positions
from ocop.producers.models.access import ProducerAccess
from ocop.producers.models.producer import VIEWING_ROLES, Producer

YEAR = (MinValueValidator(2000), MaxValueValidator(2100))


class AssociationQuerySet(DatedQuerySet, SearchableQuerySet):  # type: ignore[override]
    """OCOP associations."""

    def visible_to(self, user: Any) -> Self:
        """Those of the units in the officer's reach, and those that a producer of the person belongs to."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        mine = ProducerAccess.objects.producer_ids(user)
        joined = AssociationMember.objects.filter(producer_id__in=mine).values("association_id")
        rows = Q(pk__in=joined)
        scope = scope_of(user)
        if scope.has_any(*VIEWING_ROLES):
            rows |= Q(unit_id__in=scope.unit_ids(*VIEWING_ROLES))
        return self.filter(rows)


class Association(Dated, Searchable):
    """An OCOP association: founded by a decision (`valid_from`), of a province, a district or a commune.

    Districts ended on 30/6/2025; what became of their associations is a decision too: `succeeded_by` names those that
    took over the members, the association itself ends on the eve (`actions.restructure_association`).
    """

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("tên hội", max_length=200)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="associations", verbose_name="địa bàn"
    )
    decision = models.CharField("quyết định thành lập", max_length=120, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decided_by = models.CharField("cơ quan quyết định", max_length=200, blank=True)
    address = models.CharField("trụ sở", max_length=250, blank=True)
    end_basis = models.CharField("căn cứ kết thúc, tổ chức lại", max_length=200, blank=True)
    succeeded_by = models.ManyToManyField(
        "self", symmetrical=False, related_name="succeeds", blank=True, editable=False,
        verbose_name="hội kế tục",
    )  # fmt: skip
    note = models.CharField("ghi chú", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = AssociationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "Hội OCOP"
        verbose_name_plural = "Hội OCOP"
        constraints = [
            dated_check("producers_association_days"),
            models.UniqueConstraint(
                fields=["name", "unit", "valid_from"],
                name="producers_association_once",
                violation_error_message="Hội này đã có trong sổ.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "name", "id"], name="producers_association_list")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.decision, self.code]

    def get_absolute_url(self) -> str:
        return reverse("producers:associations_detail", args=[self.pk])

    def members_on(self, day: date) -> models.QuerySet:
        """Its members on that day, with their producers."""
        return self.members.valid_on(day).select_related("producer__unit")


class OfAssociationQuerySet(DatedQuerySet):
    """Rows that hang on an association."""

    def visible_to(self, user: Any) -> Self:
        """Those of the associations that the person may see."""
        return self.filter(association__in=Association.objects.visible_to(user))


class AssociationMember(Dated):
    """A producer belongs to an association, from one day to another."""

    association = models.ForeignKey(
        Association, models.CASCADE, related_name="members", verbose_name="Hội OCOP"
    )
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="association_members", verbose_name="chủ thể"
    )
    document = models.CharField("văn bản kết nạp", max_length=160, blank=True)

    objects = OfAssociationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = "hội viên"
        constraints = [
            dated_check("producers_associationmember_days"),
            models.UniqueConstraint(
                fields=["association", "producer"],
                condition=Q(valid_to__isnull=True),
                name="producers_associationmember_open",
                violation_error_message="Chủ thể này đang là hội viên.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.producer} – {self.association}"

    def get_absolute_url(self) -> str:
        return reverse("producers:association_members_detail", args=[self.pk])


class AssociationOfficer(Dated):
    """Who holds which seat of the committee, from one day to the end of the term."""

    association = models.ForeignKey(
        Association, models.CASCADE, related_name="officers", verbose_name="Hội OCOP"
    )
    person = models.CharField("họ và tên", max_length=120)
    position = models.CharField("chức danh", max_length=10, choices=officer_positions)
    producer = models.ForeignKey(
        Producer, models.PROTECT, null=True, blank=True, related_name="association_officers",
        verbose_name="chủ thể",
    )  # fmt: skip
    term = models.CharField("nhiệm kỳ", max_length=40, blank=True)

    objects = OfAssociationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = "cán bộ hội"
        constraints = [
            dated_check("producers_associationofficer_days"),
            models.UniqueConstraint(
                fields=["association", "person", "position", "valid_from"],
                name="producers_associationofficer_once",
                violation_error_message="Đã ghi người này giữ chức danh đó từ ngày đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_position_display()} {self.person}"

    def get_absolute_url(self) -> str:
        return reverse("producers:association_officers_detail", args=[self.pk])


class AssociationActivity(models.Model):
    """Something that an association did: when, what, how many took part, what it cost."""

    association = models.ForeignKey(
        Association, models.CASCADE, related_name="activities", verbose_name="Hội OCOP"
    )
    on = models.DateField("ngày")
    kind = models.CharField("loại", max_length=12, choices=activity_kinds)
    what = models.CharField("nội dung", max_length=250)
    participants = models.PositiveIntegerField("số người dự", default=0)
    cost = models.BigIntegerField("chi phí (đồng)", default=0, validators=[MinValueValidator(0)])

    objects = OfAssociationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-on", "pk"]
        verbose_name = "hoạt động của hội"
        constraints = [
            models.UniqueConstraint(
                fields=["association", "on", "what"],
                name="producers_associationactivity_once",
                violation_error_message="Đã ghi hoạt động này.",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("producers:association_activities_detail", args=[self.pk])


class AssociationSupport(models.Model):
    """What an association was given: year, what for, how much, from which source."""

    association = models.ForeignKey(
        Association, models.CASCADE, related_name="supports", verbose_name="Hội OCOP"
    )
    year = models.PositiveSmallIntegerField("năm", validators=YEAR)
    what = models.CharField("nội dung hỗ trợ", max_length=200)
    amount = models.BigIntegerField("số tiền (đồng)", validators=[MinValueValidator(1)])
    money = models.CharField("nguồn vốn", max_length=10, choices=money_sources)
    given_by = models.CharField("cơ quan hỗ trợ", max_length=200, blank=True)

    objects = OfAssociationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "hỗ trợ cho hội"
        constraints = [
            models.UniqueConstraint(
                fields=["association", "year", "what", "money"],
                name="producers_associationsupport_once",
                violation_error_message="Đã ghi khoản hỗ trợ này cho năm và nguồn vốn đó.",
            ),
            models.CheckConstraint(name="producers_associationsupport_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.what}"

    def get_absolute_url(self) -> str:
        return reverse("producers:association_supports_detail", args=[self.pk])
