"""How the programme is told of and where its products are met: communication, places of use, sales channels."""

from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, dated_check
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.producers.codes import new_code
from ocop.promotion.enums import (
    MODERN_CHANNELS,
    Audience,
    ChannelKind,
    Medium,
    UserKind,
    audiences,
    channel_kinds,
    media,
    user_kinds,
)
from ocop.promotion.models.parts import Located, OfProducer, OfProducerQuerySet, not_negative


class UnitRows(ScopedQuerySet):
    """Rows of offices: of the unit, of no producer."""

    producer_path = ""


class CommunicationPlan(Searchable):
    """A line of a year's plan of communication (plan IV.1): what by which medium for whom, how often, at what cost."""

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    year = models.PositiveSmallIntegerField(
        "năm", default=2026, validators=[MinValueValidator(2018), MaxValueValidator(2100)]
    )
    quarter = models.PositiveSmallIntegerField(
        "quý", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    medium = models.CharField("hình thức", max_length=20, choices=media, default=Medium.OTHER)
    audience = models.CharField("đối tượng", max_length=20, choices=audiences, default=Audience.PEOPLE)
    topic = models.CharField("nội dung", max_length=250)
    agency = models.CharField("cơ quan thực hiện", max_length=200, blank=True)
    planned = models.PositiveIntegerField("số lượng dự kiến (tin, buổi, ấn phẩm)", default=1)
    budget = models.BigIntegerField(
        "kinh phí dự kiến (đồng)", null=True, blank=True, validators=not_negative()
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = UnitRows.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-year", "quarter", "pk"]
        verbose_name = "kế hoạch truyền thông"
        verbose_name_plural = "kế hoạch truyền thông"
        indexes = [
            models.Index(fields=["unit", "-year", "quarter", "id"], name="promotion_communicationplan_li")
        ]

    def __str__(self) -> str:
        return f"{self.topic} ({self.year})"

    def search_words(self) -> list[str]:
        return [self.topic, self.agency]

    def get_absolute_url(self) -> str:
        return reverse("promotion:communication_plans_detail", args=[self.pk])


class CommunicationItem(Searchable, WithFiles):
    """Something that was told: by which medium, to whom, how many it reached, what it cost."""

    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn"
    )
    plan = models.ForeignKey(
        CommunicationPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name="theo kế hoạch",
    )
    on = models.DateField("ngày", default=clock.today)
    medium = models.CharField("hình thức", max_length=20, choices=media, default=Medium.OTHER)
    audience = models.CharField("đối tượng", max_length=20, choices=audiences, default=Audience.PEOPLE)
    title = models.CharField("nội dung, tên bài, tên buổi", max_length=250)
    agency = models.CharField("cơ quan thực hiện", max_length=200, blank=True)
    pieces = models.PositiveIntegerField("số lượng (tin, buổi, ấn phẩm)", default=1)
    reach = models.PositiveIntegerField("số người tiếp cận", null=True, blank=True)
    cost = models.BigIntegerField("kinh phí (đồng)", null=True, blank=True, validators=not_negative())
    link = models.URLField("đường dẫn", max_length=400, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = UnitRows.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name = "hoạt động truyền thông"
        verbose_name_plural = "hoạt động truyền thông"
        indexes = [
            models.Index(fields=["unit", "-on", "-id"], name="promotion_communicationitem_li"),
        ]

    def __str__(self) -> str:
        return self.title

    def search_words(self) -> list[str]:
        return [self.title, self.agency]

    def get_absolute_url(self) -> str:
        return reverse("promotion:communication_detail", args=[self.pk])


class UsePlaceQuerySet(ScopedQuerySet):
    """Places that use OCOP products."""

    producer_path = ""

    def public(self) -> Self:
        """Those that agreed to be shown and still use the products today."""
        today = clock.today()
        return self.filter(Q(until__isnull=True) | Q(until__gte=today), is_public=True).filter(
            Q(since__isnull=True) | Q(since__lte=today)
        )


class UsePlace(Searchable, Located):
    """A restaurant, hotel, agency or canteen that serves or uses OCOP products (plan IV.1).

    It is shown to the public only when it agreed (`is_public`); `phone` is the business's.
    """

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("tên nơi sử dụng", max_length=200)
    kind = models.CharField("loại", max_length=12, choices=user_kinds, default=UserKind.RESTAURANT)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="use_places", verbose_name="địa bàn"
    )
    address = models.CharField("địa chỉ", max_length=250, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    website = models.URLField("trang web", max_length=300, blank=True)
    products = models.ManyToManyField(
        "products.Product", blank=True, related_name="use_places", verbose_name="sản phẩm OCOP đang dùng"
    )
    how = models.CharField(
        "dùng thế nào", max_length=300, blank=True, help_text="Ví dụ: món trong thực đơn, quà tặng khách."
    )
    since = models.DateField("dùng từ ngày", null=True, blank=True)
    until = models.DateField("dùng đến hết ngày", null=True, blank=True)
    is_public = models.BooleanField("đồng ý hiện trên bản đồ công khai", default=False)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = UsePlaceQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "nơi sử dụng sản phẩm OCOP"
        verbose_name_plural = "nơi sử dụng sản phẩm OCOP"
        indexes = [models.Index(fields=["unit", "name", "id"], name="promotion_useplace_list")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.address]

    def get_absolute_url(self) -> str:
        return reverse("promotion:use_places_detail", args=[self.pk])

    def clean(self) -> None:
        """The days follow each other."""
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": "Ngày cuối phải từ ngày đầu trở đi."})


class SalesChannelQuerySet(OfProducerQuerySet, DatedQuerySet):  # type: ignore[override]
    """Sales channels, asked by the day."""

    def modern(self) -> Self:
        """Supermarkets, convenience stores, floors, websites, Facebook, Zalo (plan II)."""
        return self.filter(kind__in=MODERN_CHANNELS)


class SalesChannel(OfProducer, Dated, Searchable, WithFiles):
    """Where a producer sells, from one day to another, with the proof and the day on which somebody looked."""

    kind = models.CharField("kênh", max_length=12, choices=channel_kinds, default=ChannelKind.OTHER)
    name = models.CharField("tên kênh, gian hàng", max_length=200)
    url = models.URLField("đường dẫn", max_length=400, blank=True)
    checked_on = models.DateField("kiểm tra gần nhất", null=True, blank=True)
    share = models.PositiveSmallIntegerField(
        "tỷ trọng doanh thu (%)", null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = SalesChannelQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["producer__name", "kind", "pk"]
        verbose_name = "kênh bán hàng"
        verbose_name_plural = "kênh bán hàng"
        constraints = [dated_check("promotion_channel_days")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"

    def search_words(self) -> list[str]:
        return [self.name, self.producer.public_name, self.url]

    def get_absolute_url(self) -> str:
        return reverse("promotion:channels_detail", args=[self.pk])

    @property
    def is_modern(self) -> bool:
        """Whether the plan's target counts it."""
        return self.kind in MODERN_CHANNELS
