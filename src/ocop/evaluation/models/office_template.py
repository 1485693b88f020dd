"""The office's own Word templates: what replaces a shipped one, from which day, on what ground."""

from django.db import models


class OfficeTemplate(models.Model):
    """One word of the office about a paper's template, never changed: an own file, or (no file) the shipped one again.

    On a day the newest row whose day has come counts. `compared`: the office has held its file against the official
    form, so papers made from it no longer carry the mark of a rebuilt layout.
    """

    province = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="evaluation_templates")
    paper = models.CharField("giấy tờ", max_length=40)
    file = models.ForeignKey(
        "files.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_templates",
    )
    compared = models.BooleanField("đã đối chiếu mẫu gốc", default=False)
    basis = models.CharField("căn cứ", max_length=300)
    valid_from = models.DateField("dùng từ ngày")
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="evaluation_office_templates"
    )
    at = models.DateTimeField("ghi lúc")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "mẫu Word của đơn vị"
        indexes = [models.Index(fields=["province", "paper"], name="evaluation_template_paper")]

    def __str__(self) -> str:
        return f"{self.paper} từ {self.valid_from:%d/%m/%Y}"
