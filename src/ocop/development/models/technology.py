"""Technologies introduced, needs of producers, the yearly research list (clause IV.6.1)."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.models import User
from ocop.development.enums import (
    ListState,
    NeedState,
    TechnologyField,
    list_states,
    need_states,
    technology_fields,
)
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable, SearchableQuerySet, count_of
from ocop.partners.models import Partner, province_units
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.codes import new_code
from ocop.producers.models import Producer, ProducerAccess
from ocop.products.models import Product
from ocop.units.models import UnitCover

YEAR = (MinValueValidator(2021), MaxValueValidator(2100))


class TechnologyQuerySet(SearchableQuerySet):
    """Technologies."""

    def visible_to(self, user: Any) -> Self:
        """Those of the officer's province, and for producers those of the units that they lie in: they are told."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        access = ProducerAccess.objects.valid_on(clock.today()).filter(user=user.pk)
        over = UnitCover.objects.filter(covered_id__in=access.values("producer__unit_id")).values("holder_id")
        return self.filter(Q(unit_id__in=province_units(user)) | Q(unit_id__in=over))

    def counted(self) -> Self:
        """With `need_count`, the needs that it answers, and `transfer_count`, the transfers done."""
        needs = TechnologyNeed.objects.all()
        done = needs.filter(state=NeedState.TRANSFERRED)
        return self.annotate(
            need_count=count_of(needs, "technology"), transfer_count=count_of(done, "technology")
        )


class Technology(WithFiles, Searchable):
    """A technology or piece of equipment that was introduced to producers; cost in đồng."""

    name = models.CharField("tên công nghệ, thiết bị", max_length=200)
    field = models.CharField(
        "lĩnh vực", max_length=16, choices=technology_fields, default=TechnologyField.DEEP_PROCESSING
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn giới thiệu"
    )
    description = models.TextField("mô tả, ưu điểm", blank=True)
    supplier = models.ForeignKey(
        Partner,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="technologies",
        verbose_name="đối tác cung cấp",
    )
    origin = models.CharField("xuất xứ", max_length=120, blank=True)
    capacity = models.CharField("công suất", max_length=120, blank=True)
    cost = models.BigIntegerField(
        "chi phí đầu tư (đồng)", null=True, blank=True, validators=[MinValueValidator(0)]
    )
    introduced_on = models.DateField("ngày giới thiệu")
    introduced_by = models.CharField("cơ quan giới thiệu", max_length=200)
    producers_told = models.PositiveIntegerField("số chủ thể được giới thiệu", default=0)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = TechnologyQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-introduced_on", "-pk"]
        verbose_name = "công nghệ, thiết bị giới thiệu"
        verbose_name_plural = "công nghệ, thiết bị giới thiệu"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "introduced_on"], name="development_technology_once",
                violation_error_message="Công nghệ này đã có trong sổ.",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-introduced_on", "id"], name="development_technology_list")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.description, self.supplier.name if self.supplier else ""]

    def get_absolute_url(self) -> str:
        return reverse("development:technologies_detail", args=[self.pk])


class ResearchListQuerySet(SearchableQuerySet):
    """Research lists."""

    def visible_to(self, user: Any) -> Self:
        """Those of the officer's province."""
        return self.filter(unit_id__in=province_units(user))

    def counted(self) -> Self:
        """With `need_count`."""
        return self.annotate(need_count=count_of(TechnologyNeed.objects.all(), "research_list"))


class ResearchList(CaseBase, Searchable):
    """The list of research and deployment tasks of a year: the needs gathered, approved by the province."""

    year = models.PositiveSmallIntegerField("năm", validators=YEAR)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    title = models.CharField("tên danh mục", max_length=250)
    compiler = models.CharField("cơ quan tổng hợp", max_length=200)
    state = models.CharField(
        "trạng thái", max_length=24, choices=list_states, default=ListState.DRAFT, db_index=True
    )
    number = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = ResearchListQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "danh mục nghiên cứu triển khai"
        verbose_name_plural = "danh mục nghiên cứu triển khai"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "unit", "title"], name="development_list_year",
                violation_error_message="Năm này đã có danh mục cùng tên.",
            )
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-year", "id"], name="development_researchlist_list")]

    def __str__(self) -> str:
        return f"{self.title}, {self.year}"

    def search_words(self) -> list[str]:
        return [self.title, str(self.year), self.number]

    def get_absolute_url(self) -> str:
        return reverse("development:lists_detail", args=[self.pk])


