"""What happens in a sale point: criteria of the day, visits, stock, sales by month, support paid."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from ocop.kit import clock
from ocop.kit.models import Dated, DatedQuerySet, Searchable, dated_check
from ocop.law.models import Instrument
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.promotion.enums import (
    CheckKind,
    CheckOutcome,
    CriterionKind,
    check_kinds,
    check_outcomes,
    criterion_kinds,
)
from ocop.promotion.models.parts import not_negative
from ocop.promotion.models.points import SalePoint


class SaleCriterion(Dated):
    """One criterion for sale points from one day to another, out of an instrument.

    `confirmed` is false where nobody could read the wording or the minimum: it is asked and shown, and decides nothing.
    `minimum` is null while nobody knows it.
    """

    key = models.CharField("mã", max_length=40)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="sale_criteria", verbose_name="văn bản"
    )
    group = models.CharField("nhóm tiêu chí", max_length=120, blank=True)
    text = models.CharField("nội dung", max_length=500)
    kind = models.CharField(
        "cách trả lời", max_length=10, choices=criterion_kinds, default=CriterionKind.YES_NO
    )
    measure = models.CharField("đơn vị tính", max_length=30, blank=True)
    minimum = models.DecimalField("mức tối thiểu", max_digits=10, decimal_places=1, null=True, blank=True)
    required = models.BooleanField("bắt buộc", default=True)
    confirmed = models.BooleanField("đã đối chiếu văn bản", default=False)
    source = models.CharField("nguồn", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = "tiêu chí điểm bán"
        constraints = [
            dated_check("promotion_criterion_days"),
            models.UniqueConstraint(fields=["key", "valid_from"], name="promotion_criterion_once"),
        ]

    def __str__(self) -> str:
        return self.text


class OfPointQuerySet(ScopedQuerySet):
    """Rows of sale points, seen by whoever sees the point."""

    unit_path = "point__unit_id"
    producer_path = "point__producer_id"


class OfPoint(Searchable):
    """A row of a sale point; its unit and producer are the point's, and it is found by the point's name."""

    point = models.ForeignKey(
        SalePoint, models.PROTECT, related_name="%(class)s_rows", verbose_name="điểm bán"
    )

    objects = OfPointQuerySet.as_manager()

    class Meta:
        abstract = True

    def search_words(self) -> list[str]:
        return [self.point.name]

    @property
    def unit(self) -> Any:
        """The unit of the point."""
        return self.point.unit

    @property
    def unit_id(self) -> int:
        """The id of the unit of the point."""
        return self.point.unit_id

    @property
    def producer(self) -> Any:
        """The producer that runs the point, if one does."""
        return self.point.producer


class SaleCheck(OfPoint, WithFiles):
    """A visit to a sale point: who came when, what every criterion of that day came to, what was said."""

    kind = models.CharField("loại kiểm tra", max_length=12, choices=check_kinds, default=CheckKind.YEARLY)
    checked_on = models.DateField("ngày kiểm tra")
    outcome = models.CharField("kết quả", max_length=10, choices=check_outcomes, default=CheckOutcome.OPEN)
    failed = models.PositiveSmallIntegerField("số tiêu chí bắt buộc chưa đạt", default=0)
    team = models.CharField("người kiểm tra", max_length=300, blank=True)
    conclusion = models.TextField("kết luận, kiến nghị", blank=True)
    remedy_by = models.DateField("khắc phục trước ngày", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi"
    )
    at = models.DateTimeField("ghi lúc", default=clock.now)

    class Meta:
        ordering = ["-checked_on", "-pk"]
        verbose_name = "lần kiểm tra điểm bán"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ngày {self.checked_on:%d/%m/%Y}"


class CheckAnswer(models.Model):
    """What a visit found on one criterion; exactly one of `met` and `value` is set, as the criterion asks."""

    check_visit = models.ForeignKey(
        SaleCheck, models.CASCADE, related_name="answers", verbose_name="lần kiểm tra"
    )
    criterion = models.ForeignKey(SaleCriterion, models.PROTECT, related_name="+", verbose_name="tiêu chí")
    met = models.BooleanField("đạt", null=True, blank=True)
    value = models.DecimalField("số đo", max_digits=10, decimal_places=1, null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["criterion__order", "pk"]
        verbose_name = "trả lời tiêu chí"
        constraints = [
            models.UniqueConstraint(fields=["check_visit", "criterion"], name="promotion_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.met if self.met is not None else self.value}"


class StockCount(OfPoint):
    """How much of a product lay in a sale point on a day."""

    product = models.ForeignKey(
        "products.Product", models.PROTECT, related_name="stock_counts", verbose_name="sản phẩm"
    )
    counted_on = models.DateField("ngày kiểm kê")
    quantity = models.DecimalField(
        "số lượng", max_digits=12, decimal_places=1, default=0, validators=not_negative()
    )
    measure = models.CharField("đơn vị tính", max_length=20, default="hộp")
    price = models.BigIntegerField("giá bán (đồng)", null=True, blank=True, validators=not_negative())
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-counted_on", "product__name", "pk"]
        verbose_name = "tồn kho điểm bán"
        constraints = [
            models.UniqueConstraint(
                fields=["point", "product", "counted_on"], name="promotion_stock_once",
                violation_error_message="Sản phẩm này đã được kiểm kê ngày đó.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.product} ngày {self.counted_on:%d/%m/%Y}"

    def search_words(self) -> list[str]:
        return [self.product.name, self.point.name]


class SaleMonth(OfPoint):
    """What a sale point sold in a calendar month, in đồng; `month` is its first day. One row per month."""

    month = models.DateField("tháng", help_text="Ngày đầu tháng, ví dụ 01/10/2026.")
    revenue = models.BigIntegerField("doanh thu chung (đồng)", default=0, validators=not_negative())
    ocop_revenue = models.BigIntegerField(
        "doanh thu sản phẩm OCOP (đồng)", default=0, validators=not_negative()
    )
    customers = models.PositiveIntegerField("lượt khách", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name="người báo",
    )  # fmt: skip
    at = models.DateTimeField("báo lúc", default=clock.now, editable=False)
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-month", "point__name", "pk"]
        verbose_name = "doanh số điểm bán"
        constraints = [
            models.UniqueConstraint(
                fields=["point", "month"], name="promotion_month_once",
                violation_error_message="Tháng này đã có doanh số; hãy sửa dòng đã có.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Tháng {self.month:%m/%Y}"

    def clean(self) -> None:
        """The part is not larger than the whole; a month is named by its first day."""
        super().clean()
        if self.month:
            self.month = self.month.replace(day=1)
            if self.month > clock.today():
                raise ValidationError({"month": "Tháng này chưa đến."})
        if self.ocop_revenue and self.revenue is not None and self.ocop_revenue > self.revenue:
            raise ValidationError({"ocop_revenue": "Doanh thu OCOP không lớn hơn doanh thu chung."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whatever day was given, the row is the month's."""
        self.month = self.month.replace(day=1)
        super().save(*args, **kwargs)


class PointSupport(OfPoint, WithFiles):
    """Support paid to a sale point under a policy."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chính sách"
    )
    content = models.CharField("nội dung hỗ trợ", max_length=200)
    amount = models.BigIntegerField("số tiền (đồng)", default=0, validators=not_negative())
    decision = models.CharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    paid_on = models.DateField("ngày chi", null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = "hỗ trợ điểm bán"

    def __str__(self) -> str:
        return self.content

    def search_words(self) -> list[str]:
        return [self.content, self.point.name, self.decision]
