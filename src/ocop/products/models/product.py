"""Products: whose they are, of which group and set, made or stopped - each over time."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, dated_check
from ocop.producers.casework import ScopedQuerySet
from ocop.producers.codes import new_code
from ocop.producers.models import Producer
from ocop.products.enums import ProductStatus, product_statuses
from ocop.rulebook.models import CriteriaSet, ProductGroup


class ProductQuerySet(ScopedQuerySet):
    """Products."""

    def visible_to(self, user: Any) -> Self:
        """Those of the person's producers, and for officers those of the units in their reach, by succession.

        Merged doubles are not rows.
        """
        return super().visible_to(user).unmerged()

    def active(self) -> Self:
        """Those that are made."""
        return self.unmerged().filter(status=ProductStatus.ACTIVE)

    def unmerged(self) -> Self:
        """Without doubles that were merged into another row.

        Said as "not those that were": SQLite would go through nearly all rows by the index of the few that were.
        """
        return self.exclude(merged_into__isnull=False)


class Product(Searchable):
    """A product. `producer`, `group`, `criteria_set` and `status` repeat the dated rows that hold now, for lists;
    actions write both. `unit` is the producer's unit at the time, and stays.

    `public_code` stands in addresses; `code` is the official (T)-(X)-(STT)-year, empty until the commune allots it.
    Everything here is public, so the search words hold the producer's public name only.
    """

    public_code = models.CharField(
        "mã công khai", max_length=12, unique=True, default=new_code, editable=False
    )
    name = models.CharField("tên sản phẩm", max_length=200)
    producer = models.ForeignKey(Producer, models.PROTECT, related_name="products", verbose_name="chủ thể")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="products", verbose_name="địa bàn"
    )
    group = models.ForeignKey(
        ProductGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name="nhóm sản phẩm",
    )
    criteria_set = models.ForeignKey(
        CriteriaSet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name="bộ sản phẩm",
    )
    status = models.CharField(
        "tình trạng", max_length=10, choices=product_statuses, default=ProductStatus.ACTIVE
    )
    code = models.CharField("mã sản phẩm", max_length=30, blank=True, editable=False)
    code_unit = models.ForeignKey(
        "units.Unit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="xã cấp mã",
    )
    code_year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    code_serial = models.PositiveIntegerField(null=True, blank=True, editable=False)
    description = models.TextField("mô tả", blank=True)
    story = models.TextField("câu chuyện sản phẩm", blank=True)
    spec = models.CharField("quy cách, khối lượng", max_length=200, blank=True)
    packaging = models.CharField("bao bì", max_length=200, blank=True)
    ingredients = models.TextField("thành phần", blank=True)
    usage = models.TextField("hướng dẫn sử dụng", blank=True)
    storage = models.CharField("bảo quản, hạn dùng", max_length=300, blank=True)
    started_year = models.PositiveSmallIntegerField("năm bắt đầu làm", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    source = models.CharField("nguồn", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    data_key = models.CharField(max_length=160, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField("ghi sổ lúc", default=clock.now, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False,
        verbose_name="đã gộp vào",
    )  # fmt: skip
    former_codes = models.CharField("mã của các dòng đã gộp", max_length=300, blank=True, editable=False)

    objects = ProductQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "sản phẩm"
        verbose_name_plural = "sản phẩm"
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="products_product_code"),
            models.UniqueConstraint(
                fields=["code_unit", "code_year", "code_serial"], name="products_product_serial"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "name"], name="products_unit_name"),
            models.Index(fields=["group", "name"], name="products_group_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        """Public words only: name, official code, codes of merged doubles, the producer's public name."""
        return [self.name, self.code, self.former_codes, self.producer.public_name]

    def get_absolute_url(self) -> str:
        return reverse("products:products_detail", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.status == ProductStatus.ACTIVE

    def producer_on(self, day: date | None = None) -> Producer:
        """Who held the product on that day (default today); the present holder where no row says."""
        day = day or clock.today()
        row = next((row for row in self.holdings.select_related("producer") if row.in_force(day)), None)
        return row.producer if row else self.producer

    def classification_on(self, day: date | None = None) -> "ProductClassification | None":
        """Group and set on that day (default today)."""
        day = day or clock.today()
        rows = self.classifications.select_related("group", "criteria_set__group")
        return next((row for row in rows if row.in_force(day)), None)

    def group_on(self, day: date | None = None) -> ProductGroup | None:
        """The product group on that day (default today); None when nobody has said."""
        row = self.classification_on(day)
        return row.group if row else None


class ProductHolding(Dated):
    """A producer holds a product from one day to another (sold, inherited, moved into a cooperative)."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="holdings", verbose_name="sản phẩm")
    producer = models.ForeignKey(Producer, models.PROTECT, related_name="holdings", verbose_name="chủ thể")
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = "chủ thể của sản phẩm"
        constraints = [
            dated_check("products_holding_days"),
            models.UniqueConstraint(
                fields=["product"], condition=Q(valid_to__isnull=True), name="products_holding_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.producer}"


class ProductClassification(Dated):
    """Group (always) and set of a criteria book (once chosen) of a product over time (Appendix I)."""

    product = models.ForeignKey(
        Product, models.CASCADE, related_name="classifications", verbose_name="sản phẩm"
    )
    group = models.ForeignKey(ProductGroup, models.PROTECT, related_name="+", verbose_name="nhóm")
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bộ sản phẩm"
    )
    basis = models.CharField("căn cứ", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = "phân nhóm sản phẩm"
        constraints = [
            dated_check("products_classification_days"),
            models.UniqueConstraint(
                fields=["product"],
                condition=Q(valid_to__isnull=True),
                name="products_classification_one_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.criteria_set or self.group)


class ProductStanding(Dated):
    """Made or stopped, from one day to another, and why."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="standings", verbose_name="sản phẩm")
    status = models.CharField("tình trạng", max_length=10, choices=product_statuses)
    reason = models.CharField("lý do", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = "tình trạng sản xuất"
        constraints = [
            dated_check("products_standing_days"),
            models.UniqueConstraint(
                fields=["product"], condition=Q(valid_to__isnull=True), name="products_standing_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.get_status_display()


class CodeCounter(models.Model):
    """The last serial number that a commune gave out in a year; locked while the next one is taken."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="products_counter_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.year}: {self.last}"


class Media(models.Model):
    """A photograph of a product; public when the product's page is."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="media", verbose_name="sản phẩm")
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, related_name="product_media", verbose_name="ảnh"
    )
    caption = models.CharField("chú thích", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("thêm lúc")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "ảnh sản phẩm"
        constraints = [models.UniqueConstraint(fields=["product", "file"], name="products_media_once")]

    def __str__(self) -> str:
        return self.caption or f"{self.product_id}/{self.order}"
