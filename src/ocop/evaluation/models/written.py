"""What a re-evaluation adds to the road: the choice of a site check, and who asks for a meeting of the council."""

from django.db import models

from ocop.evaluation.enums import CheckLevel


def check_levels() -> list[tuple[str, str]]:
    return CheckLevel.choices


class SiteCheck(models.Model):
    """Whether an office checks a re-evaluation on site, why, and what the check left (Art. 7.6).

    One row for each office; the office may change it while the dossier lies with it. `reason` is open to the producer.
    """

    dossier = models.ForeignKey("evaluation.Dossier", on_delete=models.PROTECT, related_name="site_checks")
    level = models.CharField("cơ quan", max_length=10, choices=check_levels)
    is_needed = models.BooleanField("phải kiểm tra thực tế")
    reason = models.TextField("vì")
    visited_on = models.DateField("ngày kiểm tra thực tế", null=True, blank=True)
    minutes = models.ForeignKey(
        "files.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evaluation_site_checks",
    )
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="evaluation_site_checks")
    at = models.DateTimeField("ghi lúc")

    class Meta:
        ordering = ["level"]
        verbose_name = "kiểm tra thực tế"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "level"], name="evaluation_site_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.words}"

    @property
    def words(self) -> str:
        """The choice and its reason in one line."""
        if not self.is_needed:
            return f"không cần kiểm tra thực tế, vì {self.reason}"
        day = f" ngày {self.visited_on:%d/%m/%Y}" if self.visited_on else ", chưa ghi ngày"
        return f"kiểm tra thực tế{day}, vì {self.reason}"


class MeetingWish(models.Model):
    """A member asks, with the own sheet of a written round, that the council meets; closed until the round is."""

    round = models.ForeignKey(
        "evaluation.MarkingRound", on_delete=models.PROTECT, related_name="meeting_wishes"
    )
    seat = models.ForeignKey("evaluation.Seat", on_delete=models.PROTECT, related_name="meeting_wishes")
    reason = models.CharField("lý do đề nghị họp", max_length=500)
    at = models.DateTimeField("ghi lúc")

    class Meta:
        ordering = ["pk"]
        verbose_name = "đề nghị họp Hội đồng"
        constraints = [models.UniqueConstraint(fields=["round", "seat"], name="evaluation_meeting_wish_once")]

    def __str__(self) -> str:
        return f"Đề nghị họp, {self.round}"
