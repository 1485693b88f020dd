"""Reports of a star wrongly used, sent by anybody from the public validity page."""

from typing import Any, Self

from django.db import models

from ocop.accounts.queries import scope_of
from ocop.kit.addresses import reverse
from ocop.kit.models import Searchable, SearchableQuerySet
from ocop.recognition.enums import MISUSE_MARKS, MisuseKind, MisuseState, VerificationState
from ocop.recognition.models.certificate import new_code
from ocop.recognition.models.verification import DESK


def misuse_kinds() -> list[tuple[str, str]]:
    return MisuseKind.choices


def misuse_states() -> list[tuple[str, str]]:
    return MisuseState.choices


class MisuseReportQuerySet(SearchableQuerySet):
    """Reports; every page of the workspace starts at `visible_to(user)`."""

    def visible_to(self, user: Any) -> Self:
        """For the desks of the province that verify, decide and number; nobody else, the producer neither."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(certificate__unit_id__in=scope_of(user).unit_ids(*DESK))

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(state=MisuseState.RECEIVED)


class MisuseReport(Searchable):
    """What somebody saw of a star wrongly used: what, where, when, perhaps a photograph and a telephone number.

    No personal data is asked for; `phone` is kept with the consent text that stood above it and read only by the
    advisory body, each view logged. `code` is what the sender follows the report by.
    """

    code = models.CharField("mã phản ánh", max_length=12, unique=True, default=new_code, editable=False)
    certificate = models.ForeignKey(
        "recognition.Certificate", on_delete=models.PROTECT, related_name="misuse_reports"
    )
    kind = models.CharField("sự việc", max_length=10, choices=misuse_kinds)
    text = models.TextField("mô tả", blank=True)
    place = models.CharField("nơi thấy", max_length=300)
    seen_on = models.DateField("ngày thấy", null=True, blank=True)
    photo = models.ForeignKey(
        "files.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recognition_misuse_reports",
    )
    phone = models.CharField("điện thoại người phản ánh", max_length=16, blank=True)
    consent_text = models.TextField("nội dung đồng ý", blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=misuse_states, default=MisuseState.RECEIVED, db_index=True
    )
    verification = models.ForeignKey(
        "recognition.Verification",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="misuse_reports",
    )
    answer = models.TextField("trả lời", blank=True)
    answered_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="recognition_misuse_reports",
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    at = models.DateTimeField("nhận lúc")

    objects = MisuseReportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "phản ánh dùng sai sao"

    def __str__(self) -> str:
        return f"Phản ánh {self.code}"

    def search_words(self) -> list[str]:
        """Found by its code and what it is about, never by who sent it."""
        return [self.code, self.certificate.product_name, self.certificate.producer_name]

    def get_absolute_url(self) -> str:
        return reverse("recognition:misuse_detail", args=[self.pk])

    @property
    def mark(self) -> tuple[str, str, str]:
        """(word, colour, icon) of the state."""
        return (MisuseState(self.state).label, *MISUSE_MARKS[self.state])

    @property
    def outcome(self) -> str:
        """How the matter ended: "" while nobody has answered, revoked or closed after a verification."""
        if self.state != MisuseState.JOINED:
            return "" if self.state == MisuseState.RECEIVED else str(self.state)
        ended = self.verification and self.verification.state
        return str(ended) if ended in (VerificationState.REVOKED, VerificationState.CLOSED) else "verifying"
