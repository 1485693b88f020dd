"""Producers of one product that make it together under one name (clause IV.3.2.b)."""

from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable, SearchableQuerySet, count_of
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.casework.scoping import acts_for_producers
from ocop.producers.models import Producer, ProducerAccess
from ocop.products.models import Mark
from ocop.rulebook.models import ProductGroup


class LinkQuerySet(ScopedQuerySet):
    """Links."""

    producer_path = "lead_id"

    def ways(self, user: Any, via: str = "") -> list[Q]:
        """Officers of the unit; the people of the lead and of every member."""
        found = super().ways(user, via)
        if not acts_for_producers(user):
            return found
        own = LinkMember.objects.filter(producer_id__in=ProducerAccess.objects.producer_ids(user)).values(
            "link_id"
        )
        return [*found, Q(**{f"{via}pk__in": own})]

    def counted(self) -> Self:
        """With `member_count`, the members who have not left."""
        return self.annotate(member_count=count_of(LinkMember.objects.filter(left_on__isnull=True), "link"))


class LinkGroup(WithFiles, Searchable):
    """A link of producers who make the same product, often under a mark; led by one of them."""

    name = models.CharField("tên nhóm liên kết", max_length=200)
    goods = models.CharField("sản phẩm chung", max_length=150)
    group = models.ForeignKey(
        ProductGroup, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nhóm sản phẩm"
    )
    mark = models.ForeignKey(
        Mark,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links",
        verbose_name="nhãn hiệu, chỉ dẫn địa lý",
    )
    lead = models.ForeignKey(
        Producer, models.PROTECT, related_name="led_links", verbose_name="chủ thể đứng đầu"
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    founded_on = models.DateField("ngày thành lập")
    contract_number = models.CharField("số hợp đồng liên kết", max_length=80, blank=True)
    contract_on = models.DateField("ngày hợp đồng", null=True, blank=True)
    yearly_value = models.BigIntegerField(
        "giá trị sản lượng năm (đồng)", default=0, validators=[MinValueValidator(0)]
    )
    ended_on = models.DateField("ngày kết thúc", null=True, blank=True)
    result = models.TextField("kết quả", blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = LinkQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "nhóm liên kết chủ thể"
        verbose_name_plural = "nhóm liên kết chủ thể"
        constraints = [
            models.UniqueConstraint(
                fields=["name", "unit"], name="development_link_once",
                violation_error_message="Nhóm liên kết này đã có trong sổ.",
            ),
            models.CheckConstraint(
                name="development_link_days",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("founded_on")),
                violation_error_message="Ngày kết thúc phải từ ngày thành lập trở đi.",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "name", "id"], name="development_linkgroup_list")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.goods, self.lead.public_name, self.mark.name if self.mark else ""]

    def get_absolute_url(self) -> str:
        return reverse("development:links_detail", args=[self.pk])


class LinkMemberQuerySet(SearchableQuerySet):
    """Members."""

    def visible_to(self, user: Any) -> Self:
        """Those of the links that the person sees."""
        return self.filter(link__in=LinkGroup.objects.visible_to(user).values("pk"))


class LinkMember(Searchable):
    """A producer in a link, with what it brings in a year."""

    link = models.ForeignKey(LinkGroup, models.PROTECT, related_name="members", verbose_name="nhóm liên kết")
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="link_memberships", verbose_name="chủ thể"
    )
    volume = models.DecimalField(
        "sản lượng góp mỗi năm", max_digits=12, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    volume_unit = models.CharField("đơn vị", max_length=30, default="tấn")
    joined_on = models.DateField("tham gia từ ngày")
    left_on = models.DateField("đến hết ngày", null=True, blank=True)

    objects = LinkMemberQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["link", "joined_on", "pk"]
        verbose_name = "thành viên liên kết"
        verbose_name_plural = "thành viên liên kết"
        constraints = [
            models.UniqueConstraint(
                fields=["link", "producer"], name="development_member_once",
                violation_error_message="Chủ thể này đã ở trong nhóm.",
            ),
            models.CheckConstraint(
                name="development_member_days",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                violation_error_message="Ngày rời phải từ ngày tham gia trở đi.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.producer.public_name

    def search_words(self) -> list[str]:
        return [self.producer.public_name]

    def get_absolute_url(self) -> str:
        return reverse("development:members_detail", args=[self.pk])
