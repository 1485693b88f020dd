"""Producer organisations founded, strengthened, restructured, with the advice given (clause IV.3.2.c)."""

from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.models import User
from ocop.development.enums import Change, OrganisationState, changes, organisation_states, organised_forms
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable, SearchableQuerySet, count_of
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.codes import new_code
from ocop.producers.models import Producer


class OrganisationQuerySet(ScopedQuerySet):
    """Cases of organisations."""

    def counted(self) -> Self:
        """With `advice_count`."""
        return self.annotate(advice_count=count_of(OrganisationAdvice.objects.all(), "case"))


class OrganisationCase(CaseBase, WithFiles, Searchable):
    """People ask to found an organisation, or one is to be strengthened or restructured.

    `producer` is the one there is; of a founding it is written when it is done. Capital in đồng.
    """

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    change = models.CharField("việc", max_length=12, choices=changes, default=Change.FOUND)
    producer = models.ForeignKey(
        Producer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisation_cases",
        verbose_name="chủ thể",
    )
    name = models.CharField("tên tổ chức", max_length=250)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    form = models.CharField("loại hình hướng tới", max_length=20, choices=organised_forms, blank=True)
    wish = models.TextField("đề nghị, hiện trạng", blank=True)
    state = models.CharField(
        "trạng thái",
        max_length=24,
        choices=organisation_states,
        default=OrganisationState.ASKED,
        db_index=True,
    )
    members_before = models.PositiveIntegerField("số thành viên hiện có", default=0)
    capital_before = models.BigIntegerField(
        "vốn hiện có (đồng)", default=0, validators=[MinValueValidator(0)]
    )
    members_after = models.PositiveIntegerField("số thành viên sau", null=True, blank=True)
    capital_after = models.BigIntegerField(
        "vốn sau (đồng)", null=True, blank=True, validators=[MinValueValidator(0)]
    )
    registration = models.CharField("số đăng ký, số chứng thực", max_length=60, blank=True)
    registered_on = models.DateField("ngày đăng ký", null=True, blank=True)
    result = models.TextField("kết quả", blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "việc phát triển tổ chức sản xuất"
        verbose_name_plural = "việc phát triển tổ chức sản xuất"
        indexes = [models.Index(fields=["unit", "-opened_at", "-id"], name="development_organisationcase_l")]

    def __str__(self) -> str:
        return f"{self.get_change_display()}: {self.name}"

    def search_words(self) -> list[str]:
        return [self.name, self.code, self.producer.public_name if self.producer else ""]

    def get_absolute_url(self) -> str:
        return reverse("development:organisations_detail", args=[self.pk])


class OrganisationAdviceQuerySet(SearchableQuerySet):
    """Advice given."""

    def visible_to(self, user: Any) -> Self:
        """That of the cases which the person sees."""
        return self.filter(case__in=OrganisationCase.objects.visible_to(user).values("pk"))


class OrganisationAdvice(Searchable):
    """One time that somebody advised: day, by whom, on what, how many people, how many hours."""

    case = models.ForeignKey(OrganisationCase, models.PROTECT, related_name="advices", verbose_name="việc")
    advised_on = models.DateField("ngày tư vấn")
    adviser = models.CharField("người, cơ quan tư vấn", max_length=200)
    content = models.CharField("nội dung tư vấn", max_length=400)
    people = models.PositiveIntegerField("số người dự", default=1)
    hours = models.DecimalField(
        "số giờ", max_digits=5, decimal_places=1, default=1, validators=[MinValueValidator(0)]
    )
    by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="người ghi"
    )

    objects = OrganisationAdviceQuerySet.as_manager()

    class Meta:
        ordering = ["case", "advised_on", "pk"]
        verbose_name = "lần tư vấn"
        verbose_name_plural = "lần tư vấn"
        constraints = [models.CheckConstraint(name="development_hours", condition=Q(hours__gte=0))]

    def __str__(self) -> str:
        return f"{self.advised_on:%d/%m/%Y}: {self.content}"

    def search_words(self) -> list[str]:
        return [self.content, self.adviser]

    def get_absolute_url(self) -> str:
        return self.case.get_absolute_url()


class OrganisationMove(MoveBase):
    """One step of a case of an organisation."""

    subject = models.ForeignKey(OrganisationCase, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện")

    class Meta(MoveBase.Meta):
        verbose_name = "bước phát triển tổ chức sản xuất"
