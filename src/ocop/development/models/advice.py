"""Consultants and experts, what they were asked to do for producers, how producers rate it."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Avg, OuterRef, Q, Subquery
from simple_history.models import HistoricalRecords

from ocop.accounts.models import User
from ocop.development.enums import (
    AdviceState,
    ConsultantKind,
    Speciality,
    advice_states,
    consultant_kinds,
    specialities,
)
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable, SearchableQuerySet, count_of
from ocop.partners.models import Partner, province_units
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.codes import new_code
from ocop.producers.models import Producer, ProducerAccess
from ocop.products.models import Product


class ConsultantQuerySet(SearchableQuerySet):
    """Consultants and experts."""

    def visible_to(self, user: Any) -> Self:
        """Those of the officer's province; for a producer's people those who advised them."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        access = ProducerAccess.objects.producer_ids(user)
        own = self.model._base_manager.filter(advices__producer_id__in=access).values("pk")
        return self.filter(Q(unit_id__in=province_units(user)) | Q(pk__in=own))

    def counted(self) -> Self:
        """With `advice_count` and the mean `rating` (1 to 5) that producers gave."""
        given = Advice.objects.filter(consultant=OuterRef("pk")).order_by().values("consultant")
        return self.annotate(
            advice_count=count_of(Advice.objects.all(), "consultant"),
            rating=Subquery(given.annotate(mean=Avg("rating")).values("mean")),
        )


class Consultant(Searchable):
    """A person or firm that advises producers; `partner` links the firm to the register of partners."""

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("họ tên, tên đơn vị", max_length=200)
    kind = models.CharField("loại", max_length=10, choices=consultant_kinds, default=ConsultantKind.PERSON)
    speciality = models.CharField(
        "lĩnh vực chính", max_length=12, choices=specialities, default=Speciality.PLAN
    )
    skills = models.CharField("lĩnh vực khác, chuyên môn", max_length=250, blank=True)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="consultants", verbose_name="đối tác"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn theo dõi"
    )
    workplace = models.CharField("nơi công tác", max_length=200, blank=True)
    degree = models.CharField("học hàm, học vị, bằng cấp", max_length=120, blank=True)
    years = models.PositiveSmallIntegerField("số năm kinh nghiệm", null=True, blank=True)
    phone = models.CharField("điện thoại", max_length=30, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang nhận việc", default=True)
    note = models.CharField("ghi chú", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = ConsultantQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "chuyên gia, đơn vị tư vấn"
        verbose_name_plural = "chuyên gia, đơn vị tư vấn"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "kind", "workplace"], name="development_consultant_once",
                violation_error_message="Chuyên gia, đơn vị này đã có trong sổ.",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "name", "id"], name="development_consultant_list")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.workplace, self.skills, self.code]

    def get_absolute_url(self) -> str:
        return reverse("development:consultants_detail", args=[self.pk])


class AdviceQuerySet(ScopedQuerySet):
    """Assignments: officers of the producer's unit and the producer's own people see them."""


class Advice(CaseBase, WithFiles, Searchable):
    """A consultant is to do something for a producer: from when to when, how many days, at what cost (đồng)."""

    consultant = models.ForeignKey(
        Consultant, models.PROTECT, related_name="advices", verbose_name="chuyên gia, đơn vị tư vấn"
    )
    producer = models.ForeignKey(Producer, models.PROTECT, related_name="advices", verbose_name="chủ thể")
    product = models.ForeignKey(
        Product, models.PROTECT, null=True, blank=True, related_name="advices", verbose_name="sản phẩm"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    task = models.CharField("việc giao", max_length=300)
    state = models.CharField(
        "trạng thái", max_length=24, choices=advice_states, default=AdviceState.RUNNING, db_index=True
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    days = models.PositiveSmallIntegerField("số ngày công", default=0)
    cost = models.BigIntegerField("chi phí (đồng)", default=0, validators=[MinValueValidator(0)])
    result = models.TextField("kết quả", blank=True)
    done_on = models.DateField("ngày xong", null=True, blank=True)
    rating = models.PositiveSmallIntegerField(
        "chủ thể đánh giá (1 đến 5)",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    rating_note = models.CharField("nhận xét của chủ thể", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = AdviceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = "việc tư vấn"
        verbose_name_plural = "việc tư vấn"
        constraints = [
            models.CheckConstraint(
                name="development_advice_days", condition=Q(ends_on__gte=models.F("starts_on")),
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                name="development_advice_rating", condition=Q(rating__isnull=True) | Q(rating__range=(1, 5))
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-starts_on", "-id"], name="development_advice_list")]

    def __str__(self) -> str:
        return f"{self.task} ({self.producer.public_name})"

    def search_words(self) -> list[str]:
        return [self.task, self.consultant.name, self.producer.public_name]

    def get_absolute_url(self) -> str:
        return reverse("development:advices_detail", args=[self.pk])


class AdviceMove(MoveBase):
    """One step of an assignment."""

    subject = models.ForeignKey(Advice, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện")

    class Meta(MoveBase.Meta):
        verbose_name = "bước tư vấn"
