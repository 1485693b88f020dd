"""Register of marks: geographical indications, certification marks, collective marks (clause IV.6.2)."""

from datetime import date, timedelta
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, dated_check
from ocop.producers.codes import new_code
from ocop.producers.enums import money_sources
from ocop.producers.models import VIEWING_ROLES, Producer, ProducerAccess
from ocop.products.enums import mark_kinds, mark_statuses
from ocop.products.models.product import Product
from ocop.units.enums import UnitLevel
from ocop.units.models import UnitCover


class MarkQuerySet(SearchableQuerySet):
    """Marks."""

    def visible_to(self, user: Any) -> Self:
        """Marks of the officer's own province: registration is public, so a commune reads all of them."""
        scope = scope_of(user)
        own = {holding.unit_id for holding in scope.of(*VIEWING_ROLES)} - {None}
        provinces = UnitCover.objects.filter(holder__level=UnitLevel.PROVINCE, covered_id__in=own)
        units = UnitCover.objects.filter(holder_id__in=provinces.values("holder_id"))
        return self.filter(unit_id__in=units.values("covered_id"))

    def ending(self, day: date, days: int) -> Self:
        """Marks whose protection ends within so many days of that day, or has ended; soonest first."""
        return self.filter(valid_to__lte=day + timedelta(days=days)).order_by("valid_to", "pk")


class Mark(Searchable):
    """A sign that several producers may share, as registered with the intellectual property office."""

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("tên", max_length=150)
    kind = models.CharField("loại", max_length=30, choices=mark_kinds)
    goods = models.CharField("sản phẩm được bảo hộ", max_length=200)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="marks", verbose_name="địa bàn")
    owner = models.CharField("chủ sở hữu, cơ quan quản lý", max_length=250, blank=True)
    scope = models.TextField("phạm vi", blank=True)
    registration_number = models.CharField("số văn bằng, quyết định", max_length=200, blank=True)
    registered_on = models.DateField("ngày đăng ký", null=True, blank=True)
    valid_to = models.DateField("bảo hộ đến hết ngày", null=True, blank=True)
    status = models.CharField("mức đối chiếu", max_length=20, choices=mark_statuses)
    note = models.CharField("ghi chú", max_length=400, blank=True)
    source = models.CharField("nguồn", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    data_key = models.CharField(max_length=160, null=True, blank=True, unique=True, editable=False)

    objects = MarkQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["kind", "name", "pk"]
        verbose_name = "nhãn hiệu, chỉ dẫn địa lý"
        verbose_name_plural = "nhãn hiệu, chỉ dẫn địa lý"
        constraints = [
            models.CheckConstraint(
                name="products_mark_days",
                condition=Q(valid_to__isnull=True)
                | Q(registered_on__isnull=True)
                | Q(valid_to__gte=models.F("registered_on")),
                violation_error_message="Ngày hết bảo hộ phải từ ngày đăng ký trở đi.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    def search_words(self) -> list[str]:
        return [self.name, self.goods, self.owner, self.registration_number]

    def get_absolute_url(self) -> str:
        return reverse("products:marks_detail", args=[self.pk])

    def protects_on(self, day: date | None = None) -> bool:
        """True when the registration is on record and holds on that day (default today)."""
        day = day or clock.today()
        if self.registered_on is None or day < self.registered_on:
            return False
        return self.valid_to is None or day <= self.valid_to


class MarkUse(Dated):
    """A product may bear a mark, from one day to another."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="mark_uses", verbose_name="sản phẩm")
    mark = models.ForeignKey(Mark, models.PROTECT, related_name="uses", verbose_name="nhãn hiệu")
    basis = models.CharField("căn cứ cho phép", max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = "sử dụng nhãn hiệu"
        constraints = [
            dated_check("products_markuse_days"),
            models.UniqueConstraint(
                fields=["product", "mark"],
                condition=Q(valid_to__isnull=True),
                name="products_markuse_open_once",
                violation_error_message="Sản phẩm đang dùng nhãn hiệu này.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} · {self.product}"


class OfMarkQuerySet(DatedQuerySet):
    """Rows that hang on a mark."""

    def visible_to(self, user: Any) -> Self:
        """Those of the marks that the person may see."""
        return self.filter(mark__in=Mark.objects.visible_to(user))


class EntitlementQuerySet(OfMarkQuerySet):
    """Who may use which mark."""

    def visible_to(self, user: Any) -> Self:
        """Those of the marks that an officer may see; a producer's people see its own."""
        access = ProducerAccess.objects.valid_on(clock.today()).filter(user=getattr(user, "pk", None))
        marks = Mark.objects.visible_to(user)
        return self.filter(Q(mark__in=marks) | Q(producer_id__in=access.values("producer_id")))


class MarkEntitlement(Dated):
    """A producer may use a mark for its goods, from one day to another, by the document that says so."""

    mark = models.ForeignKey(Mark, models.PROTECT, related_name="entitlements", verbose_name="nhãn hiệu")
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="mark_entitlements", verbose_name="chủ thể"
    )
    document = models.CharField("văn bản cho phép", max_length=160)
    documented_on = models.DateField("ngày văn bản", null=True, blank=True)

    objects = EntitlementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = "quyền sử dụng nhãn hiệu"
        constraints = [
            dated_check("products_markentitlement_days"),
            models.UniqueConstraint(
                fields=["mark", "producer"],
                condition=Q(valid_to__isnull=True),
                name="products_markentitlement_open",
                violation_error_message="Chủ thể này đang được quyền sử dụng nhãn hiệu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mark} – {self.producer}"

    def get_absolute_url(self) -> str:
        return reverse("products:mark_entitlements_detail", args=[self.pk])


class MarkSupport(models.Model):
    """What was given towards registering, renewing or using a mark: year, what for, how much, by whom."""

    mark = models.ForeignKey(Mark, models.CASCADE, related_name="supports", verbose_name="nhãn hiệu")
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    what = models.CharField("nội dung hỗ trợ", max_length=200)
    amount = models.BigIntegerField("số tiền (đồng)", validators=[MinValueValidator(1)])
    money = models.CharField("nguồn vốn", max_length=10, choices=money_sources)
    given_by = models.CharField("cơ quan hỗ trợ", max_length=200)

    objects = OfMarkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "hỗ trợ sở hữu trí tuệ"
        constraints = [
            models.UniqueConstraint(
                fields=["mark", "year", "what", "money"],
                name="products_marksupport_once",
                violation_error_message="Đã ghi khoản hỗ trợ này cho năm và nguồn vốn đó.",
            ),
            models.CheckConstraint(name="products_marksupport_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.what}"

    def get_absolute_url(self) -> str:
        return reverse("products:mark_supports_detail", args=[self.pk])
