"""Material areas (clause IV.3.1): what grows where, under which code and standard, for which producers."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from ocop.accounts.queries import scope_of
from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, dated_check
from ocop.producers.codes import new_code
from ocop.producers.enums import AreaKind, Standard, area_kinds, investment_kinds, money_sources, standards
from ocop.producers.models.access import ProducerAccess
from ocop.producers.models.producer import VIEWING_ROLES, Producer

CODE = RegexValidator(
    r"^[A-Za-z0-9./\-]{4,40}$", "Mã số vùng trồng gồm chữ không dấu, số, dấu chấm, gạch ngang."
)
PERCENT = (MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100)))
POSITIVE = (MinValueValidator(Decimal("0.01")),)
YEAR = (MinValueValidator(2000), MaxValueValidator(2100))


class MaterialAreaQuerySet(DatedQuerySet, SearchableQuerySet):  # type: ignore[override]
    """Material areas."""

    def visible_to(self, user: Any) -> Self:
        """Those of the units in the officer's reach, and those that supply a producer of the person."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        mine = ProducerAccess.objects.producer_ids(user)
        supplied = AreaSupply.objects.filter(producer_id__in=mine).values("area_id")
        rows = Q(pk__in=supplied)
        scope = scope_of(user)
        if scope.has_any(*VIEWING_ROLES):
            rows |= Q(unit_id__in=scope.unit_ids(*VIEWING_ROLES))
        return self.filter(rows)

    def on_map(self, day: date) -> Self:
        """Those that anybody may see on that day: published, with a point."""
        return self.valid_on(day).filter(is_public=True, lat__isnull=False)

    def supplying(self, producer: Producer, day: date) -> Self:
        """Those that supply the producer on that day."""
        return self.filter(
            pk__in=AreaSupply.objects.valid_on(day).filter(producer=producer).values("area_id")
        )


class MaterialArea(Dated, Searchable):
    """A piece of land, water or a herd that gives OCOP products their material.

    `hectares` and `heads` say how large it is, `yearly_tonnes` what it gives in a year. The point is where people of
    the commune put it; `is_public` lets everybody see it on the open map.
    """

    code = models.CharField("mã", max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField("tên vùng", max_length=200)
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="material_areas", verbose_name="địa bàn"
    )
    place = models.CharField("thôn, xóm, xứ đồng", max_length=200, blank=True)
    kind = models.CharField("loại", max_length=12, choices=area_kinds, default=AreaKind.CROP)
    species = models.CharField("cây trồng, vật nuôi", max_length=120)
    hectares = models.DecimalField(
        "diện tích (ha)", max_digits=9, decimal_places=2, null=True, blank=True, validators=POSITIVE
    )
    heads = models.PositiveIntegerField("số con, số lồng, số đàn", null=True, blank=True)
    yearly_tonnes = models.DecimalField(
        "sản lượng năm (tấn)", max_digits=11, decimal_places=2, null=True, blank=True, validators=POSITIVE
    )
    households = models.PositiveIntegerField("số hộ", null=True, blank=True)
    planting_code = models.CharField(
        "mã số vùng trồng, cơ sở nuôi", max_length=40, blank=True, validators=[CODE]
    )
    code_issued_on = models.DateField("ngày cấp mã số", null=True, blank=True)
    standard = models.CharField("quy trình sản xuất", max_length=12, choices=standards, default=Standard.NONE)
    lat = models.DecimalField(
        "vĩ độ", max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(Decimal(8)), MaxValueValidator(Decimal(24))],
    )  # fmt: skip
    lng = models.DecimalField(
        "kinh độ", max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(Decimal(102)), MaxValueValidator(Decimal(110))],
    )  # fmt: skip
    is_public = models.BooleanField("hiện trên bản đồ công khai", default=False)
    note = models.CharField("ghi chú", max_length=400, blank=True)
    source = models.CharField("nguồn", max_length=400, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)

    objects = MaterialAreaQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "vùng nguyên liệu"
        verbose_name_plural = "vùng nguyên liệu"
        constraints = [
            dated_check("producers_area_days"),
            models.UniqueConstraint(
                fields=["planting_code"],
                condition=~Q(planting_code=""),
                name="producers_area_planting_code",
                violation_error_message="Mã số vùng trồng này đã có ở một vùng khác trong sổ.",
            ),
            models.CheckConstraint(
                name="producers_area_point",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__isnull=False, lng__isnull=False),
                violation_error_message="Tọa độ phải có đủ vĩ độ và kinh độ.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "name", "id"], name="producers_materialarea_list")]

    def __str__(self) -> str:
        return self.name

    def search_words(self) -> list[str]:
        return [self.name, self.species, self.planting_code, self.place, self.code]

    def get_absolute_url(self) -> str:
        return reverse("producers:areas_detail", args=[self.pk])

    @property
    def size_label(self) -> str:
        """How large it is in words: "12,5 ha", "300 con"."""
        hectares = f"{self.hectares.normalize():f}".replace(".", ",") + " ha" if self.hectares else ""
        heads = f"{self.heads:,}".replace(",", ".") + " con, lồng, đàn" if self.heads else ""
        return "; ".join(part for part in (hectares, heads) if part)


class OfAreaQuerySet(DatedQuerySet):
    """Rows that hang on a material area."""

    def visible_to(self, user: Any) -> Self:
        """Those of the areas that the person may see."""
        return self.filter(area__in=MaterialArea.objects.visible_to(user))


class AreaCertificate(models.Model):
    """A certificate of a material area: issuer, number and until when it holds."""

    area = models.ForeignKey(
        MaterialArea, models.CASCADE, related_name="certificates", verbose_name="vùng nguyên liệu"
    )
    standard = models.CharField("tiêu chuẩn", max_length=12, choices=standards, default=Standard.VIETGAP)
    number = models.CharField("số giấy chứng nhận", max_length=80)
    issuer = models.CharField("tổ chức cấp", max_length=200)
    hectares = models.DecimalField(
        "diện tích được chứng nhận (ha)", max_digits=9, decimal_places=2, null=True, blank=True,
        validators=POSITIVE,
    )  # fmt: skip
    issued_on = models.DateField("ngày cấp")
    expires_on = models.DateField("hết hạn ngày", null=True, blank=True, db_index=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    objects = OfAreaQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-issued_on", "pk"]
        verbose_name = "giấy chứng nhận vùng nguyên liệu"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "number"],
                name="producers_areacertificate_number",
                violation_error_message="Vùng này đã có giấy chứng nhận số đó.",
            ),
            models.CheckConstraint(
                name="producers_areacertificate_days",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("issued_on")),
                violation_error_message="Ngày hết hạn phải từ ngày cấp trở đi.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_standard_display()} số {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("producers:area_certificates_detail", args=[self.pk])


