"""Administrative units with validity, their dated parents, and who came after whom."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from ocop.kit.addresses import reverse
from ocop.kit.models import Dated, DatedQuerySet, Searchable, SearchableQuerySet, dated_check
from ocop.law.models import Instrument
from ocop.units.enums import UnitType, centres, changes, extents, unit_levels, unit_types


class UnitQuerySet(DatedQuerySet, SearchableQuerySet):  # type: ignore[override]
    """Units, asked by the day or by the unit that holds them."""

    def covered_by(self, holder: "Unit | int") -> Self:
        """Units in the reach of `holder`: itself, its subtree over its life, what these wholly absorbed."""
        return self.filter(covers__holder=holder)


class Unit(Dated, Searchable):
    """One administrative unit from one day to another.

    A code alone is no key: codes and names were used again (18094 was phường Thạch Linh, then Trần Phú).
    A unit that only changes its parent keeps its row; a new name, a new type or a merger makes a new row.
    """

    code = models.CharField("mã đơn vị", max_length=10)
    name = models.CharField("tên", max_length=120)
    type = models.CharField("loại", max_length=12, choices=unit_types)
    level = models.CharField("cấp", max_length=10, choices=unit_levels)
    lat = models.DecimalField("vĩ độ", max_digits=8, decimal_places=5, null=True, blank=True)
    lng = models.DecimalField("kinh độ", max_digits=8, decimal_places=5, null=True, blank=True)
    centre = models.CharField("nguồn tọa độ", max_length=12, choices=centres, blank=True)
    is_fictional = models.BooleanField("đơn vị trình diễn", default=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["code", "valid_from"]
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="units_unit_code_from"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="units_unit_one_open"
            ),
            dated_check("units_unit_span"),
            models.CheckConstraint(
                name="units_unit_point",
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__isnull=False, lng__isnull=False),
                violation_error_message="Tọa độ phải có đủ vĩ độ và kinh độ.",
            ),
        ]
        indexes = [models.Index(fields=["level", "valid_from"], name="units_unit_level_from")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its type, as inside a sentence: "xã Thạch Hà", "thành phố Hà Tĩnh"."""
        return f"{self.type_label.lower()} {self.name}"

    def get_absolute_url(self) -> str:
        """The unit's page, of a unit that ended on its last day."""
        day = f"?ngay={self.valid_to:%d/%m/%Y}" if self.valid_to else ""
        return reverse("units:unit", args=[self.code]) + day

    @property
    def title(self) -> str:
        """The name with its type, as at the head of a line: "Xã Thạch Hà"."""
        return f"{self.type_label} {self.name}"

    @property
    def type_label(self) -> str:
        """The type as the official list writes it: "Xã", "Phường"."""
        return UnitType(self.type).label

    def search_words(self) -> list[str]:
        return [self.name]


class UnitParent(Dated):
    """The unit under which a unit stands, from one day to another (district to 30/6/2025, province since)."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="parent_rows", verbose_name="đơn vị")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="child_rows", verbose_name="trực thuộc")

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from", "pk"]
        verbose_name = "quan hệ trực thuộc"
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="units_parent_unit_from"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_to__isnull=True), name="units_parent_one_open"
            ),
            dated_check("units_parent_span"),
            models.CheckConstraint(name="units_parent_other", condition=~Q(unit=F("parent"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit} thuộc {self.parent}"


class Succession(models.Model):
    """A unit ended on the eve of `on` and went, whole or in part, to another.

    `confirmed` is false where the pair is inferred from the lists before and after, not read in the
    resolution.
    """

    predecessor = models.ForeignKey(
        Unit, models.CASCADE, related_name="successor_rows", verbose_name="đơn vị cũ"
    )
    successor = models.ForeignKey(
        Unit, models.CASCADE, related_name="predecessor_rows", verbose_name="đơn vị mới"
    )
    on = models.DateField("từ ngày")
    extent = models.CharField("phạm vi", max_length=8, choices=extents)
    change = models.CharField("thay đổi", max_length=10, choices=changes)
    confirmed = models.BooleanField("đã đối chiếu", default=True)
    basis = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="căn cứ"
    )
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = "kế tục đơn vị"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="units_succession_pair"),
            models.CheckConstraint(name="units_succession_other", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class UnitCover(models.Model):
    """Reach of a unit, without dates: what `.visible_to(user)` joins. Rebuilt by the loader only."""

    holder = models.ForeignKey(Unit, models.CASCADE, related_name="held", verbose_name="đơn vị")
    covered = models.ForeignKey(Unit, models.CASCADE, related_name="covers", verbose_name="bao gồm")

    class Meta:
        verbose_name = "phạm vi đơn vị"
        constraints = [models.UniqueConstraint(fields=["holder", "covered"], name="units_cover_pair")]

    def __str__(self) -> str:
        return f"{self.holder_id} ⊇ {self.covered_id}"
