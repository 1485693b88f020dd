"""What the province's desk and the expert team write before the council meets."""

from django.db import models


class SampleNote(models.Model):
    """Samples of the product received or given back (5 units; none for set 26; Appendix III)."""

    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="samples")
    received_on = models.DateField("ngày nhận")
    units = models.PositiveSmallIntegerField("số đơn vị mẫu")
    condition = models.CharField("tình trạng mẫu", max_length=300, blank=True)
    returned_on = models.DateField("ngày trả", null=True, blank=True)
    returned_units = models.PositiveSmallIntegerField("số đơn vị trả", null=True, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="evaluation_samples")

    class Meta:
        ordering = ["received_on", "pk"]
        verbose_name = "phiếu nhận mẫu"

    def __str__(self) -> str:
        return f"{self.units} mẫu nhận {self.received_on:%d/%m/%Y}"


class ExpertAssignment(models.Model):
    """A member of the expert team (Tổ tư vấn Hội đồng) given a dossier."""

    dossier = models.ForeignKey(
        "evaluation.Dossier", on_delete=models.PROTECT, related_name="expert_assignments"
    )
    expert = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_assignments"
    )
    at_district = models.BooleanField("Tổ của cấp huyện", default=False)
    is_lead = models.BooleanField("chủ trì", default=False)
    assigned_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_assigned"
    )
    assigned_at = models.DateTimeField("phân công lúc")

    class Meta:
        verbose_name = "phân công thẩm định"
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "expert", "at_district"], name="evaluation_assignment_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.expert} – {self.dossier.code}"


class ExpertReport(models.Model):
    """The expert team's report to the chair of the council: findings, site visit, extra tests (Art. 7.3)."""

    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="expert_reports")
    at_district = models.BooleanField("Tổ của cấp huyện", default=False)
    findings = models.TextField("nhận xét hồ sơ")
    visited_on = models.DateField("ngày kiểm tra thực tế", null=True, blank=True)
    visit_notes = models.TextField("kết quả kiểm tra thực tế", blank=True)
    tests = models.TextField("kiểm nghiệm bổ sung", blank=True)
    criterion_notes = models.JSONField("lưu ý theo tiêu chí", default=dict, blank=True)
    recommendation = models.TextField("kiến nghị với Hội đồng", blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_expert_reports"
    )
    at = models.DateTimeField("lập lúc")

    class Meta:
        verbose_name = "báo cáo thẩm định của Tổ tư vấn"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "at_district"], name="evaluation_expert_report_once")
        ]

    def __str__(self) -> str:
        return f"Báo cáo thẩm định {self.dossier.code}"
