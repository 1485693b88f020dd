"""Value chains, circular or green, tied to material areas; the plan's target II.2 counts producers in them."""

from datetime import date
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.development.enums import ChainKind, ChainStage, chain_kinds, chain_stages
from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, count_of, dated_check
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.casework.scoping import acts_for_producers
from ocop.producers.models import MaterialArea, Producer, ProducerAccess
from ocop.products.models import Product


class ChainQuerySet(DatedQuerySet, ScopedQuerySet):  # type: ignore[override]
    """Value chains."""

    producer_path = "lead_id"

    def ways(self, user: Any, via: str = "") -> list[Q]:
        """Officers of the unit; the people of the lead and of every member."""
        found = super().ways(user, via)
        if not acts_for_producers(user):
            return found
        own = ChainMember.objects.filter(producer_id__in=ProducerAccess.objects.producer_ids(user)).values(
            "chain_id"
        )
        return [*found, Q(**{f"{via}pk__in": own})]

    def counting_on(self, day: date) -> Self:
        """Those that the target counts on that day: in force and tied to a material area that is in force."""
        return self.valid_on(day).filter(area__in=MaterialArea.objects.valid_on(day))

    def counted(self) -> Self:
        """With `member_count`, the members who have not left."""
        return self.annotate(member_count=count_of(ChainMember.objects.filter(left_on__isnull=True), "chain"))


class ValueChain(Dated, WithFiles, Searchable):
    """A chain from material to buyer, with the evidence that it is circular or green, valid from one day to another."""

    name = models.CharField("tên chuỗi giá trị", max_length=200)
    kind = models.CharField("loại chuỗi", max_length=10, choices=chain_kinds, default=ChainKind.CIRCULAR)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    lead = models.ForeignKey(
        Producer, models.PROTECT, related_name="led_chains", verbose_name="chủ thể đứng đầu"
    )
    area = models.ForeignKey(
        MaterialArea,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chains",
        verbose_name="vùng nguyên liệu",
    )
    goods = models.CharField("sản phẩm của chuỗi", max_length=150)
    households = models.PositiveIntegerField("số hộ tham gia", default=0)
    reused_tonnes = models.DecimalField(
        "phụ phẩm tái sử dụng mỗi năm (tấn)", max_digits=10, decimal_places=2, default=0,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    yearly_value = models.BigIntegerField("giá trị năm (đồng)", default=0, validators=[MinValueValidator(0)])
    evidence = models.CharField("căn cứ, minh chứng", max_length=300)
    note = models.CharField("ghi chú", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = ChainQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "chuỗi giá trị"
        verbose_name_plural = "chuỗi giá trị"
        constraints = [
            dated_check("development_chain_days"),
            models.UniqueConstraint(
                fields=["name", "unit"], name="development_chain_once",
                violation_error_message="Chuỗi giá trị này đã có trong sổ.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "name", "id"], name="development_valuechain_list")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.goods, self.lead.public_name]

    def get_absolute_url(self) -> str:
        return reverse("development:chains_detail", args=[self.pk])


class ChainMemberQuerySet(SearchableQuerySet):
    """Members of chains."""

    def visible_to(self, user: Any) -> Self:
        """Those of the chains that the person sees."""
        return self.filter(chain__in=ValueChain.objects.visible_to(user).values("pk"))


class ChainMember(Searchable):
    """A producer in a chain, with its stage and the product that comes out of it."""

    chain = models.ForeignKey(
        ValueChain, models.PROTECT, related_name="members", verbose_name="chuỗi giá trị"
    )
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="chain_memberships", verbose_name="chủ thể"
    )
    product = models.ForeignKey(
        Product,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chain_memberships",
        verbose_name="sản phẩm",
    )
    stage = models.CharField("khâu", max_length=12, choices=chain_stages, default=ChainStage.PROCESSING)
    joined_on = models.DateField("tham gia từ ngày")
    left_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = ChainMemberQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["chain", "joined_on", "pk"]
        verbose_name = "thành viên chuỗi"
        verbose_name_plural = "thành viên chuỗi"
        constraints = [
            models.UniqueConstraint(
                fields=["chain", "producer", "stage"], name="development_chain_member_once",
                violation_error_message="Chủ thể này đã ở khâu đó của chuỗi.",
            ),
            models.CheckConstraint(
                name="development_chain_member_days",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                violation_error_message="Ngày rời phải từ ngày tham gia trở đi.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.producer.public_name

    def search_words(self) -> list[str]:
        return [self.producer.public_name]

    def get_absolute_url(self) -> str:
        return reverse("development:chain_members_detail", args=[self.pk])
