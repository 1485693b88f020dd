"""The verification of a star, with its moves and papers."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from ocop.accounts.enums import Role
from ocop.accounts.queries import scope_of
from ocop.kit.addresses import reverse
from ocop.kit.flow import MoveBase
from ocop.recognition.enums import VERIFICATION_MARKS, RevocationGround, VerificationState
from ocop.recognition.rules.verification import VERIFY

DESK = (Role.ADVISORY_OFFICER, Role.PROVINCE_LEADER, Role.PROVINCE_CLERK, Role.STANDING_OFFICER)


def verification_states() -> list[tuple[str, str]]:
    return VerificationState.choices


def grounds() -> list[tuple[str, str]]:
    return RevocationGround.choices


class VerificationQuerySet(models.QuerySet):
    """Verifications; every page starts at `visible_to(user)`."""

    def visible_to(self, user: Any) -> Self:
        """For the desks of the province that verify, decide and number; nobody else, the producer neither."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(certificate__unit_id__in=scope_of(user).unit_ids(*DESK))

    def under_way(self) -> Self:
        """Those not ended."""
        return self.exclude(state__in=(VerificationState.REVOKED, VerificationState.CLOSED))


class Verification(models.Model):
    """A ground for taking a star back, looked into: what is said, what was found, on which papers (Art. 8).

    `concluded_on` is the day of the conclusion, or of the commune's confirmation that production stopped; the decision
    follows within 15 calendar days of it.
    """

    certificate = models.ForeignKey(
        "recognition.Certificate", on_delete=models.PROTECT, related_name="verifications"
    )
    state = models.CharField(
        "trạng thái", max_length=20, choices=verification_states, default=VerificationState.OPENED
    )
    ground = models.CharField("căn cứ thu hồi", max_length=4, choices=grounds)
    account = models.TextField("sự việc")
    conclusion = models.TextField("kết luận xác minh", blank=True)
    concluded_on = models.DateField("ngày kết luận, hoặc ngày xã xác nhận", null=True, blank=True)
    due_on = models.DateField("hạn quyết định", null=True, blank=True, db_index=True)
    files = models.ManyToManyField("files.StoredFile", related_name="recognition_verifications")
    decision = models.ForeignKey(
        "recognition.Decision",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="verifications",
    )
    opened_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="recognition_verifications"
    )
    opened_at = models.DateTimeField("mở lúc")

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "xác minh sao"
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=~Q(state__in=["revoked", "closed"]),
                name="recognition_verification_under_way_once",
                violation_error_message="Giấy chứng nhận này đang được xác minh.",
            )
        ]

    def __str__(self) -> str:
        return f"Xác minh {self.certificate}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:verification", args=[self.pk])

    @property
    def mark(self) -> tuple[str, str, str]:
        """(word, colour, icon) of the state."""
        return (VerificationState(self.state).label, *VERIFICATION_MARKS[self.state])


class VerificationMove(MoveBase):
    """One step of a verification."""

    subject = models.ForeignKey("recognition.Verification", on_delete=models.PROTECT, related_name="moves")
    by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="recognition_verification_moves"
    )

    class Meta(MoveBase.Meta):
        verbose_name = "bước xác minh sao"

    @property
    def label(self) -> str:
        """What was pressed, in words."""
        found = VERIFY.find(self.name, self.from_state)
        return found.label if found else self.name
