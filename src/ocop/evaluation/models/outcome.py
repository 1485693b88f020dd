"""What comes out: results, draft decisions, the centre's word, generated papers."""

from django.db import models
from django.db.models import Q

from ocop.evaluation.enums import DraftState, Outcome
from ocop.evaluation.rules.offices import Office, office_of


def outcomes() -> list[tuple[str, str]]:
    return Outcome.choices


def draft_states() -> list[tuple[str, str]]:
    return DraftState.choices


class Result(models.Model):
    """A council's closed result of a dossier with everything it was computed from, frozen (Art. 7.3)."""

    item = models.OneToOneField("evaluation.SessionItem", on_delete=models.PROTECT, related_name="result")
    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="results")
    outcome = models.CharField("kết luận", max_length=20, choices=outcomes)
    points = models.DecimalField("điểm trung bình", max_digits=5, decimal_places=2, null=True, blank=True)
    band = models.PositiveSmallIntegerField("khung điểm", null=True, blank=True)
    stars = models.PositiveSmallIntegerField("hạng sao", null=True, blank=True)
    counted = models.PositiveSmallIntegerField("số phiếu tính")
    spread = models.PositiveSmallIntegerField("chênh lệch cao nhất – thấp nhất", null=True, blank=True)
    missed = models.JSONField("mức tối thiểu không đạt", default=list, blank=True)
    settings = models.JSONField("quy chế áp dụng", default=dict)
    closed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_results"
    )
    closed_at = models.DateTimeField("chốt lúc")
    superseded_at = models.DateTimeField("được đánh giá lại lúc", null=True, blank=True)

    class Meta:
        ordering = ["closed_at"]
        verbose_name = "kết quả đánh giá"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(superseded_at__isnull=True),
                name="evaluation_result_current_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier.code}: {self.get_outcome_display()}"


class DecisionDraft(models.Model):
    """A draft decision whose annex recognises the products of a round; the clerk enters number and date."""

    province = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="evaluation_drafts")
    district = models.ForeignKey(
        "units.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_district_drafts",
        verbose_name="huyện ban hành",
    )
    issuer = models.ForeignKey("units.Agency", on_delete=models.PROTECT, related_name="evaluation_drafts")
    title = models.CharField("trích yếu", max_length=300)
    state = models.CharField("trạng thái", max_length=10, choices=draft_states, default=DraftState.DRAFT)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_drafts"
    )
    created_at = models.DateTimeField("lập lúc")
    approved_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_approved_drafts",
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    decision = models.OneToOneField(
        "recognition.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_draft",
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "dự thảo quyết định"

    def __str__(self) -> str:
        return self.title

    @property
    def home_id(self) -> int:
        """The unit whose committee decides: the district of a district's draft, else the province."""
        return self.district_id or self.province_id

    @property
    def office(self) -> Office:
        """The roles that draft, approve and number it."""
        return office_of(at_district=self.district_id is not None)


class DecisionLine(models.Model):
    """A line of the annex: dossier, star, certificate number."""

    draft = models.ForeignKey("evaluation.DecisionDraft", on_delete=models.PROTECT, related_name="lines")
    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="decision_lines")
    stars = models.PositiveSmallIntegerField("hạng sao")
    certificate_number = models.CharField("số giấy chứng nhận", max_length=60, blank=True)
    dropped_at = models.DateTimeField("đưa ra khỏi dự thảo lúc", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = "dòng phụ lục quyết định"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(dropped_at__isnull=True),
                name="evaluation_line_once",
                violation_error_message="Hồ sơ này đã nằm trong một dự thảo quyết định.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier} – {self.stars} sao"


class CentreResult(models.Model):
    """What the centre answered to a potential five stars (Art. 7.4)."""

    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="centre_results")
    points = models.DecimalField("điểm trung ương", max_digits=5, decimal_places=2)
    stars = models.PositiveSmallIntegerField("hạng sao theo điểm", null=True, blank=True)
    document = models.CharField("số, ngày văn bản", max_length=200)
    received_on = models.DateField("ngày nhận")
    note = models.TextField("ghi chú", blank=True)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_centre_results"
    )
    at = models.DateTimeField("ghi lúc")

    class Meta:
        ordering = ["at"]
        verbose_name = "kết quả trung ương"

    def __str__(self) -> str:
        return f"{self.dossier.code}: {self.points} điểm"


class GeneratedPaper(models.Model):
    """A paper made from the data: which form, of what, by whom; the file is kept as it was made."""

    dossier = models.ForeignKey(
        "evaluation.Dossier", on_delete=models.PROTECT, null=True, blank=True, related_name="generated_papers"
    )
    session = models.ForeignKey(
        "evaluation.CouncilSession",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="generated_papers",
    )
    draft = models.ForeignKey(
        "evaluation.DecisionDraft",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="generated_papers",
    )
    kind = models.CharField("loại giấy tờ", max_length=40)
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="evaluation_papers")
    template = models.ForeignKey(
        "evaluation.OfficeTemplate",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="mẫu của đơn vị",
    )
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="evaluation_papers")
    at = models.DateTimeField("lập lúc")

    class Meta:
        ordering = ["-at"]
        verbose_name = "giấy tờ đã lập"

    def __str__(self) -> str:
        return self.kind
