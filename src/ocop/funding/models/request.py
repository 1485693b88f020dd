"""Requests for support under a policy."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.funding import enums
from ocop.funding.models.entry import MOST
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles

MARKS = {
    "draft": ("grey", "pencil"),
    "submitted": ("water", "hourglass"),
    "appraised": ("water", "hourglass"),
    "decided": ("leaf", "circle-check"),
    "paid": ("ink", "circle-check"),
    "refused": ("clay", "slash"),
    "stopped": ("grey", "slash"),
    "withdrawn": ("grey", "slash"),
}
AMOUNT = [MinValueValidator(1), MaxValueValidator(MOST)]


class SupportRequestQuerySet(ScopedQuerySet):
    """Requests of the units in the officer's reach, and of the producers that the person acts for."""

    def promised(self) -> Self:
        """Those by which money is or may be paid: a second one for the same thing would be paid twice."""
        return self.filter(state__in=(enums.SupportState.DECIDED, enums.SupportState.PAID))


class SupportRequest(CaseBase, Searchable, WithFiles):
    """A producer asks for one item of a policy, for a product or for itself. Amounts in whole đồng.

    `unit` is the producer's unit of then. What was decided stands in `decided_*`; what was paid are the entries of the
    ledger that point here. `amount_basis` says on what ground the amount stands where the policy names none.
    """

    state = models.CharField(
        "trạng thái",
        max_length=24,
        choices=enums.support_states,
        default=enums.SupportState.DRAFT,
        db_index=True,
        editable=False,
    )
    item = models.ForeignKey(
        "rulebook.SupportItem", models.PROTECT, related_name="requests", verbose_name="nội dung hỗ trợ"
    )
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="support_requests", verbose_name="chủ thể"
    )
    product = models.ForeignKey(
        "products.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support_requests",
        verbose_name="sản phẩm",
    )
    plan = models.ForeignKey(
        "cycle.BusinessPlan",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="support_requests",
        verbose_name="theo phương án",
    )
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="support_requests", verbose_name="địa bàn"
    )
    asked_on = models.DateField("ngày đề nghị", editable=False)
    quantity = models.PositiveIntegerField(
        "số lượng", default=1, validators=[MinValueValidator(1), MaxValueValidator(10_000)]
    )
    cost = models.BigIntegerField(
        "tổng chi phí của việc này (đồng)", null=True, blank=True, validators=AMOUNT
    )
    asked_amount = models.BigIntegerField("số tiền đề nghị (đồng)", validators=AMOUNT)
    purpose = models.TextField("việc đã làm hoặc sẽ làm")
    proposal = models.CharField(
        "ý kiến thẩm định", max_length=10, choices=enums.proposals, blank=True, editable=False
    )
    appraised_amount = models.BigIntegerField(
        "số tiền thẩm định (đồng)", null=True, blank=True, editable=False, validators=AMOUNT
    )
    opinion = models.TextField("nhận xét thẩm định", blank=True, editable=False)
    decided_amount = models.BigIntegerField(
        "số tiền được hỗ trợ (đồng)", null=True, blank=True, editable=False, validators=AMOUNT
    )
    decision_number = models.CharField("số quyết định", max_length=60, blank=True, editable=False)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True, editable=False)
    amount_basis = models.TextField("căn cứ của mức hỗ trợ", blank=True, editable=False)
    source = models.CharField(
        "nguồn chi", max_length=10, choices=enums.fund_sources, blank=True, default="", editable=False
    )
    budget_level = models.CharField(
        "cấp ngân sách", max_length=10, choices=enums.budget_levels, blank=True, default="", editable=False
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False, editable=False)
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        verbose_name = "đề nghị hỗ trợ"
        verbose_name_plural = "đề nghị hỗ trợ"
        constraints = [
            models.CheckConstraint(
                name="funding_request_decided",
                condition=~Q(state__in=("decided", "paid"))
                | (
                    Q(decided_amount__isnull=False, decided_on__isnull=False)
                    & ~Q(decision_number="")
                    & ~Q(source="")
                ),
            )
        ]
        indexes = [
            models.Index(fields=["unit", "-opened_at", "-id"], name="funding_supportrequest_list"),
            models.Index(fields=["producer", "state"], name="funding_request_producer"),
        ]

    def __str__(self) -> str:
        return f"{self.item.name} – {self.product or self.producer}"

    def search_words(self) -> list[str]:
        return [self.item.name, str(self.producer), str(self.product or ""), self.decision_number]

    def get_absolute_url(self) -> str:
        return reverse("funding:support_requests_detail", args=[self.pk])

    @property
    def mark(self) -> tuple[str, str, str]:
        """(word, tone, icon) of the state."""
        return (str(self.get_state_display()), *MARKS.get(self.state, ("water", "dots")))

    def paid_amount(self) -> int:
        """What was paid and not taken back, out of the ledger; one query."""
        rows = self.entries.filter(kind=enums.EntryKind.DISBURSED)
        return int(rows.aggregate(total=models.Sum("amount"))["total"] or 0)


class SupportMove(MoveBase):
    """One press on a request."""

    subject = models.ForeignKey(
        SupportRequest, models.PROTECT, related_name="moves", verbose_name="đề nghị hỗ trợ"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người bấm"
    )
