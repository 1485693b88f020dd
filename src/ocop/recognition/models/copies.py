"""Papers on file: scans of certificates and decisions, signed PDFs that came back, the roots that vouch."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from ocop.kit.addresses import reverse
from ocop.recognition.enums import COPY_MARKS, CopyStanding
from ocop.recognition.models.certificate import Certificate
from ocop.recognition.models.decision import Decision
from ocop.recognition.rules.signatures import change_words, time_words, trust_words


def copy_standings() -> list[tuple[str, str]]:
    return CopyStanding.choices


class PaperCopyQuerySet(models.QuerySet):
    """Papers on file."""

    def visible_to(self, user: Any) -> Self:
        """For whoever sees the record of the certificate or of the decision; never for the public."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        certificates = Certificate.objects.visible_to(user).order_by().values("pk")
        decisions = Decision.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(certificate__in=certificates) | Q(decision__in=decisions))

    def kept(self) -> Self:
        """Without those that were taken off again."""
        return self.filter(removed_at__isnull=True)


class PaperCopy(models.Model):
    """A file of one certificate or one decision: a scan of the paper signed by hand, or the digitally signed PDF.

    `standing` and `findings` are what the check of the signatures said of the bytes `sha256` as of `at`, the moment
    at which they came in; `roots` is how many roots of the province counted then.
    """

    certificate = models.ForeignKey(
        "recognition.Certificate", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    decision = models.ForeignKey(
        "recognition.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="recognition_copies")
    sha256 = models.CharField(max_length=64)
    standing = models.CharField("chữ ký", max_length=20, choices=copy_standings, default=CopyStanding.WAITING)
    is_trusted = models.BooleanField("tin cậy", default=False)
    findings = models.JSONField("từng chữ ký", default=list)
    roots = models.PositiveIntegerField("số chứng thư gốc đã dùng", default=0)
    checked_at = models.DateTimeField("kiểm tra lúc", null=True, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="recognition_copies")
    at = models.DateTimeField("nhận lúc")
    removed_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True)
    removal_reason = models.CharField("lý do gỡ", max_length=300, blank=True)

    objects = PaperCopyQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "bản giấy"
        constraints = [
            models.CheckConstraint(
                name="recognition_copy_of_one",
                condition=Q(certificate__isnull=False, decision__isnull=True)
                | Q(certificate__isnull=True, decision__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["certificate", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="recognition_copy_once",
            ),
            models.UniqueConstraint(
                fields=["decision", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="recognition_decision_copy_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Bản giấy của {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("recognition:copy", args=[self.pk])

    @property
    def subject(self) -> Certificate | Decision:
        """What it is a paper of."""
        return self.certificate or self.decision  # type: ignore[return-value]

    @property
    def mark(self) -> tuple[str, str, str]:
        """(word, colour, icon) of what the check said."""
        label = CopyStanding(self.standing).label
        if self.standing == CopyStanding.UNCHANGED:
            return f"{label}, {'tin cậy' if self.is_trusted else 'chưa tin cậy'}", *COPY_MARKS[
                self.is_trusted
            ]
        return label, *COPY_MARKS[self.standing]

    @property
    def signatures(self) -> list[dict[str, Any]]:
        """Each signature in words: who, by which authority, when, whether changed, whether trusted and why not."""
        return [
            {
                "signer": one["signer"], "issuer": one["issuer"], "time": time_words(one), "change": change_words(one),
                "trust": trust_words(one, self.roots), "is_trusted": one["trusted"],
                "is_whole": one["intact"] and not one["changed"],
            }
            for one in self.findings
        ]  # fmt: skip


class TrustedRootQuerySet(models.QuerySet):
    """Roots."""

    def trusted(self) -> Self:
        """Those not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def vouching_at(self, moment: datetime) -> Self:
        """Those not withdrawn that are in force at a moment."""
        return self.trusted().filter(not_before__lte=moment, not_after__gte=moment)


class TrustedRoot(models.Model):
    """A certificate of an authority that the province's administrator vouches for; "tin cậy" comes from here alone."""

    name = models.CharField("tên", max_length=300)
    issuer = models.CharField("do cơ quan", max_length=300)
    fingerprint = models.CharField("dấu vân tay SHA-256", max_length=64)
    not_before = models.DateTimeField("có hiệu lực từ")
    not_after = models.DateTimeField("có hiệu lực đến")
    der = models.BinaryField("chứng thư")
    source = models.CharField("nguồn", max_length=300)
    loaded_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="recognition_roots", verbose_name="người nạp"
    )
    loaded_at = models.DateTimeField("nạp lúc")
    withdrawn_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("thôi dùng lúc", null=True, blank=True)
    withdrawal_reason = models.CharField("lý do thôi dùng", max_length=300, blank=True)

    objects = TrustedRootQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "chứng thư gốc"
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=Q(withdrawn_at__isnull=True),
                name="recognition_root_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_label(self) -> str:
        """How the log names it."""
        return f"{self.name} ({self.fingerprint[:16]})"

    @property
    def print_shown(self) -> str:
        """The fingerprint in groups of four, as people compare it."""
        return " ".join(self.fingerprint[at : at + 4] for at in range(0, 64, 4))
