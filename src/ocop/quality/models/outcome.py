"""What a visit leaves behind: remedies, violations, a proposal to look into a star."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from ocop.accounts.models import User
from ocop.kit import clock
from ocop.kit.addresses import reverse
from ocop.kit.cases import CaseBase
from ocop.kit.flow import MoveBase
from ocop.kit.models import Searchable
from ocop.producers.casework import ScopedQuerySet, WithFiles
from ocop.quality.enums import (
    ProposalState,
    RemedyState,
    Sanction,
    proposal_states,
    remedy_states,
    sanctions,
)
from ocop.quality.models.visit import Visit
from ocop.recognition.models.verification import grounds


class Remedy(CaseBase, WithFiles, Searchable):
    """Something that the producer has to put right until a day."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="remedies", verbose_name="lượt kiểm tra")
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="quality_remedies", verbose_name="chủ thể",
        editable=False,
    )  # fmt: skip
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn", editable=False
    )
    finding = models.CharField("điểm chưa đạt", max_length=400)
    requirement = models.CharField("yêu cầu khắc phục", max_length=400)
    required_by = models.DateField("khắc phục xong trước hết ngày")
    report = models.TextField("cơ sở báo cáo", blank=True)
    escalated_at = models.DateTimeField("đã báo lên cấp trên lúc", null=True, blank=True, editable=False)
    state = models.CharField(
        "trạng thái", max_length=24, choices=remedy_states, default=RemedyState.OPEN, db_index=True
    )

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["required_by", "pk"]
        verbose_name = "điểm phải khắc phục"
        indexes = [models.Index(fields=["unit", "required_by", "id"], name="quality_remedy_list")]

    def __str__(self) -> str:
        return self.requirement

    def search_words(self) -> list[str]:
        return [self.requirement, self.finding, self.producer.public_name]

    def get_absolute_url(self) -> str:
        return reverse("quality:quality-remedies_detail", args=[self.pk])


class RemedyMove(MoveBase):
    """One step of a remedy."""

    subject = models.ForeignKey(Remedy, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")


class Violation(Searchable):
    """A violation found by a visit and how it was dealt with; amounts in whole đồng."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="violations", verbose_name="lượt kiểm tra")
    producer = models.ForeignKey(
        "producers.Producer", models.PROTECT, related_name="quality_violations", verbose_name="chủ thể",
        editable=False,
    )  # fmt: skip
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn", editable=False
    )
    product = models.ForeignKey(
        "products.Product", models.PROTECT, null=True, blank=True, related_name="quality_violations",
        verbose_name="sản phẩm",
    )  # fmt: skip
    act = models.CharField("hành vi vi phạm", max_length=400)
    legal_basis = models.CharField("căn cứ xử phạt", max_length=300)
    sanction = models.CharField("hình thức xử lý", max_length=12, choices=sanctions, default=Sanction.WARNING)
    amount = models.BigIntegerField("số tiền phạt (đồng)", default=0, validators=[MinValueValidator(0)])
    decision_number = models.CharField("số quyết định xử phạt", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    paid_on = models.DateField("nộp phạt ngày", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_text", "search_exact"])

    class Meta:
        ordering = ["-decided_on", "pk"]
        verbose_name = "vi phạm bị xử lý"
        constraints = [
            models.CheckConstraint(
                name="quality_violation_amount",
                condition=~Q(sanction="fine") | Q(amount__gt=0),
                violation_error_message="Phạt tiền cần ghi số tiền.",
            ),
            models.UniqueConstraint(
                fields=["decision_number", "decided_on", "visit", "act"], name="quality_violation_once"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-decided_on", "id"], name="quality_violation_list")]

    def __str__(self) -> str:
        return f"{self.act} ({self.decision_number})"

    def search_words(self) -> list[str]:
        return [self.act, self.decision_number, self.producer.public_name]

    def get_absolute_url(self) -> str:
        return reverse("quality:quality-violations_detail", args=[self.pk])


class ProposalQuerySet(ScopedQuerySet):
    """Proposals; a matter of offices until the verification is decided."""

    producer_path = ""


class Proposal(CaseBase, Searchable):
    """A visit's proposal that the advisory body look into a star (Art. 8 of Decision 26/2026/QĐ-TTg)."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="proposals", verbose_name="lượt kiểm tra")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, db_index=False, related_name="+", verbose_name="địa bàn", editable=False
    )
    certificate = models.ForeignKey(
        "recognition.Certificate", models.PROTECT, related_name="quality_proposals", verbose_name="sao OCOP"
    )
    ground = models.CharField("căn cứ đề nghị", max_length=4, choices=grounds)
    account = models.TextField("sự việc")
    verification = models.ForeignKey(
        "recognition.Verification", models.PROTECT, null=True, blank=True, related_name="quality_proposals",
        editable=False, verbose_name="việc xác minh",
    )  # fmt: skip
    state = models.CharField(
        "trạng thái", max_length=24, choices=proposal_states, default=ProposalState.PROPOSED, db_index=True
    )
    at = models.DateTimeField("đề nghị lúc", default=clock.now, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "pk"]
        verbose_name = "đề nghị xác minh sao"
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "certificate"],
                name="quality_proposal_once",
                violation_error_message="Lượt kiểm tra này đã đề nghị xác minh sao đó.",
            )
        ]
        indexes = [models.Index(fields=["unit", "-at", "id"], name="quality_proposal_list")]

    def __str__(self) -> str:
        return f"Đề nghị xác minh {self.certificate.product_name}"

    def search_words(self) -> list[str]:
        return [self.certificate.product_name, self.certificate.producer_name]

    def get_absolute_url(self) -> str:
        return reverse("quality:quality-proposals_detail", args=[self.pk])

    @property
    def producer(self) -> Any:
        """The producer that was visited."""
        return self.visit.producer


class ProposalMove(MoveBase):
    """One step of a proposal."""

    subject = models.ForeignKey(Proposal, models.PROTECT, related_name="moves")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
