"""The recorded handover of open work on the day when units or agencies cease, and the rows that wait for a choice."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from ocop.kit import registry
from ocop.kit.addresses import reverse
from ocop.law.models import Instrument
from ocop.units.models.unit import Unit


class Handover(models.Model):
    """Everything open of what ceased in a province on one day went to the successors: by whom, when, how much.

    `day` is the first day of the successors. `counts` has one entry per part: key, label, what was done in words, how
    many moved, how many wait for a choice; `lines` say from which agency to which; `digest` covers both.
    """

    province = models.ForeignKey(Unit, models.PROTECT, related_name="handovers", verbose_name="tỉnh")
    day = models.DateField("ngày sắp xếp")
    basis = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="căn cứ"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người thực hiện"
    )
    at = models.DateTimeField("thực hiện lúc")
    counts = models.JSONField("số lượng từng phần", default=list)
    lines = models.JSONField("từ cơ quan nào về cơ quan nào", default=list)
    digest = models.CharField("mã băm", max_length=64, editable=False)

    class Meta:
        ordering = ["-day"]
        verbose_name = "bàn giao"
        constraints = [
            models.UniqueConstraint(
                fields=["province", "day"],
                name="units_handover_once",
                violation_error_message="Đã bàn giao cho ngày này.",
            )
        ]

    def __str__(self) -> str:
        return f"Bàn giao ngày {self.day:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("units:handover", args=[self.day.isoformat()])

    @property
    def audit_label(self) -> str:
        """How the log names it: by its day."""
        return f"bàn giao ngày {self.day:%d/%m/%Y}"

    @property
    def moved(self) -> int:
        """How many rows went to a successor, of all parts."""
        return sum(entry["moved"] for entry in self.counts)

    @property
    def waiting_at_first(self) -> int:
        """How many rows were put on the list of those that wait for a choice."""
        return sum(entry["waiting"] for entry in self.counts)


class HandoverDoubtQuerySet(models.QuerySet):
    """Rows of the list "xác nhận xã mới"."""

    def open(self) -> Self:
        """Those for which no commune was chosen yet."""
        return self.filter(chosen__isnull=True)


class HandoverDoubt(models.Model):
    """A row of an upper app whose old unit has no single heir; the province chooses the new commune.

    The row is named by the part of the handover that knows it and by its public code there. `candidates` holds the
    ids of the units that took over a part of the old one on the day of the handover.
    """

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="doubts", verbose_name="bàn giao")
    part = models.CharField("loại", max_length=40)
    code = models.CharField("mã", max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị cũ")
    candidates = models.JSONField("có thể là", default=list)
    chosen = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xã mới"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người xác nhận",
    )
    at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    objects = HandoverDoubtQuerySet.as_manager()

    class Meta:
        ordering = ["unit__code", "part", "code", "pk"]
        verbose_name = "dòng chờ xác nhận xã mới"
        constraints = [
            models.UniqueConstraint(
                fields=["part", "code"], condition=Q(chosen__isnull=True), name="units_doubt_open_once"
            ),
            models.CheckConstraint(
                name="units_doubt_chosen_by_somebody",
                condition=Q(chosen__isnull=True, by__isnull=True, at__isnull=True)
                | Q(chosen__isnull=False, by__isnull=False, at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["handover", "unit", "part"], name="units_doubt_list")]

    def __str__(self) -> str:
        return f"{self.part_label} {self.code}"

    @property
    def part_label(self) -> str:
        """What kind of row it is, in the words of the app that knows it."""
        part = registry.handover_parts.get(self.part)
        return part.label if part else self.part