class ResearchListMove(MoveBase):
    """One step of a research list."""

    subject = models.ForeignKey(ResearchList, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện")

    class Meta(MoveBase.Meta):
        verbose_name = "bước lập danh mục"


class NeedQuerySet(ScopedQuerySet):
    """Technology needs."""


class TechnologyNeed(CaseBase, WithFiles, Searchable):
    """What a producer needs, whether it stands in a list, which technology was shown, what the transfer gave.

    Capacities are per year or shift in `capacity_unit`; money in đồng.
    """

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="technology_needs", verbose_name="chủ thể"
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="technology_needs",
        verbose_name="sản phẩm",
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    year = models.PositiveSmallIntegerField("năm", validators=YEAR, db_index=True)
    field = models.CharField(
        "lĩnh vực", max_length=16, choices=technology_fields, default=TechnologyField.DEEP_PROCESSING
    )
    title = models.CharField("cần công nghệ, thiết bị gì", max_length=200)
    description = models.TextField("để làm gì, hiện đang làm thế nào", blank=True)
    state = models.CharField(
        "trạng thái", max_length=24, choices=need_states, default=NeedState.PROPOSED, db_index=True
    )
    capacity_now = models.DecimalField(
        "năng lực hiện nay",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    capacity_wanted = models.DecimalField(
        "năng lực mong muốn",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    capacity_unit = models.CharField("đơn vị năng lực", max_length=40, default="tấn/năm")
    cost_estimate = models.BigIntegerField("ước chi phí (đồng)", default=0, validators=[MinValueValidator(0)])
    own_money = models.BigIntegerField("chủ thể góp (đồng)", default=0, validators=[MinValueValidator(0)])
    research_list = models.ForeignKey(
        ResearchList, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name="danh mục",
        editable=False,
    )  # fmt: skip
    technology = models.ForeignKey(
        Technology,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name="công nghệ giới thiệu",
    )
    introduced_on = models.DateField("ngày giới thiệu", null=True, blank=True)
    contract_number = models.CharField("số hợp đồng chuyển giao", max_length=80, blank=True)
    transferred_on = models.DateField("ngày chuyển giao", null=True, blank=True)
    transfer_cost = models.BigIntegerField(
        "chi phí chuyển giao (đồng)", null=True, blank=True, validators=[MinValueValidator(0)]
    )
    support_money = models.BigIntegerField(
        "trong đó nhà nước hỗ trợ (đồng)", null=True, blank=True, validators=[MinValueValidator(0)]
    )
    capacity_before = models.DecimalField(
        "năng lực trước",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    capacity_after = models.DecimalField(
        "năng lực sau",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    people_trained = models.PositiveIntegerField("số người được hướng dẫn", null=True, blank=True)
    result = models.TextField("kết quả", blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = NeedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "nhu cầu công nghệ"
        verbose_name_plural = "nhu cầu công nghệ"
        indexes = [models.Index(fields=["unit", "-opened_at", "-id"], name="development_technologyneed_lis")]

    def __str__(self) -> str:
        return self.title

    def search_words(self) -> list[str]:
        return [self.title, self.producer.public_name, self.code]

    def get_absolute_url(self) -> str:
        return reverse("development:needs_detail", args=[self.pk])


class NeedMove(MoveBase):
    """One step of a technology need."""

    subject = models.ForeignKey(TechnologyNeed, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người thực hiện")

    class Meta(MoveBase.Meta):
        verbose_name = "bước xử lý nhu cầu công nghệ"