class AreaSupply(Dated):
    """A material area supplies a producer, from one day to another, with a share of what it gives or so many tonnes."""

    area = models.ForeignKey(
        MaterialArea, models.CASCADE, related_name="supplies", verbose_name="vùng nguyên liệu"
    )
    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="area_supplies", verbose_name="chủ thể"
    )
    share = models.DecimalField(
        "tỷ lệ sản lượng vùng cung cấp (%)", max_digits=5, decimal_places=2, null=True, blank=True,
        validators=PERCENT,
    )  # fmt: skip
    tonnes = models.DecimalField(
        "khối lượng mỗi năm (tấn)", max_digits=11, decimal_places=2, null=True, blank=True,
        validators=POSITIVE,
    )  # fmt: skip
    contract = models.CharField("hợp đồng, thỏa thuận", max_length=160, blank=True)

    objects = OfAreaQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-valid_from", "pk"]
        verbose_name = "cung cấp nguyên liệu"
        constraints = [
            dated_check("producers_areasupply_days"),
            models.UniqueConstraint(
                fields=["area", "producer", "valid_from"],
                name="producers_areasupply_once",
                violation_error_message="Đã ghi vùng này cung cấp cho chủ thể này từ ngày đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} – {self.producer}"

    def get_absolute_url(self) -> str:
        return reverse("producers:area_supplies_detail", args=[self.pk])


class AreaInvestment(models.Model):
    """Infrastructure of a material area: year, what, how much in đồng, from which source."""

    area = models.ForeignKey(
        MaterialArea, models.CASCADE, related_name="investments", verbose_name="vùng nguyên liệu"
    )
    year = models.PositiveSmallIntegerField("năm", validators=YEAR)
    kind = models.CharField("hạng mục", max_length=10, choices=investment_kinds)
    what = models.CharField("nội dung", max_length=200)
    amount = models.BigIntegerField("số tiền (đồng)", validators=[MinValueValidator(1)])
    money = models.CharField("nguồn vốn", max_length=10, choices=money_sources)

    objects = OfAreaQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-year", "pk"]
        verbose_name = "đầu tư hạ tầng vùng nguyên liệu"
        constraints = [
            models.UniqueConstraint(
                fields=["area", "year", "what", "money"],
                name="producers_areainvestment_once",
                violation_error_message="Đã ghi khoản đầu tư này cho năm và nguồn vốn đó.",
            ),
            models.CheckConstraint(name="producers_areainvestment_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.what}"

    def get_absolute_url(self) -> str:
        return reverse("producers:area_investments_detail", args=[self.pk])
