"""The reception of papers of quality, who receives which kind, and what people were reminded of."""

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from ocop.accounts.models import User
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Dated, DatedQuerySet, Searchable, dated_check
from ocop.producers.casework import ScopedQuerySet
from ocop.quality.enums import ReceptionKind, ReceptionState, reception_kinds, reception_states


class ReceptionRule(Dated):
    """Which agency receives which kind of paper from which day on; `receiver` is an agency's slug or "local"."""

    kind = models.CharField("loại giấy tờ", max_length=20, choices=reception_kinds)
    receiver = models.CharField("nơi tiếp nhận", max_length=60)
    goods = models.CharField("áp dụng cho", max_length=200, blank=True)
    source = models.CharField("nguồn", max_length=300, blank=True)
    confirmed = models.BooleanField("đã đối chiếu", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "receiver", "valid_from"]
        verbose_name = "nơi tiếp nhận giấy tờ"
        constraints = [
            dated_check("quality_reception_rule_days"),
            models.UniqueConstraint(
                fields=["kind", "receiver", "valid_from"], name="quality_reception_rule_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.receiver}"


class Reception(CaseBase, Searchable):
    """One paper of the vault (`products.Paper`, the row that dossiers use) before the office that receives it.

    `agency` None: the local office of the unit receives (the district to 30/6/2025, then as the dated setting says).
    """

    paper = models.ForeignKey(
        "products.Paper", models.PROTECT, related_name="receptions", verbose_name="giấy tờ"
    )
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="quality_receptions", verbose_name="chủ thể",
        editable=False,
    )  # fmt: skip
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn", editable=False
    )
    kind = models.CharField(
        "loại", max_length=20, choices=reception_kinds, default=ReceptionKind.SELF_DECLARATION
    )
    agency = models.ForeignKey(
        "units.Agency", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="cơ quan tiếp nhận (trống: nơi phụ trách địa bàn)",
    )  # fmt: skip
    scope = models.CharField("phạm vi áp dụng", max_length=300, blank=True)
    accepted_number = models.CharField("số tiếp nhận", max_length=60, blank=True)
    accepted_on = models.DateField("ngày chấp nhận", null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=24, choices=reception_states, default=ReceptionState.SUBMITTED, db_index=True
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-pk"]
        verbose_name = "lượt tiếp nhận giấy tờ"
        constraints = [
            models.UniqueConstraint(
                fields=["paper"],
                condition=~models.Q(state="accepted"),
                name="quality_reception_open_once",
                violation_error_message="Giấy tờ này đang chờ ở cơ quan tiếp nhận.",
            )
        ]
        indexes = [models.Index(fields=["unit", "due_on", "-id"], name="quality_reception_list")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} – {self.paper.number or self.paper}"

    def search_words(self) -> list[str]:
        return [self.paper.number, str(self.paper), self.producer.public_name, self.accepted_number]

    def get_absolute_url(self) -> str:
        return reverse("quality:quality-receptions_detail", args=[self.pk])

    @property
    def product(self) -> Any:
        """The product that the paper is for, None for the whole business."""
        return self.paper.product


class ReceptionMove(MoveBase):
    """One step of a reception."""

    subject = models.ForeignKey(Reception, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")


class PaperReminder(models.Model):
    """A reminder that was given; a paper renewed to a new last day is reminded of anew."""

    paper = models.ForeignKey("products.Paper", models.PROTECT, related_name="quality_reminders")
    expires_on = models.DateField("ngày cuối")
    days = models.PositiveSmallIntegerField("số ngày trước ngày cuối")
    at = models.DateTimeField("nhắc lúc")

    class Meta:
        ordering = ["paper", "-days"]
        verbose_name = "lần nhắc giấy tờ hết hạn"
        constraints = [
            models.UniqueConstraint(fields=["paper", "expires_on", "days"], name="quality_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.paper}: trước {self.days} ngày"
