"""What the commune writes: the intake checklist and the report of form 03."""

from django.db import models
from simple_history.models import HistoricalRecords

from ocop.evaluation.enums import Assessment, CheckVerdict


def check_verdicts() -> list[tuple[str, str]]:
    return CheckVerdict.choices


class IntakeCheck(models.Model):
    """One line of the checklist with which an office receives a dossier (Art. 7.2, 7.3).

    `at_province`: the list of a level that ranks; `at_district`: it was the district that ticked it.
    """

    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="intake_checks")
    at_province = models.BooleanField("cấp tỉnh kiểm tra", default=False)
    at_district = models.BooleanField("cấp huyện kiểm tra", default=False)
    item = models.CharField("mục", max_length=40)
    verdict = models.CharField("kết quả", max_length=12, choices=check_verdicts)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="evaluation_checks")
    at = models.DateTimeField("lúc")

    class Meta:
        ordering = ["pk"]
        verbose_name = "mục kiểm tra hồ sơ"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "at_province", "at_district", "item"], name="evaluation_check_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.get_verdict_display()}"


class CommuneReport(models.Model):
    """Form 03: the four assessments and the proposal of the commune (Art. 7.2; Appendix III).

    The meeting is optional in Decision 26/2026; where it was held its place, day, participants and opinions are
    recorded here.
    """

    dossier = models.OneToOneField(
        "evaluation.Dossier", on_delete=models.PROTECT, related_name="commune_report"
    )
    material = models.TextField("nguồn gốc sản phẩm, nguyên liệu địa phương", blank=True)
    material_share = models.DecimalField(
        "tỷ lệ nguyên liệu địa phương (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    labour = models.TextField("sử dụng lao động địa phương", blank=True)
    labour_total = models.PositiveIntegerField("tổng số lao động", null=True, blank=True)
    labour_local = models.PositiveIntegerField("lao động là người địa bàn xã", null=True, blank=True)
    idea = models.TextField("nguồn gốc ý tưởng sản phẩm", blank=True)
    identity = models.TextField("bản sắc, trí tuệ địa phương", blank=True)
    meeting_held = models.BooleanField("có tổ chức họp lấy ý kiến", default=False)
    meeting_on = models.DateField("ngày họp", null=True, blank=True)
    meeting_place = models.CharField("địa điểm họp", max_length=200, blank=True)
    meeting_people = models.TextField("thành phần dự họp", blank=True)
    meeting_opinions = models.TextField("ý kiến tại cuộc họp", blank=True)
    proposal = models.TextField("đề nghị của UBND cấp xã", blank=True)
    letter_number = models.CharField("số công văn đề nghị", max_length=60, blank=True)
    letter_on = models.DateField("ngày công văn", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    prepared_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_reports"
    )
    prepared_at = models.DateTimeField("lập lúc")
    signed_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_signed_reports",
    )
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "báo cáo đánh giá của cấp xã (mẫu 03)"

    def __str__(self) -> str:
        return f"Mẫu 03 – {self.dossier.code}"

    def missing(self) -> tuple[str, ...]:
        """Labels of the assessments not yet written."""
        return tuple(part.label for part in Assessment if not getattr(self, part.value).strip())
